"""Where the lake's and the datasets' files really live: on this machine, or in a bucket that a local folder mirrors.

Data files never change once written, so a mirror copies each at most once. What names them (manifests, pointers) is small
and is looked at anew whenever somebody reads. A file exists for others from the moment its manifest or pointer is there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from ulid import ULID

# A file as it was written, under a name of nobody's, and as it is to be called.
Written = tuple[Path, Path]
TEMPORARY = ".tmp"


class Mirror(Protocol):
    """What the lake asks of the place its files live in. Paths are local; StorageFailed when the place cannot be used."""

    def refresh(self, folder: Path, suffix: str) -> None:
        """Make the small files of that ending below a folder those that exist now."""
        ...

    def fetch(self, paths: Sequence[Path]) -> None:
        """Have these data files here."""
        ...

    def listed(self, folder: Path, suffix: str) -> list[Path]:
        """Files of that ending in a folder that exist for everybody, sorted by name; few of them may be here."""
        ...

    def publish(self, written: Sequence[Written]) -> None:
        """Make these files exist for everybody, in this order, then here."""
        ...

    def remove(self, paths: Sequence[Path]) -> None:
        """Make these files be gone, everywhere and here."""
        ...

    def forget(self, paths: Sequence[Path]) -> None:
        """These need not be here, if they exist elsewhere."""
        ...


class LocalFiles:
    """A folder of this machine: what is written is there."""

    def refresh(self, folder: Path, suffix: str) -> None:
        """Nothing to do."""

    def fetch(self, paths: Sequence[Path]) -> None:
        """Nothing to do."""

    def listed(self, folder: Path, suffix: str) -> list[Path]:
        """What is there."""
        return sorted(folder.glob(f"*{suffix}"))

    def publish(self, written: Sequence[Written]) -> None:
        """Give them their names."""
        for temporary, path in written:
            settle(temporary, path)

    def remove(self, paths: Sequence[Path]) -> None:
        """Delete."""
        for path in paths:
            path.unlink(missing_ok=True)

    def forget(self, paths: Sequence[Path]) -> None:
        """They exist nowhere else."""


def unnamed(path: Path) -> Path:
    """Where to write what is to be called so: beside it, where nobody looks and nobody else writes."""
    return path.with_name(f"{path.name}.{ULID()}{TEMPORARY}")


def settle(temporary: Path, path: Path) -> None:
    """On disk first, then under its name."""
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
