"""The main job ends in the same place whether a client's documents are in SQLite or in MongoDB."""

import json
import re
from collections import defaultdict

import pytest

from sg_pipelines.runtime.stores import open_store
from tests.e2e.command import sg

PEOPLE = 200
MINTED = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")


def without(document, *fields):
    return {name: value for name, value in document.items() if name not in fields}


def who_is_who(store):
    """Entity → what it is called here, since ids are minted: the records that hang on it."""
    groups = defaultdict(list)
    for link in store.find("links", {"open": True}):
        groups[link["entity"]].append(f"{link['ref']} {link['role']}")
    return {entity: tuple(sorted(refs)) for entity, refs in groups.items()}


def what_was_concluded(store):
    """Everything of links, discrepancies and findings but the times of the run; entities by what hangs on them."""
    called = who_is_who(store)

    def by_name(text):
        return MINTED.sub(lambda found: "+".join(called.get(found[0], ())), text)

    def named(document):
        detail = sorted(by_name(word) for word in document.get("detail", "").replace(",", "").split())
        return by_name(json.dumps(without(document, *times) | {"detail": detail}, sort_keys=True))

    times = ("_id", "key", "entity", "first_seen_at", "last_seen_at", "closed_at")
    concluded = {
        collection: sorted(f"{called.get(found['entity'], ())} {named(found)}" for found in store.find(collection))
        for collection in ("discrepancies", "findings")
    }
    return {"links": sorted(called.values())} | concluded


def take_one_apart(home):
    """A person says of one link that it is wrong."""
    store = open_store("demo", home.folder("demo"))
    links = sorted(store.find("links", {"open": True}), key=lambda link: link["ref"])
    store.close()
    wrong = next(link for link in links if link["account"] == "shopify" and link["evidence"])
    sg("links", "reject", wrong["ref"], wrong["entity"])


def run_everything(home):
    """Baseline and incremental pulse, a full one, a decision: what was counted, what the ledger says, what was found."""
    reports = [json.loads(sg("reconcile", "--json")), json.loads(sg("reconcile", "--full", "--json"))]
    counted = [without(report, "seconds", "api_calls") for report in reports]
    audit = json.loads(sg("sandbox", "verify", "--json"))
    take_one_apart(home)
    store = open_store("demo", home.folder("demo"))
    try:
        return counted, audit, what_was_concluded(store), store.state().system
    finally:
        store.close()


def told_apart(one, other):
    """What only one of two lists holds; two of thousands of equal lines are not to be looked for by eye."""
    return [line for line in one if line not in other], [line for line in other if line not in one]


@pytest.mark.xdist_group("large")
def test_the_outcome_on_mongodb_is_the_outcome_on_sqlite(make_home, monkeypatch, mongodb_uri):
    counted, audit, concluded, system = run_everything(make_home(people=PEOPLE, seed=5, name="on_sqlite"))
    assert system == "SQLite"
    home = make_home(people=PEOPLE, seed=5, name="on_mongodb")
    monkeypatch.setenv("SG_STORE", mongodb_uri)
    counted_there, audit_there, concluded_there, system = run_everything(home)
    assert system == "MongoDB"
    assert counted_there == counted
    assert audit_there == audit
    for collection, lines in concluded.items():
        assert lines
        apart = told_apart(lines, concluded_there[collection])
        assert apart == ([], []), apart
        assert len(lines) == len(concluded_there[collection])
    assert not list(home.data.rglob("store.sqlite"))
