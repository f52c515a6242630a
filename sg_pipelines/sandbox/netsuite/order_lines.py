"""The lines of an order as NetSuite keeps them, in double entry.

The main line carries the total; against it stand the goods sold, shipping and tax, negative, and the discount, positive:
all lines of an order sum to nothing. What is worked out here is stored as it is by `orders`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.netsuite.named_lists import DISCOUNT, LINE_ITEMS, SHIPPING, SUBSIDIARY, TAX
from sg_pipelines.sandbox.netsuite.numbers import exact, kept
from sg_pipelines.sandbox.netsuite.products import GOODS

COLUMNS = (
    "transaction", "uniquekey", "id", "linesequencenumber", "mainline", "taxline", "transactiondiscount", "itemtype",
    "item", "quantity", "rate", "foreignamount", "memo", "isclosed", "entity", "subsidiary", "linelastmodifieddate",
)  # fmt: skip
NOTHING = Decimal(0)
# The order in which the lines that are no goods follow, and their sign
CHARGES = ((DISCOUNT, 1), (SHIPPING, -1), (TAX, -1))


@dataclass(frozen=True, slots=True)
class Line:
    """Goods on an order: amounts as the customer sees them, positive. `number` is the line's id, when it has one."""

    item: int | None
    quantity: Decimal | None
    amount: Decimal | None
    memo: str | None = None
    is_closed: bool = False
    number: int | None = None

    @property
    def rate(self) -> Decimal | None:
        """The price of one."""
        if self.amount is None or not self.quantity:
            return None
        return exact(self.amount / self.quantity)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What an order adds to its goods, all positive."""

    discount: Decimal | None = None
    shipping: Decimal | None = None
    tax: Decimal | None = None

    def total(self, lines: Sequence[Line]) -> Decimal:
        """What the customer owes."""
        goods = sum((line.amount or NOTHING for line in lines), NOTHING)
        return goods - (self.discount or NOTHING) + (self.shipping or NOTHING) + (self.tax or NOTHING)

    def of(self, item: int) -> Decimal | None:
        """The amount that a line of that kind states."""
        return {DISCOUNT: self.discount, SHIPPING: self.shipping, TAX: self.tax}[item]


@dataclass(frozen=True, slots=True)
class Header:
    """What lines repeat of their order."""

    order: int
    entity: int | None
    total: Decimal
    changed_at: str


def stated(header: Header, lines: Sequence[Line], amounts: Amounts, keys: dict[int, int]) -> list[tuple[Any, ...]]:
    """All lines of an order in the columns above. `keys`: line id → unique key, of lines that had one; else null."""
    rows = [_row(header, keys, 0, 0, total=header.total)]
    taken = {line.number for line in lines if line.number is not None}
    free = iter(number for number in range(1, len(lines) + len(taken) + 1) if number not in taken)
    for sequence, line in enumerate(lines, start=1):
        number = line.number if line.number is not None else next(free)
        taken.add(number)
        rows.append(_row(header, keys, number, sequence, line=line))
    last = max(taken, default=0)
    for item, sign in CHARGES:
        amount = amounts.of(item)
        if amount is not None:
            last += 1
            rows.append(_row(header, keys, last, len(rows), charge=(item, sign * amount)))
    return rows


def _row(
    header: Header,
    keys: dict[int, int],
    number: int,
    sequence: int,
    *,
    total: Decimal | None = None,
    line: Line | None = None,
    charge: tuple[int, Decimal] | None = None,
) -> tuple[Any, ...]:
    placed = (header.order, keys.get(number), number, sequence, "T" if total is not None else "F")
    rest = (header.entity, SUBSIDIARY, header.changed_at)
    if line is not None:
        sold = (_negative(line.quantity), kept(line.rate), _negative(line.amount), line.memo)
        return (*placed, "F", "F", GOODS, line.item, *sold, "T" if line.is_closed else "F", *rest)
    if charge is not None:
        item, amount = charge
        flags = ("T" if item == TAX else "F", "T" if item == DISCOUNT else "F", LINE_ITEMS[item][1])
        return (*placed, *flags, item, None, kept(-amount), kept(amount), None, "F", *rest)
    return (*placed, "F", "F", None, None, None, None, kept(total), None, "F", *rest)


def _negative(number: Decimal | None) -> str | None:
    return None if number is None else kept(-number)
