import pytest
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication

from photo_organizer.ui.widgets.drag_picture import ROOM, SIDE, drag_picture


@pytest.fixture
def photo(qapp: QApplication) -> QPixmap:
    photo = QPixmap(300, 200)
    photo.fill(QColor("#00ff00"))
    return photo


def test_the_photo_is_in_the_middle(photo: QPixmap) -> None:
    picture = drag_picture(photo, 1).toImage()
    assert picture.width() == SIDE + 2 * ROOM
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    assert middle == QColor("#00ff00")
    assert picture.pixelColor(0, 0).alpha() == 0


def test_the_count_shows(photo: QPixmap) -> None:
    one, two, many = (drag_picture(photo, count).toImage() for count in (1, 2, 12_345))
    assert one != two
    assert two != many


def test_it_is_sharp_on_dense_screens(photo: QPixmap) -> None:
    picture = drag_picture(None, 2, ratio=2.0)
    assert picture.width() == 2 * (SIDE + 2 * ROOM)
    assert picture.devicePixelRatio() == 2.0
