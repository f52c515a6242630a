"""Every kind there is, in the order in which they are reconciled: a kind after the kinds it refers to."""

from __future__ import annotations

from sg_pipelines.domain.model.company import COMPANY
from sg_pipelines.domain.model.customer import CUSTOMER
from sg_pipelines.domain.model.kinds import Kind
from sg_pipelines.domain.model.order import ORDER
from sg_pipelines.domain.model.product import PRODUCT

KINDS: dict[str, Kind] = {kind.name: kind for kind in (COMPANY, CUSTOMER, PRODUCT, ORDER)}
