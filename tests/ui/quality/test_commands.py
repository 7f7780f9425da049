import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Flaw, Result
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.quality.commands import QualityCommands
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.photo_commands import PhotoCommands


@pytest.fixture
def view(session: Session, result: Result, qtbot: QtBot) -> LowQualityView:
    session.analysis.show(result)
    view = LowQualityView(session)
    qtbot.addWidget(view)
    return view


@pytest.fixture
def commands(view: LowQualityView, session: Session, qtbot: QtBot) -> Commands:
    commands = Commands(view)
    PhotoCommands(session, commands)
    QualityCommands(view, session.selection, session.shown, commands)
    with qtbot.waitActive(view):
        view.show()
    view.set_flaw(Flaw.BLUR)
    view.setFocus()
    return commands


def test_a_key_says_that_a_photo_is_fine(
    view: LowQualityView, commands: Commands, session: Session, qtbot: QtBot
) -> None:
    assert commands["low_quality.fine"].isEnabled()
    qtbot.keyClick(view.list, Qt.Key.Key_G)
    assert session.shown.flags_of(6) == ()
    assert view.current is None
    assert not commands["low_quality.fine"].isEnabled()


def test_it_cannot_be_used_while_another_view_is_shown(
    view: LowQualityView, commands: Commands
) -> None:
    view.hide()
    assert not commands["low_quality.fine"].isEnabled()
    view.show()
    assert commands["low_quality.fine"].isEnabled()


def test_the_context_menu_holds_what_can_be_done(view: LowQualityView, commands: Commands) -> None:
    view.customContextMenuRequested.emit(view.rect().center())
    (menu,) = view.findChildren(QMenu)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts[0] == "This photo is fine"
    assert "Show in folder" in texts
    menu.close()
