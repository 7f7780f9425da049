"""The commands: ``photo-organizer`` and ``python -m photo_organizer``."""

import logging
import os
import sys
import threading
from typing import NoReturn

from photo_organizer.cli.main import run_command


def main() -> NoReturn:
    """Run the command line; without a command, open the window."""
    _leave(run_command())


def main_window() -> NoReturn:
    """Open the window with the folders given (the entry point without a console)."""
    _leave(run_command(["open", *sys.argv[1:]]))


def _leave(status: int) -> NoReturn:
    """End the process.

    After an interrupted run, threads may still be inside a decoder or load a network. Taking the
    interpreter down under them can crash, and waiting for them keeps the person waiting.
    Everything that must be kept was committed before.
    """
    if threading.active_count() > 1:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    main()
