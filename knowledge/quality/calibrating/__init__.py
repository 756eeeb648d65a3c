"""How sure an answer is, and from when on it is given: what `calibrate` fits."""
