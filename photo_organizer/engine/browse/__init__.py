"""Finds, sorts and filters what is known."""
