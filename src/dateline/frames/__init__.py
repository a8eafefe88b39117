"""Parsed sentences → frames: predicates with their participants, and whether they happened."""
