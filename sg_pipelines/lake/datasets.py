"""Published datasets: versioned Parquet, in parts that are published apart, each with one current version that is switched
by renaming a small pointer file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from ulid import ULID

from sg_pipelines.errors import QueryRejected, StorageFailed
from sg_pipelines.lake.mirror import LocalFiles, Mirror, unnamed
from sg_pipelines.lake.reading import reading

POINTER, SUFFIX = "current", ".parquet"
KEPT_VERSIONS = 3
BROKEN = "Move this folder away; the next pulse publishes it anew"


class Datasets:
    """Datasets under `root`, by name; a part is what one kind contributes. `root` mirrors a bucket when told so."""

    def __init__(self, root: Path, mirror: Mirror | None = None) -> None:
        self.root = root
        self._mirror = mirror or LocalFiles()

    def publish(self, name: str, part: str, table: pa.Table) -> Path:
        """Make this the current version of a part; readers see the former one until it is whole."""
        folder = self.root / name / part
        path = folder / f"{ULID()}{SUFFIX}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._write(path, table)
            self._mirror.remove(self._mirror.listed(folder, SUFFIX)[:-KEPT_VERSIONS])
            self._forget_former(path)
        except OSError as error:
            raise StorageFailed(
                f"the dataset cannot be written ({error.strerror or error})",
                where=str(folder),
                remedy="Free space or fix permissions, then publish again; the former version is still there",
            ) from error
        return path

    def _write(self, path: Path, table: pa.Table) -> None:
        """The rows, then the pointer to them."""
        pointer = path.with_name(POINTER)
        rows, name = unnamed(path), unnamed(pointer)
        try:
            pq.write_table(table, rows, compression="zstd", compression_level=1)
            name.write_text(path.name, encoding="utf-8")
            self._mirror.publish([(rows, path), (name, pointer)])
        finally:
            rows.unlink(missing_ok=True)
            name.unlink(missing_ok=True)

    def withdraw(self, part: str) -> None:
        """Publish this part of every dataset no longer; nothing happens where it was never published."""
        self._mirror.refresh(self.root, POINTER)
        pointers = sorted(self.root.glob(f"*/{part}/{POINTER}"))
        try:
            self._mirror.remove(pointers)
            for folder in (pointer.parent for pointer in pointers):
                self._mirror.remove(sorted({*self._mirror.listed(folder, SUFFIX), *folder.glob(f"*{SUFFIX}")}))
        except OSError as error:
            raise StorageFailed(
                f"a dataset cannot be withdrawn ({error.strerror or error})",
                where=str(self.root),
                remedy="Fix permissions, then publish again",
            ) from error

    def paths(self, name: str) -> list[Path]:
        """The current file of each part. QueryRejected when nothing was published under that name."""
        self._mirror.refresh(self.root / name, POINTER)
        pointers = sorted((self.root / name).glob(f"*/{POINTER}"))
        if not pointers:
            known = ", ".join(self.names()) or "none yet; `sg reconcile` publishes them"
            raise QueryRejected(f"there is no dataset {name!r}", where=str(self.root), remedy=f"Datasets: {known}")
        return self._fetched(pointers)

    def read(self, name: str) -> pa.Table:
        """The current version of all parts together; a column that a part lacks is null there."""
        with reading(self.root / name, BROKEN):
            return pa.concat_tables((pq.read_table(path) for path in self.paths(name)), promote_options="default")

    def read_part(self, name: str, part: str) -> pa.Table | None:
        """The current version of one part; None when it was never published."""
        file = self._current(name, part)
        if file is None:
            return None
        with reading(file.parent, BROKEN):
            return pq.read_table(file)

    def head(self, name: str, part: str, columns: Sequence[str], rows: int) -> list[dict[str, Any]]:
        """The first rows of the current version of one part, of which no more is read; none when it was never published."""
        file = self._current(name, part)
        if file is None:
            return []
        with reading(file.parent, BROKEN), pq.ParquetFile(file) as opened:
            batch = next(opened.iter_batches(rows, columns=list(columns)), None)
            found: list[dict[str, Any]] = [] if batch is None else batch.to_pylist()
            return found

    def _current(self, name: str, part: str) -> Path | None:
        folder = self.root / name / part
        self._mirror.refresh(folder, POINTER)
        found = self._fetched([folder / POINTER]) if (folder / POINTER).exists() else []
        return found[0] if found else None

    def _fetched(self, pointers: Sequence[Path]) -> list[Path]:
        """What they point at, here. A pointer that is withdrawn meanwhile points at nothing."""
        files = [file for pointer in pointers if (file := _pointed(pointer)) is not None]
        self._mirror.fetch(files)
        for file in files:
            self._forget_former(file)
        return files

    def _forget_former(self, file: Path) -> None:
        """Of the versions of a part beside this one no more than are kept need be here."""
        former = sorted(file.parent.glob(f"*{SUFFIX}"))[:-KEPT_VERSIONS]
        self._mirror.forget([one for one in former if one != file])

    def names(self) -> list[str]:
        """What is published, sorted."""
        self._mirror.refresh(self.root, POINTER)
        return sorted({path.parent.parent.name for path in self.root.glob(f"*/*/{POINTER}")})


def _pointed(pointer: Path) -> Path | None:
    """The file a pointer names; None when there is no such pointer any more."""
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    if not name:
        raise StorageFailed("this pointer names no file", where=str(pointer), remedy=BROKEN)
    return pointer.parent / name
