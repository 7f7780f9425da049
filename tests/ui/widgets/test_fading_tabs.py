from PySide6.QtGui import QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.fading_tabs import FADE, FadingTabs


def test_tabs_fade_where_more_wait(qtbot: QtBot) -> None:
    tabs = FadingTabs()
    qtbot.addWidget(tabs)
    for _ in range(12):
        tabs.addTab(15 * "MW")  # so close that text crosses every column
    tabs.resize(400, 40)
    tabs.show()

    def contrast() -> int:
        """How far the last pixels before the arrows are from the ground."""
        picture: QImage = tabs.grab().toImage()
        ground = style.color("surface").lightness()
        end = min(arrow.x() for arrow in tabs.findChildren(QToolButton) if arrow.isVisible())
        columns = range(end - FADE // 8, end)
        return max(
            abs(picture.pixelColor(x, y).lightness() - ground)
            for x in columns
            for y in range(picture.height())
        )

    assert contrast() < 40
    tabs.setCurrentIndex(tabs.count() - 1)  # nothing waits behind the arrow any more
    assert contrast() > 40
