"""The only effects: gather, let the domain decide, do."""
