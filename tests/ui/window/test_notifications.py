from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window import notifications
from photo_organizer.ui.window.notifications import Notifications


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def shown(session: Session, window: QWidget) -> list[str]:
    """What was shown on the desktop."""
    shown: list[str] = []
    Notifications(
        session.choices, session.activities, window, lambda _title, sentence: shown.append(sentence)
    )
    return shown


def finish(session: Session) -> None:
    session.activities.begin("Copying").end("3 photos were copied.")


def test_what_finishes_behind_other_windows_is_told(
    session: Session, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "_in_front", lambda: False)
    finish(session)
    assert shown == ["3 photos were copied."]
    session.activities.begin("Copying").end()  # stopped by the user: no news
    assert len(shown) == 1


def test_nothing_pops_up_in_front_of_the_window(
    session: Session, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "_in_front", lambda: True)
    finish(session)
    assert shown == []


def test_it_can_be_switched_off(
    session: Session, shown: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifications, "_in_front", lambda: False)
    session.choices.set_preferences(replace(session.choices.preferences, notifications=False))
    finish(session)
    assert shown == []
