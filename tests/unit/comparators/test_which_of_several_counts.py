"""Of several neighbours that one account names the one counts whom the others name."""

from dataclasses import replace

import pytest

from sg_pipelines.domain.comparators.one_of_several import Candidate, counting


def known(*ids):
    return [Candidate(f"{one}", f"E{one}") for one in ids]


def test_it_is_whom_the_others_name_wherever_it_stands():
    assert counting({"crm": known(1, 2, 3), "shop": known(3), "erp": known(3)}) == {"crm": "3"}


def test_where_nobody_else_names_one_of_them_it_is_the_platforms_first():
    assert counting({"crm": known(2, 1), "shop": known(9), "erp": []}) == {"crm": "2"}
    assert counting({"crm": known(2, 1)}) == {"crm": "2"}


def test_two_accounts_that_name_several_come_to_the_same():
    assert counting({"a": known(1, 2), "b": known(2, 1), "c": []}) == {"a": "1", "b": "1"}


def test_most_accounts_count_before_the_first():
    assert counting({"crm": known(1, 2), "shop": known(1), "erp": known(2), "other": known(2)}) == {"crm": "2"}


def test_who_names_one_keeps_it():
    assert counting({"crm": known(1), "shop": known(2)}) == {}


@pytest.mark.parametrize("is_unheard", [True, False])
def test_one_whom_nobody_knows_yet_may_be_the_one_until_another_is_agreed(is_unheard):
    new = Candidate("7", None, is_unheard)
    assert counting({"crm": [*known(1), new], "shop": known(2)}) == {"crm": "7" if is_unheard else "1"}
    assert counting({"crm": [*known(1), new], "shop": known(1)}) == {"crm": "1"}
    assert counting({"crm": [*known(1), new], "shop": []}) == {"crm": "1"}


def test_one_that_is_gone_counts_after_those_who_are_there():
    assert counting({"crm": [Candidate("7", None), *known(1)], "shop": known(2)}) == {"crm": "1"}


def remembering(some, *, held=None, counted=None):
    return [replace(one, is_held=one.record_id == held, has_counted=one.record_id == counted) for one in some]


def test_one_that_was_agreed_stays_while_no_other_is_named_by_more():
    crm = remembering(known(1, 4), held="4")
    assert counting({"crm": crm, "shop": known(9)}) == {"crm": "4"}
    assert counting({"crm": crm, "shop": known(1), "erp": known(4)}) == {"crm": "4"}
    assert counting({"crm": crm, "shop": known(1), "erp": []}) == {"crm": "1"}


def test_one_that_was_agreed_and_is_named_no_more_gives_way():
    assert counting({"crm": remembering(known(1, 5), held="4"), "shop": known(9)}) == {"crm": "1"}


def test_one_that_was_agreed_counts_before_one_that_counted_last():
    assert counting({"crm": remembering(known(1, 4, 5), held="4", counted="5"), "shop": known(9)}) == {"crm": "4"}


def test_one_that_counted_last_stays_where_nothing_was_agreed():
    assert counting({"crm": remembering(known(1, 4), counted="4"), "shop": known(9)}) == {"crm": "4"}


def test_a_record_alone_keeps_the_one_that_counted_and_else_follows_its_platform():
    assert counting({"crm": remembering(known(1, 4), held="4", counted="4"), "shop": []}) == {"crm": "4"}
    assert counting({"crm": remembering(known(1, 4), held="4"), "shop": []}) == {"crm": "1"}


def test_two_accounts_that_name_several_come_to_the_same_though_one_remembers_nothing():
    assert counting({"a": known(1, 2), "b": remembering(known(1, 2), held="2")}) == {"a": "2", "b": "2"}


def test_of_two_records_of_one_neighbour_the_one_that_counted_stays():
    twins = [Candidate("1", "E"), Candidate("2", "E", has_counted=True)]
    assert counting({"crm": twins, "shop": known(9)}) == {"crm": "2"}
