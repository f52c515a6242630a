"""What an account lacks to be let in: settings that are missing, environment variables that are not set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from sg_pipelines.config.accounts import Account, HubSpotAccount, ShopifyAccount
from sg_pipelines.config.client_file import ClientFile
from sg_pipelines.config.problem import Problem

Environment = Mapping[str, str]


def lacking(file: ClientFile, environment: Environment | None) -> Iterator[Problem]:
    """Everything the file's real accounts lack; without an environment, as far as the file alone tells. Variables are named,
    what they hold never is."""
    for name, account in file.accounts.items():
        yield from lacked_by(name, account, environment)


def lacked_by(name: str, account: Account, environment: Environment | None) -> Iterator[Problem]:
    """What one account lacks; nothing when it is simulated."""
    if account.is_sandbox:
        return
    at = ("accounts", name)
    if isinstance(account, HubSpotAccount):
        yield from _variable(at, "token", account.token, environment)
    elif isinstance(account, ShopifyAccount):
        if account.shop is None:
            yield Problem(at, f"account {name!r} has no shop", "Add `shop: acme.myshopify.com` to it")
        yield from _variable(at, "token", account.token, environment)
    else:
        if account.account_id is None:
            yield Problem(at, f"account {name!r} has no account_id", "Add `account_id:` to it")
        method = "oauth1" if account.oauth2 is None else "oauth2"
        keys: BaseModel | None = account.oauth2 or account.oauth1
        if keys is None:
            remedy = "Add oauth2: {client_id, certificate_id, private_key} or oauth1: {consumer_key, ...}"
            yield Problem(at, f"account {name!r} has no credentials", remedy)
            return
        for setting, reference in keys:
            yield from _variable((*at, method), setting, reference, environment)


def value_of(reference: str, environment: Environment) -> str:
    """What the variable `$NAME` holds; empty when it is not set."""
    return environment.get(reference.removeprefix("$"), "").strip()


def _variable(
    at: tuple[str, ...], setting: str, reference: str | None, environment: Environment | None
) -> Iterator[Problem]:
    if reference is None:
        remedy = f"Add `{setting}: $SOME_NAME` to it and set that environment variable"
        yield Problem(at, f"account {at[1]!r} has no {setting}", remedy)
    elif environment is not None and not value_of(reference, environment):
        name = reference.removeprefix("$")
        remedy = f"export {name}=... before starting"
        yield Problem((*at, setting), f"the environment variable {name} is not set", remedy)
