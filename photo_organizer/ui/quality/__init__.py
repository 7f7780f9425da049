"""The view of flagged photos."""
