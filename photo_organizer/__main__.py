"""The commands: ``photo-organizer`` and ``python -m photo_organizer``."""


def main() -> None:
    """Run the command line; without arguments, open the window."""


def main_window() -> None:
    """Open the window (the entry point without a console)."""
