"""The `sg` command. Thin: reads arguments, calls a room below, shows the outcome."""
