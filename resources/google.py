"""Google's side of the resources: credentials and clients by dagster-gcp. No logic."""

from __future__ import annotations

import os
from typing import Any

from dagster_gcp import BigQueryResource, GCSResource

from sg_pipelines.config.client_file import Warehouse

PROJECT = "SG_GCP_PROJECT"


def storage_client() -> Any:
    """A storage client of the project that `SG_GCP_PROJECT` names; None where none is named."""
    project = os.environ.get(PROJECT)
    return GCSResource(project=project).get_client() if project else None


def bigquery(warehouse: Warehouse) -> BigQueryResource:
    """BigQuery in the warehouse's project and location."""
    return BigQueryResource(project=warehouse.bigquery.partition(".")[0], location=warehouse.location)
