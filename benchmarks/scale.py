"""The main job from snapshots in the lake: first reconcile, then 1,000 changed records. `python -m benchmarks.scale 100000`"""

import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.report import Line, peak_gib, show
from sg_pipelines.config.load import load_client_file
from sg_pipelines.config.policies import kind_plans
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.operations.publish import publish
from sg_pipelines.operations.reconcile import reconcile
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.ports.platforms import PullMode, PullReport
from sg_pipelines.runtime.clocks import WallClock
from sg_pipelines.runtime.session import mint
from sg_pipelines.sandbox.world.records import baseline_records
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.sqlite import SqliteStore

SEED, CHANGED, PAGE = 7, 1_000, 5_000
BOUNDS = {100_000: "bound 12 s, 1.5 GiB", 1_000_000: "bound 150 s, 6 GiB"}
CLIENT = Path(__file__).resolve().parents[1] / "clients" / "demo.yaml"


def main(people):
    with tempfile.TemporaryDirectory() as folder:
        plan = people_alone()
        clock = WallClock()
        lake = ParquetLake(Path(folder) / "lake", clock)
        now_ms = round(clock.now().timestamp() * 1000)
        records, chosen = {}, {}
        for account in plan.policy.accounts:
            chosen[account] = []
            told = keeping(baseline_records(people, SEED, account, now_ms), max(1, people // CHANGED), chosen[account])
            records[account] = write(lake, plan.kind, account, told)
        store = SqliteStore(Path(folder) / "store.sqlite")
        store.ensure(COLLECTIONS)
        workspace = Workspace("bench", {plan.kind.name: plan}, {a: a for a in records}, lake, store, clock, mint)
        first = reconcile(workspace, plan)
        memory = peak_gib()
        shelf = Datasets(Path(folder) / "datasets")
        publishing = [seconds(publish, workspace, shelf, plan)]
        for account in records:
            write(lake, plan.kind, account, changed(chosen[account], now_ms), PullMode.INCREMENTAL)
        os.sync()  # what the first commit wrote is on the disk: its writing back is not the second's to wait for
        began = time.perf_counter()
        second = reconcile(workspace, plan)
        taken = time.perf_counter() - began
        publishing.append(seconds(publish, workspace, shelf, plan))
        decided = sum(first.seconds[stage] for stage in ("gather", "link", "classify"))
        show(
            f"{people:,} people, {sum(records.values()):,} records on three platforms",
            [
                Line("link + merge + classify, from snapshots", f"{decided:.1f} s", BOUNDS.get(people, "")),
                *(Line(f"  {stage}", f"{first.seconds[stage]:.1f} s") for stage in ("gather", "link", "classify")),
                Line("first store commit (apart)", f"{first.seconds['commit']:.1f} s"),
                Line("peak memory", f"{memory:.2f} GiB", BOUNDS.get(people, "")),
                Line(f"incremental, {second.touched:,} changed records", f"{taken:.2f} s", "same at 10k and 1M, ±50 %"),
                *(Line(f"  {stage}", f"{second.seconds[stage]:.2f} s") for stage in second.seconds),
                Line("datasets published, all", f"{publishing[0]:.1f} s"),
                Line("datasets published, what changed", f"{publishing[1]:.1f} s"),
            ],
        )
        store.close()


def seconds(function, *arguments):
    began = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - began


def people_alone():
    """The demonstration client's plan for customers, as if it kept nothing else."""
    file = load_client_file(CLIENT)
    return kind_plans(file.model_copy(update={"entities": {"customer": file.entities["customer"]}}))[0]


def write(lake, kind, account, records, mode=PullMode.FULL):
    count, waiting = 0, []
    with lake.ingest(account, kind, mode=mode, started_at=datetime.now(UTC), mapping_version="1") as writer:
        for record in records:
            waiting.append(record)
            count += 1
            if len(waiting) == PAGE:
                writer.write(waiting)
                waiting = []
        writer.write(waiting)
        writer.commit(PullReport())
    return count


def keeping(records, step, chosen):
    """The records as they come; a third of a thousand of them, spread evenly, are kept to be changed later."""
    for number, record in enumerate(records):
        if number % step == 0 and len(chosen) < CHANGED // 3:
            chosen.append(record)
        yield record


def changed(chosen, now_ms):
    """What was kept says something new."""
    for number, record in enumerate(chosen):
        columns = {**record.columns, "company_name": f"Changed {number}"}
        yield replace(record, columns=columns, modified_at=datetime.fromtimestamp(now_ms / 1000, UTC))


if __name__ == "__main__":
    main(int(sys.argv[1]))
