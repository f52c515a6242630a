"""Client configuration turned into ready objects."""
