"""Every test of the interface: no display, settings of its own, a small library."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

os.environ["LC_ALL"] = "C.UTF-8"  # the language of the tests, whatever the machine speaks

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, style
from tests.ui import fakes


def pytest_itemcollected(item: pytest.Item) -> None:
    # The off-screen platform cannot hold a window to its minimum size, raise it or give a menu the
    # keyboard, and says so each time.
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def _garbage_goes_here() -> Iterator[None]:
    """Sessions and their parts hold each other. Python may free such garbage on any thread that
    happens to run; Qt's objects must go on their own."""
    gc.disable()
    yield
    # pytest-qt closes windows, but nobody ends them before an event loop of Qt's own runs: each
    # change of the style sheet would dress all windows of all tests before.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(1)  # what the test made; what lasted before it is not searched
    gc.enable()


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> None:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )


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
