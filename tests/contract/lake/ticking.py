"""A clock for lakes, which moves on by a second whenever it is looked at."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 1, tzinfo=UTC)


class Ticking:
    """From the start of 2026 on."""

    def __init__(self):
        self.at = START

    def now(self):
        self.at += timedelta(seconds=1)
        return self.at
