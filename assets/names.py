"""Asset keys, groups, owners and tags, in one place. Keys start with the client; code never parses them."""

from __future__ import annotations

import os

import dagster as dg

from sg_pipelines.runtime.stores import VARIABLE

OWNERS = ["team:data-operations"]


def store_kind() -> str:
    """What the UI calls the place our documents are kept in."""
    return "mongodb" if os.environ.get(VARIABLE, "").startswith("mongodb") else "sqlite"


def snapshot_key(client: str, account: str, plural: str) -> dg.AssetKey:
    """What one account said."""
    return dg.AssetKey([client, "snapshots", account, plural])


def master_key(client: str, plural: str) -> dg.AssetKey:
    """What we believe."""
    return dg.AssetKey([client, "master", plural])


def discrepancies_key(client: str, plural: str) -> dg.AssetKey:
    """Where the platforms differ."""
    return dg.AssetKey([client, "discrepancies", plural])


def dataset_key(client: str, plural: str) -> dg.AssetKey:
    """What data staff query."""
    return dg.AssetKey([client, "datasets", plural])


def warehouse_key(client: str, plural: str) -> dg.AssetKey:
    """What analysts query elsewhere."""
    return dg.AssetKey([client, "warehouse", plural])


def op_name(*parts: str) -> str:
    """An op name from key parts."""
    return "__".join(parts)
