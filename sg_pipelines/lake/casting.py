"""Files of before a column had another type: a text became a set, or a set a text. Files keep the types they were written
with, and are cast as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from sg_pipelines.lake.schema import written_schema

TEXT, TEXTS = pa.string(), pa.list_(pa.string())
# As HubSpot writes several values of one property
BETWEEN = ";"
_AS_TEXTS = """case when nullif("{0}", '') is not null then ["{0}"] end as "{0}\""""
_AS_TEXT = f"""nullif(array_to_string("{{0}}", '{BETWEEN}'), '') as "{{0}}\""""
Casts = tuple[str, ...]


def source(files: Sequence[Path], schema: pa.Schema) -> str:
    """What to select from to read these files (one at least) with the schema's types, and the `filename` of each row;
    a column that some lack is null there. A text is a list of itself, a list is its elements joined; what is blank is null."""
    alike: dict[Casts, list[Path]] = {}
    for file in files:
        alike.setdefault(_casts(file, schema), []).append(file)
    if len(alike) == 1 and () in alike:
        return _read(files)
    parts = (f"select *{_replacing(casts)} from {_read(some)}" for casts, some in alike.items())
    return f"({' union all by name '.join(parts)})"


def is_cast(file: Path, schema: pa.Schema) -> bool:
    """Whether the file was written with other types than these."""
    return bool(_casts(file, schema))


def _casts(file: Path, schema: pa.Schema) -> Casts:
    written = {field.name: field.type for field in written_schema(file) if field.type in (TEXT, TEXTS)}
    asked = {field.name: field.type for field in schema if field.type in (TEXT, TEXTS)}
    unlike = sorted(name for name in asked.keys() & written.keys() if asked[name] != written[name])
    return tuple((_AS_TEXT if asked[name] == TEXT else _AS_TEXTS).format(name) for name in unlike)


def _replacing(casts: Casts) -> str:
    return f" replace ({', '.join(casts)})" if casts else ""


def _read(files: Sequence[Path]) -> str:
    named = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{named}], union_by_name = true, filename = true)"
