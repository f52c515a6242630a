"""Platform records in, canonical records out: sessions, paging, pacing, retries, mappings. Decides nothing else."""
