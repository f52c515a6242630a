"""One client, opened: its files, its sandbox when it has one, and the operations bound to them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from ulid import ULID

from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.load import load_client_file
from sg_pipelines.config.policies import KindPlan, kind_plans
from sg_pipelines.connectors.factory import open_connector
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.operations.ingest import IngestReport, ingest
from sg_pipelines.operations.master_columns import FLAGS
from sg_pipelines.operations.publish import Published, publish
from sg_pipelines.operations.reconcile import ReconcileReport, reconcile
from sg_pipelines.operations.summary import ClassSummary, summarise
from sg_pipelines.operations.unheard import ask_about_unheard
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.clock import Clock
from sg_pipelines.ports.platforms import Connector, PullMode
from sg_pipelines.ports.store import Document
from sg_pipelines.runtime.clocks import SandboxClock, WallClock
from sg_pipelines.runtime.connections import connection, scope_of
from sg_pipelines.runtime.google import storage_client
from sg_pipelines.runtime.home import Home, find_home
from sg_pipelines.runtime.places import Storage, places
from sg_pipelines.runtime.sandbox_host import SandboxControl, fill_world, sandbox_for
from sg_pipelines.runtime.stores import open_store

PREVIEW_ROWS = 10


@dataclass(frozen=True, slots=True)
class Session:
    """An open client. `control` is its sandbox; None when every account is real."""

    file: ClientFile
    home: Home
    folder: Path
    workspace: Workspace
    datasets: Datasets
    control: SandboxControl | None

    def connectors(self) -> dict[str, Connector]:
        """A connector per account, opened anew; the caller closes them."""
        return {name: self.connector(name) for name in self.file.accounts}

    def connector(self, account: str) -> Connector:
        """One account's connector. ConfigurationError when its credentials are not set."""
        scope = scope_of(account, self.file, self.workspace.plans.values())
        return open_connector(connection(account, self.file.accounts[account], scope, self.control))

    async def ingest(self, account: str, kind: Kind, *, mode: PullMode, record_ids: Sequence[str] = ()) -> IngestReport:
        """Pull one account into the lake, and by their ids records that were named there and that nobody heard of."""
        opened, work = self.connector(account), self.workspace
        try:
            done = await ingest(opened, work.lake, kind, work.clock, mode=mode, record_ids=record_ids)
            await ask_about_unheard(opened, work, done)
            return done
        finally:
            await opened.aclose()

    def reconcile(self, kind: Kind) -> ReconcileReport:
        """Link, merge and classify what is new in the lake."""
        return reconcile(self.workspace, self.workspace.plans[kind.name])

    def classes(self, kind: Kind) -> ClassSummary:
        """Open discrepancies by class."""
        return summarise(self.workspace, self.workspace.plans[kind.name])

    def publish(self, kind: Kind) -> Published:
        """Write the datasets anew."""
        return publish(self.workspace, self.datasets, self.workspace.plans[kind.name])

    def published_files(self, kind: Kind, beside: Sequence[str]) -> dict[str, list[Path]]:
        """Current files of a kind's own table, and of its part of others under names of its own (`orders_links`)."""
        files = {kind.plural: self.datasets.paths(kind.plural)}
        for name in beside:
            files[f"{kind.plural}_{name}"] = [p for p in self.datasets.paths(name) if p.parent.name == kind.name]
        return files

    def preview(self, account: str, kind: Kind) -> list[dict[str, Any]]:
        """A few rows of the latest snapshot without personal values: ids, states and times."""
        table = self.workspace.lake.latest(account, kind, columns=["record_id", "state", "modified_at", "external_id"])
        return [
            {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}
            for row in table.slice(0, PREVIEW_ROWS).to_pylist()
        ]

    def preview_dataset(self, kind: Kind) -> list[dict[str, Any]]:
        """A few rows of what was published of a kind without personal values: ids and flags."""
        ids = [f"{account}_id" for account in self.workspace.plans[kind.name].policy.accounts]
        return self.datasets.head(kind.plural, kind.name, ["entity", *ids, "quality", *FLAGS], PREVIEW_ROWS)

    def preview_master(self, kind: Kind) -> list[dict[str, Any]]:
        """A few entities of a kind without personal values: where each has a live record."""
        found = self.workspace.store.find("entities", {"kind": kind.name, "state": "live"})
        return [_where(document) for document in islice(found, PREVIEW_ROWS)]


def _where(document: Document) -> dict[str, Any]:
    live = {account: one["record_id"] for account, one in document["representations"].items() if one["state"] == "live"}
    return {
        "entity": document["_id"],
        "records": ", ".join(f"{account}/{one}" for account, one in sorted(live.items())),
    }


@contextmanager
def open_session(
    client: str, *, home: Home | None = None, storage: Storage = storage_client, to_pull: bool = False
) -> Iterator[Session]:
    """Open a client; everything is closed again at the end of the block. A simulated world is filled when empty.
    `storage` gives a Google Cloud Storage client where files live in a bucket. `to_pull`: nothing is opened unless all
    accounts have their credentials."""
    home = home or find_home()
    file = load_client_file(home.client_file(client), os.environ if to_pull else None)
    folder = home.folder(client)
    files = places(client, folder, storage=storage)
    with sandbox_for(file, folder) as control:
        if control is not None:
            fill_world(control, file)
        clock: Clock = WallClock() if control is None else SandboxClock(control)
        store = open_store(client, folder)
        try:
            workspace = Workspace(
                client=client,
                plans=_by_kind(kind_plans(file)),
                platforms={name: account.platform for name, account in file.accounts.items()},
                lake=files.lake(clock),
                store=store,
                clock=clock,
                mint=mint,
            )
            yield Session(file, home, folder, workspace, files.datasets(), control)
        finally:
            store.close()


def mint(count: int) -> list[str]:
    """New entity ids: ULIDs, each once."""
    return sorted(str(ULID()) for _ in range(count))


def _by_kind(plans: Sequence[KindPlan]) -> Mapping[str, KindPlan]:
    return {plan.kind.name: plan for plan in plans}
