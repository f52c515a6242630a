"""A million rows and one row go through the same function; here, one against many."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sg_pipelines.domain.comparators.packing import pack
from sg_pipelines.domain.discrepancies.cell import Outcome
from sg_pipelines.domain.discrepancies.compare import compare
from sg_pipelines.domain.discrepancies.frame import OUTCOMES, FieldFrame, Prior
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.domain.survivorship.policy import FieldPolicy, Ownership

ACCOUNTS = ("crm", "shop", "erp")
PHONE, TAGS, NAME, ADDRESS = (CUSTOMER.field(name) for name in ("phone", "tags", "name", "address"))


def frame(field, rows, *, prior=None, policy=None):
    """`rows`: one {account: original} per entity; an account left out is absent."""
    policy = policy or FieldPolicy(field.name, ACCOUNTS, owners=("crm",))
    return FieldFrame(
        field,
        policy,
        {a: pa.chunked_array([pa.array([pack(field, r.get(a)) for r in rows], pa.large_string())]) for a in ACCOUNTS},
        {a: np.array([a in row for row in rows], bool) for a in ACCOUNTS},
        prior,
    )


def agreed_before(field, rows, base):
    """Everyone held the base."""
    size = len(rows)
    packed = [pack(field, base)] * size
    return Prior(
        has_base=np.ones(size, bool),
        base=pa.array(packed, pa.large_string()),
        has_held={a: np.ones(size, bool) for a in ACCOUNTS},
        held={a: pa.array(packed, pa.large_string()) for a in ACCOUNTS},
        accepted={a: np.zeros(size, bool) for a in ACCOUNTS},
        changed_at={a: np.zeros(size, np.int64) for a in ACCOUNTS},
        unsettled_since={a: np.zeros(size, np.int64) for a in ACCOUNTS},
    )


def run(built):
    return compare(built, now=0, region="US", settling={})


def outcomes(result):
    return [OUTCOMES[code] for code in result.outcome]


def test_spelling_is_no_difference():
    result = run(frame(PHONE, [{"crm": "(312) 555-0142", "shop": "+13125550142", "erp": "312.555.0142"}]))
    assert outcomes(result) == [Outcome.CONSISTENT]
    assert not result.verdicts


def test_one_record_alone_agrees_with_nobody_and_moves_no_base():
    result = run(frame(PHONE, [{"crm": "3125550142"}]))
    assert outcomes(result) == [Outcome.ALONE]
    assert not result.agreed[0]


def test_accents_alone_are_cosmetic():
    result = run(
        frame(
            NAME,
            [{"crm": {"first_name": "José", "last_name": "Peña"}, "erp": {"first_name": "Jose", "last_name": "Pena"}}],
        )
    )
    assert outcomes(result) == [Outcome.CONSISTENT]
    assert result.cosmetic == [0]


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("Calle Gran Vía 12", "C/ Gran Vía 12", False),
        ("Calle Gran Vía 12", "C/ Gran Via 12", True),
        ("Calle Mayor 3", "C/ Mayor, 3", False),
    ],
)
def test_how_an_address_is_abbreviated_is_not_even_cosmetic(one, other, differs):
    rest = {"address_city": "Madrid", "address_postal_code": "28013"}
    rows = [
        {
            "crm": {"address_street": one, **rest, "address_region": "Madrid", "address_country": "España"},
            "erp": {"address_street": other, **rest, "address_region": "M", "address_country": "ES"},
        }
    ]
    result = run(frame(ADDRESS, rows))
    assert outcomes(result) == [Outcome.CONSISTENT]
    assert result.cosmetic == [0] * differs


def test_a_cent_within_tolerance_is_no_matter_of_accents():
    policy = FieldPolicy("total", ACCOUNTS, owners=("crm",), tolerance=Decimal("0.01"))
    said = {account: {"total_amount": amount, "currency": "EUR"} for account, amount in (("crm", "1"), ("erp", "1.01"))}
    result = run(frame(ORDER.field("total"), [said], policy=policy))
    assert outcomes(result) == [Outcome.CONSISTENT]
    assert result.cosmetic == []


@pytest.mark.parametrize(("amount", "outcome"), [("0.00", Outcome.CONSISTENT), ("5", Outcome.SOFT_DRIFT)])
def test_a_line_of_no_pieces_for_nothing_is_no_line(amount, outcome):
    lamp, nothing = ({"sku": sku, "quantity": quantity} for sku, quantity in (("LAMP", "1"), ("SHADE", "0")))
    lamp["amount"], nothing["amount"] = "9.50", amount
    result = run(frame(ORDER.field("lines"), [{"crm": [lamp, nothing], "erp": [lamp]}]))
    assert outcomes(result) == [outcome]


def test_the_master_shows_the_owners_spelling():
    result = run(frame(PHONE, [{"erp": "312.555.0142", "crm": "(312) 555-0142"}]))
    assert result.original(int(result.value[0])) == "(312) 555-0142"


def test_the_master_is_never_blank_while_anyone_knows():
    newest = FieldPolicy("phone", ACCOUNTS, Ownership.NEWEST)
    result = run(frame(PHONE, [{"crm": "3125550142", "erp": "2125550199"}], policy=newest))
    assert outcomes(result) == [Outcome.HARD_CONFLICT]
    assert result.original(int(result.value[0])) == "3125550142"


def test_a_tag_put_on_in_one_place_is_one_small_drift():
    rows = [{"crm": ["vip", "new"], "shop": ["VIP"]}]
    any_owner = FieldPolicy("tags", ACCOUNTS, Ownership.ANY)
    result = run(frame(TAGS, rows, prior=agreed_before(TAGS, rows, ["vip"]), policy=any_owner))
    assert [(subject, verdict.outcome) for _, subject, verdict in result.verdicts] == [("tags=new", Outcome.SOFT_DRIFT)]
    assert result.original(int(result.value[0])).split("\x1f") == ["new", "vip"]


def test_a_tag_taken_away_is_a_move_and_no_clear():
    rows = [{"crm": [], "shop": ["vip"]}]
    any_owner = FieldPolicy("tags", ACCOUNTS, Ownership.ANY)
    result = run(frame(TAGS, rows, prior=agreed_before(TAGS, rows, ["vip"]), policy=any_owner))
    assert [(s, v.outcome, v.targets) for _, s, v in result.verdicts] == [("tags=vip", Outcome.SOFT_DRIFT, ("shop",))]
    assert result.original(int(result.value[0])) == ""


def test_tags_nobody_agreed_on_yet_are_filled_in_and_never_taken_away():
    any_owner = FieldPolicy("tags", ACCOUNTS, Ownership.ANY)
    result = run(frame(TAGS, [{"crm": ["a"], "shop": ["b"]}], policy=any_owner))
    assert {(s, v.outcome) for _, s, v in result.verdicts} == {
        ("tags=a", Outcome.SOFT_DRIFT),
        ("tags=b", Outcome.SOFT_DRIFT),
    }
    assert result.original(int(result.value[0])).split("\x1f") == ["a", "b"]


phones = st.sampled_from((None, "3125550142", "(312) 555-0142", "+1 312 555 0199", "2125550111", ""))
entities = st.lists(st.dictionaries(st.sampled_from(ACCOUNTS), phones), min_size=1, max_size=12)


@settings(deadline=None)
@given(entities)
def test_many_entities_at_once_are_decided_like_each_alone(rows):
    together = run(frame(PHONE, rows))
    for position, row in enumerate(rows):
        alone = run(frame(PHONE, [row]))
        assert together.outcome[position] == alone.outcome[0]
        assert together.original(int(together.value[position])) == alone.original(int(alone.value[0]))
        mine = [verdict for entity, _, verdict in together.verdicts if entity == position]
        assert mine == [verdict for _, _, verdict in alone.verdicts]
