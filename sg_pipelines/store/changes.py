"""The change feed as both stores give it: bare changes first, each with its document as it is when the feed is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sg_pipelines.errors import FeedLost
from sg_pipelines.ports.store import Change, Document


@dataclass(frozen=True, slots=True)
class BareChange:
    """One change without its document."""

    token: str
    collection: str
    document_id: str
    operation: str


def with_documents(
    bare: Sequence[BareChange], get_many: Callable[[str, Sequence[str]], list[Document]]
) -> list[Change]:
    """In the same order, documents fetched collection by collection; None for one that is gone by now."""
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for one in bare:
        wanted[one.collection][one.document_id] = None
    found = {
        (collection, document["_id"]): document
        for collection, ids in wanted.items()
        for document in get_many(collection, list(ids))
    }
    return [
        Change(one.token, one.collection, one.document_id, one.operation, found.get((one.collection, one.document_id)))
        for one in bare
    ]


def no_longer_kept(where: str) -> FeedLost:
    """The error of a reader that came back too late."""
    return FeedLost(
        "the change feed does not reach back to this token any more",
        where=where,
        remedy="Ask for `position()`, read every document once, then follow the feed from that position",
    )


def no_token(token: str, where: str) -> FeedLost:
    """The error of a token that this store did not give out."""
    return FeedLost(
        f"{token[:80]!r} is no token of this store's change feed",
        where=where,
        remedy="Tokens do not move between stores; ask for `position()` and read every document once",
    )
