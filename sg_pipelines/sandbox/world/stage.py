"""The hands of the world's people: they reach records only through the simulators."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from sg_pipelines.sandbox.simulator import Attributes, Simulator
from sg_pipelines.sandbox.world.ledger import Ledger
from sg_pipelines.sandbox.world.locale import Locale
from sg_pipelines.sandbox.world.places import Places
from sg_pipelines.sandbox.world.population import Population
from sg_pipelines.sandbox.world.things import CUSTOMER, Thing

Fits = Callable[[Thing], bool]


class Stage:
    """Things nobody has touched yet, and what can be done to their records.

    A thing that was taken is touched for good: no other deed is done to it, so that each difference has one cause.
    """

    def __init__(
        self,
        simulators: Mapping[str, Simulator],
        ledger: Ledger,
        population: Population,
        untouched: Mapping[str, Sequence[Thing]],
    ) -> None:
        self._simulators, self._ledger, self._population = simulators, ledger, population
        self._untouched = {kind: list(things) for kind, things in untouched.items()}
        self._touched: list[Thing] = []

    @property
    def locale(self) -> Locale:
        """The part of the world it is set in."""
        return self._population.locale

    @property
    def places(self) -> Places:
        """The accounts there are."""
        return self._population.places

    @property
    def foreign_edits(self) -> dict[str, str] | None:
        """What a stranger's change means to the client."""
        return self._population.making.foreign_edits

    def take(self, kind: str, fits: Fits) -> Thing | None:
        """The next untouched thing that fits; touched from now on."""
        waiting = self._untouched.get(kind, [])
        for position, thing in enumerate(waiting):
            if fits(thing):
                self._touched.append(thing)
                return waiting.pop(position)
        return None

    def take_winner(self, loser: Thing, account: str, fits: Fits) -> Thing | None:
        """Another one for a merge at an account, whose blanks are the same: nothing is filled in but ids, those of the loser's
        records elsewhere among them."""
        blanks = _blanks(loser)
        return self.take(loser.kind, lambda one: account in one.accounts and _blanks(one) == blanks and fits(one))

    def is_untouched(self, thing: Thing) -> bool:
        """Whether anything may still be done to it."""
        return self._position(thing) is not None

    def _withdraw(self, thing: Thing) -> None:
        position = self._position(thing)
        if position is not None:
            self._touched.append(self._untouched[thing.kind].pop(position))

    def _position(self, thing: Thing) -> int | None:
        waiting = self._untouched.get(thing.kind, ())
        return next((at for at, one in enumerate(waiting) if one is thing), None)

    def touched(self) -> list[Thing]:
        """What was taken since this was last asked."""
        taken, self._touched = self._touched, []
        return taken

    def edit(self, thing: Thing, account: str, attributes: Attributes) -> None:
        """Somebody types into that account's pages."""
        self._simulators[account].edit(thing.kind, thing.refs[account], attributes)

    def read(self, thing: Thing, account: str) -> Attributes:
        """What that account says now."""
        return self._simulators[account].read(thing.kind, thing.refs[account]) or {}

    def archive(self, thing: Thing, account: str) -> None:
        """Put away."""
        self._simulators[account].archive(thing.kind, thing.refs[account])

    def delete(self, thing: Thing, account: str) -> None:
        """Remove for good."""
        self._simulators[account].delete(thing.kind, thing.refs[account])

    def merge(self, account: str, *, winner: Thing, loser: Thing) -> None:
        """Two records become one."""
        simulator, kind = self._simulators[account], winner.kind
        survivor = simulator.merge(kind, winner=winner.refs[account], loser=loser.refs[account])
        winner.refs[account] = survivor
        self._ledger.know_also(winner.name, f"{account}/{kind}/{survivor}")

    def recount(self, customer: Thing, shop: str, *, orders: int, spent: str) -> None:
        """A shop counts a customer's orders anew: so many more (or fewer), and so much more spent. Whether others expect
        them may change with that: nothing else is done to them."""
        if shop not in customer.refs:
            return
        self._withdraw(customer)
        counted = self._simulators[shop].read(CUSTOMER, customer.refs[shop]) or {}
        number, money = counted.get("orders_count"), counted.get("total_spent")
        if number is None or money is None:
            return
        total = f"{Decimal(str(money)) + Decimal(spent):.2f}"
        self._simulators[shop].edit(
            CUSTOMER, customer.refs[shop], {"orders_count": int(number) + orders, "total_spent": total}
        )


def _blanks(thing: Thing) -> set[str]:
    return {name for name, value in thing.said.items() if not value and name != "external_id"}
