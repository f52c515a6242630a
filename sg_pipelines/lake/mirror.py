"""Where the lake's and the datasets' files really live: on this machine, or in a bucket that a local folder mirrors.

Data files never change once written, so a mirror copies each at most once. What names them (manifests, pointers) is small
and is looked at anew whenever somebody reads. A file exists for others from the moment its manifest or pointer is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Mirror(Protocol):
    """What the lake asks of the place its files live in. Paths are local; StorageFailed when the place cannot be used."""

    def refresh(self, folder: Path, suffix: str) -> None:
        """Make the small files of that ending below a folder those that exist now."""
        ...

    def fetch(self, paths: Sequence[Path]) -> None:
        """Have these data files here."""
        ...

    def publish(self, paths: Sequence[Path]) -> None:
        """Make these files exist for everybody, in this order."""
        ...

    def remove(self, paths: Sequence[Path]) -> None:
        """Make these files be gone, here and everywhere."""
        ...


class LocalFiles:
    """A folder of this machine: what is written is there."""

    def refresh(self, folder: Path, suffix: str) -> None:
        """Nothing to do."""

    def fetch(self, paths: Sequence[Path]) -> None:
        """Nothing to do."""

    def publish(self, paths: Sequence[Path]) -> None:
        """Nothing to do."""

    def remove(self, paths: Sequence[Path]) -> None:
        """Delete."""
        for path in paths:
            path.unlink(missing_ok=True)
