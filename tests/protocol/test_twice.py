"""The same thing twice, too late, or all at once: it acts once, and nothing that is stored changes by it."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

from domain.needs.models import Status
from tests.protocol import need
from tests.protocol.need import SAVE
from tests.protocol.people import Person
from tests.protocol.town import Town

HANDLED = "Dette er allerede behandlet"
OLD_CARD = "Det kortet er gammelt, så ingenting er endret. Her er der du er nå."


def test_the_same_message_again_acts_once(town: Town) -> None:
    head = town.person("Kari Nordli")
    head.say("meld behov")
    activity = head.message("ja, noe nytt")
    assert "Lagret. Spørsmål 2 av 10." in head.does(activity)
    stored = town.need_of("Kari Nordli")
    assert head.does(activity) == ""
    assert town.need_of("Kari Nordli") == stored


def test_the_same_message_at_the_same_time_acts_once(town: Town) -> None:
    head = town.person("Silje Gravråk")
    head.say("meld behov")
    activity = head.message("ja, noe nytt")
    with ThreadPoolExecutor(8) as pool:
        statuses = [status for status, _ in pool.map(head.post, [activity] * 8)]
    assert max(statuses) < 300
    assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
    assert town.need_of("Silje Gravråk").answers == {"need": "new"}


def test_a_button_pressed_twice_acts_once(town: Town) -> None:
    head = town.person("Marit Eidsmo")
    head.say("meld behov")
    first, second = head.pressing("Ja, noe nytt"), head.pressing("Ja, noe nytt")
    assert first["id"] != second["id"]
    assert "Lagret. Spørsmål 2 av 10." in head.does(first)
    stored = town.need_of("Marit Eidsmo")
    answer = head.does(second)
    assert OLD_CARD in answer
    assert "Spørsmål 2 av 10." in answer
    assert town.need_of("Marit Eidsmo") == stored


def test_sent_twice_is_one_need_and_one_notice(town: Town) -> None:
    head, owner = town.person("Lise Enodd"), town.person("Randi Bones")
    owner.say("hei")
    head.say("meld behov")
    for answer in (*need.TYPED, "Stemmer i skogen"):
        head.say(answer)
    presses = [head.pressing("Send til Midtre Gauldal kommune") for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        statuses = [status for status, _ in pool.map(head.post, presses)]
    assert max(statuses) < 300
    assert head.times_heard("Sendt til Midtre Gauldal kommune.") == 1
    assert head.times_heard("Status: sendt til eier. Ingenting er endret.") == 3
    owner.hears("har meldt et behov: «Stemmer i skogen»")

    owner.say("til behandling")
    first, second = owner.pressing("Godkjenn"), owner.pressing("Godkjenn")
    assert "«Stemmer i skogen» er godkjent." in owner.does(first)
    stored = town.need_of("Lise Enodd")
    assert HANDLED in owner.does(second)
    assert town.need_of("Lise Enodd") == stored

    owner.say("send inn")
    owner.say("Det bygger på planen vår, og ledelsen står bak.")
    owner.say("ja")
    press = [owner.pressing("Ja, send til nettverket") for _ in range(2)]
    assert "1 behov er sendt til nettverket." in owner.does(press[0])
    stored = town.need_of("Lise Enodd")
    assert stored.status is Status.REPORTED
    assert HANDLED in owner.does(press[1])
    assert town.need_of("Lise Enodd") == stored
    assert owner.times_heard("er sendt til nettverket.") == 1
    assert owner.times_heard("har meldt et behov: «Stemmer i skogen»") == 1


def test_an_old_card_overwrites_nothing(town: Town) -> None:
    head = town.person("Trude Losen")
    head.say("meld behov")
    head.say("ja")
    old = head.pressing(SAVE, {"Tema (inntil tre)": "Overganger"})
    head.say("lek og språk")
    head.say(need.TODAY)
    stored = town.need_of("Trude Losen")
    answer = head.does(old)
    assert OLD_CARD in answer
    assert "Spørsmål 4 av 10." in answer
    assert town.need_of("Trude Losen") == stored
    assert "Lagret. Spørsmål 5 av 10." in head.press(
        SAVE, {"Dette vil vi bli bedre til": need.BETTER, "Dette skal barna merke": need.CHILDREN}
    )


def test_the_owner_cannot_approve_what_was_withdrawn_or_changed(town: Town) -> None:
    owner, head = town.person("Randi Bones"), town.person("Stine Kosberg")
    owner.say("hei")
    need.report(head, "Med hele kroppen")
    owner.hears("har meldt et behov: «Med hele kroppen»")
    approve = owner.pressing("Godkjenn")
    assert need.BETTER in owner.press("Les")
    owner.press("Send tilbake")
    comment = {"Kommentar til styrer": "Fint, men hvem?"}
    assert "er sendt tilbake til" in owner.press("Send tilbake", comment)
    stored = town.need_of("Stine Kosberg")
    answer = owner.does(approve)
    assert "Status: sendt tilbake til styrer. Ingenting er endret." in answer
    assert town.need_of("Stine Kosberg") == stored


def test_quick_messages_are_taken_in_their_order(town: Town) -> None:
    head = town.person("Hanne Bollandsås")
    head.say("meld behov")
    head.say("ja")
    reached, go_on = threading.Event(), threading.Event()

    def hold(conversation: str) -> None:
        reached.set()
        go_on.wait(60)

    town.teams.before_answering = hold
    try:
        with ExitStack() as posts:
            asked = [posts.enter_context(_posted(head, need.TYPED[1]))]
            assert reached.wait(60)
            for answer in need.TYPED[2:4]:
                asked.append(posts.enter_context(_posted(head, answer)))
                time.sleep(0.1)
            assert "today" not in town.need_of("Hanne Bollandsås").answers
            go_on.set()
            assert all(post.getresponse().status < 300 for post in asked)
    finally:
        town.teams.before_answering = lambda conversation: None
    stored = town.need_of("Hanne Bollandsås").answers
    assert stored == {name: need.ANSWERS[name] for name in ("need", "themes", "today", "better")}


def _posted(head: Person, text: str) -> AbstractContextManager[HTTPConnection]:
    """A message that is on its way, before any that is posted later; its answer has not been waited for."""
    url = urlsplit(head.bot_url)
    connection = HTTPConnection(url.hostname or "", url.port, timeout=60)
    headers = {"Content-Type": "application/json"}
    connection.request("POST", url.path, json.dumps(head.message(text)), headers)
    return closing(connection)


def test_an_action_execute_is_answered_with_a_card_every_time(town: Town) -> None:
    head = town.person("Geir Ølstad")
    head.say("meld behov")
    submitted = head.pressing("Ja, noe nytt")
    verb = submitted["value"].pop("verb")
    action = {"type": "Action.Execute", "verb": verb, "data": submitted["value"]}
    activity = head.activity(
        "invoke", name="adaptiveCard/action", value={"action": action}, replyToId=submitted["replyToId"]
    )
    status, body = head.post(activity)
    assert status == 200
    assert "Ja, noe nytt" in body
    assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
    stored = town.need_of("Geir Ølstad")
    assert head.post(activity) == (status, body)
    assert head.times_heard("Lagret. Spørsmål 2 av 10.") == 1
    assert town.need_of("Geir Ølstad") == stored
