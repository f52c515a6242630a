"""When are two originals the same? One key function per comparator."""
