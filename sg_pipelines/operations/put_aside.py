"""Records that could not be read: remembered from pull to pull until they can, told as findings, and kept in mind where one
of them may be what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.record import Quarantined
from sg_pipelines.operations.discrepancy_documents import LeftOut
from sg_pipelines.operations.kept_findings import sync_findings
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.lake import Manifest
from sg_pipelines.ports.platforms import Page, PullMode
from sg_pipelines.ports.store import Document

KEPT = 1000
QUARANTINED = "quarantined"


class PutAside:
    """What one pull puts aside, and what the pulls before it had left."""

    def __init__(self, last: Manifest | None) -> None:
        self._before = last.quarantined if last else ()
        self._now: dict[str, Quarantined] = {}
        self._read: set[str] = set()

    def saw(self, page: Page) -> None:
        """A page of this pull."""
        self._read.update(record.record_id for record in page.records)
        for one in page.quarantined:
            self._now[_name(one)] = one

    def unread(self) -> list[str]:
        """Ids left by the pulls before that this one did not come across."""
        ids = {one.record_id for one in self._before if one.record_id is not None}
        return sorted(ids - self._read - self._now.keys())

    def left(self, mode: PullMode) -> tuple[Quarantined, ...]:
        """What is unread now, at most a thousand: the next look at everything finds the others. It also forgets what it did
        not come across."""
        former = () if mode is PullMode.FULL else self._before
        kept = [one for one in former if one.record_id not in self._read and _name(one) not in self._now]
        new = [one for name, one in self._now.items() if name not in self._read]
        return (*kept, *new)[:KEPT]


def _name(one: Quarantined) -> str:
    """Records that do not say which they are go by why they cannot be read."""
    return one.record_id or f"without an id, {one.reason}"


def put_aside(workspace: Workspace, plan: KindPlan) -> dict[str, Sequence[Quarantined]]:
    """By account what could not be read and was not read since; accounts without are left out."""
    ingests = {account: workspace.lake.manifests(account, plan.kind) for account in plan.policy.accounts}
    return {account: some[-1].quarantined for account, some in ingests.items() if some and some[-1].quarantined}


def sync_quarantined(
    workspace: Workspace,
    plan: KindPlan,
    aside: Mapping[str, Sequence[Quarantined]],
    now_ms: int,
    *,
    left_out: LeftOut,
) -> None:
    """Make the open findings those of what is unread."""
    seen = _findings(plan, aside)
    sync_findings(workspace, plan.kind, QUARANTINED, seen, now_ms, close_reason="read", left_out=left_out)


def _findings(plan: KindPlan, aside: Mapping[str, Sequence[Quarantined]]) -> Iterator[Document]:
    for account, records in aside.items():
        for one in records:
            named = f"{account}/{plan.kind.name}/{_name(one)}"
            yield {
                "key": f"{named}:{QUARANTINED}",
                "kind": plan.kind.name,
                "type": QUARANTINED,
                "class": QUARANTINED,
                "entity": None,
                "ref": named,
                "detail": f"cannot be read: {one.reason}",
            }
