"""What the doctor says of a sample."""

from sg_pipelines.connectors.probing import fullness_probe, readable
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.ports.platforms import ProbeStatus


def record(**columns):
    return Record("1", RecordState.LIVE, None, {}, columns)


def test_false_and_zero_are_something_and_a_column_that_few_fill_is_told_with_its_share():
    sample = [
        record(consent=False, orders=0, phone="1", tags=[]),
        record(consent=False, orders=0, phone="", tags=["x"]),
    ]
    probe = fullness_probe(sample, ["consent", "orders", "phone", "tags"], "customers", 2)
    assert probe.status is ProbeStatus.OK
    assert probe.detail == "4 of 4 columns hold something in 2 records; not in all: phone 50 %, tags 50 %"


def test_an_empty_column_is_a_warning():
    probe = fullness_probe([record(phone=None), record(phone="")], ["phone"], "customers", 2)
    assert probe.status is ProbeStatus.WARNING
    assert probe.detail.endswith("empty: phone")


def test_a_column_for_several_neighbours_may_be_empty():
    probe = fullness_probe([record(number="1")], ["number", "customer_ids"], "orders", 1)
    assert (probe.status, probe.detail) == (ProbeStatus.OK, "1 of 1 columns hold something in 1 records")


def test_what_cannot_be_read_is_counted_and_ends_nothing():
    rows = [{"orders": "3"}, {"orders": "many"}]
    records = readable(rows, lambda row: record(orders=int(row["orders"])))
    probe = fullness_probe(records, ["orders"], "customers", len(rows))
    assert (probe.status, probe.detail) == (ProbeStatus.WARNING, "1 of 2 records cannot be read")


def test_records_that_were_put_away_state_nothing_and_say_nothing_of_a_mapping():
    archived = Record("2", RecordState.ARCHIVED, None, {}, {})
    probe = fullness_probe([record(sku="A"), archived], ["sku"], "products", 2)
    assert (probe.status, probe.detail) == (ProbeStatus.OK, "1 of 1 columns hold something in 1 records")
    probe = fullness_probe([archived], ["sku"], "products", 1)
    assert (probe.status, probe.detail) == (ProbeStatus.WARNING, "none of 1 records is live")
