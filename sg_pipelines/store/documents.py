"""What a document may be: JSON with whole numbers of 64 bits and no NaN, so that every store can hold it unchanged."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from sg_pipelines.errors import StaleDocument
from sg_pipelines.ports.store import Document

LEAST, MOST = -(2**63), 2**63 - 1
DEEPEST = 90
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_SAME_DIGIT = bytes.maketrans(b"123456789", b"000000000")
_LONG_NUMBER = b"0" * 19


def json_text(document: Document) -> str:
    """The document as JSON. ValueError names the document, the place in it and the type that no store keeps."""
    if not isinstance(document["_id"], str):
        raise ValueError(f"the _id of a document must be text, not {type(document['_id']).__name__}")
    try:
        text = encode(document)
        written = text.encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise _refused(document) from error
    # A search for 19 zeros is ten times as fast as one for 19 digits, and every document passes here.
    if _LONG_NUMBER in written.translate(_SAME_DIGIT) and _first_unfit(document, "", 0):
        raise _refused(document)
    return text


def stale(collection: str, document_id: str | None) -> StaleDocument:
    """The error of a compare-and-set that came too late. None: the store cannot tell which document it was."""
    return StaleDocument(
        "somebody else changed this document in between",
        where=f"{collection}/{document_id}" if document_id else collection,
        remedy="Run again",
    )


def fresh_and_seen(documents: Iterable[Document]) -> tuple[list[Document], list[Document]]:
    """Those that must not exist yet (version 0 or absent), and those that were read."""
    fresh: list[Document] = []
    seen: list[Document] = []
    for document in documents:
        (seen if document.get("version") else fresh).append(document)
    return fresh, seen


def _refused(document: Document) -> ValueError:
    return ValueError(f"document {document['_id']}: {_first_unfit(document, '', 0)} cannot be stored")


def _first_unfit(value: Any, path: str, depth: int) -> str:
    """Where in a document the value is that no store keeps, and its type; empty when every value is fit."""
    if depth > DEEPEST:
        return f"what nests deeper than {DEEPEST} at {path[:200]}"
    if not isinstance(value, dict | list | tuple):
        return "" if is_fit(value) else f"{path} ({type(value).__name__})"
    children: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else enumerate(value)
    for key, child in children:
        place = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict) and not is_fit(key):
            return f"the key {place!r} ({type(key).__name__})"
        found = _first_unfit(child, place, depth + 1)
        if found:
            return found
    return ""


def is_fit(value: Any) -> bool:
    """True for text that is Unicode, a whole number of 64 bits, a finite number, a boolean and null."""
    if isinstance(value, str):
        return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, int):
        return LEAST <= value <= MOST
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None
