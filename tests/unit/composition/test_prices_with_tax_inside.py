"""Whose amounts are told the other way: with tax inside where the first who says so has it outside, or the reverse."""

import pyarrow as pa
import pytest

from sg_pipelines.domain.composition.tax import told_otherwise


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ({"crm": None, "shop": True, "erp": False}, {"erp"}),
        ({"crm": False, "shop": True, "erp": False}, {"shop"}),
        ({"crm": None, "erp": False}, set()),
        ({"crm": None, "shop": None}, set()),
        ({"shop": True}, set()),
    ],
)
def test_the_first_who_says_so_decides(said, apart):
    columns = {account: pa.array([word], pa.bool_()) for account, word in said.items()}
    assert {account for account, (there,) in told_otherwise(columns).items() if there} == apart
