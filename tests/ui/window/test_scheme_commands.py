"""Light, dark, or like the system."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer import app
from photo_organizer.engine.storage import preferences_file
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.settings import SettingsDialog
from photo_organizer.ui.widgets import style
from photo_organizer.ui.window.main_window import MainWindow


@pytest.fixture
def window(qapp: QApplication, session: Session, qtbot: QtBot) -> Iterator[MainWindow]:
    holder = app.WindowHolder(qapp, session)
    qtbot.addWidget(holder.window)
    with qtbot.waitExposed(holder.window):
        holder.window.show()
    yield holder.window
    style.choose_scheme(qapp, None)
    del holder


def test_the_palette_changes_the_colours_at_once_and_for_good(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    system = style.scheme()
    other = "light" if system == "dark" else "dark"
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.program_commands.palette
    qtbot.keyClicks(palette.field, f"{other} colours")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: style.scheme() == other)
    assert window.commands[f"view.scheme_{other}"].isChecked()
    assert not window.commands["view.scheme_system"].isChecked()
    session.close()
    assert preferences_file.load().preferences.scheme == other


def test_the_settings_choose_the_colours_and_follow_the_commands(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.show_settings()
    (dialog,) = window.findChildren(SettingsDialog)
    scheme = dialog.general.scheme
    qtbot.keyClick(scheme, Qt.Key.Key_Down)
    assert scheme.value == "light"
    qtbot.waitUntil(lambda: style.scheme() == "light")
    assert window.commands["view.scheme_light"].isChecked()
    window.commands["view.scheme_dark"].trigger()
    assert scheme.value == "dark"
    qtbot.waitUntil(lambda: style.scheme() == "dark")
    assert not dialog.again.isVisible()  # nothing to analyse for that
