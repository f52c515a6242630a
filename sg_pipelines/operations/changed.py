"""Which entities' rows may read differently since a token of the store's feed."""

from __future__ import annotations

from collections.abc import Sequence

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.errors import FeedLost
from sg_pipelines.ports.store import Change, DocumentStore

ABOUT_ENTITIES = ("entities", "links", "discrepancies", "findings", "annotations", "verifications")
# With more changes than that, reading everything costs less
WORTH_FOLLOWING = 100_000


def changed_entities(store: DocumentStore, kind: Kind, after: str) -> set[str] | None:
    """Entities of a kind that something was written about after a token; None when everything has to be read again: the feed
    does not reach back that far, tells of too much, or of a document that is gone and nobody knows what it was about."""
    changes = _changes(store, after)
    if changes is None:
        return None
    found: set[str | None] = set()
    for change in changes:
        if change.document is not None:
            if change.document.get("kind") == kind.name:
                found.add(change.document.get("_id" if change.collection == "entities" else "entity"))
        elif change.collection != "verifications":
            return None
        elif change.document_id.startswith(f"{kind.name}:"):
            found.add(change.document_id.removeprefix(f"{kind.name}:"))
    return {entity for entity in found if entity is not None}


def _changes(store: DocumentStore, after: str) -> Sequence[Change] | None:
    try:
        found = store.feed(after=after, limit=WORTH_FOLLOWING)
    except FeedLost:
        return None
    return None if len(found) == WORTH_FOLLOWING else [one for one in found if one.collection in ABOUT_ENTITIES]
