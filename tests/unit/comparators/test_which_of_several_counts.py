"""Of several neighbours that one account names the one counts whom the others name."""

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
