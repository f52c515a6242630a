"""Entities held together as wholes: an order's amounts and lines at every account. What no rule explains is a finding."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.domain.composition.amounts import Amounts, Verdict, lines_verdict, total_verdict, written
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import AMOUNTS, ORDER
from sg_pipelines.operations.cast import Cast
from sg_pipelines.ports.store import Document

GAPS = AMOUNT_GAP, LINES_GAP = "amount_gap", "lines_gap"
PRECISE = pa.decimal128(24, 6)
_TEXT = "{subtotal} - {discount} + {tax} + {shipping} is not {total} {currency}: {gap} is left"


@dataclass(slots=True)
class Composition:
    """`findings` by the entity's position; `explained`: how many gaps each rule explains; `unreadable`: records whose
    amounts are no numbers or are not all there, so that nothing could be added up."""

    findings: dict[int, list[Document]] = field(default_factory=lambda: defaultdict(list))
    explained: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0


def compose(cast: Cast, kind: Kind) -> Composition:
    """Add up what can be added up. Columns decide where there is a gap; only those rows are looked at one by one."""
    found = Composition()
    if kind.name != ORDER.name or not len(cast.rows):
        return found
    amounts = {name: _decimals(cast.rows.column(f"{name}_amount")) for name in AMOUNTS}
    readable = np.logical_and.reduce([_is_valid(column) for column in amounts.values()])
    found.unreadable = int((~readable).sum())
    lines = _line_sums(cast.rows.column("lines"))
    for row in np.flatnonzero(readable & (_total_gap(amounts) | _lines_gap(amounts, lines))).tolist():
        said = _amounts(cast.rows, amounts, lines, row)
        if said is not None:
            _look(found, cast, kind, row, said)
    return found


def _look(found: Composition, cast: Cast, kind: Kind, row: int, said: Amounts) -> None:
    entity = int(cast.entity_of_row[row])
    ref = f"{cast.rows.column('account')[row].as_py()}/{kind.name}/{cast.rows.column('record_id')[row].as_py()}"
    for of_type, verdict, detail in _verdicts(said):
        if verdict.rule is not None:
            found.explained[verdict.rule.value] += 1
        elif verdict.is_finding:
            found.findings[entity].append(
                {
                    "key": f"{cast.entity_ids[entity]}:{of_type}:{ref}",
                    "kind": kind.name,
                    "type": of_type,
                    "class": of_type,
                    "entity": cast.entity_ids[entity],
                    "ref": ref,
                    "detail": detail,
                }
            )


def _verdicts(said: Amounts) -> Iterator[tuple[str, Verdict, str]]:
    stated = {name: written(getattr(said, name), said.currency) for name in AMOUNTS}
    left = written(said.gap, said.currency)
    yield AMOUNT_GAP, total_verdict(said), _TEXT.format(**stated, currency=said.currency, gap=left)
    lines = written(said.lines, said.currency) if said.lines is not None else "no lines"
    yield LINES_GAP, lines_verdict(said), f"the lines add up to {lines}, not to {stated['subtotal']} {said.currency}"


def _amounts(rows: pa.Table, amounts: dict[str, Any], lines: _LineSums, row: int) -> Amounts | None:
    """One record's amounts; None where it states no currency."""
    currency = rows.column("currency")[row].as_py()
    if not currency:
        return None
    shop_currency, shop_total = rows.column("shop_currency")[row].as_py(), rows.column("shop_total")[row].as_py()
    has_lines = bool(lines.count[row])
    return Amounts(
        **{name: amounts[name][row].as_py().normalize() + 0 for name in AMOUNTS},
        currency=currency,
        lines=lines.total[row].as_py().normalize() + 0 if has_lines else None,
        line_count=int(lines.count[row]),
        tax_included=bool(rows.column("tax_included")[row].as_py()),
        shop_total=_number(shop_total) if shop_currency and shop_currency != currency else None,
    )


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


@dataclass(frozen=True, slots=True)
class _LineSums:
    """Per row: the sum of its lines' amounts and how many lines there are; zero lines where an amount is no number."""

    total: pa.Array
    count: np.ndarray[Any, np.dtype[np.int64]]


def _line_sums(column: pa.ChunkedArray) -> _LineSums:
    whole = column.combine_chunks()
    parents = pc.list_parent_indices(whole)
    each = _decimals(pc.struct_field(whole.flatten(), ["amount"]))
    sums = (
        pa.table({"row": parents, "amount": each})
        .group_by("row")
        .aggregate([("amount", "sum"), ("amount", "count"), ("row", "count")])
    )
    sums = sums.filter(pc.equal(sums.column("amount_count"), sums.column("row_count")))
    count = np.zeros(len(whole), np.int64)
    count[sums.column("row").to_numpy()] = sums.column("row_count").to_numpy()
    place = pc.index_in(pa.array(np.arange(len(whole)), parents.type), value_set=sums.column("row").combine_chunks())
    return _LineSums(sums.column("amount_sum").combine_chunks().take(place).cast(PRECISE), count)


def _decimals(texts: Any) -> Any:
    """Numbers behind texts; null where there is none, or something that is no plain decimal."""
    plain = pc.fill_null(pc.match_substring_regex(texts, r"^-?[0-9]{1,15}(\.[0-9]{1,6})?$"), False)
    chosen = pc.if_else(plain, texts, pa.scalar(None, pa.string()))
    cast = chosen.cast(PRECISE)
    return cast.combine_chunks() if isinstance(cast, pa.ChunkedArray) else cast


def _total_gap(amounts: dict[str, Any]) -> Any:
    parts = pc.subtract(pc.add(pc.add(amounts["subtotal"], amounts["tax"]), amounts["shipping"]), amounts["discount"])
    return _differs(parts, amounts["total"])


def _lines_gap(amounts: dict[str, Any], lines: _LineSums) -> Any:
    return _differs(lines.total, amounts["subtotal"]) & (lines.count > 0)


def _differs(one: Any, two: Any) -> Any:
    unlike = pc.fill_null(pc.not_equal(one, two.cast(one.type)), False)
    return unlike.to_numpy(zero_copy_only=False).astype(bool)


def _is_valid(column: Any) -> Any:
    return pc.is_valid(column).to_numpy(zero_copy_only=False).astype(bool)
