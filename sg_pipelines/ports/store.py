"""What we believe and decided: collections of documents, and the feed of their changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Index:
    """A declared index. `multi` indexes every element of an array field; `where` makes it partial (equality)."""

    fields: tuple[str, ...]
    unique: bool = False
    multi: bool = False
    where: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A named collection and its indexes. Only `_id` and indexed fields can be asked for."""

    name: str
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class In:
    """`where={"entity": In([...])}`: the field equals one of these (for a multi index: an element does)."""

    values: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Range:
    """`where={"seen_at": Range(ge=..., lt=...)}`; None leaves that side open."""

    ge: Any = None
    gt: Any = None
    le: Any = None
    lt: Any = None


Where = Mapping[str, Any]
FEED_KEPT = 1_000_000  # changes that the feed keeps, newest first, when nobody says otherwise


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the feed. `token` is durable: reading after it never repeats and never skips. `operation` is
    insert, replace or delete; `document` is the one that stands there when the feed is read, None when none does."""

    token: str
    collection: str
    document_id: str
    operation: str
    document: Document | None


@dataclass(frozen=True, slots=True)
class StoreState:
    """Which store this is: `system` (SQLite, MongoDB), `location` (never with a credential), schema version."""

    system: str
    location: str
    schema: int


class DocumentStore(Protocol):
    """Collections of JSON documents keyed by `_id: str`, each with an integer `version` kept by the store.

    A document holds what JSON holds, with whole numbers of 64 bits and without NaN; anything else is a ValueError that
    names the place. A declared field holds one value (several for a multi index); null is never held to be unique. One
    object belongs to one thread; any number of objects and processes share the store.
    """

    def ensure(self, collections: Sequence[Collection]) -> None:
        """Create what is missing. ConfigurationError when the store was written under another schema."""
        ...

    def get(self, collection: str, document_id: str) -> Document | None:
        """The document or None."""
        ...

    def get_many(self, collection: str, document_ids: Sequence[str]) -> list[Document]:
        """Those of the documents that exist, in no promised order."""
        ...

    def find(
        self,
        collection: str,
        where: Where | None = None,
        *,
        sort: Sequence[tuple[str, int]] = (),
        limit: int | None = None,
    ) -> Iterator[Document]:
        """Documents matching every condition (value, `In`, `Range`) on `_id` or declared indexed fields. None matches
        a field that is null or absent; a range matches values of the type of its bounds."""
        ...

    def count(self, collection: str, where: Where | None = None) -> int:
        """How many `find` would yield."""
        ...

    def put_many(self, collection: str, documents: Sequence[Document]) -> None:
        """Replace what was read, then insert what is new, so that a unique value can pass on. A document's `version`
        is the one that was read (0 or absent: must not exist yet); StaleDocument names the first that is not; the
        stored version is one higher. All or nothing."""
        ...

    def insert_or_ignore(self, collection: str, documents: Sequence[Document]) -> list[str]:
        """Insert those whose `_id` (and unique fields) are new; returns the ids inserted."""
        ...

    def adopt(self, collection: str, documents: Sequence[Document]) -> None:
        """Insert documents as another store kept them, versions included. StaleDocument when one is there already."""
        ...

    def delete(self, collection: str, document_ids: Sequence[str]) -> int:
        """Remove; returns how many existed."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is committed together or not at all; nests by joining the outer one. Once a write inside
        failed nothing of it is committed, also when the failure is caught. StaleDocument when another writer was
        faster: the block is not run again, its caller starts over."""
        ...

    def feed(self, *, after: str | None = None, limit: int = 1000) -> list[Change]:
        """Committed changes of the collections given to `ensure`, after a token, oldest first; None starts at the
        beginning of what is kept. FeedLost when the token is not kept any more, or is none. Outside transactions."""
        ...

    def position(self) -> str:
        """The token after everything committed so far. A new reader takes it, reads every document, then follows."""
        ...

    def trim_feed(self, keep: int) -> int:
        """Forget all but the newest `keep` changes; returns how many went. A store whose server limits the feed
        itself forgets nothing here."""
        ...

    def state(self) -> StoreState:
        """Which store this is."""
        ...

    def close(self) -> None:
        """Give back the file or the connections."""
        ...
