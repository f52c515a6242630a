"""A custom field that becomes a set, or a set that becomes a text: snapshots of before are read with the new type."""

from datetime import timedelta

import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.kinds import Comparator, Dimension, Field
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.lake import few_rows, holders
from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.ports.platforms import PullMode, PullReport
from tests.contract.lake.ticking import START, Ticking

OWN, PLAIN = "custom_own", "custom_plain"


def as_(comparator):
    """Customers with a field of their own of that type, and one that stays as it is."""
    fields = (Field(OWN, comparator, Dimension.CONTENT), Field(PLAIN, Comparator.TEXT, Dimension.CONTENT))
    return CUSTOMER.with_fields(fields)


TEXT, SET = as_(Comparator.TEXT), as_(Comparator.SET)
TEXTS = {"1": "gold", "2": None, "3": "it's; old"}
SETS = {"1": ["gold", "silver"], "2": None, "3": []}
AS_SETS = {"1": ["gold"], "2": None, "3": ["it's; old"]}
AS_TEXTS = {"1": "gold;silver", "2": None, "3": None}
BOTH_WAYS = [(TEXT, TEXTS, SET, AS_SETS, ["new", "b"]), (SET, SETS, TEXT, AS_TEXTS, "new")]


@pytest.fixture(params=["in large files", "in few rows"])
def lake(request, tmp_path, monkeypatch):
    if request.param == "in large files":
        monkeypatch.setattr(few_rows, "SMALL", 0)
    return ParquetLake(tmp_path / "it's here", Ticking())


def write(lake, kind, said, minute):
    modified = START + timedelta(minutes=minute)
    records = [
        Record(one, RecordState.LIVE, modified, {"said": str(own)}, {OWN: own, PLAIN: f"p{one}"})
        for one, own in said.items()
    ]
    with lake.ingest("crm", kind, mode=PullMode.FULL, started_at=lake._clock.now(), mapping_version="1") as writer:
        writer.write(records)
        writer.commit(PullReport())
    return lake._clock.now()


def own(table):
    assert table.column(PLAIN).to_pylist() == [f"p{one}" for one in table.column("record_id").to_pylist()]
    return dict(zip(table.column("record_id").to_pylist(), table.column(OWN).to_pylist(), strict=True))


@pytest.mark.parametrize(("before", "said", "after", "read", "new"), BOTH_WAYS, ids=["to a set", "to a text"])
def test_what_was_said_before_is_read_with_the_new_type(lake, before, said, after, read, new):
    then = write(lake, before, said, 1)
    assert own(lake.latest("crm", after)) == read
    write(lake, after, {"1": new, "4": None}, 2)
    now = {**read, "1": new, "4": None}
    assert own(lake.latest("crm", after)) == now
    assert own(lake.latest("crm", after, record_ids=["1", "3"])) == {one: now[one] for one in ("1", "3")}
    assert own(lake.as_of("crm", after, then)) == read
    lake.compact("crm", after)
    assert own(lake.latest("crm", after)) == now
    assert own(lake.as_of("crm", after, then)) == read


def test_a_few_records_are_looked_for_in_large_files_of_either_type(lake, monkeypatch):
    monkeypatch.setattr(holders, "LARGE", 0)
    write(lake, TEXT, {"1": "gold", "2": "gold"}, 1)
    write(lake, SET, {"2": ["a", "b"], "3": ["c"]}, 2)
    assert own(lake.latest("crm", SET, record_ids=["1", "2"])) == {"1": ["gold"], "2": ["a", "b"]}
    assert own(lake.latest("crm", TEXT, record_ids=["1", "2"])) == {"1": "gold", "2": "a;b"}


def test_a_type_that_changes_back_is_read_all_the_same(lake):
    write(lake, TEXT, {"1": "gold", "2": "gold"}, 1)
    write(lake, SET, {"2": ["a", "b"]}, 2)
    lake.compact("crm", SET)
    write(lake, TEXT, {"3": "c"}, 3)
    assert own(lake.latest("crm", TEXT)) == {"1": "gold", "2": "a;b", "3": "c"}


def test_a_field_that_is_left_out_and_comes_back_as_a_set_is_read_with_its_new_type(lake):
    write(lake, TEXT, {"1": "gold", "2": "gold"}, 1)
    write(lake, SET, {"2": ["a", "b"]}, 2)
    lake.compact("crm", CUSTOMER)
    write(lake, SET, {"3": ["c"]}, 3)
    assert own(lake.latest("crm", SET)) == {"1": ["gold"], "2": ["a", "b"], "3": ["c"]}
