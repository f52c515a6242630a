"""The collections and the look-ups they answer. `docs/architecture.md` shows the documents."""

from __future__ import annotations

from sg_pipelines.ports.store import Collection, Index

SCHEMA_VERSION = 1
# About the store itself: stays when documents move into another one
IDENTITY = "identity"

COLLECTIONS: tuple[Collection, ...] = (
    Collection(
        "entities", (Index(("keys",), multi=True), Index(("neighbours",), multi=True), Index(("kind", "state")))
    ),
    Collection(
        "links",
        (
            Index(("ref",), unique=True, where={"open": True}),
            Index(("ref", "open")),
            Index(("entity", "open")),
            Index(("kind", "open")),
            Index(("kind", "valid_from")),
            Index(("kind", "valid_to")),
        ),
    ),
    Collection(
        "candidates",
        (Index(("status", "kind")), Index(("ref",)), Index(("entity", "status")), Index(("own_entity",))),
    ),
    Collection("decisions", (Index(("kind",)), Index(("is_settled", "kind")))),
    Collection(
        "discrepancies",
        (
            Index(("key",), unique=True, where={"open": True}),
            Index(("entity", "open")),
            Index(("kind", "open", "class")),
        ),
    ),
    Collection(
        "findings",
        (
            Index(("key",), unique=True, where={"open": True}),
            Index(("entity", "open")),
            Index(("kind", "open", "type")),
        ),
    ),
    Collection("verifications", (Index(("kind",)), Index(("entity",)))),
    Collection("history", (Index(("entity",)), Index(("ref",)), Index(("kind", "seen_at")))),
    Collection(
        "annotations",
        (
            Index(("key",), unique=True, where={"open": True}),
            Index(("entity", "open")),
            Index(("kind", "open")),
            Index(("open", "made_at")),
        ),
    ),
    Collection("memory"),
    Collection(IDENTITY),
)
# A client's documents
NAMES = tuple(collection.name for collection in COLLECTIONS if collection.name != IDENTITY)
