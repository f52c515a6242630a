"""The people behind the simulated accounts, what they do, and a ledger of every difference they make."""
