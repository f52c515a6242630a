"""Which searches a pull of changes at HubSpot takes, where records share the time at which they changed."""

from datetime import UTC, datetime

import pytest

from tests.contract.connectors.accounts import live
from tests.contract.connectors.pairs import Pair

SEARCHED = "/crm/v3/objects/companies/search"


@pytest.fixture
def crm(open_account):
    with open_account(Pair("hubspot", "company", "companies")) as account:
        yield account


@pytest.mark.parametrize(
    ("counts", "searches"),
    [
        ((200,), 1),
        ((1,) * 210, 2),
        ((150, 100), 2),
        # A page that gets to the time, one that gets no further; by id, two pages; what is past it
        ((207,), 1 + 1 + 2 + 1),
        # The first page ends among 30, the second begins with all of them
        ((190, 30, 20), 2),
        # More of one time than a page holds, after a page that ends among them
        ((5, 202, 3), 1 + 1 + 2 + 1),
    ],
    ids=str,
)
def test_records_that_changed_at_one_time_all_come_and_once_each(crm, counts, searches):
    start_ms = crm.control.get("time")["now_ms"] // 1000 * 1000 - 1_000_000
    rows = crm.rows(sum(counts))
    times = [start_ms + 1000 * place for place, count in enumerate(counts) for _ in range(count)]
    for row, at_ms in zip(rows, times, strict=True):
        row |= {"modified_at_ms": at_ms, "created_at_ms": start_ms}
    made = crm.make(*rows)
    crm.forget_requests()
    (records, aside), report = crm.changes(datetime.fromtimestamp(start_ms / 1000, UTC))
    assert sorted(one.record_id for one in records) == sorted(made)
    assert set(live(records)) == set(made)
    assert aside == []
    assert report.records == len(made)
    assert crm.requests()[SEARCHED] == searches
    assert report.lower_bound == -(-len(made) // 200) + 1
