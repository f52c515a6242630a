"""What every connector promises of every kind it reads, held against its simulator over real HTTP."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sg_pipelines.config.semantics import OBJECTS
from sg_pipelines.connectors.connections import OAuth2Credentials
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.errors import CredentialsRejected, PermissionMissing, ProtocolViolation, Unavailable
from sg_pipelines.ports.platforms import ProbeStatus
from tests.contract.connectors.accounts import live, states
from tests.contract.connectors.pairs import PAGES, PAIRS, Pair
from tests.contract.connectors.rows import EDITED, OPTIONAL, TELLING, as_typed


def test_whatever_a_client_file_may_name_is_poured_in_here():
    named = {(platform, kind, one) for kind, on in OBJECTS.items() for platform, words in on.items() for one in words}
    assert {(pair.platform, pair.kind, pair.object) for pair in PAIRS} == named


def test_a_full_pull_brings_every_record_once_and_says_it_is_whole(account):
    made = account.make_many(130)
    (records, aside), report = account.full()
    assert sorted(live(records)) == sorted(made)
    assert len(records) == len(made)
    assert aside == []
    assert report.is_complete
    assert report.expected_records == 130


def test_a_full_pull_needs_hardly_more_calls_than_the_least_possible(account):
    account.make_many(130)
    _, report = account.full()
    assert report.calls <= 1.05 * report.lower_bound
    assert report.throttled == 0


def test_what_people_typed_arrives_in_canonical_columns_and_the_rest_is_unknown(account):
    others = {name: f"77{place}" for place, name in enumerate(account.where.scope.others)}
    (typed,) = account.rows(1)
    account.make(typed | {"external_id": "C-1", "cross_ids": others})
    (records, _), _ = account.full()
    (record,) = records
    carried = set(account.columns())
    for column in carried & typed.keys():
        assert as_typed(column, record.columns[column], typed[column], account.platform), column
    assert set(record.columns) == carried
    assert record.external_id == "C-1"
    assert record.cross_ids == others


def test_every_column_is_filled_that_the_platform_has_something_for(account):
    named = {column.name for column in account.kind.columns()}
    assert set(account.columns()) == named - account.pair.lacks


def test_a_full_pull_of_an_account_without_records_makes_no_call_too_many(account):
    (records, aside), report = account.full()
    assert (records, aside) == ([], [])
    assert report.is_complete
    assert report.calls == report.lower_bound > 0


def test_what_nobody_typed_is_known_to_be_empty(account):
    account.make({EDITED[account.pair.kind]: "Bare"})
    (records, _), _ = account.full()
    (record,) = records
    said = {column: record.columns[column] for column in OPTIONAL[account.pair.kind] if column in record.columns}
    assert {column: value for column, value in said.items() if value not in (None, [])} == {}
    assert record.cross_ids == {}
    assert record.external_id is None


def test_when_it_was_made_and_last_changed_is_told_to_the_second(account):
    changed = account.now().replace(microsecond=0)
    made = changed - timedelta(days=40)
    stamps = {"created_at_ms": int(made.timestamp() * 1000), "modified_at_ms": int(changed.timestamp() * 1000)}
    account.make_many(1, **stamps)
    (records, _), _ = account.full()
    assert (records[0].columns["created_at"], records[0].modified_at) == (made, changed)


def test_an_incremental_pull_brings_what_changed_since_and_nothing_older(account):
    first, second, third = account.rows(3)
    old, touched = account.make(first, second)
    account.full()
    account.advance(7200)
    now = account.now()
    edited = EDITED[account.pair.kind]
    account.edit(touched, **{edited: "Changed"})
    fresh = account.make(third)[0]
    (records, _), report = account.changes(now)
    assert set(live(records)) == {touched, fresh}
    assert live(records)[touched].columns[edited] == "Changed"
    assert old not in live(records)
    assert report.watermark is not None
    assert report.watermark >= now - timedelta(seconds=1)


def test_equal_times_over_more_than_a_page_lose_nothing(account):
    count = PAGES[account.platform] + 7
    stamp = account.control.get("time")["now_ms"] // 1000 * 1000
    made = account.make_many(count, modified_at_ms=stamp, created_at_ms=stamp)
    since = datetime.fromtimestamp(stamp / 1000, UTC)
    (records, _), _ = account.changes(since)
    assert sorted(live(records)) == sorted(made)


def test_named_records_come_once_each_in_full_batches(account):
    made = account.make_many(130)
    (records, _), report = account.fetch(made)
    assert sorted(one.record_id for one in records) == sorted(made)
    assert states(records).keys() == live(records).keys()
    assert report.calls <= 1.05 * report.lower_bound


def test_records_that_are_gone_come_back_as_gone(account):
    kept, deleted = account.make_many(2)
    account.deed("delete", record_id=deleted)
    (records, _), _ = account.full(known={kept, deleted})
    assert states(records) == {kept: RecordState.LIVE, deleted: RecordState.DELETED}
    (fetched, _), _ = account.fetch([kept, deleted])
    assert states(fetched) == states(records)


def test_archived_records_are_seen_at_once_where_the_platform_has_such_a_thing(account):
    (name,) = account.make_many(1)
    account.full()
    now = account.now()
    if not account.pair.archives:
        with pytest.raises(Unavailable, match=r"cannot archive|no archive"):
            account.deed("archive", record_id=name)
        return
    account.deed("archive", record_id=name)
    (records, _), _ = account.changes(now)
    assert states(records) == {name: RecordState.ARCHIVED}


def test_a_merge_leaves_one_record_and_a_trace_of_the_other(account):
    winner, loser = account.make_many(2)
    if account.pair.merged is None:
        with pytest.raises(Unavailable, match=r"merge"):
            account.deed("merge", winner=winner, loser=loser)
        return
    survivor = account.deed("merge", winner=winner, loser=loser)["record_id"]
    (records, _), _ = account.full(known={winner, loser})
    found = states(records)
    assert found[survivor] is RecordState.LIVE
    assert found[loser] == account.pair.merged


def test_a_malformed_record_is_put_aside_with_the_reason_and_the_rest_arrives(account):
    account.make_many(5)
    account.fault("malformed_record", path_contains="bulk" if account.platform == "shopify" else "")
    (records, aside), report = account.full()
    assert report.quarantined == len(aside) == 1
    assert len(live(records)) == 4
    assert "@" not in aside[0].reason
    assert TELLING[account.pair.kind] not in aside[0].reason.casefold()


def test_throttling_and_failures_of_the_platform_are_waited_out_and_counted(account):
    account.make_many(3)
    account.waits = False
    account.fault("throttle")
    account.fault("server_error")
    (records, _), report = account.full()
    assert len(live(records)) == 3
    assert report.throttled == 1
    assert report.retries == 2
    assert report.waited_seconds > 0


def test_a_body_that_stays_cut_is_named_and_nothing_is_concluded_from_it(account):
    account.make_many(3)
    account.waits = False
    account.fault("truncated_page", count=20)
    with pytest.raises(ProtocolViolation, match=account.platform):
        account.full()


def test_wrong_credentials_are_refused_without_showing_them(account):
    account.fault("unauthorized")
    with pytest.raises(CredentialsRejected) as refused:
        account.full()
    given = account.control.get("accounts")[account.platform]["credentials"]
    for name in given.keys() - {"account_id", "shop", "portal_id"}:
        assert given[name] not in str(refused.value)
        assert given[name] not in repr(account.where)


def test_netsuite_lets_a_certificate_in_as_well(open_account):
    with open_account(Pair("netsuite", "customer", "customer")) as account:
        made = account.make_many(1)
        given = account.control.get("accounts")["netsuite"]["credentials"]
        keys = OAuth2Credentials(given["client_id"], given["certificate_id"], given["private_key"])
        account.where = replace(account.where, credentials=keys)
        (records, _), _ = account.full()
    assert sorted(live(records)) == made


def test_a_missing_permission_is_named_with_what_to_grant(account):
    account.fault("forbidden")
    with pytest.raises(PermissionMissing) as refused:
        account.full()
    assert refused.value.remedy


def test_a_host_that_is_not_there_is_named(account):
    class Nobody(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request):
            raise httpx.ConnectError("refused", request=request)

    account.http = lambda: httpx.AsyncClient(transport=Nobody())
    account.waits = False
    with pytest.raises(Unavailable, match=r"cannot be reached \(127\.0\.0\.1\)"):
        account.full()


def test_the_doctor_finds_a_healthy_account_healthy(account):
    account.make_many(1)
    probes = account.look(lambda connector: connector.probe([account.kind]))
    assert {probe.status for probe in probes} <= {ProbeStatus.OK, ProbeStatus.WARNING}
    assert {"reachability", "credentials", "clock", "limits"} <= {probe.name for probe in probes}


def test_a_record_can_be_opened_in_the_platforms_own_pages(account):
    async def address(connector):
        return connector.admin_url(account.kind, "123")

    opened = account.look(address)
    assert opened.startswith("https://")
    assert "123" in opened


def test_a_change_the_index_learns_of_late_is_caught_by_the_overlap(account):
    if account.platform == "netsuite":
        pytest.skip("NetSuite's queries read the tables themselves: there is no index that lags")
    (name,) = account.make_many(1)
    account.advance(3600)
    account.control.post("settings", {"account": account.platform, "index_lag_seconds": 60})
    before = account.now()
    edited = EDITED[account.pair.kind]
    account.edit(name, **{edited: "Late"})
    (records, _), report = account.changes(before)
    assert live(records) == {}
    account.advance(61)
    (records, _), _ = account.changes(report.watermark)
    assert live(records)[name].columns[edited] == "Late"
