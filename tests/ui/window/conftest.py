"""The window of most tests, and the folder of its photos."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow


@pytest.fixture
def window(session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(session)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def folder(result: Result) -> Path:
    return result.photos[1].path.parent
