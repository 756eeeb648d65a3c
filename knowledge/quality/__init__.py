"""Is what we know sound, and how well is it found: check, calibrate, benchmark."""
