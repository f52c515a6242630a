"""Client files: validated, with line-accurate errors, turned into the domain's policies."""
