import itertools
from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sg_pipelines.domain.model.company import COMPANY
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.record import Record, RecordState
from sg_pipelines.errors import StorageFailed
from sg_pipelines.lake import few_rows, holders
from sg_pipelines.lake.bucket import BucketFiles
from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.ports.platforms import PullMode, PullReport
from tests.contract.lake.ticking import START, Ticking


@pytest.fixture(params=["local", "in few rows", "bucket"])
def lake(request, tmp_path, monkeypatch):
    """A lake on this machine, whose small files are read as large ones, or as what they are; and one in a bucket."""
    if request.param != "in few rows":
        monkeypatch.setattr(few_rows, "SMALL", 0)
    if request.param != "bucket":
        return ParquetLake(tmp_path, Ticking())
    mirror = BucketFiles(request.getfixturevalue("storage"), "lakes", "acme", tmp_path)
    return ParquetLake(tmp_path, Ticking(), mirror)


def record(name, minute, email="a@example.com", state=RecordState.LIVE):
    columns = {"email": email, "tags": ["x"]} if state is RecordState.LIVE else {}
    modified = None if minute is None else START + timedelta(minutes=minute)
    return Record(name, state, modified, {"raw": email}, columns, {"erp": "7"}, "EXT")


def write(lake, records, kind=CUSTOMER, mode=PullMode.INCREMENTAL, version="1"):
    started = lake._clock.now()
    with lake.ingest("crm", kind, mode=mode, started_at=started, mapping_version=version) as writer:
        writer.write(records)
        return writer.commit(PullReport())


def emails(table):
    return dict(zip(table.column("record_id").to_pylist(), table.column("email").to_pylist(), strict=True))


def test_a_record_never_goes_backwards_however_late_an_old_answer_arrives(lake):
    write(lake, [record("1", 10, "new@example.com")])
    write(lake, [record("1", 5, "old@example.com")])
    assert emails(lake.latest("crm", CUSTOMER)) == {"1": "new@example.com"}


def test_a_deletion_without_a_time_of_its_own_counts_from_when_it_was_found(lake):
    write(lake, [record("1", 0)])
    write(lake, [record("1", None, state=RecordState.DELETED)])
    assert lake.latest("crm", CUSTOMER).column("state").to_pylist() == ["deleted"]


def test_as_of_shows_what_had_been_fetched_by_then(lake):
    write(lake, [record("1", 0, "old@example.com")])
    between = lake._clock.now()
    write(lake, [record("1", 1, "new@example.com")])
    assert emails(lake.as_of("crm", CUSTOMER, between)) == {"1": "old@example.com"}
    assert len(lake.as_of("crm", CUSTOMER, START)) == 0


def test_nothing_of_an_ingest_exists_before_its_manifest(lake, tmp_path):
    with lake.ingest("crm", CUSTOMER, mode=PullMode.FULL, started_at=START, mapping_version="1") as writer:
        writer.write([record("1", 0)])
    assert len(lake.latest("crm", CUSTOMER)) == 0
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_file_that_is_cut_is_named_with_what_to_do(lake, tmp_path):
    for number in range(2):
        write(lake, [record(str(number), 1)])
    path = next((tmp_path / "crm").rglob("*.parquet"))
    path.write_bytes(path.read_bytes()[:100])
    for read in (
        lambda: lake.latest("crm", CUSTOMER),
        lambda: lake.as_of("crm", CUSTOMER, START + timedelta(days=1)),
        lambda: lake.ids_since("crm", CUSTOMER, None),
        lambda: lake.compact("crm", CUSTOMER),
    ):
        with pytest.raises(StorageFailed, match=r"a file cannot be read.*Move it and the manifest"):
            read()


def test_a_file_whose_manifest_was_never_written_is_not_seen(lake, tmp_path):
    manifest = write(lake, [record("1", 0)])
    lake._mirror.remove([tmp_path / "crm" / "customer" / f"{manifest.ingest_id}.json"])
    assert len(lake.latest("crm", CUSTOMER)) == 0


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path):
    (tmp_path / "crm").write_text("in the way")
    with pytest.raises(StorageFailed, match="cannot be made"):
        write(ParquetLake(tmp_path, Ticking()), [record("1", 0)])


def test_a_column_the_mapping_does_not_fill_is_unknown_and_not_null(lake):
    write(lake, [record("1", 0)])
    unknown = lake.latest("crm", CUSTOMER).column("unknown")[0].as_py().split(",")
    assert "phone" in unknown
    assert "email" not in unknown


def test_the_digest_notices_values_states_and_mappings_and_nothing_else(lake):
    def digest(one, version="1"):
        write(lake, [one], version=version)
        return lake.latest("crm", CUSTOMER, record_ids=[one.record_id]).column("digest")[0].as_py()

    first = digest(record("a", 0))
    assert digest(record("b", 99)) == first
    assert digest(record("c", 0, "other@example.com")) != first
    assert digest(record("d", 0), version="2") != first


def test_ids_since_names_what_later_ingests_touched(lake):
    first = write(lake, [record("1", 0), record("2", 0)])
    write(lake, [record("2", 1)])
    last = write(lake, [record("3", 1), record("2", 2)])
    assert lake.ids_since("crm", CUSTOMER, None) == ["1", "2", "3"]
    assert lake.ids_since("crm", CUSTOMER, first.ingest_id) == ["2", "3"]
    assert lake.ids_since("crm", CUSTOMER, last.ingest_id) == []


def test_compaction_forgets_no_ingest_and_no_id(lake):
    first = write(lake, [record("1", 0)])
    write(lake, [record("2", 0)])
    lake.compact("crm", CUSTOMER)
    later = write(lake, [record("3", 0)])
    assert [m.rows for m in lake.manifests("crm", CUSTOMER)] == [1, 1, 1]
    assert set(lake.ids_since("crm", CUSTOMER, first.ingest_id)) >= {"2", "3"}
    assert lake.ids_since("crm", CUSTOMER, later.ingest_id) == []
    assert lake.compact("crm", CUSTOMER) is not None
    assert len(list((lake._root / "crm" / "customer").glob("*.parquet"))) == 1


def test_a_compaction_that_is_cut_off_forgets_no_ingest(lake, monkeypatch):
    for minute in range(3):
        write(lake, [record(str(minute), minute)])
    before = lake.manifests("crm", CUSTOMER)

    def cut(mirror, paths):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(type(lake._mirror), "remove", cut)
        lake.compact("crm", CUSTOMER)
    assert lake.manifests("crm", CUSTOMER) == before
    assert len(lake.latest("crm", CUSTOMER)) == 3
    assert lake.compact("crm", CUSTOMER, at_least=1) is not None
    assert lake.manifests("crm", CUSTOMER) == before


def test_what_was_counted_of_a_kind_last_is_what_holds(lake):
    assert lake.commonness(CUSTOMER) is None
    for times in (7, 9):
        lake.keep_commonness(CUSTOMER, pa.table({"part": ["name"], "token": ["gomez juan"], "times": [times]}))
    assert lake.commonness(CUSTOMER).column("times").to_pylist() == [9]
    assert lake.commonness(COMPANY) is None
    assert lake.manifests("crm", CUSTOMER) == []


def test_an_empty_ingest_is_an_ingest(lake):
    manifest = write(lake, [])
    assert manifest.rows == 0
    assert len(lake.latest("crm", CUSTOMER)) == 0
    assert lake.manifests("crm", CUSTOMER)[0].ingest_id == manifest.ingest_id


def without(kind, *names):
    return replace(kind, fields=tuple(field for field in kind.fields if field.name not in names))


@pytest.mark.parametrize("folds", [False, True])
def test_columns_a_former_file_did_not_have_read_as_null_and_unknown(lake, folds):
    everything = record("2", 0)
    write(lake, [record("1", 0), record("3", 0, state=RecordState.DELETED)], without(CUSTOMER, "phone"))
    write(lake, [replace(everything, columns=dict.fromkeys(one.name for one in CUSTOMER.columns()))])
    if folds:
        lake.compact("crm", CUSTOMER)
    latest = lake.latest("crm", CUSTOMER)
    assert latest.column("phone").to_pylist() == [None, None, None]
    one, two, three = latest.column("unknown").to_pylist()
    assert "phone" in one.split(",")
    assert one == ",".join(sorted(one.split(",")))
    assert (two, three) == (None, None)


def test_folding_files_keeps_columns_that_are_not_kept_any_more(lake):
    write(lake, [record("1", 0, "a@example.com")])
    write(lake, [record("2", 0, "b@example.com")])
    lake.compact("crm", without(CUSTOMER, "email"))
    write(lake, [record("3", 0, "c@example.com")])
    assert emails(lake.latest("crm", CUSTOMER)) == {
        f"{n}": f"{m}@example.com" for n, m in zip("123", "abc", strict=True)
    }
    lake.compact("crm", without(CUSTOMER, "email"))
    assert len(emails(lake.latest("crm", CUSTOMER))) == 3


ingests = st.lists(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.sampled_from(("x", "y"))), max_size=4), max_size=5
)


@settings(max_examples=25, deadline=None)
@given(ingests, st.integers(0, 5), st.sampled_from([0, few_rows.SMALL]))
def test_latest_and_as_of_are_the_same_before_and_after_compaction(tmp_path_factory, batches, cut, small):
    """Up to however many bytes files are read as small ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_rows, "SMALL", small)
        are_the_same_before_and_after_compaction(tmp_path_factory, batches, cut)


def are_the_same_before_and_after_compaction(tmp_path_factory, batches, cut):
    lake = ParquetLake(tmp_path_factory.mktemp("lake"), Ticking())
    said, moments = [], []
    for batch in batches:
        write(lake, [record(name, minute, f"{mail}@example.com") for name, minute, mail in batch])
        moments.append(lake._clock.now())
        said.append(batch)

    def expected(upto):
        best = {}
        for when, batch in enumerate(said[:upto]):
            for sequence, (name, minute, mail) in enumerate(batch):
                best[name] = max(best.get(name, (-1, -1, -1, "")), (minute, when, sequence, mail))
        return {name: f"{entry[3]}@example.com" for name, entry in sorted(best.items())}

    def check():
        assert emails(lake.latest("crm", CUSTOMER)) == expected(len(said))
        if moments:
            upto = min(cut, len(moments) - 1)
            assert emails(lake.as_of("crm", CUSTOMER, moments[upto])) == expected(upto + 1)

    check()
    lake.compact("crm", CUSTOMER)
    check()


ROWS = st.tuples(
    st.sampled_from("abc"),
    st.sampled_from([None, 0, 0.05, 0.1, 0.2, 4]),
    st.sampled_from(["x@example.com", "y@example.com"]),
)


@given(
    ingests=st.lists(st.lists(ROWS, min_size=1, max_size=6), min_size=1, max_size=4),
    wanted=st.sets(st.sampled_from("abcd"), min_size=1),
    padding=st.integers(0, 3),
)
@settings(max_examples=60, deadline=None)
def test_a_few_records_are_found_as_they_are_found_among_all(tmp_path_factory, ingests, wanted, padding):
    """From however many bytes on files are chosen and not read, and up to however many they are small ones."""
    lake = ParquetLake(tmp_path_factory.mktemp("few"), Ticking())
    for number, rows in enumerate(ingests):
        extra = [record(f"other {one}", 0) for one in range(50)] if number == padding else []
        write(lake, [said(*row) for row in rows] + extra)
    answers = []
    for small, large in itertools.product([0, few_rows.SMALL], [0, holders.LARGE]):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(few_rows, "SMALL", small)
            patch.setattr(holders, "LARGE", large)
            answers.append([row for row in lake.latest("crm", CUSTOMER).to_pylist() if row["record_id"] in wanted])
            answers.append(lake.latest("crm", CUSTOMER, record_ids=sorted(wanted)).to_pylist())
    assert all(one == answers[0] for one in answers)


@pytest.mark.parametrize("large", [0, holders.LARGE])
def test_a_deletion_found_among_many_old_records_is_later_than_what_was_typed_before_it(lake, monkeypatch, large):
    monkeypatch.setattr(holders, "LARGE", large)
    write(lake, [record("1", 0.05)])
    write(lake, [record("1", None, state=RecordState.DELETED), *(record(f"other {one}", 0) for one in range(50))])
    assert lake.latest("crm", CUSTOMER, record_ids=["1"]).column("state").to_pylist() == ["deleted"]


def said(name, minute, email):
    """A time of its own or, as of some deletions, none."""
    return record(name, minute, email, RecordState.LIVE if minute is not None else RecordState.DELETED)
