"""Published datasets: typed Parquet that data staff query with `sg query` or pandas."""

from typing import Any

import dagster as dg

from assets.columns import table_metadata
from assets.names import OWNERS, dataset_key, discrepancies_key, master_key
from resources.client import ClientResource
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.policies import KindPlan


def dataset_asset(file: ClientFile, plan: KindPlan) -> dg.AssetsDefinition:
    """The dataset of one kind: a row per entity with ids per platform, provenance and discrepancy flags."""
    plural = plan.kind.plural

    @dg.asset(
        key=dataset_key(file.client, plural),
        deps=[master_key(file.client, plural), discrepancies_key(file.client, plural)],
        group_name="datasets",
        kinds={"parquet", "duckdb"},
        owners=OWNERS,
        tags={"client": file.client},
        description="A row per entity: ids per platform, values, provenance, last verified, open discrepancies.",
        code_version="1",
        freshness_policy=dg.FreshnessPolicy.time_window(
            warn_window=file.freshness.warn_after, fail_window=file.freshness.fail_after
        ),
    )
    def dataset(client: ClientResource) -> dg.MaterializeResult[Any]:
        with client.session() as session:
            published = session.publish(plan.kind)
        return dg.MaterializeResult(
            metadata={
                "dagster/row_count": published.rows[plural],
                "path": dg.MetadataValue.path(str(published.folder)),
                "tables": table_metadata([{"table": name, "rows": rows} for name, rows in published.rows.items()]),
            }
        )

    return dataset
