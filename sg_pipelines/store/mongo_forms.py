"""Documents and conditions as MongoDB takes them, and documents as it gives them back.

MongoDB reads a dot or a leading dollar in a key as a path or an operator, and refuses a zero byte. Such keys are
percent-encoded on the way in and decoded on the way out; so is the percent sign. All other keys stand as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import unquote

import bson
from bson import Int64
from bson.codec_options import CodecOptions, TypeDecoder, TypeRegistry

from sg_pipelines.ports.store import Document, In, Index, Range, Where
from sg_pipelines.store.declared import Declared, asked
from sg_pipelines.store.documents import json_text

VALUES_A_QUERY = 10_000
T = TypeVar("T")
_SIGNS = {"ge": "$gte", "gt": "$gt", "le": "$lte", "lt": "$lt"}
_special = re.compile(r"[.%\0]|^\$")


class _PlainWhole(TypeDecoder):
    """The driver's own type for 64 bits becomes a plain `int`, so that no reader meets it."""

    bson_type = Int64

    def transform_bson(self, value: Any) -> int:
        """The same number."""
        return int(value)


_CODEC: CodecOptions[Document] = CodecOptions(document_class=dict, type_registry=TypeRegistry([_PlainWhole()]))


def as_stored(known: Declared, document: Document, version: int) -> Document:
    """A copy MongoDB can hold. ValueError for what no store keeps."""
    plain: Document = json.loads(json_text(document))
    known.values(document)
    if _has_special(plain):
        plain = _renamed(plain, escaped)
    plain["version"] = version
    return plain


def as_read(batch: bytes) -> list[Document]:
    """The documents of one batch of an answer. Keys are looked at only where a percent sign occurs at all."""
    documents: list[Document] = bson.decode_all(batch, _CODEC)
    return [_renamed(document, unquote) for document in documents] if b"%" in batch else documents


def escaped(key: str) -> str:
    """The key as MongoDB holds it; `unquote` takes it back."""
    return key if key.isidentifier() else _special.sub(lambda found: f"%{ord(found[0]):02X}", key)


def filter_of(known: Declared, where: Where | None) -> dict[str, Any]:
    """`find`'s conditions; ValueError on a field that is not declared."""
    conditions: dict[str, Any] = {}
    for field, wanted in (where or {}).items():
        is_multi = field in known.multi
        name = escaped(field if is_multi else known.single(field))
        if isinstance(wanted, In):
            conditions[name] = {"$in": [asked(field, value, multi=is_multi) for value in wanted.values]}
        elif isinstance(wanted, Range):
            conditions |= _between(name, wanted, multi=is_multi)
        else:
            conditions[name] = asked(field, wanted, multi=is_multi)
    return conditions


def sort_of(known: Declared, sort: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The order over `_id` and declared fields."""
    return [(escaped(known.single(field)), -1 if direction < 0 else 1) for field, direction in sort]


def in_parts(values: Sequence[T]) -> list[list[T]]:
    """A query may be 16 MB: long lists are asked for in parts."""
    return [list(values[start : start + VALUES_A_QUERY]) for start in range(0, len(values), VALUES_A_QUERY)]


def partial_filter(index: Index) -> dict[str, Any]:
    """Which documents an index covers. A unique one leaves out nulls: MongoDB would allow only one of them."""
    covered: dict[str, Any] = {escaped(field): value for field, value in (index.where or {}).items()}
    if index.unique:
        covered |= {escaped(field): {"$type": ["string", "number", "bool"]} for field in index.fields}
    return covered


def _between(name: str, wanted: Range, *, multi: bool) -> dict[str, Any]:
    """One and the same element of an array has to satisfy both bounds."""
    bounds = {
        sign: asked(name, getattr(wanted, side), multi=True)
        for side, sign in _SIGNS.items()
        if getattr(wanted, side) is not None
    }
    if not bounds:
        return {}
    return {name: {"$elemMatch": bounds} if multi else bounds}


def _has_special(value: Any) -> bool:
    if isinstance(value, dict):
        return any(
            (not key.isidentifier() and _special.search(key)) or _has_special(child) for key, child in value.items()
        )
    return isinstance(value, list) and any(map(_has_special, value))


def _renamed(value: Any, rename: Any) -> Any:
    if isinstance(value, dict):
        return {rename(key): _renamed(child, rename) for key, child in value.items()}
    return [_renamed(child, rename) for child in value] if isinstance(value, list) else value
