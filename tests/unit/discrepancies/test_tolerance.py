"""Numbers near enough agree, and the base does not creep."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.packing import pack, unpack
from sg_pipelines.domain.discrepancies.cell import Outcome
from sg_pipelines.domain.discrepancies.compare import compare
from sg_pipelines.domain.discrepancies.frame import OUTCOMES, FieldFrame, Prior
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.domain.survivorship.policy import FieldPolicy

ACCOUNTS = ("crm", "shop")
TOTAL = ORDER.field("total")


def money(amount, currency="USD"):
    return pack(TOTAL, {"total_amount": amount, "currency": currency})


def compared(crm, shop, base=None, tolerance="0.02"):
    policy = FieldPolicy("total", ACCOUNTS, owners=("shop",), tolerance=Decimal(tolerance))
    prior = None
    if base is not None:
        agreed = pa.array([money(base)], pa.large_string())
        prior = Prior(
            has_base=np.ones(1, bool),
            base=agreed,
            has_held={a: np.ones(1, bool) for a in ACCOUNTS},
            held={a: agreed for a in ACCOUNTS},
            accepted={a: np.zeros(1, bool) for a in ACCOUNTS},
            changed_at={a: np.zeros(1, np.int64) for a in ACCOUNTS},
            unsettled_since={a: np.zeros(1, np.int64) for a in ACCOUNTS},
        )
    columns = {"crm": crm, "shop": shop}
    frame = FieldFrame(
        TOTAL,
        policy,
        {a: pa.chunked_array([pa.array([columns[a]], pa.large_string())]) for a in ACCOUNTS},
        {a: np.ones(1, bool) for a in ACCOUNTS},
        prior,
    )
    result = compare(frame, now=0, region="US", settling={})
    return OUTCOMES[result.outcome[0]], unpack(TOTAL, result.original(int(result.value[0])))


def test_a_cent_within_tolerance_is_no_difference():
    outcome, _ = compared(money("10.00"), money("10.01"))
    assert outcome is Outcome.CONSISTENT


def test_more_than_the_tolerance_is_a_difference():
    outcome, _ = compared(money("10.00"), money("10.03"))
    assert outcome is not Outcome.CONSISTENT


def test_what_lies_near_the_base_on_both_sides_may_still_lie_too_far_apart():
    outcome, _ = compared(money("10.02"), money("9.98"), base="10.00")
    assert outcome is Outcome.HARD_CONFLICT


def test_no_tolerance_bridges_two_currencies():
    outcome, _ = compared(money("10.00"), money("10.00", "EUR"))
    assert outcome is not Outcome.CONSISTENT


def test_small_steps_are_held_against_the_base_and_not_against_each_other():
    outcome, value = compared(money("10.01"), money("10.02"), base="10.00")
    assert outcome is Outcome.CONSISTENT
    assert value == {"total_amount": "10.00", "currency": "USD"}
    outcome, _ = compared(money("10.02"), money("10.03"), base="10.00")
    assert outcome is Outcome.SOFT_DRIFT


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_it_is_consistent_with_a_base_exactly_when_both_are_near_it_or_alike(base, crm, shop):
    outcome, _ = compared(money(f"{crm / 100:.2f}"), money(f"{shop / 100:.2f}"), base=f"{base / 100:.2f}")
    near = abs(crm - base) <= 2 and abs(shop - base) <= 2
    assert (outcome is Outcome.CONSISTENT) == (near or crm == shop)
