"""Windows fit their screen."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets import fitting

SCREENS = [
    QRect(0, 0, 1024, 700),
    QRect(0, 0, 1366, 728),
    QRect(1920, 0, 1920, 1040),
    QRect(-1080, -300, 1080, 1920),
    QRect(0, 0, 3840, 2120),
]


@pytest.mark.parametrize("available", SCREENS)
def test_the_first_window_fits_every_screen(available: QRect) -> None:
    place = fitting.first_place(available)
    assert available.contains(place.marginsAdded(fitting.FRAME))
    assert place.width() >= min(fitting.USUAL.width(), available.width() - 16)
    assert place.height() <= fitting.LARGEST.height()


def test_a_large_screen_gets_a_large_window_a_small_one_is_filled() -> None:
    assert fitting.first_place(SCREENS[-1]).width() == fitting.LARGEST.width()
    assert fitting.has_room(SCREENS[2])
    assert not fitting.has_room(SCREENS[0])


@pytest.mark.parametrize("available", SCREENS)
@pytest.mark.parametrize(
    "place", [QRect(9000, 9000, 800, 600), QRect(-9000, 0, 800, 600), QRect(0, 0, 9000, 9000)]
)
def test_any_place_is_brought_onto_a_screen_and_stays_there(available: QRect, place: QRect) -> None:
    once = fitting.fitted(place, available)
    assert available.contains(once.marginsAdded(fitting.FRAME))
    assert fitting.fitted(once, available) == once


def test_a_dialog_comes_up_no_larger_than_its_screen(screen_room: QRect, qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    fitting.keep_on_screen(dialog)
    dialog.resize(5000, 4000)
    dialog.move(600, 500)
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert screen_room.contains(dialog.frameGeometry())
