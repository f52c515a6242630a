"""The append-only record of what changed where; a first sight writes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ulid import ULID

from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.originals import original
from sg_pipelines.ports import Document


def field_changes(before: Document | None, after: Document, plan: KindPlan) -> Iterator[Document]:
    """One document per field that a record now spells differently, and per record whose state changed."""
    if before is None:
        return
    for account, now in after["representations"].items():
        was = before["representations"].get(account)
        if was is None or was["record_id"] != now["record_id"]:
            continue
        ref = f"{account}/{plan.kind.name}/{now['record_id']}"
        if was["state"] != now["state"]:
            yield _change(after, ref, "state", was["state"], now["state"], now)
        if now["state"] != "live":
            continue
        for field in plan.kind.fields:
            said, says = original(field, was, account), original(field, now, account)
            if said != says:
                yield _change(after, ref, field.name, said, says, now)


def _change(entity: Document, ref: str, field: str, was: object, now: object, stored: Document) -> Document:
    return {
        "_id": str(ULID()),
        "entity": entity["_id"],
        "kind": entity["kind"],
        "ref": ref,
        "field": field,
        "was": was,
        "now": now,
        "seen_at": stored["fetched_at"],
        "reason": "seen at the platform",
    }
