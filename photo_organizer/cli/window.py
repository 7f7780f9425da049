"""``open``: the window, with folders or with the demo album. The command of a call without one."""

from __future__ import annotations

import argparse
import locale
import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

from photo_organizer.cli.command import INTERRUPTED, OK, Commands, WrongCallError
from photo_organizer.cli.options import existing_folders
from photo_organizer.cli.preferences import preferences

NAME = "open"


def add_to(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Add the command; see `command.Command`."""
    parser = commands.add_parser(
        NAME, parents=[common], help="open the window (also without any command)"
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument(
        "--demo",
        action="store_true",
        help="make a small demo album and open it; without a display, print its summary",
    )
    parser.set_defaults(run=run)


def run(call: argparse.Namespace, cancel: threading.Event) -> int:
    """Open the window and stay until it is closed; the exit status.

    Raises:
        WrongCallError: a folder is not there, or no window can be shown here.
    """
    from photo_organizer import qt_libraries

    if call.demo:
        from photo_organizer.demo.album import demo_album_in
        from photo_organizer.engine.paths import data_dir

        call.folders = [demo_album_in(data_dir(), _language())]
    if qt_libraries.has_display():
        if message := qt_libraries.missing_message(x11=qt_libraries.shows_on_x11()):
            raise WrongCallError(message)
        # Qt's event loop never returns to Python's signal handlers; the default ends it.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        return _show(existing_folders(call.folders))
    if not call.demo:
        raise WrongCallError(
            "There is no display to open a window on. "
            "In a terminal use: photo-organizer analyze FOLDER"
        )
    return _show_demo_without_display(call.folders[0], cancel)


def _show(folders: Sequence[Path]) -> int:
    """Open the window, or let the one that is open show the folders: it answers within a moment."""
    from photo_organizer.ui.window import one_window

    place = one_window.take_place(folders)
    if place is None:
        print("The window that is open has come to the front.")
        return OK
    from photo_organizer import app

    try:
        return app.run(folders, place)
    finally:
        place.leave()


def _show_demo_without_display(folder: Path, cancel: threading.Event) -> int:
    """The demo for a terminal: the same analysis, a summary, and a picture of the window."""
    from photo_organizer import qt_libraries
    from photo_organizer.cli.running import run_analysis
    from photo_organizer.cli.summary import print_summary
    from photo_organizer.engine.analysis.run import Options

    print(f"There is no display here, so the demo album is analysed in the terminal: {folder}")
    result = run_analysis(Options.following(preferences(), [folder]), cancel)
    if result is None:
        return INTERRUPTED
    print_summary(result)
    if message := qt_libraries.missing_message(x11=False):
        print(f"No picture of the window was made: {message}")
        return OK
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from photo_organizer import app

    picture = Path("photo-organizer-demo.png").absolute()
    app.render_window([folder], picture)
    print(f"This is how the window shows it: {picture}")
    return OK


def _language() -> str:
    """What the window will speak: as chosen there, else as the system; English in a terminal."""
    from photo_organizer import qt_libraries
    from photo_organizer.engine.storage import preferences_file

    if not qt_libraries.has_display():
        return "en"
    chosen = preferences_file.load().preferences.language
    return chosen or (locale.getlocale()[0] or "en").split("_")[0]
