"""The histogram of the photo on screen."""

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from photo_organizer.ui.photos.histogram_view import HistogramView
from photo_organizer.ui.session.session import Session


def picture(value: int) -> QImage:
    image = QImage(33, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(value, value, value))
    return image


def test_the_last_of_several_pictures_is_counted(session: Session, qtbot: QtBot) -> None:
    view = HistogramView(session.tasks)
    qtbot.addWidget(view)
    for value in (40, 80, 200):
        view.set_image(picture(value))
    qtbot.waitUntil(lambda: view.histogram is not None and view.histogram.red[100] == 1.0)
    assert view.sentences() == []
    view.set_image(None)
    assert view.histogram is None


def test_what_is_lost_is_told_in_words(session: Session, qtbot: QtBot) -> None:
    view = HistogramView(session.tasks)
    qtbot.addWidget(view)
    view.set_image(picture(255))
    qtbot.waitUntil(lambda: view.histogram is not None)
    assert view.accessibleDescription() == "100.0 % of the picture is burnt out."
    view.set_image(picture(0))
    qtbot.waitUntil(lambda: "black" in view.accessibleDescription())


def test_the_curves_are_drawn_in_their_colours(session: Session, qtbot: QtBot) -> None:
    view = HistogramView(session.tasks)
    qtbot.addWidget(view)
    view.resize(256, 96)
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(130, 10, 10))
    view.set_image(image)
    qtbot.waitUntil(lambda: view.histogram is not None)
    drawn = view.grab().toImage().pixelColor(round(65 / 127 * 256), 80)
    assert drawn.red() > drawn.blue() + 50


def test_a_view_that_goes_while_it_counts_troubles_nobody(session: Session, qtbot: QtBot) -> None:
    view = HistogramView(session.tasks)
    view.set_image(picture(100))
    assert view._counting is not None
    view._next = picture(200)  # and another one would follow
    delete(view)
    qtbot.waitUntil(lambda: not session.tasks._running)
