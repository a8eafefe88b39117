"""The views, a module each: what a view shows (for its page and the JSON API alike), and its routes."""
