"""Worlds in memory: the accounts, the world over them, and what a right reconciliation finds there."""

import importlib.util
import sqlite3
from pathlib import Path

import pytest

from sg_pipelines.sandbox.world.population import Making
from sg_pipelines.sandbox.world.things import KINDS
from sg_pipelines.sandbox.world.world import World


def _beside(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


memory = _beside("memory_accounts")
right = _beside("right_reconciliation")
ONE_EACH = {"hubspot": "hubspot", "shopify": "shopify", "netsuite": "netsuite"}
TWO_SHOPS = {"hubspot": "hubspot", "shop_a": "shopify", "shop_b": "shopify", "netsuite": "netsuite"}


class Lived:
    """A world that was filled, and what its accounts said on the first day."""

    def __init__(self, making, accounts):
        self.accounts = {name: memory.MemoryAccount(name, platform) for name, platform in accounts.items()}
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.clock = memory.StillClock()
        self.world = World(self.connection, self.clock, self.accounts)
        self.world.baseline(making)
        self.first = right.Snapshot(self.accounts)

    def live(self, rounds):
        for _ in range(rounds):
            self.world.edit()
        return self

    @property
    def ledger(self):
        return self.world.ledger.entries()

    @property
    def planted(self):
        return {(one["person"], one["cls"], one["subject"]) for one in self.ledger}

    def reconciled(self):
        return right.Reconciliation(self.first, right.Snapshot(self.accounts), self.world.ledger.truth())

    def rows(self, account, kind):
        return {
            record_id: row
            for (of, record_id), row in self.accounts[account].rows.items()
            if of == kind and row["state"] == "live"
        }


@pytest.fixture
def make_world():
    """A function that fills a world in memory."""

    def make(people=300, seed=1, *, kinds=KINDS, locale="en_US", accounts=None, **sizes):
        return Lived(Making(people, seed, kinds=kinds, locale=locale, **sizes), accounts or ONE_EACH)

    return make


@pytest.fixture
def memory_account():
    """The class of accounts in memory: `memory_account(name, platform)`."""
    return memory.MemoryAccount
