"""`Connector` for a NetSuite account."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import httpx

from sg_pipelines.connectors.connections import NetSuiteConnection
from sg_pipelines.connectors.netsuite.companies import COMPANIES
from sg_pipelines.connectors.netsuite.customers import CUSTOMERS
from sg_pipelines.connectors.netsuite.doctor import examine
from sg_pipelines.connectors.netsuite.mapping import RecordMapping, Sheet
from sg_pipelines.connectors.netsuite.orders import ORDERS
from sg_pipelines.connectors.netsuite.products import PRODUCTS
from sg_pipelines.connectors.netsuite.pulls import RecordPulls
from sg_pipelines.connectors.netsuite.session import NetSuiteSession
from sg_pipelines.connectors.watermarks import looking_back
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.ports.platforms import Page, Probe, PullReport

SHEETS: dict[str, Sheet] = {"company": COMPANIES, "customer": CUSTOMERS, "product": PRODUCTS, "order": ORDERS}


class NetSuiteConnector:
    """Customers, companies, items and sales orders of one account."""

    platform = "netsuite"

    def __init__(self, connection: NetSuiteConnection, http: httpx.AsyncClient) -> None:
        self.account = connection.account
        self._connection = connection
        self._session = NetSuiteSession(connection, http)

    def _mapping(self, kind: Kind) -> RecordMapping:
        return RecordMapping(SHEETS[kind.name], kind, self._connection.scope)

    def _pulls(self, kind: Kind) -> RecordPulls:
        return RecordPulls(self._session, self._mapping(kind), self.account)

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
        """The record's page."""
        host = self._connection.account_id.lower().replace("_", "-")
        return f"https://{host}.app.netsuite.com/app/{SHEETS[kind.name].page}?id={record_id}"

    async def aclose(self) -> None:
        """Give back connections."""
        await self._session.aclose()
