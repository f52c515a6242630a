"""Which records describe one real thing: evidence, scores, clusters."""
