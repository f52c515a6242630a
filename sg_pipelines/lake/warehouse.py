"""Datasets loaded into BigQuery: each table replaced whole, a load job for each Parquet file that is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from google.api_core.exceptions import GoogleAPIError, RetryError
from google.auth.exceptions import GoogleAuthError, TransportError
from google.cloud.bigquery import LoadJobConfig, ParquetOptions, SourceFormat, WriteDisposition

from sg_pipelines.errors import StorageFailed

# A host that does not answer is asked this often, after 1, 2, 4 ... seconds.
UPLOAD_RETRIES = 4


def load(bigquery: Any, table: str, files: Sequence[Path]) -> int:
    """Replace `project.dataset.table` by the rows of these files; returns how many BigQuery says it holds.

    `bigquery` is a `google.cloud.bigquery.Client`. StorageFailed names the table: when its first file was refused
    the former rows stay, when a later one was the table is incomplete until it is loaded again.
    """
    loaded = 0
    for number, path in enumerate(files):
        config = LoadJobConfig()
        config.source_format = SourceFormat.PARQUET
        config.write_disposition = WriteDisposition.WRITE_TRUNCATE if number == 0 else WriteDisposition.WRITE_APPEND
        options = ParquetOptions()  # type: ignore[no-untyped-call]  # the library says no types
        options.enable_list_inference = True
        config.parquet_options = options
        with path.open("rb") as file, _translated(table):
            job = bigquery.load_table_from_file(
                file, table, size=path.stat().st_size, num_retries=UPLOAD_RETRIES, job_config=config
            )
            loaded += int(job.result().output_rows or 0)
    expected = sum(pq.read_metadata(path).num_rows for path in files)
    if loaded != expected:
        raise StorageFailed(f"BigQuery took {loaded:,} of {expected:,} rows", where=table, remedy="Load it again")
    return loaded


@contextmanager
def _translated(table: str) -> Iterator[None]:
    try:
        yield
    except (RetryError, TransportError, OSError) as error:
        raise StorageFailed(
            f"BigQuery does not answer ({type(error).__name__})",
            where=table,
            remedy="Check the network, then load it again; a table that was begun is incomplete until then",
        ) from error
    except (GoogleAPIError, GoogleAuthError) as error:
        raise StorageFailed(
            f"BigQuery refused the load ({type(error).__name__})",
            where=table,
            remedy="Check that the dataset exists and that our account may create and replace its tables",
        ) from error
