"""Mutations that are done once per idempotency key, and refuse to go without one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo
from graphql.execution.values import get_directive_values

from sg_pipelines.sandbox.shopify.asking import Asking
from sg_pipelines.sandbox.shopify.nodes import Args
from sg_pipelines.sandbox.shopify.refusals import Refusal, refused
from sg_pipelines.sandbox.shopify.schema import SCHEMA


def key_of(info: GraphQLResolveInfo) -> str:
    """The key of the field's `@idempotent`; an error of the whole field without one."""
    directive = SCHEMA.get_directive("idempotent")
    assert directive is not None
    values = get_directive_values(directive, info.field_nodes[0], info.variable_values)
    if values is None:
        message = "The @idempotent directive is required for this mutation but was not provided."
        raise GraphQLError(message, extensions={"code": "BAD_REQUEST"})
    if not values["key"].strip():
        raise GraphQLError("The idempotency key must not be blank.", extensions={"code": "BAD_REQUEST"})
    return str(values["key"])


def once(asking: Asking, key: str, given: Args, change: Callable[[], dict[str, Any]], *nothing: str) -> dict[str, Any]:
    """What the change answered the first time; refused for another input, with `nothing` null."""
    said = json.dumps(given, sort_keys=True)
    known = asking.done.get(key)
    if known is not None and known["input"] != said:
        message = "The idempotency key was used with other parameters."
        return refused([Refusal((), message, "IDEMPOTENCY_KEY_PARAMETER_MISMATCH")], *nothing)
    if known is not None:
        return dict(known["payload"])
    payload = change()
    asking.done[key] = {"input": said, "payload": payload}
    return payload
