"""Checking and mapping records at the boundary, per record of some 25 properties. `python -m benchmarks.validation`"""

import time
from dataclasses import dataclass
from statistics import median

from pydantic import BaseModel

from benchmarks.report import Line, show
from sg_pipelines.connectors.connections import Reading, Scope
from sg_pipelines.connectors.hubspot.customers import CONTACTS
from sg_pipelines.connectors.hubspot.mapping import ObjectMapping
from sg_pipelines.connectors.hubspot.wire import read_rows
from sg_pipelines.domain.model.customer import CUSTOMER

PAGE, PAGES, ROUNDS = 100, 200, 5
SCOPE = Scope({"customer": Reading("contacts")}, others=("shopify", "netsuite"))


class Contact(BaseModel):
    """The peer: one model object per record, all of a page held."""

    id: str
    properties: dict[str, str | None]
    createdAt: str
    updatedAt: str
    archived: bool


@dataclass(frozen=True)
class Wire:
    """A page as it is decoded."""

    body: dict

    @classmethod
    def of(cls, mapping):
        names = (*mapping.properties, *(f"extra_{number}" for number in range(25 - len(mapping.properties))))
        instant = "2026-11-25T09:30:00.000Z"
        dated = dict.fromkeys(("createdate", mapping.sheet.modified), instant)
        rows = [
            {
                "id": str(number),
                "properties": {name: f"{name} {number}" for name in names} | dated | {"hs_merged_object_ids": None},
                "createdAt": instant,
                "updatedAt": instant,
                "archived": False,
            }
            for number in range(PAGE)
        ]
        return cls({"results": rows})


def main():
    mapping = ObjectMapping(CONTACTS, CUSTOMER, SCOPE)
    wire = Wire.of(mapping)

    def checked():
        read_rows(wire.body, "bench")

    def mapped():
        rows, _ = read_rows(wire.body, "bench")
        [mapping.record(row) for row in rows]

    def peer():
        [Contact.model_validate(row) for row in wire.body["results"]]

    show(
        f"records of {len(wire.body['results'][0]['properties'])} properties, page by page",
        [
            Line("checked", f"{per_record(checked):.1f} µs", ""),
            Line("checked and mapped to canonical columns", f"{per_record(mapped):.1f} µs", "bound 15 µs"),
            Line("pydantic, a model object per record (peer)", f"{per_record(peer):.1f} µs", ""),
        ],
    )


def per_record(work):
    """Microseconds: the median of rounds over many pages."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(PAGES):
            work()
        taken.append((time.perf_counter() - began) / (PAGES * PAGE) * 1e6)
    return median(taken)


if __name__ == "__main__":
    main()
