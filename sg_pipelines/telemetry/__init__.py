"""Names of the events we log, and how logs are written. No personal data, no payloads, no secrets."""
