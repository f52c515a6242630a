"""The vocabulary: refs, kinds and their fields, links, entities. Nothing here computes."""
