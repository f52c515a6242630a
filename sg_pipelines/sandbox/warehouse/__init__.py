"""Rows of real accounts as a data warehouse keeps them, one CSV per table, turned into records of the simulated accounts."""
