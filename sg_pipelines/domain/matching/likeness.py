"""What makes two records of a kind alike, as data: how they are prepared, by which keys they meet, what is compared and how
much each outcome speaks for one thing. One value per kind; the steps that use it are the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = 5
EQUAL = 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """SQL in DuckDB's words, and the names of what is compared.

    `needs`: columns of records it reads; absent ones are null. `prepared`: expressions by name over `incoming` (columns of
    records) for the table `prepared`; `derived`: expressions over those. `blocks`: key type → expression over `prepared`;
    a null key shares nothing; what a `list_` function gives is several keys. `counts`: part → query for (token, times) over
    `prepared`, what `common` holds of it. `tables`: statements that make what else `levels` needs. `levels`: comparison → expression over `x` and `y`, two rows of `prepared`, giving 3
    equal, 2 nearly, 1 weakly, 0 nothing to compare, -1 different; `joins` and `measures` add tables and further columns. `weight`: tenths of a bit,
    over levels, measures and `n` (how many records). `caps`: conditions under which a pair may not be linked without a
    person, and why. `names`: comparison → the word for evidence. `strong`: comparisons that must be equal for a pair to
    count as tied by a strong key, each tuple one way. `unread`: columns of records that are taken for null, as nobody is to
    be told by them.
    """

    needs: tuple[str, ...]
    prepared: Mapping[str, str]
    derived: Mapping[str, str]
    blocks: Mapping[str, str]
    levels: Mapping[str, str]
    weight: str
    names: Mapping[str, str]
    strong: tuple[tuple[str, ...], ...]
    counts: Mapping[str, str] = field(default_factory=dict)
    tables: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    joins: str = ""
    measures: Mapping[str, str] = field(default_factory=dict)
    caps: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def packed(self) -> str:
        """SQL that packs a row's levels into one number."""
        return " + ".join(f"({name} + 1) * {LEVELS**index}" for index, name in enumerate(self.levels))

    def unpacked(self, packed: int) -> dict[str, int]:
        """Comparison → level."""
        return {name: packed // LEVELS**index % LEVELS - 1 for index, name in enumerate(self.levels)}

    def is_strong(self, levels: Mapping[str, int]) -> bool:
        """Tied by a strong key and what goes with it."""
        return any(all(levels[name] == EQUAL for name in way) for way in self.strong)
