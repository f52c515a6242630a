"""Records of any kind in a few words, linked."""

import duckdb
import pyarrow as pa

from sg_pipelines.domain.matching.link import link


def record(account, record_id, **said):
    return {"account": account, "record_id": record_id, **said}


def linked(likeness, records, platforms=None, threads=2, known=None):
    names = ("account", "record_id", *likeness.needs)
    schema = pa.schema([(name, pa.string()) for name in names])
    rows = [{name: row.get(name) for name in names} for row in records]
    with duckdb.connect() as connection:
        connection.execute(f"set threads = {threads}")
        return link(connection, pa.Table.from_pylist(rows, schema=schema), likeness, platforms=platforms, known=known)


def groups(outcome):
    found = {}
    for row in outcome.assignments.to_pylist():
        found.setdefault(row["cluster"], set()).add((row["account"], row["record_id"]))
    return sorted(map(sorted, found.values()))


def are_one(likeness, one, two, platforms=None):
    """Whether what two accounts say is taken for one thing."""
    return len(groups(linked(likeness, [record("a", "1", **one), record("b", "2", **two)], platforms))) == 1


def waits(likeness, one, two, platforms=None):
    """Whether it is left to a person."""
    outcome = linked(likeness, [record("a", "1", **one), record("b", "2", **two)], platforms)
    return len(groups(outcome)) == 2 and outcome.candidates.num_rows == 1
