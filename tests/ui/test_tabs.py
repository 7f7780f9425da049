from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from photo_organizer.ui import style
from photo_organizer.ui.tabs import FADE, FadingTabs


def test_tabs_fade_where_more_wait(qtbot: QtBot) -> None:
    tabs = FadingTabs()
    qtbot.addWidget(tabs)
    for number in range(12):
        tabs.addTab(f"MMMMMMMM {number}")
    tabs.resize(400, 40)
    tabs.show()

    def contrast(end: int) -> float:
        """How far the tabs' last pixels are from the ground: text is dark on it."""
        picture: QImage = tabs.grab().toImage()
        ground = style.color("surface").lightness()
        columns = range(end - FADE // 4, end)
        return max(
            abs(picture.pixelColor(x, y).lightness() - ground)
            for x in columns
            for y in range(picture.height())
        )

    end = min(arrow.x() for arrow in tabs.findChildren(QToolButton) if arrow.isVisible())
    faded = contrast(end)
    tabs.setCurrentIndex(tabs.count() - 1)
    assert faded < 70
    assert contrast(end) > faded
