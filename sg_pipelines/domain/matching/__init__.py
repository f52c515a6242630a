"""Identity resolution: which records describe one real thing. `docs/identity.md` tells it in plain words."""
