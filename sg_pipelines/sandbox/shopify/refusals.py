"""How a mutation says no: as `userErrors` in its payload, or as an error of the whole field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with the input; `path` leads to it inside the input, none means the whole."""

    path: tuple[str, ...] | None
    message: str
    code: str | None = None

    def told(self, *prefix: str) -> dict[str, Any]:
        """As a user error; `prefix` leads to the input."""
        field = None if self.path is None else [*prefix, *self.path]
        return {"field": field, "message": self.message, "code": self.code}


def refused(refusals: Sequence[Refusal], *nothing: str, prefix: tuple[str, ...] = ()) -> dict[str, Any]:
    """A payload of user errors; `nothing` are the fields that stay null."""
    return {**dict.fromkeys(nothing), "userErrors": [one.told(*prefix) for one in refusals]}


def not_simulated(what: str) -> GraphQLError:
    """For what the platform can do and this shop cannot: better an error than a lie."""
    return GraphQLError(f"{what} is not simulated.", extensions={"code": "NOT_SIMULATED"})
