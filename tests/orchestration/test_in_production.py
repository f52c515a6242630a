"""The instance file that production uses: step logs reach the bucket; its limits are those of `make run`."""

from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.compute_log_manager import ComputeIOType
from dagster._serdes import ConfigurableClassData

from sg_pipelines.cli.dagster_home import INSTANCE

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "deploy" / "dagster.yaml"


def test_what_a_step_prints_reaches_the_bucket(storage, tmp_path, monkeypatch):
    monkeypatch.setenv("SG_LOG_BUCKET", "lakes")
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["compute_logs"]
    config = {**told["config"], "local_dir": str(tmp_path / "logs")}
    data = ConfigurableClassData(told["module"], told["class"], yaml.safe_dump(config))
    (tmp_path / "dagster").mkdir()
    with dg.DagsterInstance.local_temp(str(tmp_path / "dagster")) as instance:
        manager = data.rehydrate(as_type=object)
        manager.register_instance(instance)
        key = ["run", "compute_logs", "step"]
        with manager.open_log_stream(key, ComputeIOType.STDOUT) as stream:
            stream.write("eleven records came")
        found = {blob.name: blob.download_as_text() for blob in storage.list_blobs("lakes")}
        manager.dispose()
    assert [name for name in found if name.startswith("dagster/storage/run/compute_logs/step")]
    assert "eleven records came" in "".join(found.values())


def test_every_word_of_the_file_is_one_that_dagster_knows(tmp_path):
    """Loading it resolves nothing and connects to nothing."""
    (tmp_path / "dagster.yaml").write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    loaded = InstanceRef.from_dir(str(tmp_path))
    assert loaded.compute_logs_data.class_name == "GCSComputeLogManager"
    assert loaded.settings.keys() >= {"retention", "run_monitoring", "run_retries", "sensors", "schedules"}


def test_a_word_that_it_does_not_know_is_refused(tmp_path):
    (tmp_path / "dagster.yaml").write_text(f"{FILE.read_text(encoding='utf-8')}run_queues: {{}}\n", encoding="utf-8")
    with pytest.raises(dg.DagsterInvalidConfigError, match="run_queues"):
        InstanceRef.from_dir(str(tmp_path))


def test_production_keeps_the_limits_of_the_demonstration():
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert {name: told[name] for name in INSTANCE} == INSTANCE


def test_production_installs_what_was_tested_and_what_postgres_wants():
    ours, theirs = (pinned(path) for path in (ROOT / "requirements.lock", FILE.parent / "requirements.lock"))
    assert ours <= theirs
    assert {name for name, _ in theirs - ours} == {"dagster-postgres", "psycopg2-binary"}


def pinned(path):
    """Name and version of every package of a lock file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {tuple(line.split()[0].split("==")) for line in lines if "==" in line and not line.startswith(" ")}
