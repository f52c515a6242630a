"""One comparable key per packed original, by the field's comparator."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sg_pipelines.domain.comparators.address import address_key
from sg_pipelines.domain.comparators.boolean import boolean_key
from sg_pipelines.domain.comparators.code import code_key
from sg_pipelines.domain.comparators.domain_name import domain_key
from sg_pipelines.domain.comparators.money import money_key
from sg_pipelines.domain.comparators.name import exact_name_key, name_key
from sg_pipelines.domain.comparators.neighbours import reference_key
from sg_pipelines.domain.comparators.numbers import day_key, decimal_key, instant_key
from sg_pipelines.domain.comparators.packing import SEPARATOR, WITHIN
from sg_pipelines.domain.comparators.phone import phone_key
from sg_pipelines.domain.comparators.rows import AND, keyed_rows
from sg_pipelines.domain.comparators.tax_id import tax_id_key
from sg_pipelines.domain.comparators.text import caseless_key, exact_text_key, spell_a_word_differently, text_key
from sg_pipelines.domain.model.kinds import Comparator, Field

PRESENT, ABSENT, NONE = "present", "absent", "0"


def key(field: Field, packed: str | None, *, region: str) -> str | None:
    """The key of a packed original; None means null. Equal keys mean equal values."""
    if packed is None:
        return None
    if field.is_set:
        said = ((name, _told(field, value)) for name, (value, _) in elements(field, packed).items())
        return SEPARATOR.join(f"{name}{WITHIN}{value}" for name, value in said if value)
    if field.comparator in _REGIONAL:
        return _REGIONAL[field.comparator](packed, region)
    return _SIMPLE[field.comparator](packed)


def has_accents(field: Field) -> bool:
    """True for comparators that fold accents."""
    return field.comparator in (Comparator.TEXT, Comparator.NAME, Comparator.ADDRESS)


def exact_key(field: Field, packed: str) -> str | None:
    """The key with accents kept, for comparators that fold them; None where accents cannot differ."""
    if packed.isascii() or field.comparator not in (Comparator.TEXT, Comparator.NAME):
        return None
    return exact_name_key(packed) if field.comparator is Comparator.NAME else exact_text_key(packed)


def differ_in_accents(field: Field, packed: Sequence[str], *, region: str) -> bool:
    """Whether originals that mean the same are spelled with other accents or printed marks. Of an address a word that two of
    them have: it is abbreviated in so many ways that the rest of it says nothing."""
    if not has_accents(field):
        return False
    if field.comparator is Comparator.ADDRESS:
        return spell_a_word_differently([one.replace(SEPARATOR, " ") for one in packed])
    return len({exact_key(field, one) or key(field, one, region=region) for one in packed}) > 1


def elements(field: Field, packed: str) -> dict[str, tuple[str, str]]:
    """Key → (comparable value, original) of every element of a packed set, keys ascending. A label has no value but
    being there."""
    if field.is_rows:
        return keyed_rows(field, packed)
    labels = {text_key(label): label for label in reversed(packed.split(SEPARATOR))}
    return {name: (PRESENT, labels[name]) for name in sorted(filter(None, labels))}


def _told(field: Field, value: str) -> str:
    """A place whose stock is 0 states that it has none, one without a number states nothing; a line of no pieces for nothing
    is none."""
    if not field.is_rows:
        return value
    first, *others = value.split(AND)
    return ABSENT if first == NONE and not {*others} - {NONE, ""} else value


def _exact(packed: str) -> str | None:
    return packed or None


def _address(packed: str, region: str) -> str | None:
    return address_key(packed.split(SEPARATOR), region)


def _name(packed: str) -> str | None:
    return name_key(packed)


def _money(packed: str) -> str | None:
    amount, currency = packed.split(SEPARATOR)
    return money_key(amount, currency)


_REGIONAL: dict[Comparator, Callable[[str, str], str | None]] = {
    Comparator.ADDRESS: _address,
    Comparator.PHONE: phone_key,
    Comparator.TAX_ID: tax_id_key,
}
_SIMPLE: dict[Comparator, Callable[[str], str | None]] = {
    Comparator.EXACT: _exact,
    Comparator.BOOLEAN: boolean_key,
    Comparator.TEXT: text_key,
    Comparator.NAME: _name,
    Comparator.EMAIL: caseless_key,
    Comparator.DECIMAL: decimal_key,
    Comparator.INSTANT: instant_key,
    Comparator.DAY: day_key,
    Comparator.ENUM: caseless_key,
    Comparator.CODE: code_key,
    Comparator.DOMAIN: domain_key,
    Comparator.MONEY: _money,
    Comparator.REFERENCE: reference_key,
}
