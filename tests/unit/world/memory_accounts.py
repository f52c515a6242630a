"""Accounts kept in memory: a `Simulator` without a wire, for tests of the world alone.

It keeps what it is told in the world's own words, refuses what its platform refuses, and tells a record that is gone
from one that never was.
"""

from itertools import count

LIVE, ARCHIVED, DELETED, MERGED = "live", "archived", "deleted", "merged"
NAMED_BY = {"customer": "customer_id", "company": "company_id"}
TIMES = ("created_at_ms", "modified_at_ms")


class MemoryAccount:
    """One account. HubSpot archives and gives the survivor of a merge a new id; Shopify archives products only."""

    def __init__(self, account, platform, first_id=1):
        self.account, self.platform, self.app = account, platform, None
        self._ids = count(first_id)
        self.rows = {}

    def credentials(self):
        return {}

    def create_many(self, kind, rows):
        return [self._add(kind, row) for row in rows]

    def edit(self, kind, record_id, attributes):
        row = self._live(kind, record_id)
        told = dict(attributes)
        row["cross_ids"] = {**row.get("cross_ids", {}), **told.pop("cross_ids", {})}
        self._check(kind, told, row)
        row.update(told)

    def archive(self, kind, record_id):
        if self.platform == "shopify" and kind != "product":
            raise ValueError(f"a shop archives no {kind}")
        self._live(kind, record_id)["state"] = ARCHIVED

    def delete(self, kind, record_id):
        row = self._live(kind, record_id)
        if self.platform != "hubspot" and self._is_named(kind, record_id):
            raise ValueError(f"{kind} {record_id} of {self.account} is on an order")
        row["state"] = DELETED

    def merge(self, kind, *, winner, loser):
        kept, gone = self._live(kind, winner), self._live(kind, loser)
        if self.platform != "hubspot":
            gone["state"] = MERGED
            return winner
        said = {name: value for name, value in kept.items() if value is not None}
        survivor = self._add(kind, {**gone, **said})
        kept["state"] = gone["state"] = MERGED
        return survivor

    def read(self, kind, record_id):
        return self.rows.get((kind, record_id))

    def ids(self, kind):
        return [number for (of, number), row in self.rows.items() if of == kind and row["state"] == LIVE]

    def _add(self, kind, row):
        self._check(kind, row)
        record_id = str(next(self._ids))
        self.rows[kind, record_id] = {"cross_ids": {}, **row, "state": LIVE}
        return record_id

    def _check(self, kind, row, before=None):
        """Neighbours that are named must be here and alive, except products that a record's lines name already; HubSpot
        looks at no line's product."""
        kept = {line["product_id"] for line in (before or {}).get("lines", ())}
        for named, column in NAMED_BY.items():
            if row.get(column) is not None:
                self._live(named, row[column])
        for line in row.get("lines", ()) if self.platform != "hubspot" else ():
            if line["product_id"] is not None and line["product_id"] not in kept:
                self._live("product", line["product_id"])

    def _live(self, kind, record_id):
        row = self.rows.get((kind, record_id))
        if row is None or row["state"] != LIVE:
            raise KeyError(f"{self.account} has no live {kind} {record_id}")
        return row

    def _is_named(self, kind, record_id):
        orders = [row for (of, _), row in self.rows.items() if of == "order" and row["state"] == LIVE]
        if kind == "product":
            return any(line["product_id"] == record_id for row in orders for line in row["lines"])
        return any(row.get(NAMED_BY.get(kind)) == record_id for row in orders)


class StillClock:
    """Time that only moves when it is told to."""

    def __init__(self, now_ms=1_760_000_000_000):
        self._now_ms = now_ms

    def now_ms(self):
        return self._now_ms

    def advance(self, seconds):
        self._now_ms += round(seconds * 1000)
        return self._now_ms
