"""Loads into BigQuery, as far as they can be held to anything without Google: the real client, over HTTP, against a server
that takes load jobs the way BigQuery documents them. What BigQuery itself makes of the files is not tested here."""

import socket

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.bigquery import Client

from sg_pipelines.errors import StorageFailed
from sg_pipelines.lake import warehouse
from sg_pipelines.lake.warehouse import load
from tests.bigquery import Jobs, serving


@pytest.fixture
def jobs():
    return Jobs()


@pytest.fixture
def bigquery(jobs):
    with serving(jobs) as url:
        client = Client(project="p", credentials=AnonymousCredentials(), client_options={"api_endpoint": url})
        yield client
        client.close()


def parquet(path, count):
    pq.write_table(pa.table({"entity": [f"E{number}" for number in range(count)]}), path)
    return path


def test_a_table_is_replaced_by_the_first_file_and_the_others_are_added(bigquery, jobs, tmp_path):
    files = [parquet(tmp_path / "a.parquet", 3), parquet(tmp_path / "b.parquet", 2)]
    assert load(bigquery, "p.master.customers", files) == 5
    assert [rows for _, rows in jobs.loads] == [3, 2]
    assert [config["writeDisposition"] for config, _ in jobs.loads] == ["WRITE_TRUNCATE", "WRITE_APPEND"]
    assert all(config["sourceFormat"] == "PARQUET" for config, _ in jobs.loads)
    assert jobs.loads[0][0]["destinationTable"] == {"projectId": "p", "datasetId": "master", "tableId": "customers"}


def test_a_refusal_names_the_table_and_what_to_do(bigquery, jobs, tmp_path):
    jobs.refuses = True
    with pytest.raises(StorageFailed, match=r"p\.master\.customers.*dataset exists"):
        load(bigquery, "p.master.customers", [parquet(tmp_path / "a.parquet", 1)])


def test_a_host_that_does_not_answer_is_told_apart_from_a_refusal(tmp_path, monkeypatch):
    monkeypatch.setattr(warehouse, "UPLOAD_RETRIES", 0)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        lost = Client(project="p", credentials=AnonymousCredentials(), client_options={"api_endpoint": url})
        with pytest.raises(StorageFailed, match=r"p\.master\.customers: BigQuery does not answer"):
            load(lost, "p.master.customers", [parquet(tmp_path / "a.parquet", 1)])
