"""Signs for closed eyes beside a photo."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.ui.photos.face_badges import FaceBadges
from tests.ui import fakes


def test_open_eyes_need_no_sign(qtbot: QtBot) -> None:
    badges = FaceBadges()
    qtbot.addWidget(badges)
    badges.show_faces([fakes.face(), fakes.face()])
    assert badges.isHidden()
    assert badges.accessibleName() == ""


def test_closed_eyes_are_told_in_shape_and_words(qtbot: QtBot) -> None:
    badges = FaceBadges()
    qtbot.addWidget(badges)
    looks = []
    for eyes in (Eyes.CLOSED, Eyes.CANT_TELL):
        badges.show_faces([fakes.face(), fakes.face(eyes=eyes)])
        badges.resize(badges.sizeHint())
        assert not badges.isHidden()
        image = badges.grab().toImage()
        looks.append(
            [
                QColor(image.pixel(x, y)).lightness() // 64
                for x in range(image.width())
                for y in range(image.height())
            ]
        )
    assert looks[0] != looks[1]
    assert badges.accessibleName() == "2 faces · 1 unclear"
    assert badges.toolTip() == badges.accessibleName()
