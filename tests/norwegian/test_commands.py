from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.norwegian.commands import (
    Command,
    CommandReading,
    is_unknown_command,
    lexicon,
    understand_command,
)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("hei", Command.HELLO),
        ("Hei 👋", Command.HELLO),
        ("hallo", Command.HELLO),
        ("Heisann!", Command.HELLO),
        ("god morgen", Command.HELLO),
        ("hei på deg", Command.HELLO),
        ("hjelp", Command.HELP),
        ("HJELP!!", Command.HELP),
        ("/hjelp", Command.HELP),
        ("Kan du hjelpe meg?", Command.HELP),
        ("meld behov", Command.REPORT),
        ("mæld behov", Command.REPORT),
        ("Jeg vil melde behov", Command.REPORT),
        ("Hei! Meld behov", Command.REPORT),
        ("ingen behov", Command.NO_NEED),
        ("Ingen behov i år.", Command.NO_NEED),
        ("fortsett", Command.CONTINUE),
        ("fortsettt", Command.CONTINUE),
        ("jeg vil fortsette", Command.CONTINUE),
        ("hva nå?", Command.WHAT_NOW),
        ("ka no", Command.WHAT_NOW),
        ("hva skal jeg gjøre", Command.WHAT_NOW),
        ("status", Command.STATUS),
        ("kan du vise status", Command.STATUS),
        ("hvem mangler?", Command.WHO_IS_MISSING),
        ("hei, hvem mangler?", Command.WHO_IS_MISSING),
        ("purr", Command.REMIND_THEM),
        ("kan du purre?", Command.REMIND_THEM),
        ("godkjenn alle", Command.APPROVE_ALL),
        ("godkjen alle", Command.APPROVE_ALL),
        ("til behandling", Command.TO_HANDLE),
        ("les og godkjenn", Command.TO_HANDLE),
        ("send til nettverket", Command.SEND_IN),
        ("send inn", Command.SEND_IN),
        ("excel", Command.EXCEL),
        ("excel, takk", Command.EXCEL),
        ("koble", Command.BIND),
        ("koble fra", Command.UNBIND),
        ("sammendrag", Command.SUMMARY),
        ("sammendarg", Command.SUMMARY),
        ("oppsummering", Command.SUMMARY),
        ("frist", Command.DEADLINES),
        ("Frister?", Command.DEADLINES),
        ("mine meldinger", Command.MY_REPORTS),
        ("tilbake", Command.BACK),
        ("forrige", Command.BACK),
        ("angre", Command.BACK),
        ("endre", Command.CHANGE),
        ("avbryt", Command.CANCEL),
        ("avslutt", Command.CANCEL),
        ("stopp", Command.STOP),
        ("!stop", Command.STOP),
        ("slutt å sende", Command.STOP),
        ("demo", Command.DEMO),
        ("still et spørsmål", Command.ASK),
        ("spør lederen", Command.ASK_LEADER),
        ("Spør lederen?", Command.ASK_LEADER),
        ("spør ledern", Command.ASK_LEADER),
        ("kan jeg stille lederen et spørsmål", Command.ASK_LEADER),
        ("spørsmål", Command.INQUIRIES),
        ("vis åpne spørsmål", Command.INQUIRIES),
        ("jeg har et spørsmål", Command.ASK),
        ("ubesvarte", Command.UNANSWERED),
        ("vis meg ubesvarte spørsmål", Command.UNANSWERED),
        ("delte svar", Command.SHARED_ANSWERS),
        ("registeret", Command.REGISTER_CARE),
        ("jeg vil endre lista", Command.REGISTER_CARE),
        ("stedfortreder", Command.DEPUTY),
        ("stedfortredere", Command.DEPUTIES),
        ("vis stedfortredere", Command.DEPUTIES),
        ("ikkje mas", Command.REMINDERS_OFF),
        ("minn mæ itj meir", Command.REMINDERS_OFF),
        ("kæm mangle", Command.WHO_IS_MISSING),
        ("når e møtet?", Command.MEETINGS),
        ("purr på dæm", Command.REMIND_THEM),
        ("bekreft fristan", Command.CONFIRM_DATES),
        ("rapporten e sendt", Command.REPORTING_DONE),
    ],
)
def test_commands(text: str, command: Command) -> None:
    assert understand_command(text) == CommandReading(command)


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("koble Gauldal", Command.BIND, "Gauldal"),
        ("kan du minne mæ på fredag?", Command.SNOOZE, "på fredag"),
        ("sett på pause til 20. november", Command.PAUSE, "20. november"),
        ("Koble til Orkland, Rindal og Heim", Command.BIND, "Orkland, Rindal og Heim"),
        ("koble kanalen til Gauldal", Command.BIND, "Gauldal"),
        ("kan du koble Gauldal", Command.BIND, "Gauldal"),
        ("endre tittel", Command.CHANGE, "tittel"),
        ("Endre spørsmål 4", Command.CHANGE, "spørsmål 4"),
        ("demo Kari Nordmann", Command.DEMO, "Kari Nordmann"),
        ("/demo Kari", Command.DEMO, "Kari"),
        ("spør leder: Hva gjør vi?", Command.ASK_LEADER, "Hva gjør vi?"),
        ("Spør lederen – om bredde, høyde og «pris».", Command.ASK_LEADER, "om bredde, høyde og «pris»."),
        ("Hei! Kan du spørre lederen når vi møtes?", Command.ASK_LEADER, "når vi møtes?"),
        ("/spør leiaren,\nførst dette\nså dette?  ", Command.ASK_LEADER, "først dette\nså dette?"),
        ("spør leder: " + "lang " * 200 + "sak", Command.ASK_LEADER, "lang " * 200 + "sak"),
        ("spørsmål til leder: hvem bestiller?", Command.ASK_LEADER, "hvem bestiller?"),
    ],
)
def test_commands_with_an_argument(text: str, command: Command, argument: str) -> None:
    assert understand_command(text) == CommandReading(command, argument)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "👍",
        "12",
        "lek",
        "ja",
        "takk",
        "stå",
        "Vi trenger hjelp til å fortsette arbeidet med lek",
        "når er fristen for behovsmelding?",
        "hva er status for søknaden",
        "Koble sammen teori og praksis",
        "Endre rutinene i garderoben hver morgen",
        "Vi vil stoppe mobbing i barnehagen",
        "Personalet trenger et sammendrag av forskningen",
        "ingen behov for flere kurs om lek",
        "Spør lederen om dette på neste møte",
        "Vi må spørre lederen: det er uklart",
        "spør lederens sekretær: når?",
        "hjelper",
        "purk",
        "hjelp " * 1000,
    ],
)
def test_ordinary_sentences_are_no_commands(text: str) -> None:
    assert understand_command(text) is None


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("/foo", True),
        ("!gjør noe", True),
        ("/", True),
        ("  /foo", True),
        ("/hjelp", False),
        ("!stopp", False),
        ("/koble Gauldal", False),
        ("foo", False),
        ("hjelp", False),
        ("", False),
    ],
)
def test_unknown_commands(text: str, unknown: bool) -> None:
    assert is_unknown_command(text) is unknown


def test_every_command_has_words_and_no_form_has_two_meanings() -> None:
    words = lexicon()
    assert set(words.commands) == set(Command)
    forms = [form for entry in words.commands.values() for form in entry.words]
    assert len(forms) == len(set(forms))
    assert all(form == " ".join(form.lower().split()) for form in forms)


def test_every_form_means_its_command_however_it_is_dressed() -> None:
    for form, command in lexicon().forms().items():
        for dressed in (form, form.upper(), f"{form.capitalize()}!", f"😊 {form}…", f"  {form} 🙏🏽"):
            assert understand_command(dressed) == CommandReading(command), dressed


@settings(deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(["kan du", "koble", "/", "!", "hei", "🙏", "nå"])).map(" ".join),
    )
)
def test_no_text_makes_it_fail(text: str) -> None:
    reading = understand_command(text)
    assert reading is None or reading.argument is None or reading.argument.strip()
    assert is_unknown_command(text) == (reading is None and text.lstrip()[:1] in {"/", "!"})


def test_a_message_costs_little() -> None:
    understand_command("hei")
    started = thread_time()
    long = (
        "x" * 20_000,
        "/" * 20_000,
        "kan du " * 3_000,
        "spør lederen " * 2_000,
        "spør lederen " + "? " * 9_000,
    )
    for text in ("kan du " * 17, "hei " * 29, "koble " * 20, "meg " * 30, *long):
        understand_command(text)
    assert thread_time() - started < 0.5
