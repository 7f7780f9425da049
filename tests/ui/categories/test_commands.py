from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine import assets
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.commands import CategoryCommands, ask_new_category, category_menu
from photo_organizer.ui.commands.commands import Commands
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.words.names import call_categories


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


class FakeView:
    """What the commands ask of the view."""

    def __init__(self, done: list[str]) -> None:
        self.toggle_overview = lambda: done.append("overview")
        self.edit = lambda: done.append("edit")


@pytest.fixture
def commands(session: Session, result: Result, done: list[str], window: QWidget) -> Commands:
    commands = Commands(window)
    CategoryCommands(FakeView(done), session, commands)  # type: ignore[arg-type]
    session.analysis.show(result)
    return commands


def test_commands_do_what_they_say(commands: Commands, session: Session, done: list[str]) -> None:
    for name in ("view.all_categories", "library.categories"):
        commands[name].trigger()
    assert done == ["overview", "edit"]


def test_commands_on_photos_need_photos(commands: Commands, session: Session) -> None:
    names = ("photo.move_to_category", "photo.automatic_category")
    assert [commands[name].isEnabled() for name in names] == [False, False]
    session.selection.set_current(3)
    assert [commands[name].isEnabled() for name in names] == [True, False]


def test_only_what_was_moved_by_hand_goes_back(
    commands: Commands, session: Session, result: Result
) -> None:
    session.selection.set_current(3)
    session.analysis.show(replace(result, by_hand=frozenset({3})))
    assert commands["photo.automatic_category"].isEnabled()
    session.selection.set_current(4)
    assert not commands["photo.automatic_category"].isEnabled()


def test_the_menu_moves_the_selected_photos(session: Session, result: Result) -> None:
    session.analysis.show(result)
    session.selection.select((1, 2))
    menu = category_menu(session, None)
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions)[:2] == ["People", "Animals"]
    assert list(actions)[-3:] == ["Others", "", "New category…"]
    actions["Animals"].trigger()
    assert session.shown.result is not None
    assert session.shown.result.categories["animal"] == (1, 2, 3, 4, 5, 6)


def test_photos_can_found_a_category(session: Session, result: Result) -> None:
    session.analysis.show(result)
    session.selection.select((1, 7))
    dialog = ask_new_category(session, None)
    dialog.textValueSelected.emit("  ")
    assert session.shown.result is result
    dialog.textValueSelected.emit(" my  dog ")
    dialog.close()
    assert session.shown.result is not None
    assert session.shown.result.categories["my dog"] == (1, 7)
    assert session.own_categories.all[-1] == Category(
        "my dog", dict.fromkeys(assets.languages(), "my dog"), ("my dog",)
    )
    call_categories({})


def test_a_known_name_founds_nothing_new_but_brings_back_what_was_hidden(
    session: Session, result: Result
) -> None:
    session.analysis.show(result)
    own = session.own_categories
    own.hide("animal")
    count = len(own.all)
    assert own.add("animals") == "animal"
    assert len(own.all) == count
    assert "animal" in [category.key for category in own.shown]
    call_categories({})
