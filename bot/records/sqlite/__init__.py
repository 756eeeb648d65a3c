"""The records in SQLite."""
