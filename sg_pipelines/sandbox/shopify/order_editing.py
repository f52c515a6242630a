"""Changes to an order's lines that wait to be committed, and what the order says with them.

A line that was ordered keeps its units: fewer are counted as removed, more are first those that were removed and then new
ones. What is added is charged on top of what was paid, has no part in the discount, and is taxed at the order's rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.shopify.money import NOUGHT, OrderMoney, exact, received, rounded, written
from sg_pipelines.sandbox.shopify.order_worth import current_units, quantity_of, tax_of

Said = Mapping[str, Any]


@dataclass(slots=True)
class Edit:
    """One session. `quantities` is by line; `added` are lines to come, each with a `unit` price."""

    order: int
    quantities: dict[int, int] = field(default_factory=dict)
    added: list[dict[str, Any]] = field(default_factory=list)


def last_line(said: Said) -> int:
    """The highest id a line was ever given; lines to come are counted on from it."""
    return int(said.get("last_line", 0))


def applied(said: Said, edit: Edit, shop_currency: str) -> dict[str, Any]:
    """What the order says once the edit is committed; the same as before when it changes nothing."""
    lines = [_with(said, line, edit.quantities.get(line["id"])) for line in said.get("lines", ())]
    coming = enumerate(edit.added, start=last_line(said) + 1)
    lines += [_coming(place, line) for place, line in coming if line["quantity"]]
    if lines == list(said.get("lines", ())):
        return dict(said)
    words = {"lines": lines, "last_line": last_line(said) + len(edit.added), "edited": True}
    more = _extra(lines) - _extra(said.get("lines", ()))
    return {**said, **words, **(_dearer(said, more, shop_currency) if more else {})}


def _with(said: Said, line: Said, quantity: int | None) -> dict[str, Any]:
    current, gone = current_units(said, line), int(line.get("removed", 0))
    if quantity is None or quantity == current:
        return dict(line)
    if quantity < current:
        return {**line, "removed": gone + current - quantity}
    back = min(gone, quantity - current)
    new = quantity - current - back
    price = exact(line.get("amount")) * new / (quantity_of(line) or 1)
    more = rounded(price, said.get("currency") or "")
    grown = {
        "quantity": str(quantity_of(line) + new),
        "amount": written(exact(line.get("amount")) + more),
        "extra": written(exact(line.get("extra")) + more),
    }
    return {**line, "removed": gone - back, **(grown if new else {})}


def _coming(place: int, line: Said) -> dict[str, Any]:
    amount = written(exact(line["unit"]) * line["quantity"])
    words = {word: line[word] for word in ("product_id", "sku", "name")}
    return {"id": place, **words, "quantity": str(line["quantity"]), "amount": amount, "extra": amount}


def _extra(lines: Any) -> Decimal:
    return sum((exact(line.get("extra")) for line in lines), NOUGHT)


def _dearer(said: Said, more: Decimal, shop_currency: str) -> dict[str, Any]:
    """Its amounts when lines came to more; what nobody stated stays unsaid."""
    tax = rounded(tax_of(said, more), said.get("currency") or shop_currency)
    total = more if said.get("tax_included") else more + tax
    added = {"subtotal_amount": more, "tax_amount": tax, "total_amount": total}
    amounts = {
        word: written(exact(said[word]) + amount) for word, amount in added.items() if said.get(word) not in (None, "")
    }
    if said.get("shop_total") not in (None, ""):
        money = OrderMoney(said, shop_currency)
        amounts["shop_total"] = written(exact(said["shop_total"]) + money.in_shop_currency(total))
    return {**amounts, "received": written(received(said))}
