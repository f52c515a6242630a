"""What a change by somebody who does not own a field means to the client: the world is told, and plants accordingly.

Who owns a field is as at the demonstration client.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sg_pipelines.sandbox.world.ledger import HARD, SOFT, Entry

# Classes of recipes, never of entries in the ledger: another value typed, or the value taken away, by a stranger.
STRANGER, EMPTIED = "stranger", "emptied"
CONFLICT, REVERT, ACCEPT = "conflict", "revert", "accept"
_SOFT = {STRANGER: frozenset({REVERT, ACCEPT}), EMPTIED: frozenset({REVERT})}
DEMONSTRATION = {
    "company.lifecycle": REVERT,
    "customer.lifecycle": REVERT,
    "product.price": REVERT,
    "product.cost": REVERT,
    "product.inventory": ACCEPT,
}


def settled(entries: Iterable[Entry], foreign_edits: Mapping[str, str] | None) -> list[Entry]:
    """Entries in the client's classes. `foreign_edits`: `kind.field` → conflict, revert or accept; a field without an
    entry conflicts; None: as at the demonstration client."""
    told = DEMONSTRATION if foreign_edits is None else foreign_edits
    return [_settled(one, told.get(f"{one.kind}.{one.subject.partition('=')[0]}", CONFLICT)) for one in entries]


def _settled(planted: Entry, means: str) -> Entry:
    if planted.cls not in _SOFT:
        return planted
    return replace(planted, cls=SOFT if means in _SOFT[planted.cls] else HARD)
