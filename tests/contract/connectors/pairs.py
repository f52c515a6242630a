"""Which kinds of which platforms are poured into the contract suite, and what tells them apart.

A pair belongs here as soon as a connector reads the kind; a fact that a platform cannot show is a word in its row.
"""

from dataclasses import dataclass, field

from sg_pipelines.config.accounts import HubSpotAccount, NetSuiteAccount, ShopifyAccount

PLATFORMS = {"hubspot": HubSpotAccount, "shopify": ShopifyAccount, "netsuite": NetSuiteAccount}
# The most records that one answer of an incremental pull holds
PAGES = {"hubspot": 200, "shopify": 375, "netsuite": 1000}


@dataclass(frozen=True, slots=True)
class Pair:
    """A kind at a platform: the object that holds it there, the columns the platform has nothing for, whether it can be
    archived, and the state in which a merge leaves the record that goes (None: there are no merges). `settings` are
    the simulator's."""

    platform: str
    kind: str
    object: str
    lacks: frozenset[str] = frozenset()
    archives: bool = True
    merged: str | None = None
    settings: dict[str, str | int] = field(default_factory=dict)

    def __str__(self):
        return f"{self.platform}-{self.kind}-{self.object}"


def _lacking(names):
    return frozenset(names.split())


_COUNTED = _lacking("orders_count total_spent")
_SHOPS_OWN = _lacking("shop_total shop_currency charges refunded")
# Where a record names one neighbour and no more.
_ONE_COMPANY, _ONE_BUYER = _lacking("company_ids"), _lacking("customer_ids company_ids")
# Points flow back twenty times as fast as in a shop: they are waited for all the same, but not for long
FAST = {"restore_rate": 2000}
PAIRS = (
    Pair("hubspot", "customer", "contacts", _COUNTED | _ONE_COMPANY, merged="merged"),
    Pair("hubspot", "company", "companies", _COUNTED, merged="merged"),
    Pair("hubspot", "product", "products", _lacking("inventory"), merged="merged"),
    Pair("hubspot", "order", "deals", _SHOPS_OWN, merged="merged"),
    Pair("hubspot", "order", "orders", _SHOPS_OWN, merged="merged", settings={"order_object": "orders"}),
    Pair("shopify", "customer", "customers", _lacking("lifecycle"), archives=False, merged="deleted", settings=FAST),
    Pair("shopify", "company", "companies", _lacking("lifecycle"), archives=False, settings=FAST),
    Pair("shopify", "product", "productVariants", settings=FAST),
    Pair("shopify", "order", "orders", _ONE_BUYER, archives=False, settings=FAST),
    Pair(
        "netsuite",
        "customer",
        "customer",
        _COUNTED | _ONE_COMPANY | _lacking("marketing_consent tags"),
        merged="deleted",
    ),
    Pair("netsuite", "company", "customer", _COUNTED, merged="deleted"),
    Pair("netsuite", "product", "inventoryItem"),
    Pair("netsuite", "order", "salesOrder", _SHOPS_OWN | _ONE_BUYER, archives=False),
)
