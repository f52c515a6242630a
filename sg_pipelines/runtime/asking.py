"""Questions to one client's datasets, now or as of an instant: what `sg query` and notebooks use."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa

from sg_pipelines.errors import QueryRejected
from sg_pipelines.lake.query import ask, ask_tables
from sg_pipelines.operations.as_of import tables_as_of
from sg_pipelines.runtime.home import find_home
from sg_pipelines.runtime.places import places
from sg_pipelines.runtime.session import open_session


def ask_client(client: str, sql: str, *, as_of: datetime | None = None, limit: int | None = None) -> pa.Table:
    """Run one SELECT over the published datasets, or over the tables as they stood at an instant (aware, UTC when
    not). QueryRejected says what was not understood and which tables there are."""
    home = find_home()
    home.client_file(client)
    if as_of is None:
        return ask(places(client, home.folder(client)).datasets(), sql, limit=limit)
    with open_session(client, home=home) as session:
        return ask_tables(tables_as_of(session.workspace, as_of), sql, limit=limit)


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
