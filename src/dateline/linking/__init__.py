"""One event from its many tellings, within an article."""
