"""What a pull could not see or not read is looked for by the next one, and nothing is taken for whole before it was."""

import json

import httpx
import pytest

from sg_pipelines.lake.parquet import ParquetLake
from sg_pipelines.operations.ingest import ingest
from sg_pipelines.ports.platforms import PullMode
from sg_pipelines.runtime.clocks import SandboxClock
from tests.contract.connectors.pairs import Pair

FULL, INCREMENTAL, BY_IDS = PullMode.FULL, PullMode.INCREMENTAL, PullMode.BY_IDS


class Hiding(httpx.AsyncHTTPTransport):
    """Real HTTP to HubSpot, where lists lack some records."""

    def __init__(self, hidden):
        super().__init__()
        self._hidden = frozenset(hidden)

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        if request.method != "GET":
            return answer
        body = json.loads(await answer.aread())
        body["results"] = [one for one in body["results"] if one["id"] not in self._hidden]
        return httpx.Response(200, json=body, request=request)


def hide(crm, record_ids):
    crm.http = lambda: httpx.AsyncClient(transport=Hiding(record_ids))


@pytest.fixture
def crm(open_account):
    with open_account(Pair("hubspot", "customer", "contacts")) as account:
        yield account


@pytest.fixture
def lake(crm, tmp_path):
    return ParquetLake(tmp_path / "lake", SandboxClock(crm.control))


@pytest.fixture
def pull(crm, lake):
    """A function that takes one pull into the lake."""

    def pull_(mode=INCREMENTAL, record_ids=()):
        clock = SandboxClock(crm.control)
        return crm.look(lambda c: ingest(c, lake, crm.kind, clock, mode=mode, record_ids=record_ids))

    return pull_


def made_over_hours(crm, count):
    made = crm.make_many(count - 1)
    crm.advance(3600)
    return [*made, *crm.make_many(1)]


def known(lake, crm):
    table = lake.latest("hubspot", crm.kind, columns=["record_id", "state"])
    return {one["record_id"] for one in table.to_pylist() if one["state"] == "live"}


def test_until_a_pull_was_whole_the_next_one_looks_at_everything(crm, lake, pull):
    made = made_over_hours(crm, 20)
    hide(crm, made[:5])
    for _ in range(2):
        done = pull()
        assert (done.manifest.mode, done.manifest.is_complete) == (FULL, False)
    hide(crm, [])
    done = pull()
    assert (done.manifest.mode, done.manifest.is_complete) == (FULL, True)
    assert known(lake, crm) == set(made)
    assert pull().manifest.mode is INCREMENTAL


def test_what_changed_before_a_pull_that_was_not_whole_is_found_after_it(crm, lake, pull):
    made = made_over_hours(crm, 20)
    pull()
    crm.advance(3600)
    (unseen,) = crm.make_many(1)
    crm.edit(made[1], first_name="Later")
    crm.advance(3600)
    crm.edit(made[2], first_name="Latest")
    hide(crm, [unseen])
    assert not pull(FULL).manifest.is_complete
    hide(crm, [])
    done = pull()
    assert done.manifest.mode is INCREMENTAL
    assert known(lake, crm) == {*made, unseen}


def test_a_record_that_could_not_be_read_is_read_by_the_next_pull_whatever_changed(crm, lake, pull):
    made = made_over_hours(crm, 5)
    crm.fault("malformed_record")
    done = pull()
    (lost,) = done.quarantined
    assert known(lake, crm) == set(made) - {lost.record_id}
    assert lake.manifests("hubspot", crm.kind)[-1].quarantined == (lost,)
    crm.advance(3600)
    done = pull()
    assert done.manifest.mode is INCREMENTAL
    assert done.quarantined == ()
    assert known(lake, crm) == set(made)
    assert done.pull.calls == done.pull.lower_bound


def test_what_still_cannot_be_read_is_remembered_by_every_pull_until_it_can(crm, lake, pull):
    made = made_over_hours(crm, 5)
    crm.fault("malformed_record")
    (lost,) = pull().quarantined
    crm.fault("malformed_record", path_contains="batch/read")
    crm.advance(3600)
    still = pull().quarantined
    assert [one.record_id for one in still] == [lost.record_id]
    other = next(one for one in made if one != lost.record_id)
    assert [one.record_id for one in pull(BY_IDS, [other]).quarantined] == [lost.record_id]
    assert pull(BY_IDS, [lost.record_id]).quarantined == ()
    assert known(lake, crm) == set(made)


def test_a_look_at_everything_forgets_what_is_not_there_any_more(crm, pull):
    crm.make_many(5)
    crm.fault("malformed_record")
    assert len(pull().quarantined) == 1
    assert pull(FULL).quarantined == ()
