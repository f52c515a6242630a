"""Everything people do to records, kind by kind. Deeds that take another kind's things come before that kind's own."""

from __future__ import annotations

from sg_pipelines.sandbox.world.deeds import Recipe
from sg_pipelines.sandbox.world.recipes_companies import COMPANIES
from sg_pipelines.sandbox.world.recipes_orders import ORDERS
from sg_pipelines.sandbox.world.recipes_people import PEOPLE
from sg_pipelines.sandbox.world.recipes_products import PRODUCTS
from sg_pipelines.sandbox.world.things import COMPANY, CUSTOMER, ORDER, PRODUCT

RECIPES: dict[str, tuple[Recipe, ...]] = {CUSTOMER: PEOPLE, ORDER: ORDERS, COMPANY: COMPANIES, PRODUCT: PRODUCTS}
