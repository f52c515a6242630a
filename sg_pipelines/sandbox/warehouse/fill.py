"""Real accounts' rows into the simulated accounts, kind by kind, so that a record can name its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sg_pipelines.sandbox.filling_people import first_of_each
from sg_pipelines.sandbox.simulator import Simulator
from sg_pipelines.sandbox.warehouse import hubspot, netsuite, shopify
from sg_pipelines.sandbox.warehouse.tables import Ids, Named, Tables
from sg_pipelines.sandbox.world.ledger import Ledger
from sg_pipelines.sandbox.world.places import HUBSPOT, NETSUITE, SHOPIFY
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, PRODUCT

Read = Callable[[Tables, Ids], list[Named]]
FOLDERS = {HUBSPOT: "dbt_hubspot", SHOPIFY: "dbt_shopify", NETSUITE: "dbt_netsuite"}
PREFIXES = {HUBSPOT: "", SHOPIFY: "shopify_gql_", NETSUITE: "netsuite2_"}
READERS: dict[str, dict[str, Read]] = {
    HUBSPOT: {COMPANY: hubspot.companies, CUSTOMER: hubspot.contacts, ORDER: hubspot.deals},
    SHOPIFY: {CUSTOMER: shopify.customers, PRODUCT: shopify.variants, ORDER: shopify.orders},
    NETSUITE: {
        COMPANY: netsuite.companies,
        CUSTOMER: netsuite.customers,
        PRODUCT: netsuite.items,
        ORDER: netsuite.sales_orders,
    },
}


def looks_like_accounts(folder: Path) -> bool:
    """At least one platform's folder of tables."""
    return any((folder / name).is_dir() for name in FOLDERS.values())


def fill_accounts(folder: Path, simulators: Mapping[str, Simulator], ledger: Ledger) -> dict[str, int]:
    """Records per account; what was deleted, superseded or of no kind we keep is counted as left out. Nobody knows who
    is who, so the ledger learns nothing."""
    made: dict[str, int] = {}
    for platform, (account, simulator) in first_of_each(simulators).items():
        tables = Tables(folder / FOLDERS[platform], PREFIXES[platform])
        ids: dict[tuple[str, str], str] = {}
        for kind, read in READERS[platform].items():
            named = read(tables, ids)
            new = simulator.create_many(kind, [told for _, told in named])
            ids |= {(kind, old): one for (old, _), one in zip(named, new, strict=True)}
            made[account] = made.get(account, 0) + len(new)
        if tables.left_out:
            made[f"{account}, left out"] = tables.left_out
    return made
