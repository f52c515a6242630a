"""Published datasets: versioned Parquet, one current version each, switched by renaming a small pointer file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from ulid import ULID

from sg_pipelines.errors import QueryRejected, StorageFailed

POINTER = "current"
KEPT_VERSIONS = 3


class Datasets:
    """Datasets under `root`, by name."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def publish(self, name: str, table: pa.Table) -> Path:
        """Make this the current version; readers see the former one until it is whole."""
        folder = self.root / name
        path = folder / f"{ULID()}.parquet"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            temporary = path.with_suffix(".tmp")
            pq.write_table(table, temporary, compression="zstd", compression_level=1)
            temporary.replace(path)
            pointer = folder / f"{POINTER}.tmp"
            pointer.write_text(path.name, encoding="utf-8")
            pointer.replace(folder / POINTER)
            for old in sorted(folder.glob("*.parquet"))[:-KEPT_VERSIONS]:
                old.unlink()
        except OSError as error:
            raise StorageFailed(
                f"the dataset cannot be written ({error.strerror or error})",
                where=str(folder),
                remedy="Free space or fix permissions, then publish again; the former version is still there",
            ) from error
        return path

    def path(self, name: str) -> Path:
        """The current file. QueryRejected when nothing was published under that name."""
        pointer = self.root / name / POINTER
        if not pointer.is_file():
            known = ", ".join(self.names()) or "none yet; `sg reconcile` publishes them"
            raise QueryRejected(f"there is no dataset {name!r}", where=str(self.root), remedy=f"Datasets: {known}")
        return self.root / name / pointer.read_text(encoding="utf-8").strip()

    def read(self, name: str) -> pa.Table:
        """The current version."""
        return pq.read_table(self.path(name))

    def names(self) -> list[str]:
        """What is published, sorted."""
        return sorted(path.parent.name for path in self.root.glob(f"*/{POINTER}"))
