import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.search.commands import SearchCommands
from photo_organizer.ui.session.session import Session
from tests.ui import fakes


class FakeView:
    """What the commands ask of the view."""

    def __init__(self, done: list[str]) -> None:
        self.focus_field = lambda: done.append("find")
        self.more_like_selected = lambda: done.append("more")


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def commands(session: Session, result: Result, done: list[str], window: QWidget) -> Commands:
    commands = Commands(window)
    SearchCommands(FakeView(done), session.selection, session.shown, session.judging, commands)  # type: ignore[arg-type]
    session.analysis.show(result)
    return commands


def test_commands_do_what_they_say(commands: Commands, session: Session, done: list[str]) -> None:
    session.judging._judge = fakes.FakeJudge(session.shown.result)  # type: ignore[assignment, arg-type]
    session.selection.set_current(3)
    for name in ("view.find", "photo.more_like"):
        commands[name].trigger()
    assert done == ["find", "more"]


def test_photos_like_others_need_a_photo_and_a_way_to_compare(
    commands: Commands, session: Session
) -> None:
    assert not commands["photo.more_like"].isEnabled()
    session.selection.set_current(3)
    assert not commands["photo.more_like"].isEnabled()
    session.judging._judge = fakes.FakeJudge(session.shown.result)  # type: ignore[assignment, arg-type]
    session.selection.select((4,))
    assert commands["photo.more_like"].isEnabled()
