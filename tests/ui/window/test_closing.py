"""What was decided is stored before the window closes; where that does not work it asks."""

import sqlite3
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from photo_organizer.engine import paths
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session import write_queue
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.fakes import analysed


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_queue, "PATIENCE", 0.02)
    monkeypatch.setattr(write_queue, "FIRST_PAUSE", 1)
    monkeypatch.setattr(write_queue, "LONGEST_PAUSE", 5)


@pytest.fixture
def held() -> Iterator[sqlite3.Connection]:
    """Another program that holds the store."""
    with Store(paths.store_path()):
        pass
    held = sqlite3.connect(paths.store_path(), isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    yield held
    held.close()


def rate(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    analysed(session, qtbot)
    for number in (1, 2, 3):
        session.stars.set([number], number)


def stars() -> list[int]:
    with Store(paths.store_path()) as store:
        return sorted(store.decisions().ratings.values())


def press(window: MainWindow, text: str) -> None:
    box = window.closing.question
    assert box is not None
    (button,) = [b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == text]
    button.click()


def test_closing_stores_first_and_asks_nothing(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    rate(window, session, qtbot)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.closing.question is None
    assert stars() == [1, 2, 3]


def test_closing_asks_where_decisions_cannot_be_stored_and_waiting_closes_when_they_are(
    window: MainWindow, session: Session, qtbot: QtBot, held: sqlite3.Connection
) -> None:
    rate(window, session, qtbot)
    window.close()
    assert window.isVisible()
    qtbot.waitUntil(lambda: window.closing.question is not None)
    box = window.closing.question
    assert box is not None
    assert box.text() == "3 decisions are not stored yet"
    assert "another program is using the photo store" in box.informativeText()
    press(window, "Wait")
    assert window.isVisible()
    held.execute("ROLLBACK")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert stars() == [1, 2, 3]


def test_closing_anyway_waits_no_more(
    window: MainWindow, session: Session, qtbot: QtBot, held: sqlite3.Connection
) -> None:
    rate(window, session, qtbot)
    window.close()
    qtbot.waitUntil(lambda: window.closing.question is not None)
    press(window, "Close anyway")
    assert not window.isVisible()
    held.execute("ROLLBACK")
    assert stars() == []


def test_the_question_goes_when_the_store_answers_meanwhile(
    window: MainWindow, session: Session, qtbot: QtBot, held: sqlite3.Connection
) -> None:
    rate(window, session, qtbot)
    window.close()
    qtbot.waitUntil(lambda: window.closing.question is not None)
    held.execute("ROLLBACK")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert stars() == [1, 2, 3]
