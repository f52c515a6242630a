"""The datasets in BigQuery, for clients whose file names a warehouse."""

from typing import Any

import dagster as dg
from dagster_gcp import BigQueryResource

from assets.columns import dataset_schema, table_metadata
from assets.lineage import warehouse_lineage
from assets.names import OWNERS, dataset_key, warehouse_key
from resources.client import ClientResource
from resources.google import connected
from sg_pipelines.config.client_file import ClientFile, Warehouse
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.lake.warehouse import load

BESIDE = ("discrepancies", "findings", "links", "annotations")


def warehouse_asset(file: ClientFile, plan: KindPlan, warehouse: Warehouse) -> dg.AssetsDefinition:
    """One kind's tables in BigQuery: the master, and beside it what differs, what was found and how records hang together."""
    plural, lineage = plan.kind.plural, warehouse_lineage(file.client, plan)

    @dg.asset(
        key=warehouse_key(file.client, plural),
        deps=[dataset_key(file.client, plural)],
        group_name="warehouse",
        kinds={"bigquery"},
        owners=OWNERS,
        tags={"client": file.client},
        description=f"{plural.capitalize()} in {warehouse.bigquery}, replaced whole by each load.",
        code_version="1",
        metadata={"dagster/column_schema": dataset_schema(plan)},
        pool=f"{file.client}_publish",
        freshness_policy=dg.FreshnessPolicy.time_window(
            warn_window=file.freshness.warn_after, fail_window=file.freshness.fail_after
        ),
    )
    def in_warehouse(client: ClientResource, bigquery: BigQueryResource) -> dg.MaterializeResult[Any]:
        rows = {}
        with client.session() as session, connected(bigquery) as connection:
            files = session.published_files(plan.kind, BESIDE)
            for name, paths in files.items():
                rows[name] = load(connection, f"{warehouse.bigquery}.{name}", paths)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": rows[plural],
                "dagster/column_lineage": lineage,
                "tables": table_metadata([{"table": name, "rows": count} for name, count in rows.items()]),
            }
        )

    return in_warehouse
