"""Findings that hang on no single reconciled entity: made anew as a whole, written where something changed."""

from __future__ import annotations

from collections.abc import Iterable

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.chunks import WRITTEN, chunks
from sg_pipelines.operations.discrepancy_documents import LeftOut, reconciled
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document


def sync_findings(
    workspace: Workspace,
    kind: Kind,
    of_type: str,
    seen: Iterable[Document],
    now_ms: int,
    *,
    close_reason: str,
    left_out: LeftOut = LeftOut(),
) -> None:
    """Make the open findings of a type those that are seen; one that says the same as before is not written. Some at a time:
    who is cut off finds the others still to be written."""
    where = {"kind": kind.name, "open": True, "type": of_type}
    before = {found["key"]: found for found in workspace.store.find("findings", where)}
    news = [
        one
        for one in reconciled(seen, before, now_ms, close_reason=close_reason, left_out=left_out)
        if not one["open"] or one["detail"] != before.get(one["key"], {}).get("detail")
    ]
    for some in chunks(news, WRITTEN):
        workspace.store.put_many("findings", some)
