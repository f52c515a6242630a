"""Whose orders a reconcile of orders may change. Remembered until they were asked about, whatever interrupts it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sg_pipelines.domain.comparators.packing import RESOLVED, unpack
from sg_pipelines.operations.derived import ORDERED
from sg_pipelines.operations.gather import Gathered
from sg_pipelines.operations.judgement import Judgement
from sg_pipelines.ports.store import DocumentStore

_ID = "buyers"
WORTH_NAMING = 100_000


def remember_buyers(store: DocumentStore, gathered: Gathered, judgement: Judgement) -> set[str] | None:
    """Customers and companies that ordered, or had ordered until now, what is about to be written, with those an earlier
    reconcile left; None when they are too many to name."""
    left = store.get("memory", _ID) or {"_id": _ID, "entities": []}
    found = {*_before(gathered), *_now(judgement), *(left["entities"] or ())}
    named = None if left["entities"] is None or len(found) > WORTH_NAMING else found
    store.put_many("memory", [{**left, "entities": None if named is None else sorted(named)}])
    return named


def forget_buyers(store: DocumentStore) -> None:
    """All were asked about."""
    store.delete("memory", [_ID])


def _before(gathered: Gathered) -> Iterator[str]:
    for document in gathered.entities.values():
        for kind in ORDERED:
            value = (document["fields"].get(kind) or {}).get("value") or {}
            if value.get(RESOLVED):
                yield value[RESOLVED]


def _now(judgement: Judgement) -> Iterator[str]:
    for kind in ORDERED.keys() & judgement.results.keys():
        result = judgement.results[kind]
        for code in np.unique(result.value[result.value >= 0]).tolist():
            value = unpack(result.field, result.original(code))
            if isinstance(value, dict) and value.get(RESOLVED):
                yield value[RESOLVED]
