"""Pages of NetSuite that end anywhere, held to three rows so that few records fill many."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from sg_pipelines.connectors.connections import OAuth2Credentials
from sg_pipelines.domain.model.record import RecordState
from sg_pipelines.errors import ProtocolViolation
from tests.contract.connectors.accounts import states
from tests.contract.connectors.pairs import Pair


class Short(httpx.AsyncHTTPTransport):
    """Real HTTP, where a page holds three rows; `change` takes the rows of records."""

    def __init__(self, change=lambda rows: rows):
        super().__init__()
        self._change = change

    async def handle_async_request(self, request):
        if "limit" in request.url.params:
            request.url = request.url.copy_set_param("limit", "3")
        answer = await super().handle_async_request(request)
        if not request.url.path.endswith("/suiteql"):
            return answer
        body = json.loads(await answer.aread())
        return httpx.Response(answer.status_code, json={**body, "items": self._change(body["items"])}, request=request)


@pytest.fixture
def erp(open_account):
    """One that is let in by a certificate, which signs no addresses."""
    with open_account(Pair("netsuite", "customer", "customer")) as account:
        given = account.control.get("accounts")["netsuite"]["credentials"]
        keys = OAuth2Credentials(given["client_id"], given["certificate_id"], given["private_key"])
        account.where = replace(account.where, credentials=keys)
        account.http = lambda: httpx.AsyncClient(transport=Short())
        yield account


def test_records_deleted_at_the_same_time_are_all_told_over_many_pages(erp):
    made = erp.make_many(11)
    before = erp.now() - timedelta(hours=1)
    for record_id in made:
        erp.deed("delete", record_id=record_id)
    (records, _), report = erp.changes(before)
    assert states(records) == dict.fromkeys(made, RecordState.DELETED)
    assert len(records) == len(made)
    assert report.calls > 4


def test_a_page_of_which_nothing_can_be_read_ends_nothing_unnoticed(erp):
    erp.make_many(7)
    spoiled = [{"id": {}}] * 3
    erp.http = lambda: httpx.AsyncClient(transport=Short(lambda rows: spoiled if len(rows) == 3 else rows))
    with pytest.raises(ProtocolViolation, match=r"netsuite.*not one row of a page can be read"):
        erp.changes(erp.now() - timedelta(hours=1))
