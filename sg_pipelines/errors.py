"""Every error this product raises on purpose, filed by what the caller does next.

    SgError
    ├── Retry            the same call may succeed later; `connectors/transport.py` is the only place that does so
    │   ├── RateLimited
    │   └── Unavailable
    ├── GiveUp           a person must change something first; the run stops, nothing half-written
    │   ├── ConfigurationError      a client file says something impossible (file, line)
    │   ├── CredentialsRejected
    │   ├── PermissionMissing
    │   ├── PlatformRefused         the platform understood and said no (a 400, an unsupported query)
    │   ├── ProtocolViolation       an answer that is not what the platform documents (truncated page, not JSON)
    │   ├── StorageFailed           disk full, no permission, corrupt file
    │   │   └── FeedLost            what changed since a token cannot be told any more: read everything once
    │   └── QueryRejected           a question to our own dataset that cannot be answered
    └── Ask              continuing would be a guess; an operator decides
        ├── IncompleteSnapshot
        └── StaleDocument           somebody else changed the document between our read and our write

A record that cannot be used is no error: it is quarantined with its reason, and counted.

Messages are for operators: what happened, where, what to do. Never a secret, never personal data.
"""

from __future__ import annotations

from collections.abc import Sequence


class SgError(Exception):
    """What happened (`message`), where (`where`) and what to do (`remedy`); `str()` joins the three."""

    exit_code = 1

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        self.message = message
        self.where = where
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head}. {self.remedy}" if self.remedy else head


def together(errors: Sequence[SgError]) -> SgError:
    """One error that says what all of them say, line by line; it is of the first one's class."""
    first, *rest = errors
    if not rest:
        return first
    head = f"{first.message}. {first.remedy}" if first.remedy else first.message
    return type(first)("\n".join([head, *map(str, rest)]), where=first.where)


class Retry(SgError):
    """Transient: the same call may succeed later."""


class RateLimited(Retry):
    """The platform asked us to slow down; `wait_seconds` is its own word when it gave one."""

    def __init__(self, message: str, *, where: str = "", remedy: str = "", wait_seconds: float | None = None) -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.wait_seconds = wait_seconds


class Unavailable(Retry):
    """No answer, a time-out or a 5xx."""


class GiveUp(SgError):
    """A person must change something before this can work."""


class ConfigurationError(GiveUp):
    """A client file or an environment variable is wrong, or an option; `where` is `file:line` or its name."""

    exit_code = 2


class CredentialsRejected(GiveUp):
    """The platform did not accept who we say we are."""


class PermissionMissing(GiveUp):
    """The platform knows us and does not let us do this."""


class PlatformRefused(GiveUp):
    """The platform understood the request and refused it."""


class ProtocolViolation(GiveUp):
    """An answer that is not what the platform documents."""


class StorageFailed(GiveUp):
    """The lake or the store could not be read or written."""


class FeedLost(StorageFailed):
    """The change feed does not reach back to a token, or never gave it: read every document once, then follow from
    `position()`."""


class QueryRejected(GiveUp):
    """A question to the dataset that cannot be answered as asked."""

    exit_code = 2


class Ask(SgError):
    """Continuing would be a guess."""


class IncompleteSnapshot(Ask):
    """Fewer records arrived than the platform counts."""


class StaleDocument(Ask):
    """The stored version is not the one that was read."""
