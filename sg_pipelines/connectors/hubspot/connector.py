"""`Connector` for a HubSpot account."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import httpx

from sg_pipelines.connectors.connections import HubSpotConnection
from sg_pipelines.connectors.hubspot.companies import COMPANIES
from sg_pipelines.connectors.hubspot.customers import CONTACTS
from sg_pipelines.connectors.hubspot.doctor import examine
from sg_pipelines.connectors.hubspot.mapping import ObjectMapping, Sheet
from sg_pipelines.connectors.hubspot.orders import DEALS, ORDERS
from sg_pipelines.connectors.hubspot.products import PRODUCTS
from sg_pipelines.connectors.hubspot.pulls import ObjectPulls
from sg_pipelines.connectors.hubspot.session import HubSpotSession
from sg_pipelines.connectors.watermarks import looking_back
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.ports.platforms import Page, Probe, PullReport

WEB = "https://app.hubspot.com"
SHEETS: dict[str, Sheet] = {sheet.object: sheet for sheet in (COMPANIES, CONTACTS, PRODUCTS, DEALS, ORDERS)}


class HubSpotConnector:
    """Contacts, companies, products and deals (or orders) of one account."""

    platform = "hubspot"

    def __init__(self, connection: HubSpotConnection, http: httpx.AsyncClient) -> None:
        self.account = connection.account
        self._connection = connection
        self._session = HubSpotSession(connection, http)

    def _sheet(self, kind: Kind) -> Sheet:
        return SHEETS[self._connection.scope.kinds[kind.name].object]

    def _mapping(self, kind: Kind) -> ObjectMapping:
        return ObjectMapping(self._sheet(kind), kind, self._connection.scope)

    def _pulls(self, kind: Kind) -> ObjectPulls:
        return ObjectPulls(self._session, self._mapping(kind), self.account)

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
        return self._pulls(kind).changes(report, looking_back(since, self._connection.overlap_seconds))

    def fetch(self, kind: Kind, report: PullReport, *, record_ids: Sequence[str]) -> AsyncIterator[Page]:
        """The named ones."""
        return self._pulls(kind).by_ids(report, record_ids)

    async def probe(self, kinds: Sequence[Kind]) -> Sequence[Probe]:
        """What `sg doctor` says."""
        return await examine(self._session, {kind.plural: self._mapping(kind) for kind in kinds})

    def admin_url(self, kind: Kind, record_id: str) -> str:
        """The record's page; products have one in the settings alone."""
        portal, sheet = self._connection.portal_id or "_", self._sheet(kind)
        if sheet is PRODUCTS:
            return f"{WEB}/settings/{portal}/products?productId={record_id}"
        return f"{WEB}/contacts/{portal}/record/{sheet.type_id}/{record_id}"

    async def aclose(self) -> None:
        """Give back connections."""
        await self._session.aclose()
