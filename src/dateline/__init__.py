"""Dateline: from news to event data that can be checked."""

__version__ = "0.1.0"
