"""The append-only record of what changed where; a first sight writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ulid import ULID

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.originals import original
from sg_pipelines.ports.store import Document

MASTER = "master"


def field_changes(before: Document | None, after: Document, plan: KindPlan) -> Iterator[Document]:
    """One document per field that a record now spells differently, per record whose state changed, and per field of
    which the master now shows another value, or the same from elsewhere (its `ref` is `master`, `source` where the former
    value came from)."""
    if before is None:
        return
    for account, now in after["representations"].items():
        was = before["representations"].get(account)
        if was is not None and was["record_id"] == now["record_id"]:
            yield from _of_record(account, was, now, after, plan)
    for name, cell in after["fields"].items():
        former = before["fields"].get(name)
        if former is not None and (former["value"], former["source"]) != (cell["value"], cell["source"]):
            change = _change(after, MASTER, name, former["value"], cell["value"], after["updated_at"])
            yield change | {"reason": "reconciled", "source": former["source"]}


def _of_record(account: str, was: Document, now: Document, entity: Document, plan: KindPlan) -> Iterator[Document]:
    ref = f"{account}/{plan.kind.name}/{now['record_id']}"
    if was["state"] != now["state"]:
        yield _change(entity, ref, "state", was["state"], now["state"], now["fetched_at"])
    if now["state"] != "live":
        return
    for field in plan.kind.fields:
        said, says = original(field, was, account), original(field, now, account)
        if said != says:
            yield _change(entity, ref, field.name, said, says, now["fetched_at"])


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
