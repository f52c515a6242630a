"""Keys of tax registrations."""

from __future__ import annotations


def tax_id_key(value: str, region: str) -> str | None:
    """Letters and digits only, a leading country code aside; None for blank."""
    plain = "".join(letter for letter in value.casefold() if letter.isalnum())
    return plain.removeprefix(region.casefold()) or None
