"""What people do to products' records."""

from __future__ import annotations

from sg_pipelines.sandbox.world.deeds import (
    Changes,
    Dice,
    Recipe,
    archived,
    deleted,
    edit,
    everywhere,
    having,
    is_alone,
    on,
)
from sg_pipelines.sandbox.world.ledger import HARD, MISSING, SOFT, Entry, entry
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.products import ean
from sg_pipelines.sandbox.world.stage import Fits, Stage
from sg_pipelines.sandbox.world.strangers import EMPTIED, STRANGER
from sg_pipelines.sandbox.world.things import Thing, told_amount

NEW_NUMBERS = 50_000_000


def _in_the_books(product: Thing) -> bool:
    return {SHOPIFY, NETSUITE} <= set(product.platforms) and product.is_strong


def _can_be_deleted(product: Thing) -> bool:
    """An ERP lets no item go that is on an order."""
    return _in_the_books(product) and is_alone(product)


def _is_ordered(fits: Fits) -> Fits:
    """Put away while orders name it: they keep naming it."""
    return lambda product: fits(product) and bool(product.mentioned)


def _single(product: Thing) -> bool:
    """Variants share one name and one description in a shop."""
    return product.is_everywhere and product.is_strong and product.said["option"] is None


def _price(product: Thing, dice: Dice) -> str:
    return told_amount(product.said["price"] + dice.randrange(100, 2_000) * max(1, product.said["price"] // 100_000))


def _cost(product: Thing, dice: Dice) -> str:
    return told_amount(product.said["price"] * dice.randrange(71, 85) // 100)


def _at(platform: str, columns: dict[str, object], product: Thing) -> Changes:
    return {product.at(platform): columns}


def _two_prices(stage: Stage, product: Thing, dice: Dice) -> Changes:
    return {
        product.at(NETSUITE): {"price_amount": _price(product, dice)},
        product.at(HUBSPOT): {"price_amount": told_amount(product.said["price"] // 2)},
    }


def _price_everywhere(stage: Stage, product: Thing, dice: Dice) -> Changes:
    price = _price(product, dice)
    return {account: {"price_amount": price} for account in product.accounts}


def _levels(product: Thing, changed: dict[str, int]) -> dict[str, object]:
    """All levels of a product with some of them changed."""
    levels = {**product.said["inventory"], **changed}
    return {"inventory": [{"location": at, "quantity": str(left)} for at, left in levels.items()]}


def _recount(name: str, cls: str, *platforms: str) -> Recipe:
    """Stock is counted anew at one location, in some systems, each with another result."""

    def do(stage: Stage, product: Thing, dice: Dice) -> list[Entry]:
        location = dice.choice(list(product.said["inventory"]))
        left = product.said["inventory"][location] + dice.randrange(1, 40)
        for place, platform in enumerate(platforms):
            stage.edit(product, product.at(platform), _levels(product, {location: left + place}))
        return [entry(product, cls, f"inventory={location.casefold()}", name)]

    return Recipe(name, do, on(SHOPIFY, NETSUITE), 8)


def _stock_elsewhere(stage: Stage, product: Thing, dice: Dice) -> list[Entry]:
    location = f"Annex {dice.randrange(1, 9)}"
    stage.edit(product, product.at(NETSUITE), _levels(product, {location: dice.randrange(1, 90)}))
    return [entry(product, SOFT, f"inventory={location.casefold()}", "stocked at a new location")]


def _archived_in_the_shop(name: str, fits: Fits) -> Recipe:
    """A lone shop is expected to have everything; of several, nobody expects all of them to."""

    def do(stage: Stage, product: Thing, dice: Dice) -> list[Entry]:
        account = product.at(SHOPIFY)
        stage.archive(product, account)
        expecting = stage.places.expecting((SHOPIFY,))
        return [entry(product, MISSING, f"missing:{it}", name, reason="archived") for it in expecting if it == account]

    return Recipe(name, do, fits, 4)


def _archive_in_the_crm(stage: Stage, product: Thing, dice: Dice) -> list[Entry]:
    """The policy expects no product there."""
    stage.archive(product, product.at(HUBSPOT))
    return []


def _unsold(column: str) -> Fits:
    """Says something there, and is on no order: a line repeats it."""
    return lambda product: having(column)(product) and not product.mentioned and product.is_strong


PRODUCTS = (
    archived("item on orders made inactive", NETSUITE, _is_ordered(_in_the_books), 6),
    _archived_in_the_shop("product on orders archived in the shop", _is_ordered(_single)),
    Recipe("product on orders archived in the CRM", _archive_in_the_crm, _is_ordered(everywhere), 4),
    archived("item made inactive", NETSUITE, _in_the_books, 6),
    deleted("item deleted in the ERP", NETSUITE, _can_be_deleted, 6),
    _archived_in_the_shop("product archived in the shop", _single),
    Recipe("product archived in the CRM", _archive_in_the_crm, everywhere, 4),
    edit("ERP changes unit", "sku", SOFT, lambda s, p, d: _at(NETSUITE, {"sku": f"{p.said['sku']}-N"}, p), _unsold("sku"), 4),
    edit("shop changes unit", "sku", STRANGER, lambda s, p, d: _at(SHOPIFY, {"sku": f"{p.said['sku']}-X"}, p), _unsold("sku"), 4),
    edit("shop renames a product", "name", SOFT, lambda s, p, d: _at(SHOPIFY, {"name": f"{p.said['name']} II"}, p), _single, 6),
    edit("CRM renames a product", "name", STRANGER, lambda s, p, d: _at(HUBSPOT, {"name": f"{p.said['name']} Pro"}, p), _single, 6),
    edit("shop rewrites a description", "description", SOFT, lambda s, p, d: _at(SHOPIFY, {"description": f"{p.said['description']} New."}, p), _single, 6),
    edit("CRM rewrites a description", "description", STRANGER, lambda s, p, d: _at(HUBSPOT, {"description": f"{p.said['description']} Old."}, p), _single, 6),
    edit("only a product's spelling", "name", None, lambda s, p, d: _at(NETSUITE, {"name": f"  {p.said['name'].upper()} "}, p), _single, 4),
    edit("shop changes price", "price", SOFT, lambda s, p, d: _at(SHOPIFY, {"price_amount": _price(p, d)}, p), everywhere, 10),
    edit("ERP changes price", "price", STRANGER, lambda s, p, d: _at(NETSUITE, {"price_amount": _price(p, d)}, p), everywhere, 8),
    edit("two change the price", "price", HARD, _two_prices, everywhere, 6),
    edit("price changed everywhere", "price", None, _price_everywhere, everywhere, 6),
    edit("ERP changes cost", "cost", STRANGER, lambda s, p, d: _at(NETSUITE, {"cost_amount": _cost(p, d)}, p), everywhere, 8),
    edit("shop changes cost", "cost", STRANGER, lambda s, p, d: _at(SHOPIFY, {"cost_amount": _cost(p, d)}, p), everywhere, 6),
    edit("CRM empties cost", "cost", EMPTIED, lambda s, p, d: _at(HUBSPOT, {"cost_amount": None}, p), everywhere, 4),
    edit("ERP changes barcode", "barcode", SOFT, lambda s, p, d: _at(NETSUITE, {"barcode": ean(NEW_NUMBERS + p.number)}, p), having("barcode"), 6),
    edit("shop changes barcode", "barcode", STRANGER, lambda s, p, d: _at(SHOPIFY, {"barcode": ean(NEW_NUMBERS + p.number)}, p), having("barcode"), 6),
    edit("shop empties barcode", "barcode", EMPTIED, lambda s, p, d: _at(SHOPIFY, {"barcode": None}, p), having("barcode"), 4),
    _recount("ERP counts stock", SOFT, NETSUITE),
    _recount("shop sells from stock", STRANGER, SHOPIFY),
    _recount("both count stock", HARD, NETSUITE, SHOPIFY),
    Recipe("stocked at a new location", _stock_elsewhere, on(SHOPIFY, NETSUITE), 4),
)  # fmt: skip
