"""Where it is remembered what the last reconcile of a kind covered."""

from __future__ import annotations

from sg_pipelines.ports.store import Document, DocumentStore


def last_reconcile(store: DocumentStore, kind: str) -> Document | None:
    """{marks, policy, settling, at} of a kind; None before one was finished."""
    return store.get("memory", memory_id(kind))


def memory_id(kind: str) -> str:
    """The id of that document."""
    return f"reconciled:{kind}"
