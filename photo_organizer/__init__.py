"""Photo Organizer: turns a folder of photos into decisions, on the user's own machine."""

__version__ = "0.1.0"
