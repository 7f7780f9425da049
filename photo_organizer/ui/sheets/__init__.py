"""Dialogs: clean up, export, settings, the offer of a better model."""
