"""Questions to one client's datasets, now or as of an instant: what `sg query` and notebooks use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa

from sg_pipelines.errors import QueryRejected
from sg_pipelines.lake.query import ask, ask_tables
from sg_pipelines.operations.as_of import tables_as_of
from sg_pipelines.runtime.home import find_home
from sg_pipelines.runtime.places import places
from sg_pipelines.runtime.session import Session, open_session


def ask_client(
    client: str,
    sql: str,
    *,
    as_of: datetime | None = None,
    limit: int | None = None,
    notice: Callable[[str], None] = lambda told: None,
) -> pa.Table:
    """Run one SELECT over the published datasets, or over the tables as they stood at an instant (aware, UTC when
    not). QueryRejected says what was not understood and which tables there are. `notice` is told of an instant that is before
    anything was known, or ahead."""
    home = find_home()
    home.client_file(client)
    if as_of is None:
        return ask(places(client, home.folder(client)).datasets(), sql, limit=limit)
    as_of = as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
    with open_session(client, home=home) as session:
        _look_at(as_of, session, notice)
        return ask_tables(tables_as_of(session.workspace, as_of), sql, limit=limit)


def _look_at(at: datetime, session: Session, notice: Callable[[str], None]) -> None:
    work = session.workspace
    pulls = [
        work.lake.manifests(account, plan.kind) for plan in work.plans.values() for account in plan.policy.accounts
    ]
    first = min((manifests[0].finished_at for manifests in pulls if manifests), default=None)
    if first is None or at < first:
        known = (
            "nothing was ever read"
            if first is None
            else f"the first answers were read at {first:%Y-%m-%d %H:%M:%S} UTC"
        )
        notice(f"nothing was known at {at:%Y-%m-%d %H:%M:%S}: {known}")
    elif at > work.clock.now():
        notice(f"{at:%Y-%m-%d %H:%M:%S} is ahead: what is told is what is known now")


def frame(client: str, sql: str, *, as_of: datetime | None = None) -> pd.DataFrame:
    """The same as a pandas DataFrame."""
    answer: pd.DataFrame = ask_client(client, sql, as_of=as_of).to_pandas()
    return answer


def read_instant(text: str) -> datetime:
    """An instant as people write it: `2026-11-25`, `2026-11-25T14:30`, with an offset or in UTC."""
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise QueryRejected(
            f"{text!r} is no instant", where="--as-of", remedy="Write 2026-11-25T14:30 or 2026-11-25"
        ) from error
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
