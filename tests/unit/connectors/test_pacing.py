"""A window of requests is never overrun: by one session, by several, or beside somebody else."""

import asyncio

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.connectors.pacing import Window, WindowPacing, shared_window

MOST, LEFT = "Max", "Remaining"


class Time:
    """Seconds that pass only while somebody sleeps, or when told to."""

    def __init__(self):
        self.now = 1_000.0

    async def sleep(self, seconds):
        self.now += seconds

    def __call__(self):
        return self.now


def paced(time, limit, window=None):
    headers = {"limit_header": MOST, "remaining_header": LEFT}
    return WindowPacing(limit, 10.0, window=window, sleep=time.sleep, clock=time, **headers)


def answer(**headers):
    return httpx.Response(200, headers={name: str(value) for name, value in headers.items()})


def send(pacing, time, count):
    """When each of some requests was let go."""
    sent = []

    async def all_of_them():
        for _ in range(count):
            await pacing.before(1.0)
            sent.append(time.now)

    asyncio.run(all_of_them())
    return sent


@given(limit=st.integers(1, 8), batches=st.lists(st.tuples(st.integers(1, 6), st.floats(0, 12)), max_size=8))
def test_no_ten_seconds_hold_more_than_the_limit(limit, batches):
    time, window, sent = Time(), Window(), []
    for count, pause in batches:
        sent += send(paced(time, limit, window), time, count)
        time.now += pause
    for first, beyond in zip(sent, sent[limit:], strict=False):
        assert beyond - first >= 10.0 - 1e-6


def test_a_session_opened_anew_knows_what_the_one_before_sent():
    time = Time()
    window = shared_window("http://one", "crm", "search")
    send(paced(time, 5, window), time, 5)
    assert send(paced(time, 5, shared_window("http://one", "crm", "search")), time, 1) == [pytest.approx(1_010.0)]
    assert shared_window("http://one", "crm", "search") is window
    assert shared_window("http://one", "other", "search") is not window


def test_the_platform_says_how_many_may_be_sent():
    time = Time()
    pacing = paced(time, 2)
    pacing.after(answer(Max=4))
    assert send(pacing, time, 4) == [1_000.0] * 4
    pacing.after(answer(Max=1))
    assert send(pacing, time, 1) == [pytest.approx(1_010.0)]


def test_what_others_sent_is_counted_as_ours():
    time = Time()
    pacing = paced(time, 4)
    send(pacing, time, 1)
    pacing.after(answer(Max=4, Remaining=1))
    assert send(pacing, time, 2) == [1_000.0, pytest.approx(1_010.0)]


def test_an_answer_without_numbers_changes_nothing():
    time = Time()
    pacing = paced(time, 3)
    for said in (answer(), answer(Max="many", Remaining="few"), None):
        pacing.after(said)
    assert send(pacing, time, 3) == [1_000.0] * 3
