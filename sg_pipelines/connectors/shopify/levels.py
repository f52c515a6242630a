"""Variants whose stock changed: asked of every location, because a level has a time of its own."""

from __future__ import annotations

from typing import Any

from sg_pipelines.connectors.shopify import queries
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.connectors.shopify.wire import record_id
from sg_pipelines.ports import PullReport

PLACES_COST = float(2 + queries.PLACES * (2 + queries.LEVELS * 2))


async def changed_variants(session: ShopifySession, since: str, report: PullReport) -> set[str]:
    """Record ids of variants with a level modified at or after an instant; one call when little changed."""
    found: set[str] = set()
    after: str | None = None
    chosen = f"updated_at:>='{since}'"
    while True:
        variables = {"after": after, "query": chosen}
        places = (await session.ask(queries.CHANGED_LEVELS, variables, report, cost=PLACES_COST))["locations"]
        report.lower_bound += 1
        for place in places["nodes"]:
            levels = place["inventoryLevels"]
            found |= _variants(levels)
            while levels["pageInfo"]["hasNextPage"]:
                more = {"id": place["id"], "after": levels["pageInfo"]["endCursor"], "query": chosen}
                cost = float(2 + queries.NESTED_PAGE * 2)
                levels = (await session.ask(queries.MORE_LEVELS, more, report, cost=cost))["location"][
                    "inventoryLevels"
                ]
                report.lower_bound += 1
                found |= _variants(levels)
        if not places["pageInfo"]["hasNextPage"]:
            return found
        after = places["pageInfo"]["endCursor"]


def _variants(levels: dict[str, Any]) -> set[str]:
    return {record_id(level["item"]["variant"]["id"]) or "" for level in levels["nodes"]}
