"""What people do to orders' records: how far they are, who bought, and what belongs to the record as a whole.

An order is owned by the shop where it was placed, its status by the ERP, its company by the ERP.
"""

from __future__ import annotations

from datetime import date, timedelta

from sg_pipelines.sandbox.world.deeds import Changes, Dice, Recipe, archived, deleted, edit, everywhere
from sg_pipelines.sandbox.world.ledger import GONE_NEIGHBOUR, HARD, SOFT, Entry, entry, finding
from sg_pipelines.sandbox.world.neighbours import line_row
from sg_pipelines.sandbox.world.orders import CANCELLED, FULFILLED, OPEN
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.recipes_amounts import AMOUNTS_OF_ORDERS
from sg_pipelines.sandbox.world.stage import Fits, Stage
from sg_pipelines.sandbox.world.strangers import EMPTIED, STRANGER
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, Thing

# No portal of the sandbox counts its products so far.
ELSEWHERE = 900_000_000_000


def _is_open(order: Thing) -> bool:
    return order.is_everywhere and order.said["status"] == OPEN


def _is_shipped(order: Thing) -> bool:
    return order.is_everywhere and order.said["status"] == FULFILLED


def _of_a_person(order: Thing) -> bool:
    """Bought by a person for nobody else: the ERP gives an order the company of its person."""
    return (
        order.is_everywhere and CUSTOMER in order.named and COMPANY not in order.named and _has_records(order, CUSTOMER)
    )


def _of_a_rep(order: Thing) -> bool:
    """Entered by a sales rep for a person: the CRM's word counts, there is no shop's."""
    is_reps = set(order.platforms) == {HUBSPOT, NETSUITE}
    return is_reps and CUSTOMER in order.named and COMPANY not in order.named and _has_records(order, CUSTOMER)


def _of_a_company(order: Thing) -> bool:
    return order.is_everywhere and {CUSTOMER, COMPANY} <= order.named.keys() and _has_records(order, COMPANY)


def _has_records(order: Thing, kind: str) -> bool:
    """The neighbour is known to the accounts, not only to the world."""
    return bool(order.named[kind].refs)


def _status(platform: str, status: str) -> Changes:
    return {platform: {"status": status}}


def _ships_everywhere(stage: Stage, order: Thing, dice: Dice) -> Changes:
    return {account: {"status": FULFILLED} for account in order.accounts}


def _ends_two_ways(stage: Stage, order: Thing, dice: Dice) -> Changes:
    return {order.at(NETSUITE): {"status": CANCELLED}, order.at(SHOPIFY): {"status": FULFILLED}}


def _shop_cancels(stage: Stage, order: Thing, dice: Dice) -> Changes:
    """What is cancelled costs nothing, but counts as an order."""
    shop = order.at(SHOPIFY)
    if CUSTOMER in order.named:
        stage.recount(order.named[CUSTOMER], shop, orders=0, spent=f"-{order.local[shop]['shop_total']}")
    return _status(shop, CANCELLED)


def _shop_forgets(stage: Stage, order: Thing, dice: Dice) -> Changes:
    """Who has fewer orders may be missed no longer: only who nothing else was done to loses one."""
    shop = order.at(SHOPIFY)
    if not stage.is_untouched(order.named[CUSTOMER]):
        return {}
    stage.recount(order.named[CUSTOMER], shop, orders=-1, spent=f"-{order.local[shop]['shop_total']}")
    return {shop: {"customer_id": None}}


def _redated(order: Thing, platform: str, stage: Stage) -> Changes:
    account = order.at(platform)
    day = date.fromisoformat(str(stage.read(order, account)["placed_on"]))
    return {account: {"placed_on": (day - timedelta(days=3)).isoformat()}}


def _somebody_else(name: str, platform: str, cls: str, fits: Fits) -> Recipe:
    """One system says another person bought it."""

    def do(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
        buyer = order.named[CUSTOMER]
        if platform == SHOPIFY and not stage.is_untouched(buyer):
            return []
        stranger = stage.take(CUSTOMER, lambda person: _can_buy(person, order))
        if stranger is None:
            return []
        account = order.at(platform)
        stage.edit(order, account, {"customer_id": stranger.refs[account]})
        if platform == SHOPIFY:
            spent = order.local[account]["shop_total"]
            stage.recount(buyer, account, orders=-1, spent=f"-{spent}")
            stage.recount(stranger, account, orders=1, spent=spent)
        return [entry(order, cls, "customer", name)]

    return Recipe(name, do, fits, 4)


def _can_buy(person: Thing, order: Thing) -> bool:
    """Somebody certain who is known wherever the order is, and buys for nobody else."""
    is_known = order.accounts.keys() <= person.accounts.keys()
    return is_known and person.is_strong and COMPANY not in person.named and person is not order.named[CUSTOMER]


def _other_company(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
    name, account = "CRM moves a deal to another company", order.at(HUBSPOT)
    own = order.named[COMPANY]
    company = stage.take(COMPANY, lambda one: account in one.accounts and one.is_strong and one is not own)
    if company is None:
        return []
    stage.edit(order, account, {"company_id": company.refs[account]})
    return [entry(order, STRANGER, "company", name)]


def _of_another_portal(stage: Stage, order: Thing, dice: Dice) -> list[Entry]:
    """A line was taken over from another portal with the id its product had there; the unit on it is right."""
    name, account = "CRM line from another portal", order.at(HUBSPOT)
    lines = [line_row(line, account) for line in order.lines]
    lines[0]["product_id"] = str(ELSEWHERE + order.lines[0].product.number)
    stage.edit(order, account, {"lines": lines})
    return [finding(order, GONE_NEIGHBOUR, name)]


def _names_products(order: Thing) -> bool:
    """Its products are known to the accounts, not only to the world."""
    return order.is_everywhere and bool(order.lines[0].product.refs)


def _refund(stage: Stage, order: Thing, dice: Dice) -> Changes:
    return {order.at(SHOPIFY): {"refunded": order.local[order.at(SHOPIFY)]["shop_total"]}}


ORDERS = (
    archived("deal archived", HUBSPOT, everywhere, 3),
    deleted("sales order deleted", NETSUITE, everywhere, 3),
    _somebody_else("shop says somebody else bought", SHOPIFY, SOFT, _of_a_person),
    _somebody_else("CRM says somebody else bought", HUBSPOT, STRANGER, _of_a_person),
    _somebody_else("ERP says somebody else bought", NETSUITE, STRANGER, _of_a_person),
    _somebody_else("rep corrects who bought", HUBSPOT, SOFT, _of_a_rep),
    Recipe("CRM moves a deal to another company", _other_company, _of_a_company, 3),
    edit("deal's company removed", "company", EMPTIED, lambda s, o, d: {o.at(HUBSPOT): {"company_id": None}}, _of_a_company, 3),
    edit("deal's contact removed", "customer", EMPTIED, lambda s, o, d: {o.at(HUBSPOT): {"customer_id": None}}, _of_a_person, 4),
    edit("shop forgets who bought", "customer", HARD, _shop_forgets, _of_a_person, 3),
    Recipe("CRM line from another portal", _of_another_portal, _names_products, 3),
    edit("ERP ships", "status", SOFT, lambda s, o, d: _status(o.at(NETSUITE), FULFILLED), _is_open, 6),
    edit("ERP cancels", "status", SOFT, lambda s, o, d: _status(o.at(NETSUITE), CANCELLED), _is_open, 3),
    edit("CRM closes", "status", STRANGER, lambda s, o, d: _status(o.at(HUBSPOT), FULFILLED), _is_open, 5),
    edit("shop cancels", "status", STRANGER, _shop_cancels, _is_open, 4),
    edit("shipped everywhere", "status", None, _ships_everywhere, _is_open, 5),
    edit("ends two ways", "status", HARD, _ends_two_ways, _is_open, 3),
    edit("shop redates", "placed_on", SOFT, lambda s, o, d: _redated(o, SHOPIFY, s), everywhere, 3),
    edit("ERP redates", "placed_on", STRANGER, lambda s, o, d: _redated(o, NETSUITE, s), everywhere, 4),
    edit("CRM mistypes the number", "number", STRANGER, lambda s, o, d: {o.at(HUBSPOT): {"number": f"{o.said['number']}9X"}}, everywhere, 3),
    edit("refunded", "total", None, _refund, _is_shipped, 4),
    *AMOUNTS_OF_ORDERS,
)  # fmt: skip
