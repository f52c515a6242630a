"""MongoDB holds documents of at most 16 MB: whether a refusal is about that, and which document it means.

The driver leaves it to the server to measure what it sends, and the server has several codes for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import bson
from pymongo.errors import DocumentTooLarge, OperationFailure

from sg_pipelines.errors import StorageFailed
from sg_pipelines.ports.store import Document

MOST_BYTES = 16 * 1024 * 1024
_TOO_LARGE = {10334, 17419, 17420}
_BAD_VALUE = 2  # Among much else, an insert of slightly more than that


def is_too_large(error: Exception) -> bool:
    """Whether the server, or the driver, says so in so many words."""
    return isinstance(error, DocumentTooLarge) or _code(error) in _TOO_LARGE


def oversized_id(error: Exception, written: Sequence[Document]) -> str | None:
    """The document of those written that is too large; None when the error is about something else."""
    if not is_too_large(error) and _code(error) != _BAD_VALUE:
        return None
    return next((one["_id"] for one in written if len(bson.encode(one)) > MOST_BYTES), None)


def too_large(where: str) -> StorageFailed:
    """Which document cannot be kept in MongoDB, and what to do."""
    return StorageFailed(
        "a document is larger than MongoDB's 16 MB",
        where=where,
        remedy="Keep this client in SQLite: leave SG_STORE unset",
    )


def _code(error: Exception) -> int | None:
    """Of a refused batch the code of the first document that was refused."""
    if not isinstance(error, OperationFailure):
        return None
    refused = ((error.details or {}).get("writeErrors") or [{}])[0]
    code: int | None = refused.get("code", error.code)
    return code
