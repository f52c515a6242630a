"""Loads into BigQuery, as far as they can be held to anything without Google: the real client, over HTTP, against a server
that takes load jobs the way BigQuery documents them. What BigQuery itself makes of the files is not tested here."""

import io
import json
import socket
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import uvicorn
from google.auth.credentials import AnonymousCredentials
from google.cloud.bigquery import Client
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from sg_pipelines.errors import StorageFailed
from sg_pipelines.lake.warehouse import load


class Jobs:
    """Load jobs as they arrived: configuration and file, both upload protocols."""

    def __init__(self):
        self.loads, self.waiting, self.refuses = [], {}, False

    def app(self):
        upload = "/upload/bigquery/v2/projects/{project}/jobs"
        return Starlette(
            routes=[
                Route(upload, self.start, methods=["POST"]),
                Route(upload, self.put, methods=["PUT"]),
                Route("/bigquery/v2/projects/{project}/jobs/{job}", self.read, methods=["GET"]),
            ]
        )

    async def start(self, request):
        if self.refuses:
            return JSONResponse({"error": {"code": 403, "message": "no", "errors": [{"reason": "accessDenied"}]}}, 403)
        body = await request.body()
        if request.query_params["uploadType"] == "resumable":
            config = json.loads(body)
            self.waiting["1"] = config
            return JSONResponse({}, headers={"location": f"{request.url}&upload_id=1"})
        boundary = request.headers["content-type"].split("boundary=")[1].strip('"').encode()
        _, first, second, _ = body.split(b"--" + boundary)
        return self.done(
            json.loads(first.split(b"\r\n\r\n", 1)[1]),
            second.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n").removesuffix(b"\n"),
        )

    async def put(self, request):
        return self.done(self.waiting.pop(request.query_params["upload_id"]), await request.body())

    def done(self, config, content):
        rows = pq.read_table(io.BytesIO(content)).num_rows
        job = {
            **config,
            "id": "p:US.j",
            "jobReference": {"projectId": "p", "jobId": f"j{len(self.loads)}", "location": "US"},
            "status": {"state": "DONE"},
            "statistics": {"load": {"outputRows": str(rows)}},
        }
        self.loads.append((config["configuration"]["load"], rows))
        self.last = job
        return JSONResponse(job)

    async def read(self, request):
        return JSONResponse(self.last)


@pytest.fixture
def jobs():
    return Jobs()


@pytest.fixture
def bigquery(jobs):
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(jobs.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    client = Client(project="p", credentials=AnonymousCredentials(), client_options={"api_endpoint": url})
    yield client
    client.close()
    server.should_exit = True
    thread.join()
    listener.close()


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
