"""What platforms said, when: append-only Parquet with manifests, and the datasets published from the store."""
