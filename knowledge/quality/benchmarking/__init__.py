"""The matcher against questions of others: what `benchmark` measures."""
