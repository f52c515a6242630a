"""Three-way comparison against the last agreed value: which cells differ, who moved, who owns, what it is called."""
