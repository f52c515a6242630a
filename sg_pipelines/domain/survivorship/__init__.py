"""Whose word counts: truth policies per field, and the value the master shows."""
