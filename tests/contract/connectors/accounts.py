"""One simulated account behind real HTTP: the world's side of it, and connectors that look at it."""

import asyncio
from datetime import UTC, datetime

from sg_pipelines.config.semantics import OBJECTS
from sg_pipelines.connectors.connections import Reading, Scope
from sg_pipelines.connectors.factory import open_connector
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.ports.platforms import PullReport
from sg_pipelines.runtime.connections import connection
from tests.contract.connectors.pairs import PLATFORMS
from tests.contract.connectors.rows import BUILDERS, a_company, a_customer, a_product


class Account:
    """One simulated account looked at for one kind; every look opens a connector of its own."""

    def __init__(self, pair, control):
        self.pair, self.platform, self.control = pair, pair.platform, control
        self.kind = KINDS[pair.kind]
        objects = {kind: Reading(words[pair.platform][0]) for kind, words in OBJECTS.items()}
        scope = Scope(
            {**objects, pair.kind: Reading(pair.object)},
            others=tuple(name for name in PLATFORMS if name != pair.platform),
        )
        settings = PLATFORMS[pair.platform](platform=pair.platform, at="sandbox")
        self.where = connection(pair.platform, settings, scope, control)
        self.http = lambda: None  # the connector's own
        self.waits, self.hears_level = True, False
        self._around = None

    # --- the world's side ---

    def rows(self, count, **more):
        """Rows of the account's kind; an order has a buyer and a product that are there."""
        return [{**BUILDERS[self.pair.kind](number, **self.around()), **more} for number in range(count)]

    def around(self):
        """By column the neighbours that rows of this kind have."""
        if self._around is None:
            self._around = self._neighbours()
        return self._around

    def _neighbours(self):
        if self.pair.kind not in ("customer", "order"):
            return {}
        (company,) = self.make(a_company(9000), kind="company")
        if self.pair.kind == "customer":
            return {"company_id": company}
        (customer,) = self.make(a_customer(9000, company), kind="customer")
        (product,) = self.make(a_product(0), kind="product")
        return {"customer_id": customer, "company_id": company, "product_id": product}

    def make(self, *rows, kind=None):
        return self.deed("create", kind=kind, rows=list(rows))["record_ids"]

    def make_many(self, count, **more):
        return self.make(*self.rows(count, **more))

    def deed(self, deed, *, kind=None, **said):
        asked = {"account": self.platform, "kind": kind or self.pair.kind, **said}
        return self.control.post(f"records/{deed}", asked)

    def edit(self, record_id, kind=None, **attributes):
        self.deed("edit", kind=kind, record_id=record_id, attributes=attributes)

    def fault(self, kind, count=1, path_contains=""):
        asked = {"account": self.platform, "kind": kind, "count": count, "path_contains": path_contains}
        self.control.post("faults", asked)

    def advance(self, seconds):
        self.control.post("advance", {"seconds": seconds})

    def now(self):
        return datetime.fromtimestamp(self.control.get("time")["now_ms"] / 1000, UTC)

    def requests(self):
        """Path → how often it was asked for since `forget_requests`."""
        told = self.control.get("requests").get(self.platform, {"paths": []})
        return {one["path"]: one["count"] for one in told["paths"]}

    def forget_requests(self):
        self.control.post("requests/clear", {})

    # --- the connector's side ---

    def look(self, work):
        """Do something with an open connector."""

        async def with_connector():
            connector = open_connector(self.where, http=self.http())
            if not self.waits:
                connector._session._transport._sleep = no_time
                if self.platform == "shopify":
                    connector._session._pacing._sleep = no_time
            if self.platform == "shopify" and not self.hears_level:
                connector._session._level_heard = True
            try:
                return await work(connector)
            finally:
                await connector.aclose()

        return asyncio.run(with_connector())

    def full(self, known=frozenset()):
        report, known = PullReport(), frozenset(known)
        return self.look(lambda c: collected(c.pull_full(self.kind, report, known_ids=known))), report

    def changes(self, since):
        report = PullReport()
        return self.look(lambda c: collected(c.pull_changes(self.kind, report, since=since))), report

    def fetch(self, ids):
        report = PullReport()
        return self.look(lambda c: collected(c.fetch(self.kind, report, record_ids=ids))), report

    def columns(self):
        async def named(connector):
            return connector.columns(self.kind)

        return self.look(named)


async def no_time(seconds):
    """Waiting is counted, not done."""


async def collected(pages):
    records, aside = [], []
    async for page in pages:
        records += page.records
        aside += page.quarantined
    return records, aside


def live(records):
    """Live ones by their ids."""
    return {one.record_id: one for one in records if one.state is RecordState.LIVE}


def states(records):
    """States by record id."""
    return {one.record_id: one.state for one in records}
