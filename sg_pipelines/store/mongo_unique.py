"""Unique values: which documents can still be inserted, and which one a refusal was about.

In MongoDB a refused insert ends its transaction, so what is taken has to be known before anything is inserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.collection import Collection as Stored
from pymongo.errors import OperationFailure

from sg_pipelines.ports.store import Document, Index
from sg_pipelines.store.declared import Declared
from sg_pipelines.store.mongo_forms import escaped, in_parts, partial_filter

_TAKEN = 11000
_PRIMARY = Index(("_id",), unique=True)


def still_free(
    stored: Stored[Document], known: Declared, wanted: Sequence[Document], session: ClientSession
) -> list[Document]:
    """Those whose `_id` and unique values nobody has, the first of several that want the same."""
    free = list(wanted)
    for index in (_PRIMARY, *(index for index in known.collection.indexes if index.unique)):
        free = _first_of_each(index, free, _taken(stored, index, free, session))
    return free


def refused_id(error: Exception, written: Sequence[Document]) -> str | None:
    """The document whose value was taken; None when the error is about something else."""
    details: dict[str, Any] = dict((error.details or {}) if isinstance(error, OperationFailure) else {})
    refused = (details.get("writeErrors") or [details])[0]
    if refused.get("code") != _TAKEN:
        return None
    if "index" in refused:
        return str(written[refused["index"]]["_id"])
    value = refused.get("keyValue", {})
    holders = (one["_id"] for one in written if all(one.get(field) == held for field, held in value.items()))
    return next(holders, None)


def _first_of_each(index: Index, wanted: Iterable[Document], taken: set[tuple[Any, ...]]) -> list[Document]:
    kept = []
    for document in wanted:
        value = _value(index, document)
        if value is None or value not in taken:
            kept.append(document)
            taken |= {value} if value is not None else set()
    return kept


def _taken(
    stored: Stored[Document], index: Index, wanted: Sequence[Document], session: ClientSession
) -> set[tuple[Any, ...]]:
    values = [value for document in wanted if (value := _value(index, document)) is not None]
    first = escaped(index.fields[0])
    conditions = {} if index is _PRIMARY else partial_filter(index)
    shown = dict.fromkeys((*map(escaped, index.fields), *map(escaped, index.where or ())), 1)
    found = (
        stored.find({"$and": [conditions, {first: {"$in": part}}]}, shown, session=session)
        for part in in_parts([value[0] for value in values])
    )
    return {value for some in found for document in some if (value := _value(index, document)) is not None}


def _value(index: Index, document: Document) -> tuple[Any, ...] | None:
    """What the index holds for a document, None when it does not cover it."""
    if any(document.get(escaped(field)) != value for field, value in (index.where or {}).items()):
        return None
    value = tuple(document.get(escaped(field)) for field in index.fields)
    return None if None in value else value
