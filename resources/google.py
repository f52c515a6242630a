"""Google's side of the resources: credentials and clients by dagster-gcp. No logic."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from dagster_gcp import BigQueryResource, GCSResource

from sg_pipelines.config.client_file import Warehouse
from sg_pipelines.runtime.google import project, signed_in


def storage_client() -> Any:
    """A storage client for the lake. ConfigurationError without credentials."""
    with signed_in("SG_LAKE"):
        return GCSResource(project=project()).get_client()


def bigquery(warehouse: Warehouse) -> BigQueryResource:
    """BigQuery in the warehouse's project and location."""
    return BigQueryResource(project=warehouse.bigquery.partition(".")[0], location=warehouse.location)


@contextmanager
def connected(resource: BigQueryResource) -> Iterator[Any]:
    """Its client. ConfigurationError without credentials."""
    with ExitStack() as stack:
        with signed_in("BigQuery"):
            client = stack.enter_context(resource.get_client())
        yield client
