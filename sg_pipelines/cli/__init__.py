"""The `sg` command: thin doors to the runtime."""
