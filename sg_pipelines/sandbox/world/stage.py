"""The hands of the world's people: they reach records only through the simulators."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sg_pipelines.sandbox.simulator import Attributes, Simulator
from sg_pipelines.sandbox.world.baseline import KIND
from sg_pipelines.sandbox.world.ledger import Ledger
from sg_pipelines.sandbox.world.people import Person


class Stage:
    """People nobody has touched yet, and what can be done to their records."""

    def __init__(
        self, simulators: Mapping[str, tuple[str, Simulator]], ledger: Ledger, untouched: Sequence[Person]
    ) -> None:
        self._simulators, self._ledger = simulators, ledger
        self._untouched = list(untouched)

    def take(self, fits: Callable[[Person], bool]) -> Person | None:
        """The next untouched person that fits; touched from now on."""
        for position, person in enumerate(self._untouched):
            if fits(person):
                return self._untouched.pop(position)
        return None

    def take_another(self, than: Person, fits: Callable[[Person], bool]) -> Person | None:
        """Somebody whose blanks are the same: a merge fills nothing in that was not there."""
        blanks = {name for name, value in than.said.items() if not value}
        return self.take(lambda person: fits(person) and {n for n, v in person.said.items() if not v} == blanks)

    def edit(self, person: Person, platform: str, attributes: Attributes) -> None:
        """Somebody types into that platform's pages."""
        self._simulators[platform][1].edit(KIND, person.refs[platform], attributes)

    def archive(self, person: Person, platform: str) -> None:
        """Put away."""
        self._simulators[platform][1].archive(KIND, person.refs[platform])

    def delete(self, person: Person, platform: str) -> None:
        """Remove for good."""
        self._simulators[platform][1].delete(KIND, person.refs[platform])

    def merge(self, platform: str, *, winner: Person, loser: Person) -> None:
        """Two records become one."""
        account, simulator = self._simulators[platform]
        survivor = simulator.merge(KIND, winner=winner.refs[platform], loser=loser.refs[platform])
        winner.refs[platform] = survivor
        self._ledger.know_also(winner.name, f"{account}/{KIND}/{survivor}")
