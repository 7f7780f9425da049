"""Every test of the interface: no display, settings of its own, a small library."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

os.environ["LC_ALL"] = "C.UTF-8"  # the language of the tests, whatever the machine speaks

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QRect, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, fitting, style
from photo_organizer.ui.words import language
from tests.ui import fakes

_BEFORE = pytest.StashKey[set[QWidget]]()
"""The windows that were there before the test."""


def pytest_itemcollected(item: pytest.Item) -> None:
    # The off-screen platform cannot hold a window to its minimum size, raise it or give a menu the
    # keyboard, and says so each time.
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Sessions and their parts hold each other. Python may free such garbage on any thread that
    happens to run; Qt's objects must go on their own, so they wait for the end of the test."""
    gc.disable()
    item.stash[_BEFORE] = top_level_widgets()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Function) -> Iterator[None]:
    """Free what the test made, and fail it if a window outlives it.

    Whatever is left would be dressed anew by each later change of the style sheet: a few forgotten
    windows make the tests that come after them many times slower.
    """
    try:
        return (yield)
    finally:
        item.funcargs = {}  # else the fixtures' values would live a little longer
        # pytest-qt closes windows, but nobody ends them before an event loop of Qt's own runs.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect(1)  # what the test made; what lasted before it is not searched
        gc.enable()
        left = top_level_widgets() - item.stash[_BEFORE]
        for widget in left:
            widget.deleteLater()  # one forgotten window is told once, not by every later test
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if left:
            names = sorted({type(widget).__name__ for widget in left})
            pytest.fail(
                f"{len(left)} windows outlive the test: {', '.join(names)}. "
                "Give them to qtbot.addWidget, or end them with deleteLater.",
                pytrace=False,
            )


def top_level_widgets() -> set[QWidget]:
    """What the application dresses: windows, menus and popups, shown or not."""
    return set(QApplication.topLevelWidgets()) if QApplication.instance() else set()


@pytest.fixture(scope="session", autouse=True)
def _counts_in_english(qapp: QApplication) -> None:
    """English has its plural forms from a translation too; numbers and dates stay the machine's."""
    before = QLocale()
    language.speak(qapp, "en")
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )


@pytest.fixture(autouse=True)
def screen_room(monkeypatch: pytest.MonkeyPatch) -> QRect:
    """A screen of a usual size: the off-screen one is smaller than any."""
    usual = QRect(0, 0, 1440, 900)
    monkeypatch.setattr(fitting, "room", lambda _screen: usual)
    return usual


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application, dressed and named as the real one."""
    qapp.setOrganizationName("photo-organizer-tests")
    qapp.setApplicationName("photo-organizer-tests")
    style.apply(qapp)
    accessible.install()
    return qapp


@pytest.fixture
def result(tmp_path: Path) -> Result:
    """A small library with something in every view: see `fakes.library`."""
    return fakes.library(tmp_path / "photos")


@pytest.fixture
def session(qapp: QApplication, result: Result) -> Iterator[Session]:
    """A session whose analysis answers `result` at once; nothing is opened yet."""
    session = Session(fakes.analysis(result))
    yield session
    session.close()


@pytest.fixture
def judged(result: Result, qtbot: QtBot) -> Iterator[tuple[Session, fakes.FakeJudge]]:
    judge = fakes.FakeJudge(result)
    session = Session(fakes.analysis(result, judge))
    fakes.analysed(session, qtbot)
    yield session, judge
    session.close()
