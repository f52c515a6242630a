"""The NetSuite connector: SuiteTalk REST, reading through SuiteQL."""
