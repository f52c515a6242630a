"""One Dagster code location per client: `definitions.py` with the client's slug as attribute (see workspace.yaml)."""

from __future__ import annotations

import dagster as dg

from assets.datasets import dataset_asset
from assets.jobs import pulse_job
from assets.master import master_assets
from assets.snapshots import snapshot_asset
from assets.warehouse import warehouse_asset
from resources.client import ClientResource
from resources.google import bigquery
from sensors.schedules import schedule
from sg_pipelines.config.load import load_client_file
from sg_pipelines.config.policies import kind_plans
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.home import find_home


def build_definitions(client: str) -> dg.Definitions:
    """Everything Dagster knows of one client. Reads the client file only; opens no connection."""
    file = load_client_file(find_home().client_file(client))
    plans = kind_plans(file)
    accounts = tuple(file.accounts)
    snapshots = [snapshot_asset(file, plan, account) for plan in plans for account in plan.policy.accounts]
    full = pulse_job(file, plans, accounts, f"{client}_full_pulse", PullMode.FULL)
    incremental = pulse_job(file, plans, accounts, f"{client}_incremental_pulse", PullMode.INCREMENTAL)
    per_account = [
        pulse_job(file, plans, (account,), f"{client}_incremental_pulse_{account}", PullMode.INCREMENTAL)
        for account in accounts
    ]
    return dg.Definitions(
        assets=[
            *snapshots,
            *(master_assets(file, plan, plans) for plan in plans),
            *(dataset_asset(file, plan, plans) for plan in plans),
            *(warehouse_asset(file, plan, file.warehouse) for plan in plans if file.warehouse),
        ],
        jobs=[full, incremental, *per_account],
        schedules=[
            schedule(full, file.freshness.full),
            *(schedule(job, file.freshness.incremental) for job in per_account),
        ],
        resources={
            "client": ClientResource(client=client),
            **({"bigquery": bigquery(file.warehouse)} if file.warehouse else {}),
        },
        executor=dg.in_process_executor,
    )


def __getattr__(client: str) -> dg.Definitions:
    if client.startswith("_"):
        raise AttributeError(client)
    return build_definitions(client)
