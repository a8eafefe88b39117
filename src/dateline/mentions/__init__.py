"""What the text names: actors, places, times, quantities, and who says what."""
