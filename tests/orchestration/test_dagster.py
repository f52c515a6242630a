"""The shell around the rooms: what Dagster shows, run for real."""

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from definitions import build_definitions
from sg_pipelines.runtime.main_job import let_people_work
from sg_pipelines.runtime.session import open_session

ROOT = Path(__file__).resolve().parents[2]


def run(job, instance):
    result = build_definitions("demo").resolve_job_def(job).execute_in_process(instance=instance)
    assert result.success
    return result


def checks_of(result):
    return {e.check_name: e for e in result.get_asset_check_evaluations()}


def test_a_full_pulse_materialises_everything_and_its_checks_classify(make_home, each_store, instance):
    make_home(people=200)
    baseline = run("demo_full_pulse", instance)
    assert all(check.passed for check in baseline.get_asset_check_evaluations())
    with open_session("demo") as session:
        assert let_people_work(session, lambda told: None)
    result = run("demo_incremental_pulse", instance)
    keys = {event.asset_key.to_user_string() for event in result.get_asset_materialization_events()}
    plurals = ("companies", "customers", "products", "orders")
    assert keys == {
        f"demo/{asset}/{plural}"
        for plural in plurals
        for asset in (
            "snapshots/hubspot",
            "snapshots/shopify",
            "snapshots/netsuite",
            "master",
            "discrepancies",
            "datasets",
        )
    }
    for event in result.get_asset_materialization_events():
        if event.asset_key.path[1] in ("snapshots", "master", "datasets"):
            rows = event.materialization.metadata["preview"].records
            assert 0 < len(rows) <= 10
            assert "@" not in str(rows)
    checks = checks_of(result)
    assert checks["snapshot_is_complete"].passed
    assert checks["nothing_quarantined"].passed
    missing = checks["every_expected_representation_exists"]
    assert not missing.passed
    assert missing.metadata["count"].value > 0
    assert missing.severity is dg.AssetCheckSeverity.ERROR
    assert "soft_drift_within_budget" in checks
    assert "no_hard_conflicts" in checks


def test_checks_show_examples_without_personal_values(make_home, instance):
    make_home(people=200, start="mess")
    result = run("demo_full_pulse", instance)
    drift = checks_of(result)["soft_drift_within_budget"]
    examples = [record.data for record in drift.metadata["examples"].records]
    assert examples
    emails = [row for row in examples if row["subject"] == "email"]
    assert all("example.com" not in row["values"] for row in emails)
    assert all("***" in row["values"] for row in examples if row["subject"] in ("email", "phone", "name", "address"))


def test_every_asset_can_be_read_by_an_operator():
    for spec in build_definitions("demo").resolve_all_asset_specs():
        assert spec.key.path[0] == "demo"
        assert spec.description
        assert spec.owners
        assert spec.group_name in ("snapshots", "master", "discrepancies", "datasets")
        assert spec.kinds
        assert spec.code_version
        assert spec.freshness_policy is not None


def test_there_is_a_pulse_per_platform_and_each_runs_by_itself():
    definitions = build_definitions("demo")
    jobs = {"demo_full_pulse", *(f"demo_incremental_pulse_{a}" for a in ("hubspot", "shopify", "netsuite"))}
    assert {schedule.job_name for schedule in definitions.schedules} == jobs
    assert all(s.default_status is dg.DefaultScheduleStatus.RUNNING for s in definitions.schedules)


def test_the_workspace_loads_from_any_folder(tmp_path):
    command = [sys.executable, "-m", "dagster", "definitions", "validate", "-w", str(ROOT / "workspace.yaml")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]


def columns_of_every_asset():
    return {
        spec.key: {column.name: column for column in spec.metadata["dagster/column_schema"].columns}
        for spec in build_definitions("demo").resolve_all_asset_specs()
    }


def test_every_column_of_a_dataset_says_what_it_is():
    datasets = {key: columns for key, columns in columns_of_every_asset().items() if key.path[1] == "datasets"}
    assert len(datasets) == 4
    assert all(column.description for columns in datasets.values() for column in columns.values())


def test_lineage_leads_from_columns_that_are_there_to_columns_that_are_there(make_home, instance):
    make_home(people=60)
    known = columns_of_every_asset()
    told = {
        event.asset_key: event.materialization.metadata["dagster/column_lineage"].value.deps_by_column
        for event in run("demo_full_pulse", instance).get_asset_materialization_events()
        if event.asset_key.path[1] in ("master", "datasets")
    }
    assert len(told) == 8
    for asset, columns in told.items():
        assert columns.keys() <= known[asset].keys()
        assert all(dep.column_name in known[dep.asset_key] for deps in columns.values() for dep in deps)
    spent = told[dg.AssetKey(["demo", "datasets", "customers"])]["total_spent"]
    assert {dep.asset_key.to_user_string() for dep in spent} == {"demo/master/orders"}


def snapshot_by(config, instance):
    """What becomes of one snapshot that is asked for so."""
    definitions = build_definitions("demo")
    ops = {"ops": {"demo__snapshots__hubspot__customers": {"config": config}}}
    return definitions.resolve_implicit_global_asset_job_def().execute_in_process(
        instance=instance,
        run_config=ops,
        asset_selection=[dg.AssetKey(["demo", "snapshots", "hubspot", "customers"])],
        raise_on_error=False,
    )


def test_a_snapshot_is_asked_for_in_one_of_the_ways_there_are(make_home, instance):
    make_home(people=40)
    with pytest.raises(dg.DagsterInvalidConfigError, match="mode not in enum type PullMode"):
        snapshot_by({"mode": "ful"}, instance)
    for config in ({"mode": "BY_IDS"}, {"record_ids": ["101"]}):
        assert not snapshot_by(config, instance).success
    assert snapshot_by({"mode": "FULL"}, instance).success
    one = snapshot_by({"mode": "BY_IDS", "record_ids": ["101"]}, instance)
    (event,) = one.get_asset_materialization_events()
    assert event.materialization.metadata["records read"].value == 1
