"""The append-only record of what changed where; a first sight writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ulid import ULID

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.comparators.packing import Original, pack
from sg_pipelines.domain.model.kinds import Field
from sg_pipelines.operations.originals import original
from sg_pipelines.ports.store import Document

MASTER = "master"


def field_changes(before: Document | None, after: Document, plan: KindPlan) -> Iterator[Document]:
    """One document per field that a record now spells differently, per record whose state changed, and per field of
    which the master now shows another value, or the same from elsewhere (its `ref` is `master`, `source` where the former
    value came from, `source_now` where this one does). Another order of the same elements is no change."""
    if before is None:
        return
    for account, now in after["representations"].items():
        was = before["representations"].get(account)
        if was is not None and was["record_id"] == now["record_id"]:
            yield from _of_record(account, was, now, after, plan)
    for field in plan.kind.fields:
        former, cell = before["fields"].get(field.name), after["fields"].get(field.name)
        if former is None or cell is None:
            continue
        was, now = former["value"], cell["value"]
        if former["source"] != cell["source"] or not _is_same(field, was, now):
            change = _change(after, MASTER, field.name, was, now, after["updated_at"])
            sources = {"source": former["source"], "source_now": cell["source"]}
            yield change | {"reason": "reconciled", **sources}


def _of_record(account: str, was: Document, now: Document, entity: Document, plan: KindPlan) -> Iterator[Document]:
    ref = f"{account}/{plan.kind.name}/{now['record_id']}"
    if was["state"] != now["state"]:
        yield _change(entity, ref, "state", was["state"], now["state"], now["fetched_at"])
    if now["state"] != "live":
        return
    for field in plan.kind.fields:
        said, says = original(field, was, account), original(field, now, account)
        if not _is_same(field, said, says):
            yield _change(entity, ref, field.name, said, says, now["fetched_at"])


def _is_same(field: Field, was: Original, now: Original) -> bool:
    return was == now or (field.is_set and pack(field, was) == pack(field, now))


def _change(entity: Document, ref: str, field: str, was: object, now: object, seen_at: int) -> Document:
    return {
        "_id": str(ULID()),
        "entity": entity["_id"],
        "kind": entity["kind"],
        "ref": ref,
        "field": field,
        "was": was,
        "now": now,
        "seen_at": seen_at,
        "reason": "seen at the platform",
    }
