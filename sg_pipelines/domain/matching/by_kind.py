"""The likeness of each kind, and by what a client file may say its records are identified."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sg_pipelines.domain.matching.companies import COMPANIES
from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.orders import ORDERS
from sg_pipelines.domain.matching.people import PEOPLE
from sg_pipelines.domain.matching.products import PRODUCTS

LIKENESSES: dict[str, Likeness] = {"company": COMPANIES, "customer": PEOPLE, "product": PRODUCTS, "order": ORDERS}
KEYS: dict[str, tuple[str, ...]] = {
    "company": ("external_id", "domain", "tax_id"),
    "customer": ("external_id", "email", "phone"),
    "product": ("external_id", "sku", "barcode"),
    "order": ("external_id", "number"),
}


def likeness_of(kind: str, keys: Collection[str]) -> Likeness:
    """How records of a kind are alike where these alone of its keys identify one: the others are not looked at."""
    return replace(LIKENESSES[kind], unread=tuple(key for key in KEYS[kind] if key not in keys))
