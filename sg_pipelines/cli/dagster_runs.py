"""Launch a job in the running Dagster and wait for it, through the webserver's GraphQL API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from sg_pipelines.errors import PlatformRefused, Unavailable

_LAUNCH = """
mutation Launch($location: String!, $job: String!, $config: RunConfigData!) {
  launchRun(executionParams: {
    selector: {repositoryLocationName: $location, repositoryName: "__repository__", jobName: $job}
    runConfigData: $config
  }) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on Error { message }
    ... on RunConfigValidationInvalid { errors { message } }
  }
}
"""
_STATUS = "query Status($run: ID!) { runOrError(runId: $run) { ... on Run { status } } }"
_LOCATIONS = "{ repositoriesOrError { ... on RepositoryConnection { nodes { location { name } } } } }"
FINISHED = frozenset({"SUCCESS", "FAILURE", "CANCELED"})


class DagsterRuns:
    """Runs of one code location."""

    def __init__(self, url: str, location: str) -> None:
        self._url = url
        self._location = location

    def is_ready(self) -> bool:
        """True when the webserver answers and has loaded the location."""
        try:
            nodes = self._ask(_LOCATIONS, {})["repositoriesOrError"].get("nodes", ())
        except (Unavailable, KeyError):
            return False
        return any(node["location"]["name"] == self._location for node in nodes)

    def launch(self, job: str, config: Mapping[str, Any]) -> str:
        """Start a job; returns the run id. PlatformRefused says what Dagster did not like."""
        answer = self._ask(_LAUNCH, {"location": self._location, "job": job, "config": config})["launchRun"]
        if answer["__typename"] != "LaunchRunSuccess":
            said = answer.get("message") or "; ".join(error["message"] for error in answer.get("errors", ()))
            raise PlatformRefused(f"Dagster did not start {job}: {said or answer['__typename']}", where=self._url)
        return str(answer["run"]["runId"])

    def status(self, run: str) -> str:
        """QUEUED, STARTED, SUCCESS, FAILURE, ..."""
        return str(self._ask(_STATUS, {"run": run})["runOrError"].get("status", "NOT_FOUND"))

    def _ask(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        try:
            answer = httpx.post(self._url, json={"query": query, "variables": dict(variables)}, timeout=60)
            body = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable("the Dagster webserver does not answer", where=self._url) from error
        if "errors" in body:
            raise PlatformRefused(f"Dagster refused: {body['errors'][0]['message']}", where=self._url)
        data: dict[str, Any] = body["data"]
        return data
