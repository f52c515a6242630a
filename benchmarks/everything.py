"""All kinds together from snapshots in the lake: `python -m benchmarks.everything [SHARE]`; 1 is 100,000 customers, 20,000
companies, 50,000 products and 300,000 orders on three platforms."""

import sys
import tempfile
from pathlib import Path

from benchmarks.report import Line, peak_gib, show
from benchmarks.scale import CLIENT, SEED, write
from sg_pipelines.config.load import load_client_file
from sg_pipelines.config.policies import kind_plans
from sg_pipelines.domain.model.catalogue import KINDS
from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.operations.reconcile import reconcile
from sg_pipelines.operations.workspace import Workspace
from sg_pipelines.runtime.clocks import WallClock
from sg_pipelines.runtime.session import mint
from sg_pipelines.sandbox.world.population import Making
from sg_pipelines.sandbox.world.records import baseline_records
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.sqlite import SqliteStore

CUSTOMERS, COMPANIES, PRODUCTS, ORDERS = 100_000, 20_000, 50_000, 300_000
DECIDING = ("gather", "link", "classify")


def main(share):
    with tempfile.TemporaryDirectory() as folder:
        clock = WallClock()
        lake = ParquetLake(Path(folder) / "lake", clock)
        plans = {plan.kind.name: plan for plan in kind_plans(load_client_file(CLIENT))}
        records = fill(lake, plans, clock, share)
        store = SqliteStore(Path(folder) / "store.sqlite")
        store.ensure(COLLECTIONS)
        accounts = {account: account for account in next(iter(plans.values())).policy.accounts}
        workspace = Workspace("bench", plans, accounts, lake, store, clock, mint)
        reports = {name: reconcile(workspace, plan) for name, plan in plans.items()}
        decided = sum(report.seconds[stage] for report in reports.values() for stage in DECIDING)
        committed = sum(report.seconds["commit"] for report in reports.values())
        bound = "bound 60 s, 3 GiB" if share == 1 else ""
        lines = [Line("link + merge + classify, from snapshots", f"{decided:.1f} s", bound)]
        for name, report in reports.items():
            parts = ", ".join(f"{stage} {report.seconds[stage]:.1f}" for stage in DECIDING)
            lines.append(
                Line(f"  {report.entities:,} {plans[name].kind.plural} of {records[name]:,} records", parts, "")
            )
        lines.append(Line("first store commit (apart)", f"{committed:.1f} s", ""))
        lines.append(Line("peak memory", f"{peak_gib():.2f} GiB", bound))
        show(f"{sum(records.values()):,} records of four kinds on three platforms", lines)
        store.close()


def fill(lake, plans, clock, share):
    """Records per kind, written straight into the lake."""
    people = round(CUSTOMERS * share)
    making = Making(
        people,
        SEED,
        kinds=tuple(KINDS),
        companies=round(COMPANIES * share),
        products=round(PRODUCTS * share),
        orders=round(ORDERS * share),
    )
    now_ms = round(clock.now().timestamp() * 1000)
    return {
        name: sum(
            write(lake, plan.kind, account, baseline_records(people, SEED, account, now_ms, name, making=making))
            for account in plan.policy.accounts
        )
        for name, plan in plans.items()
    }


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1)
