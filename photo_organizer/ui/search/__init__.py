"""The view of what was searched."""
