"""Walks through everything the window shows: every scene of ``tools/scenes.py``, in a language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from photo_organizer.ui.words import language
from tools.scenes import WELCOME, put_away, scenes

SMALL = (1024, 700)
"""The smallest window in which everything must have its room."""


@contextmanager
def speaking(app: QApplication, name: str, session: Session) -> Iterator[None]:
    """Application and session speak a language meanwhile."""
    before = QLocale()
    language.speak(app, name)
    session.choices.language = name
    try:
        yield
    finally:
        language.speak(app, "en")
        QLocale.setDefault(before)


def walk(session: Session, result: Result) -> Iterator[tuple[str, QWidget]]:
    """Each scene's name, and the window, dialog or menu that it shows at present.

    Args:
        session: has opened nothing yet.
        result: what it shows after the welcome.
    """
    window = MainWindow(session)
    window.resize(*SMALL)
    window.show()
    settle()
    # What models there are is looked up beside the window.
    while session.encoder_models.offered is None:
        QTest.qWait(5)
    settle()
    try:
        yield WELCOME, window
        session.analysis.show(result)
        for name, bring_up in scenes().items():
            shown = bring_up(window)
            if shown.isFullScreen():  # whatever screen the tests run on
                shown.showNormal()
                shown.resize(*SMALL)
            settle()
            yield name, shown
            put_away(window, shown)
            settle()
    finally:
        window._leaves_session = True
        window.close()
        window.deleteLater()
        settle()


def settle() -> None:
    """Let layouts come to rest and closed things go away."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
