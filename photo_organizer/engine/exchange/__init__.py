"""Carries what is known of photos to another computer, in a file that other programs read too."""
