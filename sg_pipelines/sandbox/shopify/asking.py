"""One request to a shop: what it is asked of, and what was odd about its searches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sg_pipelines.sandbox.shopify.bulk import BulkOperations
from sg_pipelines.sandbox.shopify.kinds import Kinds
from sg_pipelines.sandbox.shopify.order_editing import Edit
from sg_pipelines.sandbox.shopify.shop import Shop


@dataclass(slots=True)
class Asking:
    """What resolvers are given. `done`: answers by idempotency key. `edits`: order edits that wait, by session."""

    shop: Shop
    kinds: Kinds
    bulk: BulkOperations
    done: dict[str, Mapping[str, Any]]
    edits: dict[int, Edit]
    searches: list[dict[str, Any]] = field(default_factory=list)

    def warn(self, path: str, query: str | None, warnings: list[dict[str, str]]) -> None:
        """Tell about a search once."""
        told = {"path": [path], "query": query, "warnings": warnings}
        if warnings and told not in self.searches:
            self.searches.append(told)
