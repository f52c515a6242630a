"""Which snapshot files hold the last row of a few records: found in the narrow columns that rank them, and in as few
files as will do. A large file whose every row is older than what the others say of each record is not opened at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

# A representation never goes backwards; a tombstone without a time of its own counts from when it was found.
SAID_AT = "coalesce(modified_at, fetched_at)"
LAST = f"""
qualify row_number() over (
    partition by record_id order by {SAID_AT} desc, fetch_started_at desc, sequence desc
) = 1
"""
WANTED = "record_id in (select record_id from wanted)"


# Bytes below which reading everything costs less than finding out what to read
LARGE = 4 << 20


def are_worth_choosing(files: Sequence[Path]) -> bool:
    """There are several, and all together they are large."""
    return len(files) > 1 and sum(file.stat().st_size for file in files) > LARGE


def holders(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> list[Path]:
    """Of several files those that hold a last row of the records in the connection's table `wanted`."""
    largest = max(files, key=lambda file: file.stat().st_size)
    others = [file for file in files if file != largest]
    newest = _newest(largest)
    is_outdated = newest is not None and _all_are_said_after(connection, others, newest)
    ranked = others if is_outdated else files
    found = connection.execute(
        f"select distinct filename from (select filename from read_parquet($1, filename = true) where {WANTED} {LAST})",
        [_names(ranked)],
    ).fetchall()
    names = {name for (name,) in found}
    return [file for file in ranked if str(file) in names]


def _all_are_said_after(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], newest: datetime) -> bool:
    """Whether of each wanted record these files have a row later than that."""
    (later, wanted), *_ = connection.execute(
        f"select (select count(distinct record_id) from read_parquet($1) where {WANTED} and {SAID_AT} > $2), "
        "(select count(distinct record_id) from wanted)",
        [_names(files), newest],
    ).fetchall()
    return bool(later == wanted)


def _newest(file: Path) -> datetime | None:
    """No row of the file is later than this, by the statistics of its row groups; None when they do not tell."""
    metadata = pq.read_metadata(file)
    groups = [metadata.row_group(position) for position in range(metadata.num_row_groups)]
    bounds = [_newest_of(group) for group in groups]
    known = [bound for bound in bounds if bound is not None]
    return max(known) if known and len(known) == len(bounds) else None


def _newest_of(group: pq.RowGroupMetaData) -> datetime | None:
    """When every row says its time, `fetched_at` stands in for none of them."""
    columns = {group.column(position).path_in_schema: position for position in range(group.num_columns)}
    modified = group.column(columns["modified_at"]).statistics
    if modified is None or not modified.has_null_count:
        return None
    asked = [modified] if not modified.null_count else [modified, group.column(columns["fetched_at"]).statistics]
    told = [one.max for one in asked if one is not None and one.has_min_max]
    return max(told) if len(told) == len(asked) else None


def _names(files: Sequence[Path]) -> list[str]:
    return [str(file) for file in files]
