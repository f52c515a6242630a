"""A pulse of a client with a warehouse loads what it published, through dagster-gcp's resource."""

import json

import dagster as dg
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from definitions import build_definitions
from sg_pipelines.runtime.asking import ask_client
from tests.bigquery import Jobs, serving

TABLES = ("discrepancies", "findings", "links", "annotations")


@pytest.fixture
def jobs(tmp_path, monkeypatch):
    """Load jobs of a service account that signs in beside them."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    taken = Jobs()
    with serving(taken) as url:
        said = {"type": "service_account", "client_email": "loader@p", "private_key": pem, "token_uri": f"{url}/token"}
        (tmp_path / "account.json").write_text(json.dumps(said), encoding="utf-8")
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "account.json"))
        monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", url)
        yield taken


def name_warehouse(home):
    path = home.client_file("demo")
    told = path.read_text(encoding="utf-8") + "\nwarehouse: {bigquery: our-project.master, location: EU}\n"
    path.write_text(told, encoding="utf-8")


def test_every_table_of_a_kind_is_loaded_as_it_was_published(make_home, instance, jobs):
    home = make_home(people=40, seed=3)
    name_warehouse(home)
    definitions = build_definitions("demo")
    result = definitions.resolve_job_def("demo_full_pulse").execute_in_process(instance=instance)
    assert result.success
    loaded = {config["destinationTable"]["tableId"]: rows for config, rows in jobs.loads}
    for plural in ("companies", "customers", "products", "orders"):
        (event,) = result.asset_materializations_for_node(f"demo__warehouse__{plural}")
        told = {row.data["table"]: row.data["rows"] for row in event.metadata["tables"].value.records}
        assert told.keys() == {plural, *(f"{plural}_{name}" for name in TABLES)}
        assert told == {name: loaded.get(name, 0) for name in told}
        (published,) = ask_client("demo", f"select count(*) as n from {plural}").to_pylist()
        assert event.metadata["dagster/row_count"].value == loaded[plural] == published["n"] > 0


def test_an_operator_reads_of_it_what_it_holds_and_how_fresh_it_is(make_home):
    home = make_home()
    name_warehouse(home)
    specs = {spec.key: spec for spec in build_definitions("demo").resolve_all_asset_specs()}
    for plural in ("companies", "customers", "products", "orders"):
        spec, dataset = (specs[dg.AssetKey(["demo", folder, plural])] for folder in ("warehouse", "datasets"))
        assert spec.metadata["dagster/column_schema"] == dataset.metadata["dagster/column_schema"]
        assert spec.freshness_policy == dataset.freshness_policy is not None
