"""A run of `test` as a page with pictures, and its numbers as files."""
