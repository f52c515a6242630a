"""Entities held together as wholes: an order's amounts and lines at every account. What no rule explains is a finding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.comparators.money import money_key, money_of
from sg_pipelines.domain.comparators.neighbours import Mask
from sg_pipelines.domain.comparators.numbers import decimal_key
from sg_pipelines.domain.composition.amounts import Amounts, GapRule, Verdict, lines_verdict, total_verdict
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.money import Money, currency_code
from sg_pipelines.domain.model.order import (
    AMOUNTS,
    CHARGES,
    CURRENCY,
    LINE,
    ORDER,
    SHOP_CURRENCY,
    SHOP_TOTAL,
    TAX_INCLUDED,
)
from sg_pipelines.operations.cast import Cast
from sg_pipelines.ports.store import Document

GAPS = AMOUNT_GAP, LINES_GAP = "amount_gap", "lines_gap"
_JUDGED = {AMOUNT_GAP: total_verdict, LINES_GAP: lines_verdict}
PRECISE = pa.decimal128(24, 6)
_TEXTS = (*(f"{name}_amount" for name in AMOUNTS), CURRENCY, SHOP_CURRENCY, SHOP_TOTAL, CHARGES)
# What is read of a record.
RECORDS = pa.schema(
    [(name, pa.string()) for name in _TEXTS]
    + [(TAX_INCLUDED, pa.bool_()), ("lines", pa.list_(pa.struct([(part, pa.string()) for part in LINE])))]
)
PARTS = "discount", "tax", "shipping"
_TEXT = "{subtotal} - {discount} + {tax} + {shipping}{charges} is not {total} {currency}: {gap} is left"
_TAX_INSIDE = (
    "{subtotal} - {discount} + {shipping}{charges} is not {total} {currency}, with tax of {tax} inside: {gap} is left"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A sum of one record that does not come out: which one, how it was judged, the numbers."""

    type: str
    verdict: Verdict
    said: Amounts

    @property
    def rule(self) -> GapRule | None:
        """What explains it."""
        return self.verdict.rule

    @property
    def detail(self) -> str:
        """The sum in a sentence."""
        said, verdict = self.said, self.verdict
        if self.type == LINES_GAP:
            return f"the lines add up to {said.lines}, not to {said.subtotal} {said.total.currency}"
        stated = {name: str(getattr(said, name)) for name in AMOUNTS}
        is_net = said.tax_included and verdict.rule is not GapRule.TAX_INCLUSIVE
        text = _TAX_INSIDE if is_net else _TEXT
        charges = f" + {said.charges}" if said.charges and verdict.gap == said.charged.gap else ""
        return text.format(**stated, charges=charges, currency=said.total.currency, gap=verdict.gap)


@dataclass(slots=True)
class Composition:
    """`findings` by the entity's position; `explained`: how many gaps each rule explains; `unreadable`: records of which
    not everything could be added up: an amount is no number, a gap may be the part that is not told, or has no currency."""

    findings: dict[int, list[Document]] = field(default_factory=lambda: defaultdict(list))
    explained: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0


def compose(cast: Cast, kind: Kind) -> Composition:
    """Add up what can be added up. Columns decide where there is a gap; only those rows are looked at one by one."""
    found = Composition()
    if kind.name != ORDER.name or not len(cast.rows):
        return found
    gaps, unreadable = gaps_of(cast.rows)
    for row, gap in gaps:
        _file(found, cast, kind, row, gap)
    found.unreadable = int(unreadable.sum())
    return found


def gaps_of(rows: pa.Table) -> tuple[list[tuple[int, Gap]], Mask]:
    """Row and gap of every sum that does not come out, explained or not; and of which rows not everything could be added
    up. `rows`: records of orders, in canonical columns."""
    amounts = {name: _decimals(_told(rows.column(f"{name}_amount"), name)) for name in AMOUNTS}
    lines = _line_sums(rows.column("lines"))
    unreadable = ~np.logical_and.reduce([_is_valid(column) for column in amounts.values()]) | lines.unreadable
    are_unlike = {AMOUNT_GAP: _total_gap(rows, amounts), LINES_GAP: _lines_gap(amounts, lines)}
    found: list[tuple[int, Gap]] = []
    suspects = np.flatnonzero(np.logical_or.reduce(list(are_unlike.values())))
    for row, said in zip(suspects.tolist(), _amounts(rows, amounts, lines, suspects), strict=True):
        if said is None:
            unreadable[row] = True
            continue
        there = (of_type for of_type, unlike in are_unlike.items() if unlike[row])
        gaps = {of_type: Gap(of_type, _JUDGED[of_type](said), said) for of_type in there}
        if AMOUNT_GAP in gaps and gaps[AMOUNT_GAP].rule is None and said.charged.may_be_untold:
            unreadable[row] = True
            del gaps[AMOUNT_GAP]
        found += [(row, gap) for gap in gaps.values()]
    return found, unreadable


def _file(found: Composition, cast: Cast, kind: Kind, row: int, gap: Gap) -> None:
    if gap.rule is not None:
        found.explained[gap.rule.value] += 1
        return
    entity = int(cast.entity_of_row[row])
    ref = f"{cast.rows.column('account')[row].as_py()}/{kind.name}/{cast.rows.column('record_id')[row].as_py()}"
    found.findings[entity].append(
        {
            "key": f"{cast.entity_ids[entity]}:{gap.type}:{ref}",
            "kind": kind.name,
            "type": gap.type,
            "class": gap.type,
            "entity": cast.entity_ids[entity],
            "ref": ref,
            "detail": gap.detail,
        }
    )


def _amounts(
    rows: pa.Table, amounts: dict[str, Any], lines: _LineSums, chosen: np.ndarray[Any, Any]
) -> Iterator[Amounts | None]:
    """Of the chosen rows, one after the other, the amounts; nothing where a record states none."""
    places = pa.array(chosen)
    said = rows.select([*_TEXTS, TAX_INCLUDED]).take(places).to_pylist()
    numbers = pa.table({**amounts, "lines": lines.total}).take(places).to_pylist()
    for one, number, count in zip(said, numbers, lines.count[chosen].tolist(), strict=True):
        yield _of_record(one, number, count)


def _of_record(said: dict[str, Any], numbers: dict[str, Decimal | None], line_count: int) -> Amounts | None:
    """None where it states no currency."""
    currency, shop_currency = (currency_code(said[name]) for name in (CURRENCY, SHOP_CURRENCY))
    if not currency:
        return None
    money = {name: Money((number or Decimal(0)).normalize() + 0, currency) for name, number in numbers.items()}
    has_other = shop_currency not in ("", currency)
    return Amounts(
        **{name: money[name] for name in AMOUNTS},
        lines=money["lines"] if line_count else None,
        line_count=line_count,
        tax_included=bool(said[TAX_INCLUDED]),
        shop_total=money_of(money_key(said[SHOP_TOTAL] or "", shop_currency)) if has_other else None,
        charges=money_of(money_key(said[CHARGES] or "", currency)),
        untold=frozenset(part for part in PARTS if not (said[f"{part}_amount"] or "").strip()),
    )


@dataclass(frozen=True, slots=True)
class _LineSums:
    """Per row: the sum of its lines' amounts and how many lines there are; zero lines where one of the amounts is no
    number, which `unreadable` says."""

    total: pa.Array
    count: np.ndarray[Any, np.dtype[np.int64]]
    unreadable: Mask


def _line_sums(column: pa.ChunkedArray) -> _LineSums:
    whole = column.combine_chunks()
    parents = pc.list_parent_indices(whole)
    each = _decimals(pc.struct_field(whole.flatten(), ["amount"]))
    sums = (
        pa.table({"row": parents, "amount": each})
        .group_by("row")
        .aggregate([("amount", "sum"), ("amount", "count"), ("row", "count")])
    )
    count, unreadable = np.zeros(len(whole), np.int64), np.zeros(len(whole), bool)
    is_whole = pc.equal(sums.column("amount_count"), sums.column("row_count"))
    unreadable[sums.filter(pc.invert(is_whole)).column("row").to_numpy()] = True
    sums = sums.filter(is_whole)
    count[sums.column("row").to_numpy()] = sums.column("row_count").to_numpy()
    place = pc.index_in(pa.array(np.arange(len(whole)), parents.type), value_set=sums.column("row").combine_chunks())
    return _LineSums(sums.column("amount_sum").combine_chunks().take(place).cast(PRECISE), count, unreadable)


def _decimals(texts: Any) -> Any:
    """Numbers behind texts, read as the comparison reads them; null where there is none."""
    whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    if not pc.all(_is_plain(whole)).as_py():
        spelled = whole.dictionary_encode()
        keys = [decimal_key(text or "") for text in spelled.dictionary.to_pylist()]
        whole = pa.array(keys, pa.string()).take(spelled.indices)
    return pc.if_else(_is_plain(whole), whole, pa.scalar(None, pa.string())).cast(PRECISE)


def _is_plain(texts: Any) -> Any:
    return pc.fill_null(pc.match_substring_regex(texts, r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"), False)


def _told(texts: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """A discount, tax or shipping of which nothing is said is nothing."""
    if name not in PARTS:
        return texts
    is_blank = pc.fill_null(pc.equal(pc.utf8_trim_whitespace(texts), ""), True)
    return pc.if_else(is_blank, "0", texts)


def _total_gap(rows: pa.Table, amounts: dict[str, Any]) -> Any:
    """Where the parts are not the total, or are it because tax is inside the prices."""
    net = pc.subtract(pc.add(amounts["subtotal"], amounts["shipping"]), amounts["discount"])
    is_inside = pc.fill_null(rows.column(TAX_INCLUDED).combine_chunks(), False)
    none = pa.scalar(0, PRECISE)
    unlike = _differs(pc.add(net, pc.if_else(is_inside, none, amounts["tax"])), amounts["total"])
    return unlike | _differs(pc.if_else(is_inside, amounts["tax"], none), none)


def _lines_gap(amounts: dict[str, Any], lines: _LineSums) -> Any:
    return _differs(lines.total, amounts["subtotal"]) & (lines.count > 0)


def _differs(one: Any, two: Any) -> Any:
    unlike = pc.fill_null(pc.not_equal(one, two.cast(one.type)), False)
    return unlike.to_numpy(zero_copy_only=False).astype(bool)


def _is_valid(column: Any) -> Any:
    return pc.is_valid(column).to_numpy(zero_copy_only=False).astype(bool)
