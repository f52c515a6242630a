"""The likeness of each kind."""

from __future__ import annotations

from sg_pipelines.domain.matching.companies import COMPANIES
from sg_pipelines.domain.matching.likeness import Likeness
from sg_pipelines.domain.matching.orders import ORDERS
from sg_pipelines.domain.matching.people import PEOPLE
from sg_pipelines.domain.matching.products import PRODUCTS

LIKENESSES: dict[str, Likeness] = {"company": COMPANIES, "customer": PEOPLE, "product": PRODUCTS, "order": ORDERS}
