"""What the records of entities stated at an instant, by the links and the snapshots of then."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.attributes import combined, stored_attribute
from sg_pipelines.operations.cast import PRIMARY
from sg_pipelines.operations.shared_currency import SharedCurrency
from sg_pipelines.ports.store import Document


class Stated:
    """Records of a kind as links held them; `links` and `snapshots` are the tables of those names at the instant."""

    def __init__(self, plan: KindPlan, links: pa.Table, snapshots: pa.Table) -> None:
        self._plan = plan
        self._snapshots = {
            one: snapshots.filter(pc.equal(snapshots.column("account"), one)) for one in plan.policy.accounts
        }
        self._primary: dict[str, dict[str, str]] = defaultdict(dict)
        self._duplicates: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for link in links.select(["entity", "account", "record_id", "role", "open"]).to_pylist():
            if link["open"] and link["role"] == PRIMARY:
                self._primary[link["entity"]][link["account"]] = link["record_id"]
            elif link["open"]:
                self._duplicates[link["account"]].append((link["entity"], link["record_id"]))
        self._currencies = self._said_currencies()

    def representations(self, entity: str) -> dict[str, Document]:
        """Account → its primary record, with the currency that all its amounts are in."""
        return {
            account: {
                "record_id": one,
                "state": RecordState.LIVE.value,
                "columns": self._currencies.get((account, one), {}),
            }
            for account, one in self._primary[entity].items()
        }

    def derived(self) -> dict[str, dict[str, Any]]:
        """Entity with a primary record → read-only columns, as its records stated them."""
        entities = list(self._primary)
        position = {entity: place for place, entity in enumerate(entities)}
        said, beside = {}, {}
        for account in self._plan.policy.accounts:
            said[account] = self._rows(account, [self._primary[entity].get(account) for entity in entities])
            extra = [(position[entity], one) for entity, one in self._duplicates[account] if entity in position]
            beside[account] = [place for place, _ in extra], self._rows(account, [one for _, one in extra])
        values = {
            column.name: combined(
                column,
                {account: rows.column(column.name) for account, rows in said.items()},
                self._plan.currencies,
                {account: (places, rows.column(column.name)) for account, (places, rows) in beside.items()},
            )
            for column in self._plan.kind.read_only
        }
        rows = zip(*(one.to_pylist() for one in values.values()), strict=True)
        return {
            entity: {name: stored_attribute(value) for name, value in zip(values, row, strict=True)}
            for entity, row in zip(entities, rows, strict=True)
        }

    def _rows(self, account: str, record_ids: list[str | None]) -> pa.Table:
        """Read-only columns of these records of an account, in their order; null rows where there is none."""
        theirs = self._snapshots[account]
        found = pc.index_in(pa.array(record_ids, pa.string()), value_set=theirs.column("record_id"))
        return theirs.select([column.name for column in self._plan.kind.read_only]).take(found)

    def _said_currencies(self) -> dict[tuple[str, str], dict[str, str]]:
        """Account and record id → the column of the currency, and the currency; nothing for a kind whose amounts have each its own."""
        column = SharedCurrency(self._plan.kind).column
        if column is None:
            return {}
        return {
            (account, one): {column: said}
            for account, theirs in self._snapshots.items()
            for one, said in zip(theirs.column("record_id").to_pylist(), theirs.column(column).to_pylist(), strict=True)
            if said is not None
        }
