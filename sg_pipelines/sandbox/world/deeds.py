"""What a deed is, for all kinds.

The class of a deed follows from the policy in words: an owner's change drifts, a stranger's conflicts (or drifts, where
the client says that it is taken back or accepted), two different changes conflict, a change everywhere is none. No
comparison of the product is used to say so.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from sg_pipelines.sandbox.simulator import Attributes
from sg_pipelines.sandbox.world.ledger import MISSING, Entry, entry
from sg_pipelines.sandbox.world.stage import Fits, Stage
from sg_pipelines.sandbox.world.things import COMPANY, Thing

Dice = random.Random
Deed = Callable[[Stage, Thing, Dice], list[Entry]]
Changes = dict[str, Attributes]
Change = Callable[[Stage, Thing, Dice], Changes]


@dataclass(frozen=True, slots=True)
class Recipe:
    """A deed, what it can be done to, and to how many of a thousand things of its kind it is done."""

    name: str
    do: Deed
    fits: Fits
    per_thousand: int = 4


def edit(name: str, subject: str, cls: str | None, change: Change, fits: Fits, per_thousand: int = 4) -> Recipe:
    """A deed that edits records account by account, if it can be done; `cls` None: nothing must be found."""

    def do(stage: Stage, thing: Thing, dice: Dice) -> list[Entry]:
        changes = change(stage, thing, dice)
        for account, attributes in changes.items():
            stage.edit(thing, account, attributes)
        return [entry(thing, cls, subject, name)] if cls and changes else []

    return Recipe(name, do, fits, per_thousand)


def archived(name: str, platform: str, fits: Fits, per_thousand: int) -> Recipe:
    """Put away on a platform, where it is missed from then on."""
    return _left(name, platform, fits, per_thousand, Stage.archive, "archived")


def deleted(name: str, platform: str, fits: Fits, per_thousand: int) -> Recipe:
    """Removed from a platform for good, and missed there."""
    return _left(name, platform, fits, per_thousand, Stage.delete, "deleted")


def _left(
    name: str, platform: str, fits: Fits, per_thousand: int, leave: Callable[[Stage, Thing, str], None], reason: str
) -> Recipe:
    def do(stage: Stage, thing: Thing, dice: Dice) -> list[Entry]:
        account = thing.at(platform)
        leave(stage, thing, account)
        return [entry(thing, MISSING, f"missing:{account}", name, reason=reason)]

    return Recipe(name, do, fits, per_thousand)


def everywhere(thing: Thing) -> bool:
    """Known on all three platforms."""
    return thing.is_everywhere


def on(*platforms: str) -> Fits:
    """Known on these platforms."""
    return lambda thing: set(platforms) <= set(thing.platforms)


def having(column: str) -> Fits:
    """Known everywhere, and saying something there."""
    return lambda thing: thing.is_everywhere and bool(thing.said[column])


def is_alone(thing: Thing) -> bool:
    """Named by no other record and for no company: it can go without anything else changing."""
    return not thing.mentioned and COMPANY not in thing.named


def other(values: tuple[str, ...], than: object) -> str:
    """The first of the values that is another one."""
    return next(value for value in values if value != than)
