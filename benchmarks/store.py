"""Throughput of the embedded store, and of MongoDB where `SG_TEST_MONGODB_URI` names a server."""

import os
import tempfile
import time
from itertools import chain
from pathlib import Path
from uuid import uuid4

from pymongo import MongoClient

from benchmarks.report import Line, show
from sg_pipelines.ports.store import In
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.mongo import MongoStore
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


def measured(store):
    """Insert, read, look up, replace and follow the same links."""
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
            1 for batch in batches for _ in store.find("links", {"ref": In([o["ref"] for o in batch]), "open": True})
        )

    def feed():
        read, token = 0, None
        while changes := store.feed(after=token, limit=5_000):
            read, token = read + len(changes), changes[-1].token
        return read

    return [Line(work.__name__, timed(work)) for work in (insert, get, find, replace, feed)]


def sqlite():
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "store.sqlite")
        store.ensure(COLLECTIONS)
        yield "SQLite", store
        store.close()


def mongodb():
    server = os.environ.get("SG_TEST_MONGODB_URI")
    if not server:
        return
    client = f"bench_{uuid4().hex[:12]}"
    store = MongoStore(server, client=client)
    store.ensure(COLLECTIONS)
    yield "MongoDB", store
    store.close()
    with MongoClient(server) as driver:
        driver.drop_database(f"sg_{client}")


def main():
    for name, store in chain(sqlite(), mongodb()):
        show(f"{name} store, {DOCUMENTS:,} documents in batches of {BATCH:,}", measured(store))


if __name__ == "__main__":
    main()
