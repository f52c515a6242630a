"""When pulses run: the crons of the client file."""

from __future__ import annotations

from typing import Any

import dagster as dg


def schedule(job: Any, cron: str) -> dg.ScheduleDefinition:
    """Run this job by this cron, UTC; on by default."""
    return dg.ScheduleDefinition(
        name=f"{job.name}_schedule",
        job=job,
        cron_schedule=cron,
        execution_timezone="UTC",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
