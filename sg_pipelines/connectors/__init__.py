"""The platforms' read side over HTTP: one package per platform, the same files in each, one transport for all."""
