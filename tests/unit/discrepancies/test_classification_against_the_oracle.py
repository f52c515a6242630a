"""Every small case there is, decided by the product and by an independent telling of the rules."""

import importlib.util
import itertools
from pathlib import Path

import pytest

from sg_pipelines.domain.discrepancies.cell import Cell, Voice
from sg_pipelines.domain.discrepancies.classify import classify
from sg_pipelines.domain.survivorship.policy import FieldPolicy, OnBothChanged, OnForeignEdit, Ownership

_spec = importlib.util.spec_from_file_location("oracle", Path(__file__).parent / "oracle.py")
oracle = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(oracle)

NOTHING = object()
ACCOUNTS = ("crm", "shop", "erp")
POLICIES = [
    {"owner": owner, "on_foreign_edit": foreign, "on_both_changed": both, "allow_clear": clear}
    for owner in (("crm",), ("shop", "crm"), (), "newest", "any")
    for foreign in ("conflict", "revert", "accept")
    for both in ("conflict", "owner_wins", "newest")
    for clear in (False, True)
]


def product_policy(policy):
    listed = policy["owner"] not in ("newest", "any")
    return FieldPolicy(
        field="f",
        accounts=ACCOUNTS,
        ownership=Ownership.LISTED if listed else Ownership(policy["owner"]),
        owners=policy["owner"] if listed else (),
        on_foreign_edit=OnForeignEdit(policy["on_foreign_edit"]),
        on_both_changed=OnBothChanged(policy["on_both_changed"]),
        allow_clear=policy["allow_clear"],
    )


def told(account, value, held, accepted, changed_at):
    voice = {"account": account, "value": value, "accepted": accepted, "changed_at": changed_at}
    return voice if held is NOTHING else {**voice, "held": held}


def product_voice(voice):
    return Voice(
        voice["account"],
        voice["value"],
        has_held="held" in voice,
        held=voice.get("held"),
        accepted=voice["accepted"],
        changed_at=voice["changed_at"],
    )


def compare(policies, voices, has_base, base):
    for plain, policy in policies:
        verdict = classify(Cell(policy, tuple(map(product_voice, voices)), has_base, base))
        decider = verdict.winner or ("base" if verdict.from_base else None)
        expected = oracle.decide(plain, voices, has_base, base)
        assert (verdict.outcome.value, decider) == expected, (plain, voices, has_base, base, verdict)


POLICY_PAIRS = [(plain, product_policy(plain)) for plain in POLICIES]
BASES = [(False, None), (True, None), (True, "a"), (True, "b")]


@pytest.mark.parametrize(("has_base", "base"), BASES)
def test_two_accounts_are_decided_as_the_rules_say_in_every_case(has_base, base):
    values = (None, "a", "b", "c")
    helds = (NOTHING, None, "a", "b") if has_base else (NOTHING,)
    states = list(itertools.product(values, helds, (False, True) if has_base else (False,)))
    for (v1, h1, a1), (v2, h2, a2) in itertools.product(states, states):
        for t1, t2 in ((1, 2), (2, 1), (2, 2)):
            voices = [told("crm", v1, h1, a1, t1), told("shop", v2, h2, a2, t2)]
            compare(POLICY_PAIRS[:: 3 if t1 == t2 else 1], voices, has_base, base)


@pytest.mark.parametrize(("has_base", "base"), BASES)
def test_three_accounts_are_decided_as_the_rules_say_in_every_case(has_base, base):
    values = (None, "a", "b", "c")
    helds = (NOTHING, "a", None) if has_base else (NOTHING,)
    states = list(itertools.product(values, helds))
    chosen = POLICY_PAIRS[::7]
    for position, combination in enumerate(itertools.product(states, repeat=3)):
        voices = [
            told(account, value, held, False, time)
            for account, (value, held), time in zip(ACCOUNTS, combination, (3, 2, 5), strict=True)
        ]
        compare([chosen[position % len(chosen)], chosen[(position * 5 + 2) % len(chosen)]], voices, has_base, base)
