"""From which columns of which assets each column follows."""

from collections.abc import Iterable, Sequence

import dagster as dg

from assets.names import dataset_key, discrepancies_key, master_key, snapshot_key
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.derived import COUNTED_FROM, ORDERED
from sg_pipelines.operations.master_columns import FLAGS, entity_schema, value_columns


def master_lineage(client: str, plan: KindPlan) -> dg.TableColumnLineage:
    """A field of an entity follows from what every account says in the columns of that field, and so does what platforms
    derive."""
    columns = {field.name: field.column_names for field in plan.kind.fields}
    columns |= {column.name: (column.name,) for column in plan.kind.read_only}
    return dg.TableColumnLineage({name: _said(client, plan, names) for name, names in columns.items()})


def dataset_lineage(client: str, plan: KindPlan, *, keeps_orders: bool) -> dg.TableColumnLineage:
    """Ids follow from the snapshots, values, their sources and their quality from the master, flags from its discrepancies,
    what somebody ordered from the master of orders."""
    master, plural, fields = master_key(client, plan.kind.plural), plan.kind.plural, plan.kind.fields
    columns: dict[str, Sequence[dg.TableColumnDep]] = {
        f"{account}_id": _deps(snapshot_key(client, account, plural), ["record_id"]) for account in plan.policy.accounts
    }
    columns |= {
        column: _deps(master, [field.name])
        for field in fields
        for column in (*value_columns(field), f"{field.name}_source")
    }
    columns |= {column.name: _deps(master, [column.name]) for column in plan.kind.read_only}
    columns["quality"] = _deps(master, [field.name for field in fields])
    columns |= {flag: _deps(discrepancies_key(client, plural), ["class"]) for flag in FLAGS}
    if keeps_orders:
        columns |= {name: _counted(client, plan.kind) for name in ORDERED.get(plan.kind.name, ())}
    return dg.TableColumnLineage(columns)


def warehouse_lineage(client: str, plan: KindPlan) -> dg.TableColumnLineage:
    """Every column is the dataset's."""
    dataset = dataset_key(client, plan.kind.plural)
    return dg.TableColumnLineage({name: _deps(dataset, [name]) for name in entity_schema(plan).names})


def _said(client: str, plan: KindPlan, columns: Sequence[str]) -> list[dg.TableColumnDep]:
    snapshots = (snapshot_key(client, account, plan.kind.plural) for account in plan.policy.accounts)
    return [dep for snapshot in snapshots for dep in _deps(snapshot, columns)]


def _counted(client: str, kind: Kind) -> list[dg.TableColumnDep]:
    return _deps(master_key(client, ORDER.plural), [kind.name, *COUNTED_FROM])


def _deps(asset: dg.AssetKey, columns: Iterable[str]) -> list[dg.TableColumnDep]:
    return [dg.TableColumnDep(asset, column) for column in columns]
