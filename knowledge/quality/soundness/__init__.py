"""Is the content sound? What `check` asks."""
