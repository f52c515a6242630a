"""SQL over the published datasets: DuckDB, read-only, and nothing outside the datasets' folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pandas as pd
import pyarrow as pa

from sg_pipelines.errors import QueryRejected
from sg_pipelines.lake.datasets import BROKEN, Datasets
from sg_pipelines.lake.reading import reading


def ask(datasets: Datasets, sql: str, *, limit: int | None = None) -> pa.Table:
    """Run one SELECT. QueryRejected says what DuckDB did not understand and which tables there are."""
    names = datasets.names()
    if not names:
        raise QueryRejected(
            "nothing is published yet", where=str(datasets.root), remedy="`sg reconcile` publishes the datasets"
        )
    with duckdb.connect() as connection:
        for name in names:
            files = ", ".join(_quoted(str(path)) for path in datasets.paths(name))
            with reading(datasets.root / name, BROKEN):
                connection.execute(
                    f'create view "{name}" as select * from read_parquet([{files}], union_by_name = true)'
                )
        return _answer(connection, sql, limit, names, _quoted(str(datasets.root.resolve())))


def ask_tables(tables: Mapping[str, pa.Table], sql: str, *, limit: int | None = None) -> pa.Table:
    """The same over tables at hand."""
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return _answer(connection, sql, limit, sorted(tables), None)


def _answer(
    connection: duckdb.DuckDBPyConnection, sql: str, limit: int | None, names: Sequence[str], folder: str | None
) -> pa.Table:
    """Nothing but the named tables can be reached."""
    allowed = f"set allowed_directories = [{folder}];" if folder else ""
    connection.execute(
        f"{allowed} set enable_external_access = false; set timezone = 'UTC'; set lock_configuration = true"
    )
    try:
        return _only_select(connection, sql, limit)
    except duckdb.Error as error:
        said = str(error).split("\n\n")[0].strip()
        raise QueryRejected(said, where="query", remedy=f"Tables: {', '.join(names)}") from error


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''")
    return f"'{escaped}'"


def frame(datasets: Datasets, sql: str) -> pd.DataFrame:
    """The answer of one SELECT as a pandas DataFrame, Arrow-backed strings included as `str`."""
    answer: pd.DataFrame = ask(datasets, sql).to_pandas()
    return answer


def _only_select(connection: duckdb.DuckDBPyConnection, sql: str, limit: int | None) -> pa.Table:
    statements = connection.extract_statements(sql)
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise QueryRejected("only one SELECT can be asked", where="query", remedy="Leave out everything else")
    answer = connection.sql(statements[0].query.strip().rstrip(";"))
    names = _told_apart(answer.columns)
    table = (answer if limit is None else answer.limit(limit)).to_arrow_table()
    return table.rename_columns(names)


def _told_apart(names: Sequence[str]) -> list[str]:
    """Names of columns, each once: `entity`, `entity_1`, as joins have it."""
    found: list[str] = []
    for name in names:
        number, apart = 0, name
        while apart in found or (number and apart in names):
            number += 1
            apart = f"{name}_{number}"
        found.append(apart)
    return found
