"""Whose dialogs ask for folders and files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets import system_dialogs


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A desktop with a portal, Plasma."""
    service = tmp_path / "dbus-1/services/org.freedesktop.portal.Desktop.service"
    portal = tmp_path / "xdg-desktop-portal/portals/kde.portal"
    for file in (service, portal):
        file.parent.mkdir(parents=True)
    service.touch()
    portal.write_text("[portal]\nInterfaces=org.freedesktop.impl.portal.FileChooser;\n")
    return {
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus",
        "XDG_CURRENT_DESKTOP": "KDE",
        "XDG_DATA_DIRS": str(tmp_path),
    }


def test_the_portal_of_a_desktop_is_asked(environment: dict[str, str]) -> None:
    assert system_dialogs.is_reached_by_portal(environment)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QT_QPA_PLATFORMTHEME", "gtk3"),  # somebody chose
        ("XDG_CURRENT_DESKTOP", "ubuntu:GNOME"),  # Qt finds these by itself
        ("DBUS_SESSION_BUS_ADDRESS", ""),
        ("XDG_DATA_DIRS", "/nowhere"),
    ],
)
def test_it_is_not_where_it_is_not_there_or_not_needed(
    environment: dict[str, str], name: str, value: str
) -> None:
    assert not system_dialogs.is_reached_by_portal({**environment, name: value})


def test_a_portal_that_knows_no_files_is_not_asked(
    environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "xdg-desktop-portal/portals/kde.portal"
    file.write_text("[portal]\nInterfaces=org.freedesktop.impl.portal.Settings;\n")
    assert not system_dialogs.is_reached_by_portal(environment)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[QFileDialog]:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def test_qts_own_dialog_shows_its_icons(dialog: QFileDialog) -> None:
    """Room for text beside them left none for the icons themselves."""
    buttons = [button for button in dialog.findChildren(QToolButton) if button.isVisible()]
    assert buttons
    for button in buttons:
        picture = button.grab().toImage()
        middle = {
            picture.pixel(x, y)
            for x in range(picture.width() // 4, 3 * picture.width() // 4)
            for y in range(picture.height() // 4, 3 * picture.height() // 4)
        }
        assert len(middle) > 4, button.toolTip()
