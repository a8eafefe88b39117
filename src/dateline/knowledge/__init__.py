"""Data that a political scientist can read and change: codebook, lexicon, actors, places, times."""
