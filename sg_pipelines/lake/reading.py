"""Files of ours that cannot be read, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from sg_pipelines.errors import StorageFailed


@contextmanager
def reading(folder: Path, remedy: str) -> Iterator[None]:
    """StorageFailed when a Parquet file below the folder is missing, cut or none at all."""
    try:
        yield
    except (duckdb.IOException, duckdb.InvalidInputException, pa.ArrowInvalid, FileNotFoundError) as error:
        said = str(error).split("\n")[0].strip()
        raise StorageFailed(f"a file cannot be read ({said})", where=str(folder), remedy=remedy) from error
