"""Dictionaries of the PETRARCH family: verbs with their patterns, actors' and agents' words, codes.

`verbs.py` reads a verb dictionary, `pattern.py` its patterns, `phrases.py` finds a folder's actors and
agents in words, `codes.py` adds up CAMEO codes as PETRARCH 2 does.
"""
