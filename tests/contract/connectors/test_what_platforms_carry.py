"""What a client file is told a platform has no place for is what its connector leaves unknown."""

import httpx
import pytest

from sg_pipelines.config.condition_problems import TOLD_BY
from sg_pipelines.config.semantics import NO_PLACE, OBJECTS
from sg_pipelines.connectors.connections import (
    HubSpotConnection,
    NetSuiteConnection,
    OAuth1Credentials,
    Reading,
    Scope,
    ShopifyConnection,
)
from sg_pipelines.connectors.factory import open_connector
from sg_pipelines.domain.model.catalogue import KINDS

KEYS = OAuth1Credentials("a", "b", "c", "d")
WAYS = {
    "hubspot": lambda scope: HubSpotConnection("crm", "token", scope=scope),
    "shopify": lambda scope: ShopifyConnection("shop", "acme.myshopify.com", "token", scope=scope),
    "netsuite": lambda scope: NetSuiteConnection("erp", "1", KEYS, scope=scope),
}
EVERY = [
    (kind, platform, held_in)
    for kind, platforms in OBJECTS.items()
    for platform, objects in platforms.items()
    for held_in in objects
]


def filled_by(kind, platform, held_in):
    """Columns of a kind that a connector fills."""
    where = WAYS[platform](Scope({kind: Reading(held_in)}))
    return set(open_connector(where, http=httpx.AsyncClient()).columns(KINDS[kind]))


@pytest.mark.parametrize(("kind", "platform", "held_in"), EVERY)
def test_a_field_has_no_place_where_no_column_of_it_is_filled(kind, platform, held_in):
    filled = filled_by(kind, platform, held_in)
    empty = {field.name for field in KINDS[kind].fields if filled.isdisjoint(field.column_names)}
    assert empty == NO_PLACE[kind].get(platform, frozenset())


@pytest.mark.parametrize(("kind", "platform", "held_in"), EVERY)
def test_conditions_read_what_some_account_tells(kind, platform, held_in):
    derived = {column.name for column in KINDS[kind].read_only}
    told = {name for name in derived if platform in TOLD_BY.get(name, WAYS)}
    assert derived & filled_by(kind, platform, held_in) == told
