"""Whose price is in another currency than that of the first who states one."""

import pyarrow as pa
import pytest

from sg_pipelines.domain.composition.currency import currencies, in_other_currencies


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ({"crm": "USD", "shop": "EUR", "erp": "USD"}, {"shop"}),
        ({"crm": None, "shop": "EUR", "erp": "USD"}, {"erp"}),
        ({"crm": "USD", "shop": None, "erp": "USD"}, set()),
        ({"crm": None, "shop": None}, set()),
        ({"shop": "EUR"}, set()),
    ],
)
def test_the_first_who_states_one_decides(said, apart):
    columns = {account: pa.array([word], pa.string()) for account, word in said.items()}
    assert {account for account, (there,) in in_other_currencies(columns).items() if there} == apart


def test_a_currency_without_an_amount_says_nothing_and_letter_case_nothing_either():
    amounts, codes = pa.array(["1", "", None, "1", "1", "1"]), pa.array(["usd ", "USD", "USD", "", None, "EUR"])
    assert currencies(amounts, codes).to_pylist() == ["USD", None, None, None, None, "EUR"]
