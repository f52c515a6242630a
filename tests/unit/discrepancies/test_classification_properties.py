from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sg_pipelines.domain.discrepancies.cell import Cell, Outcome, Voice
from sg_pipelines.domain.discrepancies.classify import classify
from sg_pipelines.domain.survivorship.policy import FieldPolicy, OnBothChanged, OnForeignEdit, Ownership

ACCOUNTS = ("crm", "erp", "shop")
values = st.sampled_from((None, "a", "b", "c"))


@st.composite
def cells(draw):
    ownership = draw(st.sampled_from(Ownership))
    owners = tuple(draw(st.permutations(ACCOUNTS)))[: draw(st.integers(0, 3))] if ownership is Ownership.LISTED else ()
    policy = FieldPolicy(
        "f",
        ACCOUNTS,
        ownership,
        owners,
        draw(st.sampled_from(OnForeignEdit)),
        draw(st.sampled_from(OnBothChanged)),
        draw(st.booleans()),
    )
    has_base = draw(st.booleans())
    voices = tuple(
        Voice(
            account,
            draw(values),
            has_held=has_base and draw(st.booleans()),
            held=draw(values),
            changed_at=number * 10 + 1,
        )
        for number, account in enumerate(draw(st.permutations(ACCOUNTS)))
    )
    return Cell(policy, voices, has_base, draw(values) if has_base else None)


@given(cells(), st.permutations(range(3)))
def test_the_order_in_which_accounts_are_named_decides_nothing(cell, order):
    shuffled = replace(cell, voices=tuple(cell.voices[i] for i in order))
    one, two = classify(cell), classify(shuffled)
    assert (one.outcome, one.rule, one.owner, one.from_base) == (two.outcome, two.rule, two.owner, two.from_base)
    said = {voice.account: voice.value for voice in cell.voices}
    assert said.get(one.winner) == said.get(two.winner)


@given(cells())
def test_once_the_proposal_is_applied_there_is_nothing_left_to_do(cell):
    verdict = classify(cell)
    if verdict.winner is None and not verdict.from_base:
        return
    value = cell.base
    if verdict.winner is not None:
        value = next(voice.value for voice in cell.voices if voice.account == verdict.winner)
    applied = tuple(replace(voice, value=value) if voice.account in verdict.targets else voice for voice in cell.voices)
    assert classify(replace(cell, voices=applied)).outcome is Outcome.CONSISTENT


@given(cells())
def test_a_drift_always_names_who_lags_and_a_conflict_never_does(cell):
    verdict = classify(cell)
    if verdict.outcome is Outcome.SOFT_DRIFT:
        assert verdict.targets
    if verdict.outcome is Outcome.HARD_CONFLICT:
        assert verdict.winner is None
        assert not verdict.from_base


def policy(**changes):
    return FieldPolicy("f", ACCOUNTS, owners=("crm",), **changes)


def test_a_young_change_settles_and_is_counted_only_after_its_window():
    voices = (
        Voice("crm", "new", has_held=True, held="old", changed_at=1_000, unsettled_since=1_000),
        Voice("erp", "old", has_held=True, held="old"),
    )
    young = Cell(policy(), voices, True, "old", now=1_500, settling={"crm": 1_000})
    assert classify(young).outcome is Outcome.SETTLING
    assert classify(replace(young, now=2_000)).outcome is Outcome.SOFT_DRIFT


def test_a_record_that_never_rests_settles_for_three_windows_at_most():
    restless = Voice("crm", "new", has_held=True, held="old", changed_at=3_900, unsettled_since=1_000)
    cell = Cell(
        policy(), (restless, Voice("erp", "old", has_held=True, held="old")), True, "old", 4_000, {"crm": 1_000}
    )
    assert classify(cell).outcome is Outcome.SOFT_DRIFT


def test_what_we_are_writing_ourselves_is_not_reported_as_drift():
    voices = (Voice("crm", "new", has_held=True, held="old"), Voice("erp", "old", has_held=True, held="old"))
    cell = Cell(policy(), voices, True, "old", in_flight=frozenset({"crm"}))
    assert classify(cell).outcome is Outcome.SETTLING
