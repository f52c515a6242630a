"""Global ids, and the ids of things that hang on a record and have none of their own here."""

from __future__ import annotations

import re

_GID = re.compile(r"gid://shopify/([A-Za-z]+)/(\d+)(?:\?inventory_item_id=(\d+))?\Z")
ITEM_OFFSET = 2_000_000_000_000  # an inventory item is a variant's, a location a company's, a contact a customer's
LOCATION_OFFSET = 1_000_000_000
CONTACT_OFFSET = 5_000_000_000_000
LEVEL_OFFSET = 20_000_000_000
LINES_PER_ORDER = 1_000


def gid(typename: str, number: int) -> str:
    """gid://shopify/Customer/123"""
    return f"gid://shopify/{typename}/{number}"


def level_gid(location: int, item: int) -> str:
    """An inventory level is named by its place and its item."""
    return f"gid://shopify/InventoryLevel/{location + LEVEL_OFFSET}?inventory_item_id={item}"


def split_gid(identifier: str) -> tuple[str, int, int | None] | None:
    """Type, number and, of an inventory level, the item; None when it is no global id."""
    match = _GID.match(identifier)
    return None if match is None else (match[1], int(match[2]), int(match[3]) if match[3] else None)


def number_of(identifier: str, typename: str) -> int | None:
    """The number of a global id of that type; None for anything else."""
    parts = split_gid(identifier)
    return parts[1] if parts is not None and parts[0] == typename else None
