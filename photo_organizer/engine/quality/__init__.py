"""Mechanical flaws of a photo, and where in it they show."""
