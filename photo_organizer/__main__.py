"""The commands: ``photo-organizer`` and ``python -m photo_organizer``."""

import sys

from photo_organizer import cli


def main() -> None:
    """Run the command line; without a command, open the window."""
    sys.exit(cli.main())


def main_window() -> None:
    """Open the window with the folders given (the entry point without a console)."""
    sys.exit(cli.main(["open", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
