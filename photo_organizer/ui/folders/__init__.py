"""The view of photos by the folders they lie in."""
