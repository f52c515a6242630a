"""From which columns of which assets each column follows."""

from collections.abc import Iterable, Sequence

import dagster as dg

from assets.names import discrepancies_key, master_key, snapshot_key
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.derived import COUNTED_FROM, ORDERED
from sg_pipelines.operations.master_columns import FLAGS, value_columns


def master_lineage(client: str, plan: KindPlan) -> dg.TableColumnLineage:
    """A field of an entity follows from what every account says in the columns of that field."""
    return dg.TableColumnLineage(
        {
            field.name: [
                dg.TableColumnDep(snapshot_key(client, account, plan.kind.plural), column)
                for account in plan.policy.accounts
                for column in field.column_names
            ]
            for field in plan.kind.fields
        }
    )


def dataset_lineage(client: str, plan: KindPlan, *, keeps_orders: bool) -> dg.TableColumnLineage:
    """Values and their sources follow from the master, flags from its discrepancies, what somebody ordered from the master of
    orders."""
    master, plural = master_key(client, plan.kind.plural), plan.kind.plural
    columns: dict[str, Sequence[dg.TableColumnDep]] = {
        column: _deps(master, [field.name])
        for field in plan.kind.fields
        for column in (*value_columns(field), f"{field.name}_source")
    }
    columns |= {flag: _deps(discrepancies_key(client, plural), ["class"]) for flag in FLAGS}
    if keeps_orders:
        columns |= {name: _counted(client, plan.kind) for name in ORDERED.get(plan.kind.name, ())}
    return dg.TableColumnLineage(columns)


def _counted(client: str, kind: Kind) -> list[dg.TableColumnDep]:
    return _deps(master_key(client, ORDER.plural), [kind.name, *COUNTED_FROM])


def _deps(asset: dg.AssetKey, columns: Iterable[str]) -> list[dg.TableColumnDep]:
    return [dg.TableColumnDep(asset, column) for column in columns]
