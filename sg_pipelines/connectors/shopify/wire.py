"""The shape of a customer node, checked page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from sg_pipelines.connectors.quarantine import quarantined, readable_id
from sg_pipelines.domain.model.record import Quarantined


class Money(TypedDict):
    """An amount as text."""

    amount: str


class EmailAddress(TypedDict):
    """The default e-mail address."""

    emailAddress: str
    marketingState: str


class PhoneNumber(TypedDict):
    """The default telephone number."""

    phoneNumber: str


class Address(TypedDict):
    """The default address."""

    company: str | None
    address1: str | None
    address2: str | None
    city: str | None
    provinceCode: str | None
    zip: str | None
    countryCodeV2: str | None


class CustomerNode(TypedDict):
    """One customer; metafields come beside it under their aliases."""

    id: str
    firstName: str | None
    lastName: str | None
    createdAt: str
    updatedAt: str
    tags: list[str]
    numberOfOrders: str
    amountSpent: Money
    defaultEmailAddress: EmailAddress | None
    defaultPhoneNumber: PhoneNumber | None
    defaultAddress: Address | None


_NODE = TypeAdapter(CustomerNode)


def read_nodes(raw: Sequence[Any]) -> tuple[list[tuple[CustomerNode, dict[str, Any]]], list[Quarantined]]:
    """Usable nodes, each with the whole object it came from, and the ones put aside."""
    nodes, aside = [], []
    for one in raw:
        try:
            nodes.append((_NODE.validate_python(one), one))
        except ValidationError as error:
            aside.append(quarantined(record_id(readable_id(one)), error))
    return nodes, aside


def record_id(gid: str | None) -> str | None:
    """The numeric tail of a gid."""
    return None if gid is None else gid.rpartition("/")[2]
