"""Which intent does a question ask for? See `building.build`, `ranking.rank`, `confidence`."""
