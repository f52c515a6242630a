"""Client configuration turned into ready objects: folders, clocks, credentials, connectors, the sandbox."""
