"""Dagster's runs with files in a bucket, and what is wrong with Google's credentials in a sentence."""

import json

import pytest

from definitions import build_definitions
from resources.google import bigquery, connected, storage_client
from sg_pipelines.config.client_file import Warehouse
from sg_pipelines.errors import ConfigurationError
from sg_pipelines.runtime import google
from sg_pipelines.runtime.asking import ask_client


def test_a_pulse_keeps_its_files_in_the_bucket_and_another_machine_reads_them(
    make_home, instance, storage, tmp_path, monkeypatch
):
    make_home(people=40)
    monkeypatch.setenv("SG_LAKE", "gs://lakes/prod")
    monkeypatch.setenv("SG_GCP_PROJECT", "acme-data")
    assert build_definitions("demo").resolve_job_def("demo_full_pulse").execute_in_process(instance=instance).success
    folders = {"/".join(blob.name.split("/")[:3]) for blob in storage.list_blobs("lakes")}
    assert folders == {"prod/demo/lake", "prod/demo/datasets"}
    question = "select * from customers order by entity"
    answer = ask_client("demo", question)
    monkeypatch.setenv("SG_DATA", str(tmp_path / "another machine"))
    assert ask_client("demo", question) == answer
    assert len(answer) > 20


def in_warehouse():
    with connected(bigquery(Warehouse(bigquery="acme-data.master"))):
        pass


@pytest.fixture
def no_machine(monkeypatch, tmp_path):
    """A machine that is nobody's at Google."""
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "STORAGE_EMULATOR_HOST", "SG_GCP_PROJECT", "GOOGLE_CLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    monkeypatch.setenv("NO_GCE_CHECK", "true")


@pytest.mark.parametrize("ask", [google.storage_client, storage_client, in_warehouse])
def test_missing_credentials_are_a_sentence(no_machine, ask):
    with pytest.raises(ConfigurationError, match=r"no Google credentials here that can be used\. Run `gcloud auth"):
        ask()


@pytest.mark.parametrize("ask", [google.storage_client, storage_client])
def test_a_login_that_names_no_project_is_enough_for_a_bucket(no_machine, ask, tmp_path, monkeypatch):
    login = {"type": "authorized_user", "client_id": "x", "client_secret": "y", "refresh_token": "z"}
    (tmp_path / "login.json").write_text(json.dumps(login), encoding="utf-8")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "login.json"))
    assert ask().project is None
    monkeypatch.setenv("SG_GCP_PROJECT", "acme-data")
    assert ask().project == "acme-data"


def test_a_project_without_a_bucket_asks_nothing_of_google(make_home, no_machine, monkeypatch, instance):
    make_home(people=40)
    monkeypatch.setenv("SG_GCP_PROJECT", "acme-data")
    assert build_definitions("demo").resolve_job_def("demo_full_pulse").execute_in_process(instance=instance).success
