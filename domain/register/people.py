"""What must be true of a person before the register takes the person in."""

from __future__ import annotations

from domain.register.errors import InvalidPerson
from domain.register.names import clean, clean_email, is_email
from domain.register.rows import MAX_LENGTH


def checked_person(name: str, email: str) -> tuple[str, str]:
    """The name and the address as they are stored; raises InvalidPerson."""
    stored_name, stored_email = clean(name), clean_email(email)
    if not stored_name or len(stored_name) > MAX_LENGTH:
        raise InvalidPerson("name", name)
    if not is_email(stored_email) or len(stored_email) > MAX_LENGTH:
        raise InvalidPerson("email", email)
    return stored_name, stored_email
