"""Records that changed through something beside them, which moves no time of their own.

A variant is also its product's title, description and status, and its stock at every location; a company is also its
locations. The platform promises for none of these that `updatedAt` of the variant or company moves with them, but each
has a time of its own to ask for. What it does not let us ask: levels and locations that were deleted; a full pull sees
that.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from sg_pipelines.connectors.answers import Shape
from sg_pipelines.connectors.shopify import queries, shapes
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.connectors.shopify.wire import Named, record_id
from sg_pipelines.ports.platforms import PullReport

MOST_BY_ID = 1_000
COST = 1_000.0


@dataclass(slots=True)
class Around:
    """What was found so far: record ids, and the latest time of what is beside them."""

    record_ids: set[str] = field(default_factory=set)
    latest: datetime | None = None

    @property
    def is_much(self) -> bool:
        """So much that reading everything in bulk is cheaper than reading it by id; there may be more."""
        return len(self.record_ids) > MOST_BY_ID

    def saw(self, node: shapes.Product | shapes.Level | shapes.CompanyPlace) -> None:
        """Something changed at a time."""
        at = datetime.fromisoformat(node["updatedAt"])
        self.latest = max(at, self.latest or at)


async def changed_around(session: ShopifySession, typename: str, since: str, report: PullReport) -> Around:
    """Which records of a type have something beside them that changed at or after an instant; one call when it is little.
    Types with nothing beside them are not asked about."""
    reader = _Reader(session, report, f"updated_at:>='{since}'")
    read = {"ProductVariant": reader.variants, "Company": reader.companies}.get(typename)
    if read is not None:
        await read()
    return reader.found


class _Reader:
    def __init__(self, session: ShopifySession, report: PullReport, chosen: str) -> None:
        self._session, self._report, self._chosen = session, report, chosen
        self.found = Around()

    async def variants(self) -> None:
        """Of changed products and of changed levels."""
        first = await self._ask(queries.AROUND_VARIANTS, shapes.AROUND_VARIANTS, query=self._chosen)
        more_products, more_places = (
            (queries.MORE_PRODUCTS, shapes.MORE_PRODUCTS),
            (queries.MORE_PLACES, shapes.MORE_PLACES),
        )
        await self._every(first["products"], more_products, "products", self._product)
        await self._every(first["locations"], more_places, "locations", self._place)

    async def companies(self) -> None:
        """Of changed locations."""
        more = (queries.COMPANY_PLACES, shapes.COMPANY_PLACES)
        first = await self._ask(*more, query=self._chosen)
        await self._every(first["companyLocations"], more, "companyLocations", self._company_place)

    async def _every(
        self,
        connection: Any,
        more: tuple[str, TypeAdapter[Any]],
        name: str,
        use: Callable[[Any], Awaitable[None]],
    ) -> None:
        """All nodes of a connection, of which the first page is there. `more`: query and shape of the others."""
        while True:
            for node in connection["nodes"]:
                await use(node)
            if self.found.is_much or not connection["pageInfo"]["hasNextPage"]:
                return
            after = connection["pageInfo"]["endCursor"]
            connection = (await self._ask(*more, after=after, query=self._chosen))[name]

    async def _product(self, product: shapes.Product) -> None:
        self.found.saw(product)
        await self._variants_of(product)

    async def _place(self, place: shapes.Place) -> None:
        """Its levels; a location that is deleted meanwhile has no more."""
        levels = place["inventoryLevels"]
        while True:
            for level in levels["nodes"]:
                self.found.saw(level)
                await self._variants_of(level["item"])
            if self.found.is_much or not levels["pageInfo"]["hasNextPage"]:
                return
            after = levels["pageInfo"]["endCursor"]
            more = await self._ask(
                queries.MORE_LEVELS, shapes.MORE_LEVELS, id=place["id"], after=after, query=self._chosen
            )
            if more["location"] is None:
                return
            levels = more["location"]["inventoryLevels"]

    async def _company_place(self, place: shapes.CompanyPlace) -> None:
        self.found.saw(place)
        self._found_one(place["company"])

    async def _variants_of(self, holder: shapes.Product | shapes.Holder) -> None:
        """Of a product or an inventory item; one that is gone by now has none."""
        variants = holder["variants"]
        while variants is not None:
            for variant in variants["nodes"]:
                self._found_one(variant)
            if self.found.is_much or not variants["pageInfo"]["hasNextPage"]:
                return
            after = variants["pageInfo"]["endCursor"]
            more = await self._ask(queries.MORE_VARIANTS, shapes.MORE_VARIANTS, id=holder["id"], after=after)
            variants = next(iter((more["node"] or {}).values()), None)

    def _found_one(self, node: Named) -> None:
        self.found.record_ids.add(record_id(node["id"]) or "")

    async def _ask(self, text: str, shape: TypeAdapter[Shape], /, **variables: Any) -> Shape:
        self._report.lower_bound += 1
        return await self._session.ask(text, variables, self._report, shape, cost=COST)
