"""Frames → events: the lexicon's entries, operators such as "pledge to", and PLOVER's rules."""
