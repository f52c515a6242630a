"""Records that an account's newest ones name and that none of its snapshots has: asked for by their ids, so that a neighbour
who is newer than its kind's snapshot is told from one that is not there without waiting for everything to be read again."""

from __future__ import annotations

import pyarrow.compute as pc

from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.operations.ingest import IngestReport, ingest
from sg_pipelines.operations.neighbourhood import last_full, linked_ids, named_ids, referring
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.platforms import Connector, PullMode


async def ask_about_unheard(connector: Connector, workspace: Workspace, done: IngestReport) -> list[IngestReport]:
    """One more pull, by ids, per kind of which an ingest named records nobody heard of. The ingest's report says so."""
    pulls = []
    for kind, ids in unheard(workspace, done).items():
        named = workspace.plans[kind].kind
        asked = await ingest(connector, workspace.lake, named, workspace.clock, mode=PullMode.BY_IDS, record_ids=ids)
        done.pull.notes.append(f"{len(ids):,} {named.plural} named that no snapshot had, asked for by id")
        pulls.append(asked)
    return pulls


def unheard(workspace: Workspace, done: IngestReport) -> dict[str, list[str]]:
    """Kind → record ids that live records of this ingest name and of which the account's snapshots say nothing; of kinds
    that were read as a whole before."""
    if not done.manifest.rows:
        return {}
    kind, account = workspace.plans[done.kind].kind, done.account
    fields: dict[str, list[str]] = {}
    for field, named in referring(kind):
        plan = workspace.plans.get(named)
        if plan and account in plan.policy.accounts and last_full(workspace, plan.kind, account):
            fields.setdefault(named, []).append(field.name)
    if not fields:
        return {}
    named_in = [kind.field(name) for names in fields.values() for name in names]
    columns = [*(one.column_names[0] for one in named_in), *(one.several for one in named_in if one.several)]
    rows = workspace.lake.latest(
        account, kind, columns=["state", "fetched_at", *columns], record_ids=_new_ids(workspace, done)
    )
    rows = rows.filter(pc.equal(rows.column("state"), RecordState.LIVE.value))
    named_by = {
        named: {one for name in names for one in named_ids(kind.field(name), rows)} for named, names in fields.items()
    }
    found = {named: _without_snapshot(workspace, named, account, ids) for named, ids in named_by.items()}
    return {named: ids for named, ids in found.items() if ids}


def _new_ids(workspace: Workspace, done: IngestReport) -> list[str] | None:
    """Records of this ingest; None: all there are."""
    if done.manifest.mode is PullMode.FULL:
        return None
    kind = workspace.plans[done.kind].kind
    earlier = [one.ingest_id for one in workspace.lake.manifests(done.account, kind)]
    before = earlier.index(done.manifest.ingest_id)
    return workspace.lake.ids_since(done.account, kind, earlier[before - 1] if before else None)


def _without_snapshot(workspace: Workspace, kind: str, account: str, ids: set[str]) -> list[str]:
    """Every platform counts its records in digits: what somebody typed in place of an id is not asked for. Nor is what was
    put aside: the next pull of its own kind reads it again."""
    of, linked = workspace.plans[kind].kind, dict(linked_ids(workspace, kind, account, sorted(ids)))
    aside = {one.record_id for one in workspace.lake.manifests(account, of)[-1].quarantined}
    asked = sorted(one for one in ids - linked.keys() - aside if one.isdigit())
    if not asked:
        return []
    table = workspace.lake.latest(account, of, columns=["state"], record_ids=asked)
    return sorted(set(asked) - set(table.column("record_id").to_pylist()), key=int)
