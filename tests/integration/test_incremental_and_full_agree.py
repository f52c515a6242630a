"""Looking only at what changed must end where looking at everything ends."""

from collections import defaultdict
from dataclasses import replace

import pytest

from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.errors import StaleDocument
from sg_pipelines.operations.reconcile import reconcile
from sg_pipelines.runtime.main_job import main_job
from sg_pipelines.runtime.session import open_session
from sg_pipelines.store.collections import COLLECTIONS
from sg_pipelines.store.sqlite import SqliteStore


def silent(line):
    """Nobody watches."""


def who_is_who(store):
    groups = defaultdict(set)
    for link in store.find("links", {"kind": "customer", "open": True}):
        groups[link["entity"]].add((link["ref"], link["role"]))
    return sorted(sorted(group) for group in groups.values())


@pytest.fixture
def session(copied_home):
    copied_home(people=500, seed=11)
    with open_session("demo") as opened:
        yield opened


def another_store(session, tmp_path):
    store = SqliteStore(tmp_path / "another.sqlite")
    store.ensure(COLLECTIONS)
    return replace(session.workspace, store=store)


def test_records_hang_together_the_same_way_whether_seen_in_two_pulses_or_at_once(session, tmp_path):
    at_once = another_store(session, tmp_path)
    reconcile(at_once, at_once.plans["customer"])
    assert who_is_who(at_once.store) == who_is_who(session.workspace.store)
    at_once.store.close()


def test_a_reconcile_that_was_cut_short_is_finished_by_the_next_one(session, tmp_path):
    workspace = another_store(session, tmp_path)
    put, calls = workspace.store.put_many, []

    def cut_short(collection, documents):
        calls.append(collection)
        if calls.count("entities") == 2:
            raise StaleDocument("the power went out")
        put(collection, documents)

    workspace.store.put_many = cut_short
    with pytest.raises(StaleDocument):
        reconcile(workspace, workspace.plans["customer"])
    workspace.store.put_many = put
    assert 0 < workspace.store.count("entities", {"kind": "customer"}) < 500
    reconcile(workspace, workspace.plans["customer"])
    assert who_is_who(workspace.store) == who_is_who(session.workspace.store)
    workspace.store.close()


def test_of_two_at_once_the_later_is_told_and_leaves_nothing_twice(session, tmp_path):
    """The second reads what there is to do before the first has written that it did it."""
    late, store = another_store(session, tmp_path), SqliteStore(tmp_path / "another.sqlite")
    store.ensure(COLLECTIONS)
    early = replace(late, store=store)

    def overtaken(count):
        if not store.count("entities"):
            reconcile(early, early.plans["customer"])
        return late.mint(count)

    with pytest.raises(
        StaleDocument, match=r"demo: somebody else wrote about customers while .* run again when"
    ) as told:
        reconcile(replace(late, mint=overtaken), late.plans["customer"])
    assert "memory/" not in str(told.value)
    assert who_is_who(store) == who_is_who(session.workspace.store)
    reconcile(late, late.plans["customer"])
    assert who_is_who(store) == who_is_who(session.workspace.store)
    late.store.close()
    store.close()


def test_reconciling_again_without_news_writes_nothing(session):
    before = session.workspace.store.feed(limit=1_000_000)[-1].token
    report = reconcile(session.workspace, session.workspace.plans["customer"])
    assert report.touched == report.opened == report.closed == 0
    changed = session.workspace.store.feed(after=before)
    assert {change.collection for change in changed} <= {"memory"}


def records_counted(session):
    common = session.workspace.lake.commonness(CUSTOMER).to_pylist()
    return next(row["times"] for row in common if row["part"] == "records")


def records_there(session):
    rows = [session.workspace.lake.latest(account, CUSTOMER, columns=["state"]) for account in session.file.accounts]
    return sum(table.column("state").to_pylist().count("live") for table in rows)


def test_a_full_pulse_counts_anew_what_is_common_and_an_incremental_one_goes_by_it(session):
    counted, there = records_counted(session), records_there(session)
    assert counted != there
    main_job(session, full=True, progress=silent)
    assert records_counted(session) == there
