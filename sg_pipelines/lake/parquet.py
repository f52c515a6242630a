"""The lake: one folder per account and kind, one file and one manifest per ingest; on this machine or in a bucket."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
from ulid import ULID

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.errors import StorageFailed
from sg_pipelines.lake import manifests
from sg_pipelines.lake.compaction import compacted
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.lake.mirror import LocalFiles, Mirror
from sg_pipelines.lake.reading import reading
from sg_pipelines.lake.views import has_all, last_rows, record_ids_in, schema_of, whole_file
from sg_pipelines.lake.writing import ParquetIngest
from sg_pipelines.ports.clock import Clock
from sg_pipelines.ports.lake import Manifest
from sg_pipelines.ports.platforms import PullMode, PullReport

T = TypeVar("T")
# No account is called so: names of accounts begin with a letter
COUNTS = "_counts"
BROKEN = "Move it and the manifest of the same name away; the next full pulse reads anew what was in it"


class ParquetLake:
    """`Lake` under `root`, which mirrors a bucket when told so."""

    def __init__(self, root: Path, clock: Clock, mirror: Mirror | None = None) -> None:
        self._root = root
        self._clock = clock
        self._mirror = mirror or LocalFiles()
        self._counts = Datasets(root / COUNTS, self._mirror)

    @contextmanager
    def ingest(
        self, account: str, kind: Kind, *, mode: PullMode, started_at: datetime, mapping_version: str
    ) -> Iterator[ParquetIngest]:
        """Open an ingest; leaving the block without `commit` discards it."""
        folder = self._folder(account, kind)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(
                f"the lake's folder cannot be made ({error.strerror})", where=str(folder), remedy="Fix permissions"
            ) from error
        writer = ParquetIngest(
            folder,
            str(ULID()),
            account,
            kind,
            mode=mode,
            started_at=started_at,
            mapping_version=mapping_version,
            clock=self._clock,
            mirror=self._mirror,
        )
        try:
            yield writer
        finally:
            writer.discard()

    def latest(
        self,
        account: str,
        kind: Kind,
        *,
        columns: Sequence[str] | None = None,
        record_ids: Sequence[str] | None = None,
    ) -> pa.Table:
        """Per record the last row, sorted by record_id."""
        schema = schema_of(kind, columns)

        def rows(there: Sequence[Manifest], files: Sequence[Path]) -> pa.Table:
            is_unique = len(there) == 1 and there[0].report.get("is_unique")
            if record_ids is None and is_unique and has_all(files[0], schema):
                return whole_file(files[0], schema)
            return last_rows(files, schema, record_ids=record_ids)

        return self._of_files(account, kind, rows)

    def as_of(self, account: str, kind: Kind, at: datetime, *, columns: Sequence[str] | None = None) -> pa.Table:
        """The same with only what had been fetched by `at`."""
        schema = schema_of(kind, columns)
        return self._of_files(account, kind, lambda _, files: last_rows(files, schema, fetched_by=at))

    def manifests(self, account: str, kind: Kind) -> Sequence[Manifest]:
        """Committed ingests, oldest first."""
        return [one for _, folded in self._read(account, kind) for one in folded]

    def ids_since(self, account: str, kind: Kind, ingest_id: str | None) -> list[str]:
        """Record ids named by later ingests; one folded into a compacted file answers with all of that file's."""

        def is_later(folded: Sequence[Manifest]) -> bool:
            return ingest_id is None or any(one.ingest_id > ingest_id for one in folded)

        return sorted(self._of_files(account, kind, lambda _, files: record_ids_in(files), is_later))

    def keep_commonness(self, kind: Kind, table: pa.Table) -> None:
        """Put by what a look at every record counted."""
        self._counts.publish("commonness", kind.name, table)

    def commonness(self, kind: Kind) -> pa.Table | None:
        """What was counted last; None before the first full look."""
        return self._counts.read_part("commonness", kind.name)

    def compact(self, account: str, kind: Kind, *, at_least: int = 2) -> Manifest | None:
        """Fold all files into one, when there are that many."""
        read = self._read(account, kind)
        if len(read) < at_least:
            return None
        folder = self._folder(account, kind)
        files = self._files(account, kind, [there for there, _ in read])
        last = read[-1][0]
        with reading(folder, BROKEN):
            table = compacted(files, schema_of(kind, None))
        with self.ingest(
            account, kind, mode=last.mode, started_at=last.started_at, mapping_version=last.mapping_version
        ) as writer:
            writer.write_table(table)
            left = self._left_behind(folder, [there for there, _ in read])
            manifest = writer.commit(PullReport(watermark=last.watermark), folded=read, left_behind=left)
        self._mirror.remove([folder / f"{one}{manifests.SUFFIX}" for one in manifest.replaces])
        self._mirror.remove([folder / f"{one}.parquet" for one in manifest.replaces])
        return manifest

    @staticmethod
    def _left_behind(folder: Path, read: Sequence[Manifest]) -> list[str]:
        """Ingests that one of these replaced, and that are still there as it was cut off before they were removed."""
        replaced = (one for there in read for one in there.replaces)
        return [one for one in replaced if (folder / f"{one}{manifests.SUFFIX}").exists()]

    def _folder(self, account: str, kind: Kind) -> Path:
        return self._root / account / kind.name

    def _files(self, account: str, kind: Kind, there: Sequence[Manifest]) -> list[Path]:
        files = [self._folder(account, kind) / name for one in there for name in one.files]
        self._mirror.fetch(files)
        return files

    def _of_files(
        self,
        account: str,
        kind: Kind,
        work: Callable[[Sequence[Manifest], Sequence[Path]], T],
        are_wanted: Callable[[Sequence[Manifest]], bool] = lambda folded: True,
    ) -> T:
        """What `work` makes of the files that hold wanted ingests. When a file cannot be read because it was folded into
        another one meanwhile, it is that one's turn."""

        def standing() -> list[Manifest]:
            return [there for there, folded in self._read(account, kind) if are_wanted(folded)]

        there = standing()
        while True:
            try:
                with reading(self._folder(account, kind), BROKEN):
                    return work(there, self._files(account, kind, there))
            except StorageFailed:
                now = standing()
                if now == there:
                    raise
                there = now

    def _read(self, account: str, kind: Kind) -> list[tuple[Manifest, list[Manifest]]]:
        """Manifests of the files there are, in order, each with the ingests it stands for. A file whose replacement
        is already there counts no more."""
        self._mirror.refresh(self._folder(account, kind), manifests.SUFFIX)
        read = manifests.read_all(self._folder(account, kind))
        replaced = {ingest_id for there, _ in read for ingest_id in there.replaces}
        return [(there, folded or [there]) for there, folded in read if there.ingest_id not in replaced]
