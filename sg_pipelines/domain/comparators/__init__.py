"""When two originals say the same thing: one comparable key per value. Originals are never changed here."""
