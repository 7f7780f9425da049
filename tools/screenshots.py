"""Pictures of everything the window shows, light and dark, in every language, of the demo album.

    python tools/screenshots.py OUTDIR [--size 1440x900] [--only NAME...] [--language en...]

Off screen where there is no display; under ``xvfb-run`` the pictures are those of a real window.
``QT_SCALE_FACTOR=2`` in the environment makes those of a screen of twice the pixels.
``--readme docs`` writes the three pictures of the README there, smaller.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from photo_organizer.app import WindowHolder
    from photo_organizer.ui.session.session import Session

STEP = 80
"""Milliseconds between two looks; a picture is taken when two of them are the same."""
PATIENCE = 3.0
"""Seconds after which something that moves all the time is taken as it is."""

SCHEMES = ("light", "dark")

README = {
    ("overview", "light", "en"): "window.png",
    ("duplicates_same", "dark", "en"): "window_dark.png",
    ("highlights_best", "light", "ko"): "window_korean.png",
}
"""Scene, scheme and language of the README's pictures."""


def wait(milliseconds: int) -> None:
    """Let the window draw and load."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Let the window go on until something is so."""
    while not is_so():
        wait(STEP)


@dataclass
class Camera:
    """Takes pictures into a folder."""

    application: QApplication
    session: Session
    outdir: Path
    readme: Path | None = None
    taken: list[Path] = field(default_factory=list)

    def take(self, name: str, widget: QWidget, language: str) -> None:
        """One picture in each scheme."""
        from photo_organizer.ui.widgets import style

        for scheme in SCHEMES:
            style.choose_scheme(self.application, scheme)
            picture = self._still(widget)
            path = self.outdir / f"{name}_{language}_{scheme}.png"
            picture.save(str(path))
            self.taken.append(path)
            target = README.get((name, scheme, language))
            if self.readme is not None and target is not None:
                _save_small(path, self.readme / target)

    def _still(self, widget: QWidget) -> QImage:
        """The widget, once nothing moves any more."""
        wait(STEP)
        start, last = time.monotonic(), widget.grab().toImage()
        while time.monotonic() - start < PATIENCE:
            wait(STEP)
            picture = widget.grab().toImage()
            if picture == last and self.session.thumbnails.idle:
                return picture
            last = picture
        return last


def _save_small(picture: Path, target: Path) -> None:
    """A picture for a web page; with all its colours, or skies would show steps."""
    from PIL import Image

    with Image.open(picture) as image:
        image.convert("RGB").save(target, optimize=True)


def main() -> None:
    """Make the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--size", default="1440x900", metavar="WIDTHxHEIGHT")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="of tools/scenes.py")
    parser.add_argument("--language", nargs="+", default=["en", "ko"], metavar="LANGUAGE")
    parser.add_argument("--readme", type=Path, help="folder of the README's pictures")
    call = parser.parse_args()
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    call.outdir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ.update(HOME=home, PHOTO_ORGANIZER_HOME=home, XDG_CONFIG_HOME=home)
        shoot(Path(home), call)


def shoot(home: Path, call: argparse.Namespace) -> None:
    """Open the window and photograph everything in both schemes and all languages."""
    sys.path.insert(0, str(Path(__file__).parent.parent))  # the tools import one another

    from photo_organizer import app
    from photo_organizer.demo.album import demo_album_in
    from photo_organizer.engine.domain.operations import Deed
    from photo_organizer.ui.session.session import Session
    from tools.scenes import WELCOME, put_away, scenes

    application: QApplication = app.application()
    session = Session()
    stage = app.WindowHolder(application, session)
    stage.window.resize(*map(int, call.size.split("x")))
    stage.window.show()
    camera = Camera(application, session, call.outdir, call.readme)
    wanted = set(call.only)
    if WELCOME in (wanted or {WELCOME}):
        for language in call.language:
            speak(stage, session, language)
            camera.take(WELCOME, stage.window, language)
    for language in call.language:
        speak(stage, session, language)
        stage.window.open_folders([demo_album_in(home / "Pictures", language)])
        wait_until(lambda: not session.analysis.running)
        for name, bring_up in scenes().items():
            if wanted and name not in wanted:
                continue
            shown = bring_up(stage.window)
            camera.take(name, shown, language)
            put_away(stage.window, shown)
        session.marks.mark(session.marks.ids, False)
        for operation in session.history.operations:
            if operation.deed is Deed.NOT_DUPLICATES:  # the next language has the same photos
                session.history.undo(operation)
    stage.window.close()
    wait_until(lambda: not stage.window.isVisible())  # it closes once the marks are stored
    print(f"{len(camera.taken)} pictures in {call.outdir}")


def speak(stage: WindowHolder, session: Session, language: str) -> None:
    """Choose a language, and wait for the window that speaks it."""
    if session.choices.language != language:
        before = stage.window
        session.choices.set_preferences(replace(session.choices.preferences, language=language))
        wait_until(lambda: stage.window is not before)


if __name__ == "__main__":
    main()
