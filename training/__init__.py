"""Trains the encoder of `dateline.coding.encoder`: `python -m training` (docs/encoder.md)."""
