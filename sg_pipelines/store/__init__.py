"""What we believe and decided: documents behind one narrow port."""
