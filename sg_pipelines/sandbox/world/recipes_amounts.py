"""What people do to the amounts and lines of orders, and which of it leaves a record that does not add up."""

from __future__ import annotations

from typing import Any

from sg_pipelines.sandbox.world.deeds import Changes, Dice, Recipe, edit
from sg_pipelines.sandbox.world.ledger import AMOUNT_GAP, LINES_GAP, SOFT, Entry, entry, finding
from sg_pipelines.sandbox.world.mishaps import unexplained_total
from sg_pipelines.sandbox.world.neighbours import line_row, line_subject
from sg_pipelines.sandbox.world.orders import CANCELLED
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.stage import Stage
from sg_pipelines.sandbox.world.strangers import STRANGER
from sg_pipelines.sandbox.world.things import CUSTOMER, PRODUCT, Line, Thing, told_amount


def _lines(order: Thing, account: str, lines: list[Line]) -> dict[str, Any]:
    return {"lines": [line_row(line, account) for line in lines]}


def _replaced(order: Thing, at: int, line: Line) -> list[Line]:
    return [line if place == at else other for place, other in enumerate(order.lines)]


def _alike(order: Thing) -> bool:
    """Everywhere in the same amounts: the ERP's never contain tax."""
    return order.is_everywhere and not order.said["tax_included"]


def _at_home(order: Thing) -> bool:
    """Paid in the shop's own currency."""
    return _alike(order) and order.local[order.at(SHOPIFY)]["shop_currency"] == order.said["currency"]


def _several_lines(order: Thing) -> bool:
    return _alike(order) and len(order.lines) > 1


def _divisible(order: Thing) -> bool:
    return _alike(order) and _halved(order) is not None


def _halved(order: Thing) -> int | None:
    """The place of a line that could be counted in halves without its amount changing."""
    return next((at for at, line in enumerate(order.lines) if line.amount % (2 * line.quantity) == 0), None)


def _recount(name: str, platform: str, cls: str) -> Recipe:
    """A line is counted in another unit: twice the quantity, the same amount."""

    def do(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
        at = _halved(order)
        if at is None:
            return []
        line, account = order.lines[at], order.at(platform)
        changed = Line(line.product, 2 * line.quantity, line.amount)
        stage.edit(order, account, _lines(order, account, _replaced(order, at, changed)))
        return [entry(order, cls, line_subject(line.product), name)]

    return Recipe(name, do, _divisible, 4)


def _one_more(name: str, platform: str, cls: str) -> Recipe:
    """One more of a product is ordered: the line, the subtotal and the total rise alike, so the record adds up."""

    def do(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
        line, account = order.lines[0], order.at(platform)
        price = line.amount // line.quantity
        lines = _replaced(order, 0, Line(line.product, line.quantity + 1, line.amount + price))
        amounts = {name: order.said[name] + price for name in ("subtotal", "total")}
        stage.edit(order, account, _lines(order, account, lines) | _in_columns(stage, order, account, amounts))
        return [entry(order, cls, subject, name) for subject in (line_subject(line.product), "subtotal", "total")]

    return Recipe(name, do, _at_home, 4)


def _in_columns(stage: Stage, order: Thing, account: str, amounts: dict[str, int]) -> dict[str, Any]:
    """Amounts as columns; a shop that states another total counts its customer's spending anew."""
    columns: dict[str, Any] = {f"{name}_amount": told_amount(amount) for name, amount in amounts.items()}
    if account in order.on(SHOPIFY) and "total" in amounts:
        columns["shop_total"] = columns["total_amount"]
        buyer, more = order.named.get(CUSTOMER), amounts["total"] - order.said["total"]
        if buyer is not None and order.said["status"] != CANCELLED:
            stage.recount(buyer, account, orders=0, spent=f"{'-' if more < 0 else ''}{told_amount(abs(more))}")
    return columns


def _part_changes(name: str, platform: str, cls: str, part: str, sign: int) -> Recipe:
    """Shipping or a discount is changed together with the total, so the record adds up."""

    def do(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
        more, account = dice.randrange(105, 400), order.at(platform)
        amounts = {part: order.said[part] + more, "total": order.said["total"] + sign * more}
        stage.edit(order, account, _in_columns(stage, order, account, amounts))
        return [entry(order, cls, subject, name) for subject in (part, "total")]

    return Recipe(name, do, _at_home, 4)


def _gap(name: str, platform: str, cls: str) -> Recipe:
    """The total alone changes; nothing the record says explains it."""

    def do(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
        account = order.at(platform)
        stage.edit(order, account, _in_columns(stage, order, account, {"total": unexplained_total(order)}))
        return [entry(order, cls, "total", name), finding(order, AMOUNT_GAP, name)]

    return Recipe(name, do, _at_home, 3)


def _type_subtotal(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
    """The subtotal alone changes, upwards as if lines had discounts of their own: neither the lines nor the total bear it
    out."""
    name, account = "CRM types a subtotal", order.at(HUBSPOT)
    more = order.said["discount"] + order.said["subtotal"] // 7 + 1_107
    stage.edit(order, account, _in_columns(stage, order, account, {"subtotal": order.said["subtotal"] + more}))
    found = [finding(order, gap, name) for gap in (AMOUNT_GAP, LINES_GAP)]
    return [entry(order, STRANGER, "subtotal", name), *found]


def _drop_line(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
    """The subtotal typed into a deal stays what it was."""
    name, account, (gone, *kept) = "CRM drops a line", order.at(HUBSPOT), order.lines
    stage.edit(order, account, _lines(order, account, kept))
    return [entry(order, STRANGER, line_subject(gone.product), name), finding(order, LINES_GAP, name)]


def _other_product(name: str, platform: str, cls: str) -> Recipe:
    """A line points at another product; quantity and amount stay."""

    def do(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
        line, account = order.lines[0], order.at(platform)
        bought = {one.product.number for one in order.lines}
        product = stage.take(PRODUCT, lambda one: _can_be_sold(one, order) and one.number not in bought)
        if product is None:
            return []
        changed = Line(product, line.quantity, line.amount)
        stage.edit(order, account, _lines(order, account, _replaced(order, 0, changed)))
        return [entry(order, cls, line_subject(one), name) for one in (line.product, product)]

    return Recipe(name, do, _names_products, 3)


def _can_be_sold(product: Thing, order: Thing) -> bool:
    return product.is_strong and order.accounts.keys() <= product.accounts.keys()


def _names_products(order: Thing) -> bool:
    """Its products are known to the accounts, not only to the world."""
    return _alike(order) and bool(order.lines[0].product.refs)


def _shipping_everywhere(stage: Stage, order: Thing, dice: Dice) -> Changes:
    amounts = {name: order.said[name] + 500 for name in ("shipping", "total")}
    return {account: _in_columns(stage, order, account, amounts) for account in order.accounts}


AMOUNTS_OF_ORDERS: tuple[Recipe, ...] = (
    _other_product("shop swaps a product", SHOPIFY, SOFT),
    _other_product("ERP swaps a product", NETSUITE, STRANGER),
    _recount("shop counts in another unit", SHOPIFY, SOFT),
    _recount("ERP counts in another unit", NETSUITE, STRANGER),
    _one_more("shop adds one more", SHOPIFY, SOFT),
    _one_more("ERP adds one more", NETSUITE, STRANGER),
    _part_changes("ERP raises shipping", NETSUITE, STRANGER, "shipping", 1),
    _part_changes("shop gives a discount", SHOPIFY, SOFT, "discount", -1),
    _part_changes("CRM gives a discount", HUBSPOT, STRANGER, "discount", -1),
    _gap("CRM types a total", HUBSPOT, STRANGER),
    _gap("shop takes a tip", SHOPIFY, SOFT),
    Recipe("CRM types a subtotal", _type_subtotal, _at_home, 3),
    Recipe("CRM drops a line", _drop_line, _several_lines, 3),
    edit("shipping raised everywhere", "shipping", None, _shipping_everywhere, _at_home, 3),
)
