"""The same things written as canonical records, for worlds too large to be pulled over HTTP; nothing goes wrong in them.

Record ids follow from a thing's number, so that records of different kinds, written apart, name each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from sg_pipelines.domain.model.record import CellValue, Record, RecordState
from sg_pipelines.sandbox.world.locale import Locale
from sg_pipelines.sandbox.world.neighbours import cross_ids, named_columns
from sg_pipelines.sandbox.world.places import EVERYWHERE, HUBSPOT, NETSUITE, SHOPIFY, Places
from sg_pipelines.sandbox.world.population import Making, Population, count_orders
from sg_pipelines.sandbox.world.spelling import Row, row_of
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, KINDS, ORDER, PRODUCT, Thing

_FIRST_IDS = {HUBSPOT: 100_000_000, SHOPIFY: 7_000_000_000_000, NETSUITE: 10_000_000}
# People keep the lowest ids; there is room for a hundred million of each kind.
_OFFSETS = {CUSTOMER: 0, COMPANY: 100_000_000, PRODUCT: 200_000_000, ORDER: 300_000_000}
_STATED = frozenset({"external_id", "created_at_ms", "modified_at_ms", "product_group", "option", "shipping_discount"})
NATIONAL_DIGITS = 10
_LINE = ("product_id", "sku", "quantity", "amount")


def record_id(number: int, platform: str, kind: str = CUSTOMER) -> str:
    """The id of a thing's record on a platform."""
    return str(_FIRST_IDS[platform] + _OFFSETS[kind] + number)


def baseline_records(
    count: int,
    seed: int,
    account: str,
    now_ms: int,
    kind: str = CUSTOMER,
    *,
    making: Making | None = None,
    accounts: Mapping[str, str] | None = None,
) -> Iterator[Record]:
    """One account's records of a kind, as its connector would have read them, by ascending id.

    `making` says what else there is in the world of so many people (kinds, sizes, locale); without it there are people
    alone when people are asked for, and everything otherwise. `accounts` (account → platform): one of each platform,
    named like it, unless said otherwise.
    """
    world = making or Making(count, seed, kinds=(CUSTOMER,) if kind == CUSTOMER else KINDS)
    population = Population(world, Places(accounts or {platform: platform for platform in EVERYWHERE}))
    for thing in _things(population, kind, account):
        if account in thing.accounts:
            yield record(thing, account, population, now_ms)


def _things(population: Population, kind: str, account: str) -> Iterator[Thing]:
    """Things of a kind with all that this account says of them: only a shop counts orders."""
    counts = ORDER in population.making.kinds and population.places.platforms[account] == SHOPIFY
    if kind == ORDER:
        yield from population.orders()
    elif kind == PRODUCT:
        yield from population.products
    elif kind == COMPANY:
        if counts:
            count_orders(population.companies, population.orders())
        yield from population.companies
    elif counts:
        yield from (person for person, _ in population.buying(population.people()))
    else:
        yield from population.people()


def record(thing: Thing, account: str, population: Population, now_ms: int) -> Record:
    """One thing's record at one account."""
    ids = _Ids(population.making.kinds)
    making, places, platform = population.making, population.places, thing.accounts[account]
    row = row_of(thing, account, making.seed, now_ms, voice=places.voice(account), locale=population.locale)
    row |= named_columns(thing, account, making.kinds, ids)
    return Record(
        record_id=record_id(thing.number, platform, thing.kind),
        state=RecordState.LIVE,
        modified_at=_instant(row["modified_at_ms"]),
        payload={},
        columns=_columns(row, platform, population.locale),
        cross_ids=cross_ids(thing, account, places, ids),
        external_id=row["external_id"],
    )


class _Ids:
    """Ids of the kinds that are made."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds

    def __call__(self, thing: Thing, account: str) -> str | None:
        platform = thing.accounts.get(account)
        return (
            None if platform is None or thing.kind not in self._kinds else record_id(thing.number, platform, thing.kind)
        )


def _columns(row: Row, platform: str, locale: Locale) -> dict[str, CellValue]:
    columns: dict[str, CellValue] = {name: value for name, value in row.items() if name not in _STATED}
    columns["created_at"] = _instant(row["created_at_ms"])
    if "lines" in row:
        if platform == NETSUITE:
            columns["tax_included"] = False
        columns["lines"] = [{part: line[part] for part in _LINE} for line in row["lines"]]
    if platform == SHOPIFY and row.get("phone"):
        columns["phone"] = _international(row["phone"], locale)
    return columns


def _international(phone: str, locale: Locale) -> str:
    """As a shop states telephones: plus, country and digits."""
    digits = "".join(filter(str.isdigit, phone))
    dial = locale.dial.removeprefix("+")
    is_national = dial and len(digits) == NATIONAL_DIGITS
    return f"+{dial}{digits}" if is_national else f"+{digits}"


def _instant(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
