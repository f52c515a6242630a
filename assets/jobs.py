"""Jobs: the full and the incremental pulse of a client, and the incremental one of each account."""

from __future__ import annotations

from typing import Any

import dagster as dg

from assets.names import dataset_key, discrepancies_key, master_key, snapshot_key, warehouse_key
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.ports.platforms import PullMode


def _after_snapshots(file: ClientFile, plan: KindPlan) -> list[dg.AssetKey]:
    plural = plan.kind.plural
    keys = [key(file.client, plural) for key in (master_key, discrepancies_key, dataset_key)]
    return [*keys, warehouse_key(file.client, plural)] if file.warehouse else keys


def pulse_job(
    file: ClientFile, plans: tuple[KindPlan, ...], accounts: tuple[str, ...], name: str, mode: PullMode
) -> Any:
    """Snapshots of these accounts in this mode, and everything that follows from them."""
    keys: list[dg.AssetKey] = []
    ops: dict[str, Any] = {}
    for plan in plans:
        for account in accounts:
            if account in plan.policy.accounts:
                key = snapshot_key(file.client, account, plan.kind.plural)
                keys.append(key)
                ops["__".join(key.path)] = {"config": {"mode": mode.name}}
        keys += _after_snapshots(file, plan)
    return dg.define_asset_job(
        name,
        selection=dg.AssetSelection.assets(*keys),
        config={"ops": ops},
        tags={"client": file.client, "pulse": mode.value},
        executor_def=dg.in_process_executor,
        description=f"{mode.value.capitalize()} pulse of {', '.join(accounts)}, then master, discrepancies, datasets.",
    )
