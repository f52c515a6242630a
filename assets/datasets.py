"""Published datasets: typed Parquet that data staff query with `sg query` or pandas."""

from typing import Any

import dagster as dg

from assets.columns import dataset_schema, table_metadata
from assets.lineage import dataset_lineage
from assets.names import OWNERS, dataset_key, discrepancies_key, master_key
from resources.client import ClientResource
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.operations.derived import ORDERED


def dataset_asset(file: ClientFile, plan: KindPlan, plans: tuple[KindPlan, ...]) -> dg.AssetsDefinition:
    """The dataset of one kind: a row per entity with ids per platform, provenance and discrepancy flags. What a customer
    or a company ordered is counted from the master of orders."""
    plural = plan.kind.plural
    counted = [one.kind.plural for one in plans if one.kind.name == ORDER.name and plan.kind.name in ORDERED]
    lineage = dataset_lineage(file.client, plan, keeps_orders=bool(counted))

    @dg.asset(
        key=dataset_key(file.client, plural),
        deps=[
            discrepancies_key(file.client, plural),
            *(master_key(file.client, name) for name in (plural, *counted)),
        ],
        group_name="datasets",
        kinds={"parquet", "duckdb"},
        owners=OWNERS,
        tags={"client": file.client},
        description="A row per entity: ids per platform, values, provenance, last verified, open discrepancies.",
        code_version="1",
        metadata={"dagster/column_schema": dataset_schema(plan)},
        pool=f"{file.client}_publish",
        freshness_policy=dg.FreshnessPolicy.time_window(
            warn_window=file.freshness.warn_after, fail_window=file.freshness.fail_after
        ),
    )
    def dataset(client: ClientResource) -> dg.MaterializeResult[Any]:
        with client.session() as session:
            published, preview = session.publish(plan.kind), session.preview_dataset(plan.kind)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": published.rows[plural],
                "dagster/column_lineage": lineage,
                "preview": table_metadata(preview),
                "path": dg.MetadataValue.path(str(published.folder)),
                "tables": table_metadata([{"table": name, "rows": rows} for name, rows in published.rows.items()]),
            }
        )

    return dataset
