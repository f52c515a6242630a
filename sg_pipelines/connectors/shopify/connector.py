"""`Connector` for a Shopify shop."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import httpx

from sg_pipelines.connectors.connections import ShopifyConnection
from sg_pipelines.connectors.shopify.companies import COMPANIES
from sg_pipelines.connectors.shopify.customers import CUSTOMERS
from sg_pipelines.connectors.shopify.doctor import examine
from sg_pipelines.connectors.shopify.mapping import NodeMapping, Sheet
from sg_pipelines.connectors.shopify.orders import ORDERS
from sg_pipelines.connectors.shopify.products import PRODUCTS
from sg_pipelines.connectors.shopify.pulls import NodePulls
from sg_pipelines.connectors.shopify.session import ShopifySession
from sg_pipelines.connectors.watermarks import looking_back
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.ports.platforms import Page, Probe, PullReport

SHEETS: dict[str, Sheet] = {"company": COMPANIES, "customer": CUSTOMERS, "product": PRODUCTS, "order": ORDERS}


class ShopifyConnector:
    """Customers, companies, variants and orders of one shop."""

    platform = "shopify"

    def __init__(self, connection: ShopifyConnection, http: httpx.AsyncClient) -> None:
        self.account = connection.account
        self._connection = connection
        self._session = ShopifySession(connection, http)

    def _mapping(self, kind: Kind) -> NodeMapping:
        return NodeMapping(SHEETS[kind.name], kind, self._connection.scope)

    def _pulls(self, kind: Kind) -> NodePulls:
        return NodePulls(self._session, self._mapping(kind), self.account)

    def columns(self, kind: Kind) -> tuple[str, ...]:
        """What the mapping fills."""
        return self._mapping(kind).columns

    def mapping_version(self, kind: Kind) -> str:
        """Changes with the mapping."""
        return self._mapping(kind).version

    def pull_full(self, kind: Kind, report: PullReport, *, known_ids: frozenset[str]) -> AsyncIterator[Page]:
        """Everything."""
        return self._pulls(kind).full(report, known_ids)

    def pull_changes(self, kind: Kind, report: PullReport, *, since: datetime) -> AsyncIterator[Page]:
        """What changed, the overlap included."""
        start = looking_back(since, self._connection.overlap_seconds)
        return self._pulls(kind).changes(report, since=since, start=start)

    def fetch(self, kind: Kind, report: PullReport, *, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones."""
        return self._pulls(kind).by_ids(report, record_ids)

    async def probe(self, kinds: Sequence[Kind]) -> Sequence[Probe]:
        """What `sg doctor` says."""
        pulls = {kind.plural: self._pulls(kind) for kind in kinds}
        return await examine(self._session, pulls, self._connection.scope.currency)

    def admin_url(self, kind: Kind, record_id: str) -> str:
        """The record's page; a variant is found through the search of its shop."""
        return (
            f"https://admin.shopify.com/store/{self._connection.shop.split('.')[0]}/{SHEETS[kind.name].page}{record_id}"
        )

    async def aclose(self) -> None:
        """Give back connections."""
        await self._session.aclose()
