"""The vocabulary: refs, records, kinds and their fields, money."""
