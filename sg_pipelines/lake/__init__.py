"""What platforms said: append-only Parquet with manifests."""
