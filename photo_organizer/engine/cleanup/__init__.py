"""Moves photos to the trash and back: planned, written down first, undone after a restart too."""
