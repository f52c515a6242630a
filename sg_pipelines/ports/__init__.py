"""The seams: what the operations need from platforms, lake, store and clock, and nothing about how it is done."""
