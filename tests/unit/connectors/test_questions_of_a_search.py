"""Whatever order a platform gives to records of one time, going from question to question brings each of them."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from sg_pipelines.connectors.hubspot.questions import ID, Question, asked_since

PAGE = 3
HOLDS = {"GTE": lambda one, two: one >= two, "GT": lambda one, two: one > two, "EQ": lambda one, two: one == two}


def answered(asked, records, dice):
    """A page of (time, id) that fits, sorted by the one rule, the rest anyhow; and whether there is more."""
    place = {"changed": 0, ID: 1}
    fit = [one for one in records if all(HOLDS[how](one[place[name]], value) for name, how, value in asked.filters)]
    dice.shuffle(fit)
    fit.sort(key=lambda one: one[place[asked.sort]])
    return fit[:PAGE], len(fit) > PAGE


@settings(deadline=None)
@given(times=st.lists(st.integers(1, 6), max_size=25), seed=st.integers(0, 999))
def test_every_record_is_found_in_the_end_however_ties_come(times, seed):
    dice = random.Random(seed)
    records = [(time, number) for number, time in enumerate(times, 1)]
    found, asked, calls = set(), asked_since("changed", 1), 0
    while asked is not None:
        page, has_more = answered(asked, records, dice)
        found.update(page)
        calls += 1
        asked = asked.after_page(last_ms=page[-1][0], last_id=page[-1][1]) if has_more else asked.at_its_end()
    assert found == set(records)
    assert calls <= 1 + len(times) + 3 * len(set(times))


def test_what_is_of_one_time_is_asked_for_by_id_from_the_lowest():
    asked = asked_since("changed", 7).after_page(last_ms=7, last_id=900)
    assert (asked.filters, asked.sort) == ((("changed", "EQ", 7), (ID, "GT", 0)), ID)
    assert asked.after_page(last_ms=7, last_id=30).filters == (("changed", "EQ", 7), (ID, "GT", 30))
    assert asked.at_its_end() == Question("changed", (("changed", "GT", 7),), "changed")


def test_a_page_that_gets_to_a_later_time_is_followed_from_there_on():
    asked = asked_since("changed", 5)
    assert asked.after_page(last_ms=9, last_id=1) == asked_since("changed", 9)
    assert asked.at_its_end() is None
