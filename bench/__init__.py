"""Measurements on data that is not in this repository; see `python -m bench`."""
