"""The Dagster instance of one client: its folder, its settings, and the workspace that names our code server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

INSTANCE: dict[str, Any] = {
    "telemetry": {"enabled": False},
    "nux": {"enabled": False},
    "run_queue": {"dequeue_interval_seconds": 1},
    "concurrency": {
        "pools": {"granularity": "op", "default_limit": 1},
        "runs": {
            "max_concurrent_runs": 4,
            "tag_concurrency_limits": [{"key": "client", "value": {"applyLimitPerUniqueValue": True}, "limit": 2}],
        },
    },
    "sensors": {"use_threads": True, "num_workers": 4, "num_submit_workers": 4},
    "schedules": {"use_threads": True, "num_workers": 2},
    "retention": {"sensor": {"purge_after_days": {"skipped": 1, "success": 14, "failure": 30}}},
    "run_monitoring": {"enabled": True},
    "run_retries": {"enabled": True, "max_retries": 1, "retry_on_asset_or_op_failure": False},
}


def make_instance(folder: Path) -> Path:
    """DAGSTER_HOME with our settings; one operation per pool at a time, so a client's master has one writer."""
    home = folder / "dagster"
    home.mkdir(parents=True, exist_ok=True)
    (home / "dagster.yaml").write_text(yaml.safe_dump(INSTANCE, sort_keys=False), encoding="utf-8")
    return home


def make_workspace(folder: Path, client: str, port: int) -> Path:
    """A workspace file that points at the code server."""
    path = folder / "dagster" / "workspace.yaml"
    server = {"host": "127.0.0.1", "port": port, "location_name": client}
    path.write_text(yaml.safe_dump({"load_from": [{"grpc_server": server}]}), encoding="utf-8")
    return path
