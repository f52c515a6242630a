"""What we believe and decided: collections of documents behind the `DocumentStore` port."""
