"""The view of the best photos."""
