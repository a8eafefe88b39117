"""The same coding on many machines: the Ray engine of `dateline ingest`."""
