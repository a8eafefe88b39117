"""Codes events by a user's PETRARCH verb dictionary in place of the lexicon.

`match.py` fits a pattern to a verb's frame, `coder.py` turns verbs into coded acts with their sides.
"""
