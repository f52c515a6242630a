"""The one list of event names we log. An event carries counts, accounts and kinds; never a value of a record."""

from __future__ import annotations

import logging
from enum import StrEnum

logger = logging.getLogger("sg_pipelines")


class Event(StrEnum):
    """What can be read in the logs."""

    INGEST_COMMITTED = "ingest.committed"
    RECONCILE_COMMITTED = "reconcile.committed"
    DATASET_PUBLISHED = "dataset.published"


def log(event: Event, **numbers: object) -> None:
    """One line per event: `event.name key=value ...`."""
    logger.info("%s %s", event.value, " ".join(f"{key}={value}" for key, value in numbers.items()))
