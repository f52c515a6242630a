"""One ingest being written: row groups into a temporary file, then the file, then its manifest; each by rename."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.record import Quarantined, Record
from sg_pipelines.errors import StorageFailed
from sg_pipelines.lake.manifests import SUFFIX, report_numbers, to_json
from sg_pipelines.lake.mirror import Mirror, unnamed
from sg_pipelines.lake.rows import rows
from sg_pipelines.lake.schema import lake_schema
from sg_pipelines.ports.clock import Clock
from sg_pipelines.ports.lake import Manifest
from sg_pipelines.ports.platforms import PullMode, PullReport

GROUP_ROWS = 50_000
# A manifest and the ingests that its file stands for
Folded = tuple[Manifest, list[Manifest]]


class ParquetIngest:
    """`IngestWriter` into one Parquet file. Nothing exists for readers before `commit`."""

    def __init__(
        self,
        folder: Path,
        ingest_id: str,
        account: str,
        kind: Kind,
        *,
        mode: PullMode,
        started_at: datetime,
        mapping_version: str,
        clock: Clock,
        mirror: Mirror,
    ) -> None:
        self._folder, self._ingest_id, self._account, self._kind = folder, ingest_id, account, kind
        self._mode, self._started_at, self._mapping_version = mode, started_at, mapping_version
        self._clock, self._mirror = clock, mirror
        self._file = folder / f"{ingest_id}.parquet"
        self._manifest_file = folder / f"{ingest_id}{SUFFIX}"
        self._temporary, self._temporary_manifest = unnamed(self._file), unnamed(self._manifest_file)
        self._waiting: list[pa.Table] = []
        self._written = 0
        self._columns: set[str] = set()
        self._writer: pq.ParquetWriter | None = None
        self._seen: set[str] = set()
        self._is_unique = True

    def write(self, records: Sequence[Record]) -> None:
        """Add records."""
        if not records:
            return
        for record in records:
            self._columns.update(record.columns)
        table = rows(
            records,
            self._kind,
            mapping_version=self._mapping_version,
            fetch_started_at=self._started_at,
            fetched_at=self._clock.now(),
            first_sequence=self._rows_so_far(),
        )
        self.write_table(table)

    def write_table(self, table: pa.Table) -> None:
        """Add rows already in the lake's schema, or with more columns, always the same."""
        ids = table.column("record_id").to_pylist()
        before = len(self._seen)
        self._seen.update(ids)
        self._is_unique &= len(self._seen) - before == len(ids)
        self._columns.update(
            column.name for column in self._kind.columns() if table.column(column.name).null_count < len(table)
        )
        self._waiting.append(table)
        if sum(map(len, self._waiting)) >= GROUP_ROWS:
            self._flush()

    def commit(
        self,
        report: PullReport,
        quarantined: Sequence[Quarantined] = (),
        *,
        folded: Sequence[Folded] = (),
        left_behind: Sequence[str] = (),
    ) -> Manifest:
        """Make it exist; in place of the files whose manifests it folds, each with the ingests it stood for, and of those that
        they had replaced themselves."""
        try:
            self._flush()
            if self._writer is None:
                self._open(lake_schema(self._kind)).close()
            else:
                self._writer.close()
            replaces = (*(there.ingest_id for there, _ in folded), *left_behind)
            manifest = replace(self._manifest(report, quarantined), replaces=replaces)
            said = to_json(manifest, [one for _, ones in folded for one in ones])
            self._temporary_manifest.write_text(said, encoding="utf-8")
            self._mirror.publish([(self._temporary, self._file), (self._temporary_manifest, self._manifest_file)])
        except OSError as error:
            self.discard()
            self._file.unlink(missing_ok=True)
            raise _failed(self._folder, error) from error
        return manifest

    def discard(self) -> None:
        """Forget what was written."""
        if self._writer is not None and self._writer.is_open:
            self._writer.close()
        self._temporary.unlink(missing_ok=True)
        self._temporary_manifest.unlink(missing_ok=True)

    def _manifest(self, report: PullReport, quarantined: Sequence[Quarantined]) -> Manifest:
        return Manifest(
            ingest_id=self._ingest_id,
            account=self._account,
            kind=self._kind.name,
            mode=self._mode,
            started_at=self._started_at,
            finished_at=self._clock.now(),
            rows=self._written,
            columns=tuple(sorted(self._columns)),
            mapping_version=self._mapping_version,
            watermark=report.watermark,
            is_complete=report.is_complete,
            report={**report_numbers(report), "is_unique": self._is_unique},
            files=(self._file.name,),
            quarantined=tuple(quarantined),
        )

    def _rows_so_far(self) -> int:
        return self._written + sum(map(len, self._waiting))

    def _open(self, schema: pa.Schema) -> pq.ParquetWriter:
        return pq.ParquetWriter(self._temporary, schema, compression="zstd", compression_level=1)

    def _flush(self) -> None:
        if not self._waiting:
            return
        try:
            self._writer = self._writer or self._open(self._waiting[0].schema)
            self._writer.write_table(pa.concat_tables(self._waiting))
        except OSError as error:
            raise _failed(self._folder, error) from error
        self._written += sum(map(len, self._waiting))
        self._waiting = []


def _failed(folder: Path, error: OSError) -> StorageFailed:
    return StorageFailed(
        f"the lake cannot be written ({error.strerror or error})",
        where=str(folder),
        remedy="Free space or fix permissions, then run again; nothing half-written remains",
    )
