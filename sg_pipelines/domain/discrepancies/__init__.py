"""Three-way comparison of every cell and the classes its outcome falls into."""
