"""A lake in a bucket: what one machine writes, another reads; nothing half-written, nothing forgotten locally matters."""

import shutil
import socket
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from google.api_core.exceptions import Forbidden
from google.auth.credentials import AnonymousCredentials
from google.cloud.storage import Blob, Client
from google.cloud.storage.retry import DEFAULT_RETRY

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.errors import ConfigurationError, StorageFailed
from sg_pipelines.lake import bucket
from sg_pipelines.lake.bucket import BucketFiles
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.ports.platforms import PullMode, PullReport
from sg_pipelines.runtime.clocks import WallClock
from sg_pipelines.runtime.places import places

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def machine(storage, tmp_path):
    """A function that gives the lake and datasets as a machine of that name sees them."""

    def at(name):
        mirror = BucketFiles(storage, "lakes", "acme", tmp_path / name)
        return ParquetLake(tmp_path / name / "lake", WallClock(), mirror), Datasets(tmp_path / name / "sets", mirror)

    return at


def write(lake, *ids):
    with lake.ingest("crm", CUSTOMER, mode=PullMode.FULL, started_at=NOON, mapping_version="1") as writer:
        writer.write([Record(one, RecordState.LIVE, NOON, {}, {"email": f"{one}@example.com"}) for one in ids])
        writer.commit(PullReport())


def beside_each(monkeypatch, call, work, *, after=False):
    """Do something before (after) each file is uploaded or downloaded; what that asks of the bucket itself is let through."""
    real, busy = getattr(Blob, call), []

    def also(self, *said, **more):
        if busy:
            return real(self, *said, **more)
        busy.append(self)
        steps = [lambda: work(self.name), lambda: real(self, *said, **more)]
        for step in reversed(steps) if after else steps:
            step()
        busy.clear()

    monkeypatch.setattr(Blob, call, also)


def data_files(folder):
    return sorted(path.name for path in folder.rglob("*.parquet"))


def ids(lake):
    return lake.latest("crm", CUSTOMER).column("record_id").to_pylist()


def test_what_one_machine_writes_another_reads(machine):
    (here, _), (there, _) = machine("one"), machine("two")
    write(here, "1", "2")
    assert ids(there) == ["1", "2"]
    write(there, "3")
    assert ids(here) == ["1", "2", "3"]


def test_folding_files_on_one_machine_loses_nothing_on_another_and_leaves_none_of_them_there(machine, tmp_path):
    (here, _), (there, _) = machine("one"), machine("two")
    for one in ("1", "2", "3"):
        write(here, one)
    assert ids(there) == ["1", "2", "3"]
    here.compact("crm", CUSTOMER)
    assert ids(there) == ["1", "2", "3"]
    assert len(there.manifests("crm", CUSTOMER)) == 3
    assert data_files(tmp_path / "two") == data_files(tmp_path / "one")
    assert len(data_files(tmp_path / "two")) == 1


def test_what_one_machine_withdraws_is_published_on_none(machine):
    (_, here), (_, there) = machine("one"), machine("two")
    here.publish("customers", "customer", pa.table({"entity": ["E1"]}))
    assert there.names() == ["customers"]
    here.withdraw("customer")
    assert (here.names(), there.names()) == ([], [])


def test_a_machine_that_lost_its_disk_reads_everything_again(machine, tmp_path):
    here, _ = machine("one")
    write(here, "1")
    shutil.rmtree(tmp_path / "one")
    assert ids(here) == ["1"]


def test_an_ingest_that_is_given_up_leaves_nothing_in_the_bucket(machine, storage):
    here, _ = machine("one")
    with here.ingest("crm", CUSTOMER, mode=PullMode.FULL, started_at=NOON, mapping_version="1") as writer:
        writer.write([Record("1", RecordState.LIVE, NOON, {}, {})])
    assert list(storage.list_blobs("lakes")) == []


def test_datasets_switch_for_everybody_at_once(machine):
    (_, here), (_, there) = machine("one"), machine("two")
    here.publish("customers", "customer", pa.table({"n": [1]}))
    assert there.read("customers").to_pylist() == [{"n": 1}]
    here.publish("customers", "customer", pa.table({"n": [2]}))
    assert there.read("customers").to_pylist() == [{"n": 2}]


def test_who_reads_while_an_ingest_is_uploaded_takes_nothing_of_it_away(machine, storage, tmp_path, monkeypatch):
    (here, _), (other, _) = machine("one"), machine("one")
    write(here, "1")
    seen = []
    beside_each(monkeypatch, "upload_from_filename", lambda name: seen.append(ids(other)))
    write(here, "2")
    assert seen == [["1"], ["1"]]
    assert ids(other) == ["1", "2"]
    there = sorted(blob.name.rpartition("/")[2] for blob in storage.list_blobs("lakes"))
    assert there == sorted(path.name for path in (tmp_path / "one").rglob("*.*"))


def test_who_reads_while_a_dataset_is_uploaded_reads_the_former_one_and_then_the_new_one(machine, monkeypatch):
    (_, here), (_, other) = machine("one"), machine("one")
    here.publish("customers", "customer", pa.table({"n": [1]}))
    seen = []
    beside_each(monkeypatch, "upload_from_filename", lambda name: seen.append(other.read("customers").to_pylist()))
    here.publish("customers", "customer", pa.table({"n": [2]}))
    assert seen == [[{"n": 1}], [{"n": 1}]]
    assert other.read("customers").to_pylist() == here.read("customers").to_pylist() == [{"n": 2}]


def test_two_who_read_at_once_on_one_machine_are_not_in_each_others_way(machine, monkeypatch):
    (_, here), (_, other) = machine("one"), machine("one")
    here.publish("customers", "customer", pa.table({"n": [1]}))
    seen = []
    beside_each(
        monkeypatch,
        "download_to_filename",
        lambda name: seen.append(other.read("customers").to_pylist()),
        after=True,
    )
    assert here.read("customers").to_pylist() == [{"n": 1}]
    assert seen == [[{"n": 1}]]


def test_files_that_are_folded_while_somebody_reads_are_read_as_the_one_they_became(machine, monkeypatch):
    (here, _), (there, _) = machine("one"), machine("two")
    for one in ("1", "2", "3"):
        write(here, one)
    beside_each(
        monkeypatch, "download_to_filename", lambda name: name.endswith(".parquet") and here.compact("crm", CUSTOMER)
    )
    assert ids(there) == ["1", "2", "3"]


def test_an_upload_that_fails_leaves_nothing_to_read_and_nothing_behind_on_the_machine(machine, tmp_path, monkeypatch):
    here, _ = machine("one")
    write(here, "1")

    def refuse(name):
        if name.endswith(".json"):
            raise Forbidden("no")

    beside_each(monkeypatch, "upload_from_filename", refuse)
    with pytest.raises(StorageFailed, match="the bucket cannot be used"):
        write(here, "2")
    assert ids(here) == ["1"]
    assert len(data_files(tmp_path)) == 1
    assert not list(tmp_path.rglob("*.tmp"))


def test_three_versions_of_a_part_stay_whichever_machines_published_them(machine, storage, tmp_path):
    (_, reader) = machine("reader")
    for number in range(5):
        machine(f"machine {number}")[1].publish("customers", "customer", pa.table({"n": [number]}))
        assert reader.read("customers").to_pylist() == [{"n": number}]
    assert len([blob for blob in storage.list_blobs("lakes") if blob.name.endswith(".parquet")]) == 3
    assert len(data_files(tmp_path / "reader")) == 3


def test_a_bucket_that_is_not_there_is_named(storage, tmp_path):
    lake = ParquetLake(tmp_path / "lake", WallClock(), BucketFiles(storage, "nowhere", "", tmp_path))
    with pytest.raises(StorageFailed, match="gs://nowhere"):
        ids(lake)


def test_a_host_that_does_not_answer_is_told_apart_from_a_bucket_that_may_not_be_used(storage, tmp_path, monkeypatch):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{nobody.getsockname()[1]}")
        lost = Client(project="test", credentials=AnonymousCredentials())
    monkeypatch.setattr(bucket, "RETRY", DEFAULT_RETRY.with_timeout(0.5))
    lake = ParquetLake(tmp_path / "lake", WallClock(), BucketFiles(lost, "lakes", "", tmp_path))
    with pytest.raises(StorageFailed, match=r"gs://lakes.*does not answer.*Check the network"):
        ids(lake)


def test_the_environment_says_where_a_clients_files_live(storage, tmp_path, monkeypatch):
    monkeypatch.setenv("SG_LAKE", "gs://lakes/prod")
    write(places("acme", tmp_path, storage=lambda: storage).lake(WallClock()), "1")
    assert all(blob.name.startswith("prod/acme/lake/crm/customer/") for blob in storage.list_blobs("lakes"))


@pytest.mark.parametrize(
    "place", ["s3://elsewhere", "gs://", "gs:///x", "gs://lakes//x", "gs://lakes/../x", "gs://la kes", "gs://lakes/x?y"]
)
def test_what_is_no_place_for_files_is_refused(tmp_path, monkeypatch, place):
    monkeypatch.setenv("SG_LAKE", place)
    with pytest.raises(ConfigurationError, match=r"is no place for a lake\. Write gs://bucket"):
        places("acme", tmp_path, storage=pytest.fail)


def test_a_lake_that_was_local_stays_as_it_was_when_a_bucket_is_named(storage, tmp_path, monkeypatch):
    write(places("acme", tmp_path).lake(WallClock()), "1", "2")
    monkeypatch.setenv("SG_LAKE", "gs://lakes/prod")
    assert places("acme", tmp_path, storage=lambda: storage).lake(WallClock()).manifests("crm", CUSTOMER) == []
    monkeypatch.delenv("SG_LAKE")
    assert ids(places("acme", tmp_path).lake(WallClock())) == ["1", "2"]
