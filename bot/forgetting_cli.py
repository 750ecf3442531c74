"""`rekompis register forget`: the operator's part of forgetting a person."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.opening import now_of, opened, settings_or_fail
from bot.terminal import fail


def register_forget(
    email: Annotated[str, typer.Argument(help="The e-mail address in the register.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Do it; without this it only says what would be done.")
    ] = False,
) -> None:
    """Forget a person: name, address, roles, account, chat and choices. What was sent stays, without the name."""
    from domain.outreach.forgetting import forget

    settings = settings_or_fail()
    with opened(settings) as database, database.unit_of_work() as uow:
        person = uow.register.anybody(email)
        if person is None:
            fail("ingen i registeret har den adressen")
        roles = len(uow.register.roles_of(person.id))
        if not yes:
            typer.echo(f"Person {person.id} would be forgotten; {roles} roles would end. Add --yes to do it.")
            return
        ended = forget(uow, person.id, now_of(settings))
        uow.commit()
    typer.echo(
        f"Person {person.id} is forgotten; {ended} roles ended. Take the person out of the register's file too."
    )
