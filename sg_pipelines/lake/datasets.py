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
from sg_pipelines.lake.mirror import LocalFiles, Mirror
from sg_pipelines.lake.reading import reading

POINTER = "current"
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
        path = folder / f"{ULID()}.parquet"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(".tmp")
            pq.write_table(table, temporary, compression="zstd", compression_level=1)
            temporary.replace(path)
            pointer = folder / f"{POINTER}.tmp"
            pointer.write_text(path.name, encoding="utf-8")
            pointer.replace(folder / POINTER)
            self._mirror.publish([path, folder / POINTER])
            self._mirror.remove(sorted(folder.glob("*.parquet"))[:-KEPT_VERSIONS])
        except OSError as error:
            raise StorageFailed(
                f"the dataset cannot be written ({error.strerror or error})",
                where=str(folder),
                remedy="Free space or fix permissions, then publish again; the former version is still there",
            ) from error
        return path

    def withdraw(self, part: str) -> None:
        """Publish this part of every dataset no longer; nothing happens where it was never published."""
        self._mirror.refresh(self.root, POINTER)
        pointers = sorted(self.root.glob(f"*/{part}/{POINTER}"))
        try:
            self._mirror.remove(pointers)
            self._mirror.remove([file for one in pointers for file in sorted(one.parent.glob("*.parquet"))])
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
        files = [pointer.parent / pointer.read_text(encoding="utf-8").strip() for pointer in pointers]
        self._mirror.fetch(files)
        return files

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
        if not (folder / POINTER).exists():
            return None
        file = folder / (folder / POINTER).read_text(encoding="utf-8").strip()
        self._mirror.fetch([file])
        return file

    def names(self) -> list[str]:
        """What is published, sorted."""
        self._mirror.refresh(self.root, POINTER)
        return sorted({path.parent.parent.name for path in self.root.glob(f"*/*/{POINTER}")})
