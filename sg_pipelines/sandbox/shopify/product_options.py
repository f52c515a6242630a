"""A product's options and which values its variants have of them.

A variant is known by one title, its `option`; a product made with several options has variants titled by a value of each,
`Red / Small`. What a variant selects is read from its title, so that people who write another title select something
else, and values are those the product was made with and those its variants have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from sg_pipelines.sandbox.shopify.gids import gid
from sg_pipelines.sandbox.shopify.products import DEFAULT_TITLE
from sg_pipelines.sandbox.shopify.shop import Shop

Said = Mapping[str, Any]
DEFAULT_OPTION = "Title"
BETWEEN_VALUES = " / "
MOST_OPTIONS = 3
OPTIONS_PER_PRODUCT = 10


def names_of(product: Said) -> list[str]:
    """What the options are called."""
    return [option["name"] for option in product.get("options") or [{"name": DEFAULT_OPTION}]]


def title_of(variant: Said) -> str:
    """A variant's own title."""
    return str(variant.get("option") or DEFAULT_TITLE)


def title(values: Sequence[str]) -> str | None:
    """The title of a variant with these values; none for the default."""
    whole = BETWEEN_VALUES.join(values)
    return None if whole == DEFAULT_TITLE else whole


def values_of(product: Said, variant: Said) -> list[str]:
    """One value for each option."""
    count = len(names_of(product))
    parts = title_of(variant).split(BETWEEN_VALUES, count - 1)
    return parts + [DEFAULT_TITLE] * (count - len(parts))


def selected(product: Said, variant: Said) -> list[dict[str, str]]:
    """As `selectedOptions`."""
    pairs = zip(names_of(product), values_of(product, variant), strict=True)
    return [{"name": name, "value": value} for name, value in pairs]


def options_of(shop: Shop, number: int) -> list[dict[str, Any]]:
    """As `Product.options`: what variants have, and among the values also what none has."""
    product = shop.products.must(number)["said"]
    variants = [shop.variants.must(one)["said"] for one in shop.variants.having("product", number)]
    used = [values_of(product, one) for one in variants]
    made_with = [option["values"] for option in product.get("options") or [{"values": []}]]
    return [
        _option(number, place, name, made_with[place - 1], [values[place - 1] for values in used])
        for place, name in enumerate(names_of(product), start=1)
    ]


def _option(number: int, place: int, name: str, made_with: Sequence[str], used: Sequence[str]) -> dict[str, Any]:
    known = list(dict.fromkeys([*made_with, *used]))
    return {
        "__typename": "ProductOption",
        "id": gid("ProductOption", number * OPTIONS_PER_PRODUCT + place),
        "name": name,
        "position": place,
        "values": [value for value in known if value in used],
        "optionValues": [
            {
                "__typename": "ProductOptionValue",
                "id": gid("ProductOptionValue", _value_number(number, place, value)),
                "name": value,
                "hasVariants": value in used,
            }
            for value in known
        ],
    }


def _value_number(number: int, place: int, value: str) -> int:
    """A number of its own that the value alone decides."""
    return int.from_bytes(blake2b(f"{number} {place} {value}".encode(), digest_size=6).digest())
