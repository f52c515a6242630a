"""Fields of a client's own, as they are kept at each platform and as connectors read them."""

from dataclasses import replace

import pytest

from sg_pipelines.connectors.connections import Reading
from sg_pipelines.domain.comparators.numbers import instant_key
from sg_pipelines.domain.model.kinds import Comparator, Dimension, Field
from tests.contract.connectors.accounts import live
from tests.contract.connectors.pairs import FAST, Pair

HELD_IN = {"hubspot": "contacts", "shopify": "customers", "netsuite": "customer"}
PLACES = {"hubspot": "{}", "shopify": "metafield:crm.{}", "netsuite": "custentity_{}"}


@pytest.fixture
def reading(open_account):
    """A function that says something in a custom field of customers of a platform and gives what is read, one by one."""

    def read(platform, comparator, said, name="custom_own", **told):
        pair = Pair(platform, "customer", HELD_IN[platform], settings=FAST if platform == "shopify" else {})
        place = PLACES[platform].format("own")
        with open_account(pair) as account:
            account.kind = account.kind.with_fields((Field(name, comparator, Dimension.CONTENT),))
            scope = account.where.scope
            mapped = Reading(HELD_IN[platform], {name: place})
            account.where = replace(account.where, scope=replace(scope, kinds={**scope.kinds, "customer": mapped}))
            field = {"kind": "customer", "attribute": "custom_own", "name": place, **told}
            account.control.post("fields", {"account": platform, "fields": [field]})
            made = account.make_many(len(said))
            for number, value in zip(made, said, strict=True):
                account.edit(number, custom_own=value)
            (records, aside), _ = account.full()
            assert aside == []
            found = live(records)
            return [found[number].columns[name] for number in made]

    return read


@pytest.mark.parametrize("platform", HELD_IN)
def test_a_set_is_read_as_its_elements(reading, platform):
    assert reading(platform, Comparator.SET, [["gold", "silver"], ["gold"]]) == [["gold", "silver"], ["gold"]]


@pytest.mark.parametrize("platform", HELD_IN)
def test_a_text_in_the_place_of_a_set_is_one_element_and_nothing_is_none(reading, platform):
    one, nothing = reading(platform, Comparator.SET, ["gold", None])
    assert one == ["gold"]
    assert not nothing


@pytest.mark.parametrize(("comparator", "said"), [(Comparator.TEXT, "gold"), (Comparator.SET, ["gold"])])
@pytest.mark.parametrize("platform", HELD_IN)
def test_a_field_with_a_capital_letter_in_its_name_is_read(reading, platform, comparator, said):
    assert reading(platform, comparator, [said], name="custom_ofOurs") == [said]


def test_a_checkbox_with_a_capital_letter_in_its_name_is_true_or_false(reading):
    assert reading("netsuite", Comparator.BOOLEAN, ["T", "F", None], name="custom_isVip") == ["true", "false", None]


def test_an_instant_of_netsuite_is_read_in_our_form_and_a_day_is_its_midnight(reading):
    said = ["2026-11-24", "2026-11-24T10:00:07+02:00", None]
    read = reading("netsuite", Comparator.INSTANT, said, is_instant=True)
    assert read == ["2026-11-24T00:00:00Z", "2026-11-24T08:00:07Z", None]
    assert [instant_key(one) for one in read[:2]] == [instant_key(one) for one in said[:2]]


def test_what_is_selected_from_a_list_of_netsuite_is_read_by_its_name_where_it_is_an_enum(reading):
    assert reading("netsuite", Comparator.ENUM, [["gold"], "silver", None]) == ["gold", "silver", None]
    assert reading("netsuite", Comparator.TEXT, [["gold"]])[0].isdecimal()
