"""Products and their variants. What the world calls a product is one variant here.

Rows of one `product_group` are variants of one product, titled by the group; a row without one is the only variant,
`Default Title`, of a product titled by its name. Title, description and status belong to the product: changing them
through one variant changes all of its siblings, and all of them count as changed.

What moves which time: a variant's own words move the variant and its product; the product's words move the product and
all its variants; stock moves the level at that place, the variant and its product. The platform documents that an
inventory adjustment counts as an update of the product and moves `InventoryLevel.updatedAt`; that the variant moves too
is a choice, so that whoever reads variants by `updated_at` finds what changed in their stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from sg_pipelines.sandbox.shelf import Body
from sg_pipelines.sandbox.shopify.neutral import draft, kept, told
from sg_pipelines.sandbox.shopify.records import DELETED, LIVE, Draft
from sg_pipelines.sandbox.shopify.shop import Shop
from sg_pipelines.sandbox.simulator import Attributes

OWN = ("sku", "barcode", "price_amount", "cost_amount", "external_id", "option")
SHARED = ("description", "product_group")
ACTIVE, ARCHIVED = "ACTIVE", "ARCHIVED"
DEFAULT_TITLE = "Default Title"
BETWEEN = " - "
ONLY_INSIDE = frozenset({"product", "inventory"})


class Products:
    """The variants of one shop; see `KeptKind`."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self.records = shop, shop.variants

    def create(self, rows: Iterable[Attributes]) -> list[int]:
        """Make variants, and products for those whose group is new."""
        now, rows = self._shop.time.now_ms(), list(rows)
        products = self._products_for(rows, now)
        drafts = []
        for row, product in zip(rows, products, strict=True):
            one = draft(row, {}, now)
            said = {
                **kept(row, OWN),
                "product": product,
                "inventory": self._levels(row.get("inventory"), {}, one.updated),
            }
            drafts.append(Draft(said, one.created, one.updated))
        numbers = self.records.make(drafts)
        self._joined(drafts)
        return numbers

    def edit(self, number: int, attributes: Attributes) -> None:
        """Change what is named, on the variant or on its product."""
        said = self.records.must(number)["said"]
        product = said["product"]
        shared, option = self._shared(said, attributes)
        own = kept(attributes, OWN) | option
        if "inventory" in attributes:
            levels = {level["location"]: level for level in said["inventory"]}
            own["inventory"] = self._levels(attributes["inventory"], levels, self._shop.time.now_ms())
        if own:
            self.records.say(number, {**said, **own})
            self._shop.products.touch([product])
        if shared:
            self.change_product(product, shared)

    def change_product(self, product: int, words: Mapping[str, Any]) -> None:
        """Change what variants share; all of them count as changed."""
        body = self._shop.products.must(product)
        self._shop.products.say(product, {**body["said"], **words})
        self.records.touch(self.records.having("product", product))

    def change_stock(self, number: int, location: int, quantity: int) -> None:
        """Set what is available at one place."""
        said = self.records.must(number)["said"]
        level = {"location": location, "quantity": quantity, "updated": self._shop.time.now_ms()}
        others = [one for one in said["inventory"] if one["location"] != location]
        self.records.say(number, {**said, "inventory": sorted([*others, level], key=lambda one: int(one["location"]))})
        self._shop.products.touch([said["product"]])

    def archive(self, number: int) -> None:
        """Archive its product, and with it all variants."""
        self.change_product(self.records.must(number)["said"]["product"], {"status": ARCHIVED})

    def delete(self, number: int) -> None:
        """Delete a variant; a product without variants goes with the last."""
        product = self.records.must(number)["said"]["product"]
        self.records.end(number, DELETED)
        if self.records.having("product", product):
            self._shop.products.touch([product])
        else:
            self._shop.products.end(product, DELETED)

    def delete_product(self, product: int) -> None:
        """Delete a product with all its variants."""
        for number in self.records.having("product", product):
            self.records.end(number, DELETED)
        self._shop.products.end(product, DELETED)

    def neutral(self, number: int, body: Body) -> dict[str, Any]:
        """A variant in the world's words; prices are in the shop's currency whatever was said."""
        said = body["said"]
        product = self._shop.products.must(said["product"])["said"]
        words = {word: value for word, value in told(said).items() if word not in ONLY_INSIDE}
        words |= {word: product[word] for word in SHARED if word in product}
        for amount in ("price", "cost"):
            words[f"{amount}_currency"] = self._shop.currency if said.get(f"{amount}_amount") else None
        archived = body["state"] == LIVE and product["status"] == ARCHIVED
        return {
            **words,
            "name": full_name(product, said),
            "inventory": [
                {"location": self.location_name(level["location"]), "quantity": str(level["quantity"])}
                for level in said["inventory"]
            ],
            "state": "archived" if archived else body["state"],
        }

    def location_name(self, location: int) -> str:
        """What people call the place."""
        return str(self._shop.locations.must(location)["said"]["name"])

    def is_archived(self, body: Body) -> bool:
        """Whether the variant's product is."""
        return bool(self._shop.products.must(body["said"]["product"])["said"]["status"] == ARCHIVED)

    # --- parts ---------------------------------------------------------------------------------------------

    def _products_for(self, rows: list[Attributes], now: int) -> list[int]:
        """The product of each row."""
        groups: dict[str, int] = {}
        drafts: list[Draft] = []
        wanted: list[int | None] = []
        for row in rows:
            group = row.get("product_group")
            known = self._shop.products.first_having("group", group) if group else None
            if known is None and group in groups:
                wanted.append(-groups[group] - 1)
                continue
            wanted.append(known if known is not None else -len(drafts) - 1)
            if known is None:
                groups.update({group: len(drafts)} if group else {})
                drafts.append(draft(row, _product_words(row), now))
        numbers = self._shop.products.make(drafts)
        return [one if one >= 0 else numbers[-one - 1] for one in wanted if one is not None]

    def _joined(self, drafts: list[Draft]) -> None:
        """A product was changed when its latest variant came."""
        latest: dict[int, int] = {}
        for one in drafts:
            latest[one.said["product"]] = max(one.updated, latest.get(one.said["product"], 0))
        later = {product: at for product, at in latest.items() if at > self._shop.products.must(product)["updated"]}
        self._shop.products.touch_at(later)

    def _shared(self, said: Mapping[str, Any], attributes: Attributes) -> tuple[dict[str, Any], dict[str, Any]]:
        """What an edit says of the product, and of the variant's option."""
        shared = {word: attributes[word] for word in SHARED if word in attributes}
        if "description" in shared:
            shared["description_html"] = None
        if shared.get("product_group"):
            shared["title"] = shared["product_group"]
        if "name" not in attributes:
            return shared, {}
        name, option = attributes["name"] or "", attributes.get("option", said.get("option"))
        title = self._shop.products.must(said["product"])["said"]["title"]
        if option and name.endswith(BETWEEN + option):
            return {**shared, "title": name.removesuffix(BETWEEN + option)}, {}
        if option and name.startswith(title + BETWEEN):
            return shared, {"option": name.removeprefix(title + BETWEEN)}
        return {**shared, "title": name}, {}

    def _levels(self, inventory: Any, levels: Mapping[int, Mapping[str, Any]], now: int) -> list[dict[str, Any]]:
        """Stock by place; a level whose quantity stays keeps its time."""
        found = []
        for row in inventory or []:
            location, quantity = self._location(row["location"]), int(Decimal(str(row["quantity"])))
            known = levels.get(location)
            updated = known["updated"] if known is not None and known["quantity"] == quantity else now
            found.append({"location": location, "quantity": quantity, "updated": updated})
        return sorted(found, key=lambda one: one["location"])

    def _location(self, name: str) -> int:
        known = self._shop.locations.first_having("name", name)
        if known is not None:
            return known
        now = self._shop.time.now_ms()
        return self._shop.locations.make([Draft({"name": name}, now, now)])[0]


def full_name(product: Mapping[str, Any], variant: Mapping[str, Any]) -> str:
    """The product's title, then the variant's option if it has one."""
    return f"{product['title']}{BETWEEN}{variant['option']}" if variant.get("option") else str(product["title"])


def handle_of(title: str) -> str:
    """A title as part of an address."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in title.casefold()).split())


def _product_words(row: Attributes) -> dict[str, Any]:
    shared = {word: row[word] for word in SHARED if word in row}
    title = row.get("product_group") or row.get("name") or ""
    return {**shared, "title": title, "status": ACTIVE, "handle": handle_of(title)}
