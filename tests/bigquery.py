"""A server that takes BigQuery's load jobs the way it documents them."""

import io
import json
import socket
import threading
from contextlib import contextmanager

import pyarrow.parquet as pq
import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


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
                Route("/token", self.sign_in, methods=["POST"]),
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

    async def sign_in(self, request):
        return JSONResponse({"access_token": "given", "token_type": "Bearer", "expires_in": 3600})

    async def read(self, request):
        return JSONResponse(self.last)


@contextmanager
def serving(jobs):
    """Where the server is, until the block ends."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(jobs.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()
