"""Write what was judged: chunk by chunk, each with everything that belongs to its entities, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.matching.types import LinkOutcome
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.operations.annotations_follow import follow_merges, follow_records, follow_redirects
from sg_pipelines.operations.chunks import chunks
from sg_pipelines.operations.contacts_agree import COMPANY_CONTACTS
from sg_pipelines.operations.deviations import deviation_id, deviations
from sg_pipelines.operations.discrepancy_documents import (
    LeftOut,
    apart_now,
    cell_discrepancies,
    missing_representations,
    reconciled,
)
from sg_pipelines.operations.entity_documents import Chunk, entity_documents, retired
from sg_pipelines.operations.entity_keys import EntityKeys
from sg_pipelines.operations.findings import findings
from sg_pipelines.operations.gather import Gathered
from sg_pipelines.operations.history import field_changes
from sg_pipelines.operations.judgement import Judgement
from sg_pipelines.operations.link_documents import LinkWriter, candidate_documents, closed
from sg_pipelines.operations.moving import finish_redirects, forget_moves, remember_moves
from sg_pipelines.operations.put_aside import put_aside, sync_quarantined
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.store import Document, DocumentStore, In

CHUNK_ENTITIES = 400
CHUNK_LINKS = 1_000


@dataclass(slots=True)
class Written:
    """What a commit changed."""

    opened: int = 0
    closed: int = 0
    links: int = 0
    candidates: int = 0
    findings: int = 0

    def count_discrepancies(self, document: Document) -> None:
        """One that is new, or one that ended."""
        if not document["open"]:
            self.closed += 1
        elif document["first_seen_at"] == document["last_seen_at"]:
            self.opened += 1

    def count_findings(self, document: Document) -> None:
        """One that is new."""
        self.findings += document["open"] and document["first_seen_at"] == document["last_seen_at"]


@dataclass(slots=True)
class _Batch:
    """Everything about the entities of one judgement, found by position or by id."""

    cells: Mapping[int, list[Document]]
    findings: Mapping[int, list[Document]]
    candidates: Mapping[str, list[Document]]
    waiting: set[tuple[str, str]]
    unread: Container[str]
    left_out: LeftOut
    is_apart: Callable[[Document], bool]


def commit(
    workspace: Workspace,
    plan: KindPlan,
    gathered: Gathered,
    judgement: Judgement,
    outcome: LinkOutcome,
    keys: EntityKeys,
    now_ms: int,
) -> Written:
    """Entities, links, discrepancies, findings, verifications and history. A crash leaves whole entities behind, and
    the next reconcile does the rest."""
    written = Written()
    aside = put_aside(workspace, plan)
    remember_moves(workspace.store, plan.kind.name, judgement.cast)
    batch = _batch(judgement, gathered, plan, outcome, aside, now_ms)
    links = LinkWriter(judgement.cast, gathered, plan.kind, now_ms)
    for chunk in entity_documents(judgement, gathered, plan, keys, now_ms, CHUNK_ENTITIES):
        with workspace.store.transaction():
            workspace.store.put_many("links", list(links.documents(chunk.start, chunk.stop)))
            follow_records(workspace.store, links.left, now_ms)
            _write_chunk(
                workspace.store, plan, chunk, judgement, batch, written, is_first=gathered.is_first, now_ms=now_ms
            )
    written.links = links.opened
    _end_links(workspace.store, gathered, plan.kind, now_ms)
    redirect(workspace.store, judgement.cast.redirected, now_ms)
    # Those that could not be redirected by whoever was cut off, because a record that is gone hung on them still.
    finish_redirects(workspace.store, plan.kind.name, lambda to: redirect(workspace.store, to, now_ms))
    forget_moves(workspace.store, plan.kind.name)
    sync_quarantined(workspace, plan, aside, now_ms, left_out=batch.left_out)
    return written


def _batch(
    judgement: Judgement,
    gathered: Gathered,
    plan: KindPlan,
    outcome: LinkOutcome,
    unread: Container[str],
    now_ms: int,
) -> _Batch:
    candidates: dict[str, list[Document]] = defaultdict(list)
    waiting = set()
    for candidate in candidate_documents(judgement.cast, outcome, plan.kind, now_ms):
        candidates[candidate["own_entity"]].append(candidate)
        waiting.add((candidate["entity"], candidate["account"]))
    return _Batch(
        cells=cell_discrepancies(judgement, plan),
        findings=findings(judgement, outcome, plan.kind),
        candidates=candidates,
        waiting=waiting,
        unread=unread,
        left_out=LeftOut(gathered.left_out, {field.name for field in plan.kind.fields}),
        is_apart=apart_now(judgement),
    )


def _write_chunk(
    store: DocumentStore,
    plan: KindPlan,
    chunk: Chunk,
    judgement: Judgement,
    batch: _Batch,
    written: Written,
    *,
    is_first: bool,
    now_ms: int,
) -> None:
    documents = dict(zip(range(chunk.start, chunk.stop), chunk.documents, strict=True))
    missing = missing_representations(judgement, plan, documents, batch.waiting, batch.unread)
    ids = [] if is_first else [document["_id"] for document in chunk.documents]
    store.put_many("entities", chunk.documents)
    seen = [one for entity in documents for one in (*batch.cells.get(entity, ()), *missing.get(entity, ()))]
    found = [one for entity in documents for one in batch.findings.get(entity, ())]
    _sync(store, "discrepancies", seen, ids, now_ms, written.count_discrepancies, batch)
    _sync(store, "findings", found, ids, now_ms, written.count_findings, batch)
    _sync_candidates(store, [one for i in chunk.documents for one in batch.candidates.get(i["_id"], ())], ids, written)
    store.delete("verifications", [deviation_id(plan.kind, entity) for entity in ids])
    store.put_many("verifications", deviations(plan.kind, seen, now_ms))
    changes = (
        change
        for entity, document in documents.items()
        for change in field_changes(judgement.cast.prior[entity], document, plan)
    )
    store.put_many("history", list(changes))


def _sync(
    store: DocumentStore,
    collection: str,
    seen: list[Document],
    entities: list[str],
    now_ms: int,
    count: Callable[[Document], None],
    batch: _Batch,
) -> None:
    """Make what is open exactly what was seen; what is closed is written first, because keys are unique."""
    before = _open(store, collection, entities)
    changed = list(
        reconciled(seen, before, now_ms, close_reason="resolved", left_out=batch.left_out, is_apart=batch.is_apart)
    )
    for document in changed:
        count(document)
    store.put_many(collection, [document for document in changed if not document["open"]])
    store.put_many(collection, [document for document in changed if document["open"]])


def _open(store: DocumentStore, collection: str, entities: list[str]) -> dict[str, Document]:
    """What is open on these entities, but for findings that another kind's reconcile keeps."""
    if not entities:
        return {}
    found = store.find(collection, {"entity": In(entities), "open": True})
    return {one["key"]: one for one in found if one.get("type") != COMPANY_CONTACTS}


def _sync_candidates(store: DocumentStore, seen: list[Document], entities: list[str], written: Written) -> None:
    """New pairs wait for a person; pairs somebody decided keep their decision; pairs no longer seen go."""
    before = (
        {found["_id"]: found for found in store.find("candidates", {"own_entity": In(entities)})} if entities else {}
    )
    now = {candidate["_id"] for candidate in seen}
    stale = [name for name, found in before.items() if name not in now and found["status"] == "open"]
    store.delete("candidates", stale)
    written.candidates += len(store.insert_or_ignore("candidates", seen))


def _end_links(store: DocumentStore, gathered: Gathered, kind: Kind, now_ms: int) -> None:
    """Records that are not live any more hang on nothing. Some at a time: when it is cut off, the others are still open, and
    the next reconcile finds them by that."""
    merged = _merged(gathered, kind)
    for some in chunks([ref for ref in gathered.gone_refs if ref in gathered.links], CHUNK_LINKS):
        with store.transaction():
            _end([gathered.links[ref] for ref in some], store, merged, now_ms)


def _end(links: list[Document], store: DocumentStore, merged: Mapping[str, tuple[str, str]], now_ms: int) -> None:
    """What was said of a record goes to the one it went into at the same moment: later nobody would know of it."""
    store.put_many("links", [closed(link, now_ms) for link in links])
    follow_merges(store, {link["ref"]: merged[link["ref"]] for link in links if link["ref"] in merged})


def _merged(gathered: Gathered, kind: Kind) -> dict[str, tuple[str, str]]:
    """Ref of a record that went into another one → the entity it hung on, and the other one's ref."""
    found = {}
    for row in gathered.gone:
        ref = f"{row['account']}/{kind.name}/{row['record_id']}"
        if row["merged_into"] and ref in gathered.links:
            found[ref] = gathered.links[ref]["entity"], f"{row['account']}/{kind.name}/{row['merged_into']}"
    return found


def redirect(store: DocumentStore, redirected: Mapping[str, str], now_ms: int) -> None:
    """Entities that lost every record to another one point at it for ever; what was open on them is closed. Some at a time,
    first those that become the same one; who is cut off has remembered the others (`moving`)."""
    for some in chunks(sorted(redirected, key=lambda old: (redirected[old], old)), CHUNK_ENTITIES):
        with store.transaction():
            _redirect(store, {old: redirected[old] for old in some}, now_ms)


def _redirect(store: DocumentStore, redirected: Mapping[str, str], now_ms: int) -> None:
    ids = list(redirected)
    lost = [retired(one, now_ms, redirect_to=redirected[one["_id"]]) for one in store.get_many("entities", ids)]
    store.put_many("entities", lost)
    follow_redirects(store, redirected, now_ms)
    for collection in ("discrepancies", "findings"):
        ended = list(reconciled([], _open(store, collection, ids), now_ms, close_reason="entity merged"))
        store.put_many(collection, ended)
