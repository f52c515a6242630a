"""Throughput of the embedded store."""

import tempfile
import time
from pathlib import Path

from benchmarks.report import Line, show
from sg_pipelines.ports import In
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.sqlite import SqliteStore

DOCUMENTS, BATCH = 50_000, 1_000


def link(number):
    return {
        "_id": f"hubspot/customer/{number}@1",
        "ref": f"hubspot/customer/{number}",
        "entity": f"E{number // 3}",
        "kind": "customer",
        "role": "primary",
        "evidence": [{"type": "cross_id", "detail": "one record names the other's id", "weight": 2000}],
        "open": True,
    }


def timed(work):
    began = time.perf_counter()
    count = work()
    return f"{count / (time.perf_counter() - began):,.0f}/s"


def main():
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "store.sqlite")
        store.ensure(COLLECTIONS)
        links = [link(number) for number in range(DOCUMENTS)]
        batches = [links[start : start + BATCH] for start in range(0, DOCUMENTS, BATCH)]

        def insert():
            for batch in batches:
                store.put_many("links", batch)
            return DOCUMENTS

        def replace():
            for batch in batches:
                store.put_many("links", store.get_many("links", [one["_id"] for one in batch]))
            return DOCUMENTS

        def get():
            return sum(len(store.get_many("links", [one["_id"] for one in batch])) for batch in batches)

        def find():
            return sum(
                1
                for batch in batches
                for _ in store.find("links", {"ref": In([o["ref"] for o in batch]), "open": True})
            )

        def feed():
            read, token = 0, None
            while changes := store.feed(after=token, limit=5_000):
                read, token = read + len(changes), changes[-1].token
            return read

        lines = [Line(work.__name__, timed(work)) for work in (insert, get, find, replace, feed)]
        show(f"SQLite store, {DOCUMENTS:,} documents in batches of {BATCH:,}", lines)
        store.close()


if __name__ == "__main__":
    main()
