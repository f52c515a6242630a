"""Which object types can be associated, and the ids HubSpot gives the types of association, one per direction."""

from __future__ import annotations

from dataclasses import dataclass

CATEGORY = "HUBSPOT_DEFINED"


@dataclass(frozen=True, slots=True)
class AssociationType:
    """One direction of a pair of object types. A label is told by association calls only."""

    type_id: int
    name: str
    label: str | None = None
    is_primary: bool = False


def _direction(
    start: str, end: str, unlabeled: int, primary: int | None = None, label: str | None = None
) -> tuple[AssociationType, ...]:
    name = f"{start}_to_{end}"
    if primary is None:
        return (AssociationType(unlabeled, name),)
    return AssociationType(primary, name, label, is_primary=True), AssociationType(unlabeled, f"{name}_unlabeled")


# The primary type, where there is one, comes first; the unlabeled one is last.
ASSOCIATION_TYPES: dict[tuple[str, str], tuple[AssociationType, ...]] = {
    ("contacts", "companies"): _direction("contact", "company", 279, 1, "Primary"),
    ("companies", "contacts"): _direction("company", "contact", 280, 2, "Contact with Primary Company"),
    ("deals", "contacts"): _direction("deal", "contact", 3),
    ("contacts", "deals"): _direction("contact", "deal", 4),
    ("deals", "companies"): _direction("deal", "company", 341, 5, "Primary"),
    ("companies", "deals"): _direction("company", "deal", 342, 6, "Deal with Primary Company"),
    ("deals", "line_items"): _direction("deal", "line_item", 19),
    ("line_items", "deals"): _direction("line_item", "deal", 20),
    ("orders", "contacts"): _direction("order", "contact", 507),
    ("contacts", "orders"): _direction("contact", "order", 508),
    ("orders", "companies"): _direction("order", "company", 934, 509, "Primary"),
    ("companies", "orders"): _direction("company", "order", 935, 510, "Order with Primary Company"),
    ("orders", "deals"): _direction("order", "deal", 512),
    ("deals", "orders"): _direction("deal", "order", 511),
    ("orders", "line_items"): _direction("order", "line_item", 513),
    ("line_items", "orders"): _direction("line_item", "order", 514),
}


def unlabeled(start: str, end: str) -> AssociationType:
    """The type every association of this direction has."""
    return ASSOCIATION_TYPES[start, end][-1]


def can_associate(start: str, end: str) -> bool:
    """True when records of these types can be associated."""
    return (start, end) in ASSOCIATION_TYPES
