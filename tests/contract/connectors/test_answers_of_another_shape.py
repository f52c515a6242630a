"""Whatever comes in place of an answer, a pull and the doctor end with a sentence that names the account, or are not hurt."""

import json
from datetime import timedelta
from functools import partial

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sg_pipelines.connectors.pacing import shared_window
from sg_pipelines.errors import ProtocolViolation, SgError
from tests.contract.connectors.pairs import Pair

ODD = [
    [],
    {},
    "proxy",
    None,
    {"data": None},
    {"data": {}},
    {"data": {"shop": {}, "nodes": None}},
    {"data": {"nodes": [1, 2]}},
    {"results": [], "total": "x"},
    {"results": [1, None, {"id": "7"}]},
    {"results": [], "paging": {"next": 3}},
    {"items": [], "hasMore": False},
    {"items": [{"n": {}}], "hasMore": False},
    {"items": [3], "hasMore": True},
    {"items": [{"id": "x", "modified": "soon"}], "hasMore": False},
    {"access_token": 3},
    {"extensions": {"cost": {"throttleStatus": 3}}},
    {"errors": ["no", 3]},
    {"errors": "no"},
    {"errors": [{"extensions": True}]},
    {"errors": [{"extensions": {"code": ["THROTTLED"]}}]},
    {"errors": [{"message": None}]},
]
NAMES = st.sampled_from(
    ["data", "results", "items", "total", "paging", "next", "nodes", "hasMore", "errors", "extensions"]
)
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "x", "1", "2026-01-01T00:00:00Z"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


class Instead(httpx.AsyncBaseTransport):
    """The same body to whatever is asked."""

    def __init__(self, body):
        self._body = body

    async def handle_async_request(self, request):
        return httpx.Response(200, json=self._body, request=request)


def always(body):
    """A client to whom nothing else is ever said, however fast it asks: there is no platform whose limits count."""
    shared_window.cache_clear()
    return httpx.AsyncClient(transport=Instead(body))


class OddOne(httpx.AsyncHTTPTransport):
    """Real HTTP, where one answer has another body."""

    def __init__(self, number, body):
        super().__init__()
        self._left, self._body = number, body

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        self._left -= 1
        return answer if self._left else httpx.Response(200, json=self._body, request=request)


def everything(account):
    yield lambda: account.full(known=["1"])
    yield lambda: account.changes(account.now() - timedelta(hours=1))
    yield lambda: account.fetch(["1", "2"])
    yield lambda: account.look(lambda connector: connector.probe([account.kind]))


@pytest.fixture
def odd(account):
    account.waits = False
    return account


def test_one_answer_for_all_is_no_answer(odd):
    for body in ODD:
        odd.http = partial(always, body)
        for work in everything(odd):
            ends_in_a_sentence(work, odd, body)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_any_answer_at_all_is_a_sentence_or_does_no_harm(odd, body):
    odd.http = partial(always, body)
    for work in everything(odd):
        ends_in_a_sentence(work, odd, body)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_one_odd_answer_among_right_ones_is_a_sentence_or_does_no_harm(odd, number):
    odd.make_many(3)
    for body in ODD:
        odd.http = lambda body=body: httpx.AsyncClient(transport=OddOne(number, body))
        ends_in_a_sentence(lambda: odd.full(known=["1"]), odd, body)


class Undated(httpx.AsyncHTTPTransport):
    """Real HTTP to HubSpot, where the last record of a searched page does not say when it changed."""

    async def handle_async_request(self, request):
        answer = await super().handle_async_request(request)
        if not request.url.path.endswith("/search"):
            return answer
        body = json.loads(await answer.aread())
        body["results"][-1]["properties"]["lastmodifieddate"] = "soon"
        return httpx.Response(200, json=body, request=request)


def test_a_search_that_cannot_go_on_says_at_which_record(open_account):
    with open_account(Pair("hubspot", "customer", "contacts")) as crm:
        crm.make_many(201)
        crm.http = lambda: httpx.AsyncClient(transport=Undated())
        with pytest.raises(
            ProtocolViolation, match=r"hubspot contacts \d+: the last record of a page does not say when"
        ):
            crm.changes(crm.now() - timedelta(hours=1))


def ends_in_a_sentence(work, account, body):
    try:
        work()
    except SgError as error:
        assert account.platform in str(error), (json.dumps(body), str(error))
