"""The master and its discrepancies: linked, merged and classified in one step, so that both speak of one moment."""

import dagster as dg

from assets.checks import amounts_check, classification, has_amounts, master_checks
from assets.columns import discrepancies_schema, master_schema, table_metadata
from assets.lineage import master_lineage
from assets.names import OWNERS, discrepancies_key, master_key, op_name, snapshot_key, store_kind
from resources.client import ClientResource
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.policies import KindPlan
from sg_pipelines.operations.neighbourhood import named_kinds


def master_assets(file: ClientFile, plan: KindPlan, plans: tuple[KindPlan, ...]) -> dg.AssetsDefinition:
    """`master/<kind>` and `discrepancies/<kind>` of one client. A kind follows the kinds it refers to."""
    plural = plan.kind.plural
    master, discrepancies = master_key(file.client, plural), discrepancies_key(file.client, plural)
    deps = [snapshot_key(file.client, account, plural) for account in plan.policy.accounts]
    deps += [master_key(file.client, other.kind.plural) for other in plans if other.kind.name in named_kinds(plan.kind)]
    tags = {"client": file.client}
    lineage = master_lineage(file.client, plan)
    freshness = dg.FreshnessPolicy.time_window(
        warn_window=file.freshness.warn_after, fail_window=file.freshness.fail_after
    )

    @dg.multi_asset(
        name=op_name(file.client, "reconcile", plural),
        specs=[
            dg.AssetSpec(
                master,
                deps=deps,
                group_name="master",
                kinds={"master", store_kind()},
                owners=OWNERS,
                tags=tags,
                description=f"One golden record per {plan.kind.name}, with links, provenance and bases per field.",
                metadata={"dagster/column_schema": master_schema(plan.kind)},
                code_version="1",
                freshness_policy=freshness,
            ),
            dg.AssetSpec(
                discrepancies,
                deps=[master],
                group_name="discrepancies",
                kinds={store_kind()},
                owners=OWNERS,
                tags=tags,
                description="Soft drift, hard conflicts and missing representations, opened, re-seen and closed.",
                metadata={"dagster/column_schema": discrepancies_schema()},
                code_version="1",
                freshness_policy=freshness,
            ),
        ],
        check_specs=master_checks(master, plan.kind),
        pool=f"{file.client}_reconcile",
    )
    def reconcile_kind(client: ClientResource):  # type: ignore[no-untyped-def]  # Dagster takes none for five outputs
        with client.session() as session:
            report = session.reconcile(plan.kind)
            classes, preview = session.classes(plan.kind), session.preview_master(plan.kind)
        checks = list(classification(master, report, classes))
        if has_amounts(plan.kind):
            checks.append(amounts_check(master, report, classes))
        return (
            dg.MaterializeResult(
                asset_key=master,
                metadata={**report.numbers(), **classes.counts}
                | {"dagster/column_lineage": lineage, "preview": table_metadata(preview)},
                check_results=checks,
            ),
            dg.MaterializeResult(
                asset_key=discrepancies,
                metadata={**classes.counts, "opened": report.opened, "closed": report.closed}
                | {"by class and subject": table_metadata(classes.rows())},
            ),
        )

    return reconcile_kind
