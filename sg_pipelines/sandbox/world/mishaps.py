"""What goes wrong with companies, products and orders before the first day, and what each must be found as.

Nothing was ever agreed then: where one value is said and others are blank it fills them; where values differ the owner's
holds, and without an owner it is a conflict. At most one mishap befalls a thing.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from sg_pipelines.sandbox.simulator import ADDRESS
from sg_pipelines.sandbox.world.ledger import AMOUNT_GAP, HARD, LINES_GAP, SOFT, Entry, entry, finding
from sg_pipelines.sandbox.world.neighbours import line_subject
from sg_pipelines.sandbox.world.orders import FULFILLED, OPEN
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.spelling import Row, slip
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, PRODUCT, Link, Thing, told_amount

Rows = dict[str, Row]
Dice = random.Random


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that goes wrong with a share of the things of a kind it fits."""

    name: str
    share: float
    fits: Callable[[Thing], bool]
    do: Callable[[Thing, Rows, Dice], list[Entry]]


def happen(thing: Thing, rows: Rows, seed: int, often: int) -> list[Entry]:
    """Change the rows (account → row) of a thing that something goes wrong with; what must be found then. `often`: how
    many times the usual share of things it befalls."""
    if thing.kind == PRODUCT and not thing.is_strong:
        return _known_by_name_alone(thing, rows, random.Random(f"{seed}:{thing.name}:name"))
    if thing.kind == ORDER and NETSUITE not in thing.platforms:
        _round_by_line(rows, random.Random(f"{seed}:{thing.name}:cent"))
    if len(rows) < 2 or not thing.is_strong:
        return []
    dice = random.Random(f"{seed}:{thing.name}:mishap")
    roll = dice.random()
    for mishap in MISHAPS[thing.kind]:
        roll -= mishap.share * often
        if roll < 0:
            return mishap.do(thing, rows, dice) if mishap.fits(thing) else []
    return []


def _blank(thing: Thing, rows: Rows, account: str, cell: str, columns: tuple[str, ...]) -> list[Entry]:
    for column in columns:
        rows[account][column] = None
    return [entry(thing, SOFT, cell, "never learned")]


def _company_blank(company: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    """A company that is tied by its keys keeps them."""
    cells = {"phone": ("phone",), "address": ADDRESS}
    if company.link is not Link.STRONG_KEY:
        cells |= {name: (name,) for name in ("domain", "tax_id") if company.said[name]}
    cell = dice.choice(list(cells))
    return _blank(company, rows, dice.choice(list(rows)), cell, cells[cell])


def _short_name(company: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    rows[dice.choice(list(rows))]["name"] = company.said["trade_name"]
    return [entry(company, SOFT, "name", "legal form left out")]


def _two_phones(company: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    """Nobody owns a telephone for good: the newest change does, and none has been seen."""
    phone = rows[company.at(SHOPIFY)]["phone"]
    rows[company.at(SHOPIFY)]["phone"] = phone[:-1] + str((int(phone[-1]) + 3) % 10)
    return [entry(company, HARD, "phone", "two telephones from the start")]


def _product_blank(product: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    """A shop's description belongs to all variants, so only the CRM may lack it."""
    cells: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "cost": (("cost_amount", "cost_currency"), tuple(rows))
    }
    if product.said["barcode"]:
        cells["barcode"] = (("barcode",), tuple(rows))
    if {HUBSPOT, SHOPIFY} <= set(product.platforms):
        cells["description"] = (("description",), product.on(HUBSPOT))
    cell = dice.choice(list(cells))
    columns, accounts = cells[cell]
    return _blank(product, rows, dice.choice(accounts), cell, columns)


def _old_price(product: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    price = product.said["price"] * dice.choice((80, 90, 110)) // 100
    rows[product.at(HUBSPOT)]["price_amount"] = told_amount(price)
    return [entry(product, SOFT, "price", "old price list in the CRM")]


def _miscounted(product: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    level = dice.choice(rows[product.at(SHOPIFY)]["inventory"])
    level["quantity"] = str(int(level["quantity"]) + dice.randrange(1, 30))
    return [entry(product, SOFT, f"inventory={level['location'].casefold()}", "shop counts differently")]


def _location_unknown(product: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    levels = rows[product.at(SHOPIFY)]["inventory"]
    gone = levels.pop(dice.randrange(len(levels)))
    return [entry(product, SOFT, f"inventory={gone['location'].casefold()}", "location unknown to the shop")]


def _known_by_name_alone(product: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    """Its stock keeping unit is in the ERP only; every other time a name has a slip."""
    others = [account for account in rows if account not in product.on(NETSUITE)]
    if len(others) in (0, len(rows)):
        return []
    for account in others:
        rows[account]["sku"] = None
    found = [entry(product, SOFT, "sku", "unit only in the ERP")]
    if product.on(HUBSPOT) and dice.random() < 0.5:
        rows[product.at(HUBSPOT)]["name"] = slip(product.said["name"], dice)
        found.append(entry(product, SOFT, "name", "slip of the pen"))
    return found


def _order_blank(order: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    cell = dice.choice(("discount", "tax", "shipping"))
    return _blank(order, rows, order.at(HUBSPOT), cell, (f"{cell}_amount",))


def _crm_lags(order: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    rows[order.at(HUBSPOT)]["status"] = OPEN
    return [entry(order, SOFT, "status", "CRM never heard it was shipped")]


def _typed_total(order: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    rows[order.at(HUBSPOT)]["total_amount"] = told_amount(unexplained_total(order))
    return [entry(order, SOFT, "total", "amount typed by hand"), finding(order, AMOUNT_GAP, "amount typed by hand")]


def unexplained_total(order: Thing) -> int:
    """A total that no tax, discount or rounding explains: by more than all of them and an odd sum."""
    said = order.said
    return int(said["total"] + said["tax"] + said["discount"] + said["subtotal"] // 9 + 1_313)


def _forgotten_line(order: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    gone = dice.randrange(len(order.lines))
    del rows[order.at(HUBSPOT)]["lines"][gone]
    subject = line_subject(order.lines[gone].product)
    return [
        entry(order, SOFT, subject, "line forgotten in the CRM"),
        finding(order, LINES_GAP, "line forgotten in the CRM"),
    ]


def _nobody_linked(order: Thing, rows: Rows, dice: Dice) -> list[Entry]:
    rows[order.at(HUBSPOT)]["customer_id"] = None
    return [entry(order, SOFT, "customer", "deal without a contact")]


def _round_by_line(rows: Rows, dice: Dice) -> None:
    """Tax rounded line by line is a cent off the total: explained, and no finding. An ERP's total is its parts."""
    if dice.random() < 0.1:
        for row in rows.values():
            whole, cents = row["tax_amount"].split(".")
            row["tax_amount"] = told_amount(int(whole) * 100 + int(cents) + 1)


def _on(*platforms: str) -> Callable[[Thing], bool]:
    return lambda thing: set(platforms) <= set(thing.platforms)


def _has_form(company: Thing) -> bool:
    return bool(company.said["name"] != company.said["trade_name"])


def _is_shipped(order: Thing) -> bool:
    return order.said["status"] == FULFILLED and HUBSPOT in order.platforms


def _has_lines(order: Thing) -> bool:
    return len(order.lines) > 1 and HUBSPOT in order.platforms


def _has_customer(order: Thing) -> bool:
    """Known on the records, and not only to us."""
    customer = order.named.get(CUSTOMER)
    return HUBSPOT in order.platforms and customer is not None and bool(customer.refs)


_STOCKED = _on(SHOPIFY, NETSUITE)
MISHAPS: dict[str, tuple[Mishap, ...]] = {
    COMPANY: (
        Mishap("never learned", 0.08, lambda company: True, _company_blank),
        Mishap("legal form left out", 0.03, _has_form, _short_name),
        Mishap("two telephones", 0.02, _on(HUBSPOT, SHOPIFY), _two_phones),
    ),
    PRODUCT: (
        Mishap("never learned", 0.06, lambda product: True, _product_blank),
        Mishap("old price list", 0.03, _on(HUBSPOT, SHOPIFY), _old_price),
        Mishap("counted differently", 0.03, _STOCKED, _miscounted),
        Mishap("location unknown", 0.02, _STOCKED, _location_unknown),
    ),
    ORDER: (
        Mishap("never learned", 0.03, _on(HUBSPOT), _order_blank),
        Mishap("CRM lags", 0.04, _is_shipped, _crm_lags),
        Mishap("amount typed", 0.015, _on(HUBSPOT), _typed_total),
        Mishap("line forgotten", 0.02, _has_lines, _forgotten_line),
        Mishap("nobody linked", 0.015, _has_customer, _nobody_linked),
    ),
}
