"""What every connector promises, held against its simulator over real HTTP."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from sg_pipelines.config.accounts import HubSpotAccount, NetSuiteAccount, ShopifyAccount
from sg_pipelines.connectors.connections import OAuth2Credentials, Reading, Scope
from sg_pipelines.connectors.factory import open_connector
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.errors import CredentialsRejected, PermissionMissing, ProtocolViolation, Unavailable
from sg_pipelines.ports import ProbeStatus, PullReport
from sg_pipelines.runtime.connections import connection
from sg_pipelines.runtime.sandbox_host import SandboxControl
from sg_pipelines.sandbox.server import running

PLATFORMS = {"hubspot": HubSpotAccount, "shopify": ShopifyAccount, "netsuite": NetSuiteAccount}
PAGES = {"hubspot": 200, "shopify": 375, "netsuite": 1000}

CUSTOMERS = Scope({"customer": Reading("contacts")}, others=("hubspot", "shopify", "netsuite"))


def person(number, **more):
    return {
        "first_name": "Ada",
        "last_name": f"Ashton{number}",
        "email": f"ada{number}@example.com",
        "phone": f"312555{number:04d}",
        "address_street": "1 Mill Lane",
        "address_city": "Reno",
        "address_region": "NV",
        "address_postal_code": "89501",
        "address_country": "US",
        **more,
    }


class Account:
    """One simulated account; every look at it opens a connector of its own."""

    def __init__(self, platform, control):
        self.platform, self.control = platform, control
        settings = PLATFORMS[platform](platform=platform, at="sandbox")
        self.where = connection(platform, settings, CUSTOMERS, control)
        self.http = httpx.AsyncClient
        self.waits = True

    def make(self, *rows):
        return self.deed("create", rows=list(rows))["record_ids"]

    def make_many(self, count, **more):
        return self.make(*(person(number, **more) for number in range(count)))

    def deed(self, deed, **said):
        return self.control.post(f"records/{deed}", {"account": self.platform, "kind": "customer", **said})

    def fault(self, kind, count=1, path_contains=""):
        asked = {"account": self.platform, "kind": kind, "count": count, "path_contains": path_contains}
        self.control.post("faults", asked)

    def now(self):
        return datetime.fromtimestamp(self.control.get("time")["now_ms"] / 1000, UTC)

    def look(self, work):
        """Do something with an open connector."""

        async def with_connector():
            connector = open_connector(self.where, http=self.http())
            if not self.waits:
                connector._session._transport._sleep = no_time
            try:
                return await work(connector)
            finally:
                await connector.aclose()

        return asyncio.run(with_connector())

    def full(self, known=frozenset()):
        report = PullReport()
        known = frozenset(known)
        return self.look(lambda c: collected(c.pull_full(CUSTOMER, report, known_ids=known))), report

    def changes(self, since):
        report = PullReport()
        return self.look(lambda c: collected(c.pull_changes(CUSTOMER, report, since=since))), report

    def fetch(self, ids):
        report = PullReport()
        return self.look(lambda c: collected(c.fetch(CUSTOMER, report, record_ids=ids))), report


async def no_time(seconds):
    """Waiting is counted, not done."""


async def collected(pages):
    records, aside = [], []
    async for page in pages:
        records += page.records
        aside += page.quarantined
    return records, aside


@pytest.fixture(params=sorted(PLATFORMS))
def account(request, tmp_path):
    with running(tmp_path, accounts={request.param: request.param}) as sandbox:
        yield Account(request.param, SandboxControl(sandbox.base_url))


async def named_columns(connector):
    return connector.columns(CUSTOMER)


def live(records):
    return {record.record_id: record for record in records if record.state is RecordState.LIVE}


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
    said = person(1, company_name="Mill Co", lifecycle="customer", tags=["vip"], marketing_consent="granted")
    account.make(said | {"external_id": "C-1"})
    (records, _), _ = account.full()
    (record,) = records
    carried = set(account.look(named_columns))
    for column in carried & said.keys():
        expected = "+13125550001" if (column, account.platform) == ("phone", "shopify") else said[column]
        assert record.columns[column] == expected, column
    assert set(record.columns) == carried
    assert record.external_id == "C-1"


def test_an_incremental_pull_brings_what_changed_since_and_nothing_older(account):
    old, touched = account.make(person(1), person(2))
    account.full()
    account.control.post("advance", {"seconds": 7200})
    now = account.now()
    account.deed("edit", record_id=touched, attributes={"last_name": "Changed"})
    fresh = account.make(person(3))[0]
    (records, _), report = account.changes(now)
    assert set(live(records)) == {touched, fresh}
    assert live(records)[touched].columns["last_name"] == "Changed"
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


def test_records_that_are_gone_come_back_as_gone(account):
    kept, deleted = account.make(person(1), person(2))
    account.deed("delete", record_id=deleted)
    (records, _), _ = account.full(known={kept, deleted})
    states = {record.record_id: record.state for record in records}
    assert states == {kept: RecordState.LIVE, deleted: RecordState.DELETED}
    (fetched, _), _ = account.fetch([kept, deleted])
    assert {record.record_id: record.state for record in fetched} == states


def test_archived_records_are_seen_at_once_where_the_platform_has_such_a_thing(account):
    if account.platform == "shopify":
        with pytest.raises(Unavailable, match="cannot archive"):
            account.deed("archive", record_id=account.make(person(1))[0])
        return
    (name,) = account.make(person(1))
    account.full()
    now = account.now()
    account.deed("archive", record_id=name)
    (records, _), _ = account.changes(now)
    assert {record.record_id: record.state for record in records} == {name: RecordState.ARCHIVED}


def test_a_merge_leaves_one_record_and_a_trace_of_the_other(account):
    winner, loser = account.make(person(1), person(2))
    survivor = account.deed("merge", winner=winner, loser=loser)["record_id"]
    (records, _), _ = account.full(known={winner, loser})
    states = {record.record_id: record.state for record in records}
    assert states[survivor] is RecordState.LIVE
    assert states[loser] is (RecordState.MERGED if account.platform == "hubspot" else RecordState.DELETED)


def test_a_malformed_record_is_put_aside_with_the_reason_and_the_rest_arrives(account):
    account.make_many(5)
    account.fault("malformed_record", path_contains="bulk" if account.platform == "shopify" else "")
    (records, aside), report = account.full()
    assert report.quarantined == len(aside) == 1
    assert len(live(records)) == 4
    assert "@" not in aside[0].reason


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


def test_netsuite_lets_a_certificate_in_as_well(tmp_path):
    with running(tmp_path, accounts={"netsuite": "netsuite"}) as sandbox:
        account = Account("netsuite", SandboxControl(sandbox.base_url))
        made = account.make(person(1))
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
    account.make(person(1))
    probes = account.look(lambda connector: connector.probe([CUSTOMER]))
    assert {probe.status for probe in probes} <= {ProbeStatus.OK, ProbeStatus.WARNING}
    assert {"reachability", "credentials", "clock", "limits"} <= {probe.name for probe in probes}


def test_a_record_can_be_opened_in_the_platforms_own_pages(account):
    async def address(connector):
        return connector.admin_url(CUSTOMER, "123")

    assert account.look(address).startswith("https://")


def test_a_change_the_index_learns_of_late_is_caught_by_the_overlap(account):
    if account.platform == "netsuite":
        pytest.skip("NetSuite's queries read the tables themselves: there is no index that lags")
    (name,) = account.make(person(1))
    account.control.post("advance", {"seconds": 3600})
    account.control.post("settings", {"account": account.platform, "index_lag_seconds": 60})
    before = account.now()
    account.deed("edit", record_id=name, attributes={"last_name": "Late"})
    (records, _), report = account.changes(before)
    assert live(records) == {}
    account.control.post("advance", {"seconds": 61})
    (records, _), _ = account.changes(report.watermark)
    assert live(records)[name].columns["last_name"] == "Late"
