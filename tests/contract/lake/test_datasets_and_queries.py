import pyarrow as pa
import pytest

from sg_pipelines.errors import QueryRejected, StorageFailed
from sg_pipelines.lake.datasets import Datasets
from sg_pipelines.lake.query import ask, frame


@pytest.fixture
def datasets(tmp_path):
    published = Datasets(tmp_path / "datasets")
    published.publish("customers", "customer", pa.table({"entity": ["E1", "E2"], "orders": [3, 0]}))
    return published


def test_a_question_is_answered_from_the_current_version(datasets):
    datasets.publish("customers", "customer", pa.table({"entity": ["E9"], "orders": [7]}))
    assert ask(datasets, "select * from customers").to_pylist() == [{"entity": "E9", "orders": 7}]


def test_only_the_last_versions_are_kept(datasets):
    for orders in range(6):
        datasets.publish("customers", "customer", pa.table({"entity": ["E"], "orders": [orders]}))
    assert len(list((datasets.root / "customers" / "customer").glob("*.parquet"))) == 3
    assert datasets.read("customers").column("orders").to_pylist() == [5]


def test_a_part_that_is_withdrawn_is_published_no_longer(datasets):
    datasets.publish("customers", "company", pa.table({"entity": ["E9"], "orders": [7]}))
    datasets.withdraw("customer")
    assert datasets.read("customers").column("entity").to_pylist() == ["E9"]
    datasets.withdraw("company")
    datasets.withdraw("company")
    assert datasets.names() == []


def test_the_first_rows_of_some_columns_can_be_seen(datasets):
    datasets.publish("customers", "customer", pa.table({"entity": ["E1", "E2", "E3"], "orders": [1, 2, 3]}))
    assert datasets.head("customers", "customer", ["entity"], 2) == [{"entity": "E1"}, {"entity": "E2"}]
    assert datasets.head("customers", "company", ["entity"], 2) == []


def test_an_answer_is_a_data_frame_when_asked_as_one(datasets):
    answer = frame(datasets, "select entity from customers where orders > 1")
    assert list(answer["entity"]) == ["E1"]


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"PAR1 and nothing"), lambda path: path.unlink()])
def test_a_file_that_cannot_be_read_is_named_with_what_to_do(datasets, spoil):
    (path,) = datasets.paths("customers")
    spoil(path)
    for read in (lambda: ask(datasets, "select * from customers"), lambda: datasets.read("customers")):
        with pytest.raises(StorageFailed, match=r"customers: a file cannot be read.*Move this folder away"):
            read()


def test_a_limit_cuts(datasets):
    assert len(ask(datasets, "select * from customers", limit=1)) == 1


@pytest.mark.parametrize(
    "sql",
    [
        "drop view customers",
        "create table t as select 1",
        "copy customers to 'x.csv'",
        "attach 'x.db'",
        "select 1; select 2",
        "set enable_external_access = true",
        "insert into customers values ('x', 1)",
    ],
)
def test_nothing_but_one_select_is_run(datasets, sql):
    with pytest.raises(QueryRejected):
        ask(datasets, sql)


def test_nothing_outside_the_datasets_can_be_read(datasets, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    with pytest.raises(QueryRejected):
        ask(datasets, f"select * from read_csv('{secret}')")


def test_a_wrong_column_is_answered_with_what_there_is(datasets):
    with pytest.raises(QueryRejected, match="Tables: customers"):
        ask(datasets, "select nonsense from customers")


def test_before_anything_is_published_the_way_there_is_told(tmp_path):
    with pytest.raises(QueryRejected, match="sg reconcile"):
        ask(Datasets(tmp_path), "select 1")


def test_parts_published_apart_are_asked_together(datasets):
    datasets.publish("links", "customer", pa.table({"ref": ["crm/customer/1"]}))
    datasets.publish("links", "order", pa.table({"ref": ["crm/order/1"], "lines": [2]}))
    answer = ask(datasets, "select ref, lines from links order by ref").to_pylist()
    assert answer == [{"ref": "crm/customer/1", "lines": None}, {"ref": "crm/order/1", "lines": 2}]


def test_columns_of_one_name_are_told_apart_whatever_the_limit(datasets):
    datasets.publish("customers", "customer", pa.table({"entity": ["E1"], "entity_1": ["x"]}))
    question = "select a.entity, b.entity, a.entity_1 from customers a join customers b using (entity)"
    for limit in (None, 5):
        answer = ask(datasets, question, limit=limit)
        assert answer.column_names == ["entity", "entity_2", "entity_1"]
        assert answer.to_pylist() == [{"entity": "E1", "entity_2": "E1", "entity_1": "x"}]
