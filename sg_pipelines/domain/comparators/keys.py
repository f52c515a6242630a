"""One comparable key per packed original, by the field's comparator."""

from __future__ import annotations

from collections.abc import Callable

from sg_pipelines.domain.comparators.address import address_key, exact_address_key
from sg_pipelines.domain.comparators.numbers import decimal_key, instant_key
from sg_pipelines.domain.comparators.packing import SEPARATOR
from sg_pipelines.domain.comparators.phone import phone_key
from sg_pipelines.domain.comparators.text import email_key, enum_key, exact_text_key, text_key
from sg_pipelines.domain.model.kinds import Comparator, Field


def key(field: Field, packed: str | None, *, region: str) -> str | None:
    """The key of a packed original; None means null. Equal keys mean equal values."""
    if packed is None:
        return None
    if field.is_set:
        return SEPARATOR.join(element_keys(packed))
    if field.comparator is Comparator.ADDRESS:
        return address_key(packed.split(SEPARATOR), region)
    if field.comparator is Comparator.NAME:
        return text_key(packed.replace(SEPARATOR, " "))
    if field.comparator is Comparator.PHONE:
        return phone_key(packed, region)
    return _SIMPLE[field.comparator](packed)


def exact_key(field: Field, packed: str) -> str | None:
    """The key with accents kept, for comparators that fold them; None where accents cannot differ."""
    if packed.isascii():
        return None
    if field.comparator is Comparator.ADDRESS:
        return exact_address_key(packed.split(SEPARATOR))
    if field.comparator in (Comparator.TEXT, Comparator.NAME):
        return exact_text_key(packed.replace(SEPARATOR, " "))
    return None


def element_keys(packed: str) -> dict[str, str]:
    """Key → original of every element of a packed set, keys ascending."""
    elements = {text_key(element) or "": element for element in reversed(packed.split(SEPARATOR)) if element.strip()}
    return dict(sorted(elements.items()))


def _exact(packed: str) -> str | None:
    return packed or None


_SIMPLE: dict[Comparator, Callable[[str], str | None]] = {
    Comparator.EXACT: _exact,
    Comparator.TEXT: text_key,
    Comparator.EMAIL: email_key,
    Comparator.DECIMAL: decimal_key,
    Comparator.INSTANT: instant_key,
    Comparator.ENUM: enum_key,
}
