"""A simulated NetSuite account: SuiteTalk REST records, SuiteQL, both ways to sign in, concurrency limits."""
