"""A few records weigh among each other what they weigh among all, once all have been counted."""

import duckdb
import pyarrow as pa

from sg_pipelines.domain.matching.blocking import blocking_keys
from sg_pipelines.domain.matching.commonness import commonness, crowded
from sg_pipelines.domain.matching.people import PEOPLE
from sg_pipelines.domain.matching.products import PRODUCTS
from sg_pipelines.domain.matching.types import MatchSettings
from sg_pipelines.sandbox.world.records import baseline_records
from tests.unit.matching.linking import groups, linked, record

NOW_MS = 1_767_225_600_000


def world():
    """What three accounts say of a few hundred people, without an id of each other."""
    return [
        record(account, one.record_id, **one.columns)
        for account in ("hubspot", "netsuite", "shopify")
        for one in baseline_records(900, 3, account, NOW_MS)
    ]


def sureness(outcome):
    """Record → how sure one is that it belongs where it hangs, and why."""
    return {
        (row["account"], row["record_id"]): (row["confidence"], row["evidence"])
        for row in outcome.assignments.to_pylist()
    }


def waiting(outcome):
    """Pair of records → how sure one is, of those left to a person."""
    return {
        ((row["account_a"], row["record_a"]), (row["account_b"], row["record_b"])): row["confidence"]
        for row in outcome.candidates.to_pylist()
    }


def pairs_of(words):
    return [(one, other) for one in words for other in words if one != other]


def alone(likeness, records, pair, known=None):
    two = [one for one in records if (one["account"], one["record_id"]) in pair]
    return sureness(linked(likeness, two, known=known))


def test_two_people_looked_at_alone_hang_together_as_surely_as_among_all():
    records = world()
    among_all = linked(PEOPLE, records)
    sure = sureness(among_all)
    pairs = [members for members in groups(among_all) if len(members) == 2][:25]
    expected = [{member: sure[member] for member in pair} for pair in pairs]
    assert len(pairs) == 25
    assert [alone(PEOPLE, records, pair, among_all.common) for pair in pairs] == expected
    assert [alone(PEOPLE, records, pair) for pair in pairs] != expected


def test_two_products_looked_at_alone_are_as_alike_as_among_all():
    words = ("zephyr", "quartz", "bramble", "cobalt", "juniper", "saffron", "thistle", "umber")
    crowd = [
        record("shop", str(n), name=f"cotton shirt {one} {other}") for n, (one, other) in enumerate(pairs_of(words))
    ]
    two = [record("shop", "900", name="cotton shirt vermilion"), record("erp", "1", name="vermilion cotton shirt slim")]
    among_all = linked(PRODUCTS, [*crowd, *two])
    sure = {member: why for member, why in waiting(among_all).items() if ("erp", "1") in member}
    assert len(sure) == 1
    assert waiting(linked(PRODUCTS, two, known=among_all.common)) == sure
    assert waiting(linked(PRODUCTS, two)) != sure


def test_two_people_of_a_common_name_who_look_like_one_when_nobody_else_is_known_wait_for_a_person():
    crowd = [record("crm", str(n), first_name="Juan", last_name="Gomez", email=f"j{n}@example.com") for n in range(30)]
    two = [
        record("crm", "1000", first_name="Juan", last_name="Gomez", address_city="Cali"),
        record("erp", "1", first_name="Juan", last_name="Gomez", address_city="Cali"),
    ]
    common = linked(PEOPLE, [*crowd, *two]).common
    assert len(groups(linked(PEOPLE, two))) == 1
    assert len(groups(linked(PEOPLE, two, known=common))) == 2


def test_a_key_that_too_many_share_leads_to_nobody_among_few_either():
    limit = MatchSettings().block_limit
    crowd = [record("crm", str(n), first_name="Ana", last_name="Diaz", phone="3105550142") for n in range(limit)]
    one = record("erp", "1", first_name="Ana", last_name="Diaz", phone="3105550142")
    among_all = linked(PEOPLE, [*crowd, one])
    assert ("erp", "1") in [member for members in groups(among_all) if len(members) == 1 for member in members]
    assert len(groups(linked(PEOPLE, [crowd[0], one]))) == 1
    assert len(groups(linked(PEOPLE, [crowd[0], one], known=among_all.common))) == 2
    assert crowded(among_all.common) <= {key for _, _, key in keys_of([one])}


def test_counting_again_without_linking_finds_what_linking_counted():
    records = world()
    with duckdb.connect() as connection:
        assert commonness(connection, table(records), PEOPLE).equals(linked(PEOPLE, records).common)


def table(records):
    names = ("account", "record_id", *PEOPLE.needs)
    return pa.table({name: pa.array([one.get(name) for one in records], pa.string()) for name in names})


def keys_of(records):
    with duckdb.connect() as connection:
        return blocking_keys(connection, table(records), PEOPLE)
