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
    while session.encoder_models.recommended is None:  # it begins to look a moment later
        QTest.qWait(5)
    settle(session)
    try:
        yield WELCOME, window
        session.analysis.show(result)
        for name, bring_up in scenes().items():
            shown = bring_up(window)
            if shown.isFullScreen():  # whatever screen the tests run on
                shown.showNormal()
                shown.resize(*SMALL)
            settle(session)
            yield name, shown
            put_away(window, shown)
            settle()
    finally:
        window._leaves_session = True
        window.close()
        window.deleteLater()
        settle()


def settle(session: Session | None = None) -> None:
    """Let layouts come to rest and closed things go away.

    With a session, what it looks up beside the window (models, devices, sizes) arrives first: a
    sentence that comes at the last moment has no room yet.
    """
    _let_events_pass()
    while session is not None and session.tasks.busy:
        QTest.qWait(5)
        _let_events_pass()


def _let_events_pass() -> None:
    # A layout within layouts takes a round for each.
    for _ in range(10):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
