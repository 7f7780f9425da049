"""The commands: ``photo-organizer`` and ``python -m photo_organizer``."""

import json
import logging
import os
import sys
import threading
from typing import NoReturn

from photo_organizer.engine.isolation import allocation, child


def main() -> NoReturn:
    """Run the command line; without a command, open the window.

    A bundled program also starts itself again to decode photos.
    """
    if sys.argv[1:2] == [child.FLAG]:
        child.main(child.Start(*json.loads(sys.argv[2])))
    allocation.keep_freed_memory()
    from photo_organizer.cli.main import run_command

    _leave(run_command())


def main_window() -> NoReturn:
    """Open the window with the folders given (the entry point without a console)."""
    allocation.keep_freed_memory()
    from photo_organizer.cli.main import run_command

    _leave(run_command(["open", *sys.argv[1:]]))


def _leave(status: int) -> NoReturn:
    """End the process.

    After an interrupted run, threads may still be inside a decoder or load a network. Taking the
    interpreter down under them can crash, and waiting for them keeps the person waiting.
    Everything that must be kept was committed before.
    """
    if threading.active_count() > 1:
        from photo_organizer.engine.storage import home

        home.clear_away()
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:  # a window without a console has none
                stream.flush()
        os._exit(status)
    sys.exit(status)


if __name__ == "__main__":
    main()
