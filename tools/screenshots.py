"""Pictures of every view, light and dark, made from the real window with the demo album.

    python tools/screenshots.py OUTDIR [--size 1440x900] [--readme docs/window.png]

Off screen where there is no display; under ``xvfb-run`` the pictures are those of a real window.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from photo_organizer.ui.main_window import MainWindow

SETTLE = 700
"""Milliseconds that a view gets to load its photos."""

README_VIEW = "prepared"


def settle(milliseconds: int = SETTLE) -> None:
    """Let the window draw and load."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def analysed(window: MainWindow, album: Path) -> None:
    """Open the album and wait until it is analysed."""
    session = window._session
    loop = QEventLoop()
    session.running_changed.connect(lambda running: None if running else loop.quit())
    window.open_folders([album])
    loop.exec()


def pictures(window: MainWindow) -> dict[str, Callable[[], QWidget]]:
    """What to photograph, by name: brings it up and gives the widget."""
    from photo_organizer.engine.results import Kind
    from photo_organizer.ui.clean_up_sheet import CleanUpSheet
    from photo_organizer.ui.navigation import View
    from photo_organizer.ui.shortcuts import ShortcutSheet

    session = window._session
    duplicates = window.views[View.DUPLICATES]

    def view(which: View) -> QWidget:
        window.show_view(which)
        return window

    def kind(which: Kind) -> QWidget:
        window.show_view(View.DUPLICATES)
        duplicates.kinds[which].click()
        return window

    def dialog(box: QWidget) -> QWidget:
        box.show()
        return box

    def prepared() -> QWidget:
        session.prepare_safe()
        return kind(Kind.EXACT)

    return {
        **{which.value: lambda which=which: view(which) for which in View},
        **{f"duplicates_{which.value}": lambda which=which: kind(which) for which in Kind},
        "shortcuts": lambda: dialog(ShortcutSheet(window.commands, window)),
        README_VIEW: prepared,
        "clean_up": lambda: dialog(CleanUpSheet(session, window)),
    }


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--size", default="1440x900", metavar="WIDTHxHEIGHT")
    parser.add_argument("--readme", type=Path, help="where the README's picture goes")
    call = parser.parse_args()
    width, height = map(int, call.size.split("x"))
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    call.outdir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ.update(HOME=home, PHOTO_ORGANIZER_HOME=home, XDG_CONFIG_HOME=home)
        shoot(Path(home), call.outdir, (width, height), call.readme)


def shoot(home: Path, outdir: Path, size: tuple[int, int], readme: Path | None) -> None:
    """Open the window and photograph everything in both schemes."""
    from photo_organizer import app
    from photo_organizer.demo import make_demo_album
    from photo_organizer.ui import style
    from photo_organizer.ui.main_window import MainWindow
    from photo_organizer.ui.session import Session

    application: QApplication = app.application()
    window = MainWindow(Session())
    window.resize(*size)
    window.show()

    def take(name: str, widget: QWidget) -> None:
        for scheme in ("light", "dark"):
            style.choose_scheme(application, scheme)
            settle()
            picture = widget.grab()
            picture.save(str(outdir / f"{name}_{scheme}.png"))
            if readme is not None and (name, scheme) == (README_VIEW, "light"):
                picture.save(str(readme))

    take("welcome", window)
    analysed(window, make_demo_album(home / "Pictures" / "Demo album"))
    for name, bring_up in pictures(window).items():
        shown = bring_up()
        take(name, shown)
        if shown is not window:
            shown.close()
    window.close()


if __name__ == "__main__":
    main()
