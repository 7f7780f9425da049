"""Zooming and panning a photo; nothing stale is ever shown."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QNativeGestureEvent, QPixmap, QPointingDevice
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.facts import Photo, Pixels, UnreadableError
from photo_organizer.ui.photos.canvas import PhotoCanvas
from photo_organizer.ui.photos.viewport import GREATEST_SCALE, Viewport
from photo_organizer.ui.session.image_loader import ImageLoader
from tests.ui import fakes

GREY = {"dark": 40, "light": 200}


class Reader:
    """Pictures whose grey is told by the file's name; "slow" ones wait for the gate."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.sides: list[int] = []

    def __call__(self, path: Path, max_side: int) -> Pixels:
        self.sides.append(max_side)
        if path.stem.startswith("slow"):
            assert self.gate.wait(30)
        if path.stem == "broken":
            raise UnreadableError("files.truncated", format="JPEG")
        grey = GREY["light" if path.stem.endswith("light") else "dark"]
        return np.full((max_side // 2, max_side, 3), grey, np.uint8)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def canvas(qtbot: QtBot, reader: Reader) -> Iterator[PhotoCanvas]:
    loader = ImageLoader(reader)
    canvas = PhotoCanvas(loader)
    qtbot.addWidget(canvas)
    canvas.resize(400, 300)
    canvas.show()
    yield canvas
    reader.gate.set()
    loader.close()


def _photo(tmp_path: Path, name: str, size: tuple[int, int] = (4000, 2000)) -> Photo:
    """A photo that claims a size; its file is small and only named."""
    photo = fakes.photo(tmp_path / f"{name}.jpg", 1)
    return replace(photo, width=size[0], height=size[1])


def _show(canvas: PhotoCanvas, qtbot: QtBot, photo: Photo) -> None:
    with qtbot.waitSignal(canvas.shown):
        canvas.set_photo(photo)


def _middle(canvas: PhotoCanvas) -> QColor:
    image: QImage = canvas.grab().toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2)


def test_a_photo_is_loaded_at_screen_scale_and_whole_for_100_percent(
    canvas: PhotoCanvas, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    assert reader.sides == [512]
    assert canvas.scale == pytest.approx(0.1)
    with qtbot.waitSignal(canvas.shown):
        canvas.show_actual_pixels()
    assert reader.sides == [512, 4000]
    assert canvas.scale == pytest.approx(1.0)


def test_a_slow_picture_never_replaces_the_one_asked_for_later(
    canvas: PhotoCanvas, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    canvas.set_photo(_photo(tmp_path, "slow dark"))
    qtbot.waitUntil(lambda: len(reader.sides) == 1)
    _show(canvas, qtbot, _photo(tmp_path, "light"))
    reader.gate.set()
    _show(canvas, qtbot, _photo(tmp_path, "light", (2000, 1000)))
    assert _middle(canvas).red() == GREY["light"]


def test_an_unreadable_photo_gives_a_message_and_the_next_one_is_shown(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "broken"))
    assert "the JPEG file ends too early" in canvas.message
    assert canvas.accessibleDescription() == canvas.message
    _show(canvas, qtbot, _photo(tmp_path, "light"))
    assert canvas.message == ""
    assert _middle(canvas).red() == GREY["light"]


def test_nothing_is_loaded_while_nobody_sees_it(
    canvas: PhotoCanvas, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    canvas.hide()
    canvas.set_photo(_photo(tmp_path, "dark"))
    assert reader.sides == []
    with qtbot.waitSignal(canvas.shown):
        canvas.show()
    assert reader.sides == [512]


def test_a_small_photo_is_enlarged_only_where_wanted(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark", (100, 50)))
    assert canvas.scale == pytest.approx(1.0)
    other = PhotoCanvas(canvas._loader, enlarge=True)
    qtbot.addWidget(other)
    other.resize(400, 300)
    other.set_photo(_photo(tmp_path, "dark", (100, 50)))
    assert other.scale == pytest.approx(4.0)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.floats(0.2, 5), st.floats(0, 400), st.floats(0, 300)), max_size=6),
    st.floats(-2000, 2000),
    st.floats(-2000, 2000),
)
def test_zooming_and_panning_never_lose_the_photo(
    canvas: PhotoCanvas,
    tmp_path: Path,
    steps: list[tuple[float, float, float]],
    dx: float,
    dy: float,
) -> None:
    canvas.set_photo(_photo(tmp_path, "dark"))
    for factor, x, y in steps:
        canvas.zoom_by(factor, QPointF(x, y))
    canvas.pan_by(dx, dy)
    assert 0.0 < canvas.scale <= GREATEST_SCALE + 1e-6
    assert canvas.viewport.zoom >= 1.0
    middle = canvas.point_at(QPointF(canvas.width() / 2, canvas.height() / 2))
    assert 0.0 <= middle.x() <= 1.0
    assert 0.0 <= middle.y() <= 1.0


def test_zooming_keeps_the_point_under_the_cursor(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    canvas.zoom_by(6.0)
    cursor = QPointF(120, 210)
    before = canvas.point_at(cursor)
    canvas.zoom_by(1.7, cursor)
    after = canvas.point_at(cursor)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1e-6)


def test_only_the_user_sends_viewports_around(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    sent: list[Viewport] = []
    canvas.viewport_changed.connect(sent.append)
    canvas.set_viewport(Viewport(3.0, 0.4, 0.6))
    assert sent == []
    canvas.fit()
    assert sent == [Viewport()]


def test_dragging_pans_and_a_press_alone_is_a_click(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    canvas.zoom_by(6.0)
    clicks: list[bool] = []
    canvas.clicked.connect(lambda: clicks.append(True))
    before = canvas.viewport
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(canvas, QPoint(140, 150))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(140, 150))
    assert canvas.viewport.x > before.x
    assert clicks == []
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(140, 150))
    assert clicks == [True]


def test_the_difference_is_black_where_pictures_are_alike(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    same = QImage(64, 32, QImage.Format.Format_RGB32)
    same.fill(QColor(GREY["dark"], GREY["dark"], GREY["dark"]))
    canvas.set_compared(same, difference=True)
    assert _middle(canvas).red() == 0
    lighter = QImage(64, 32, QImage.Format.Format_RGB32)
    lighter.fill(QColor(GREY["dark"] + 10, GREY["dark"], GREY["dark"]))
    canvas.set_compared(lighter, difference=True)
    assert (_middle(canvas).red(), _middle(canvas).green()) == (40, 0)
    canvas.set_compared(lighter)
    assert _middle(canvas).red() == GREY["dark"] + 10


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_photo_fits_and_its_corners_are_where_they_belong(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path, turns: int
) -> None:
    """A picture with one bright corner, turned clockwise."""
    image = QImage(512, 256, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 10, 10))
    for x in range(64):
        for y in range(64):
            image.setPixelColor(x, y, QColor(250, 250, 250))
    _show(canvas, qtbot, _photo(tmp_path, "dark", (512, 256)))
    canvas._images = {512: image}
    canvas.set_turns(turns)
    whole = canvas._framing.target(canvas.viewport)
    assert (whole.width() < whole.height()) == (turns % 2 == 1)
    assert canvas.rect().contains(whole.toAlignedRect())
    shown = canvas.grab().toImage()
    corners = {0: whole.topLeft(), 1: whole.topRight(), 2: whole.bottomRight()}
    corner = corners.get(turns, whole.bottomLeft())
    inside = corner + (whole.center() - corner) * 0.1
    assert shown.pixelColor(inside.toPoint()).red() > 200
    for other in (whole.topLeft(), whole.topRight(), whole.bottomRight(), whole.bottomLeft()):
        if other != corner:
            place = other + (whole.center() - other) * 0.1
            assert shown.pixelColor(place.toPoint()).red() < 60


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.tuples(st.integers(40, 6000), st.integers(40, 6000)),
    st.lists(st.integers(-3, 3), max_size=5),
    st.floats(1, 6),
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_turning_keeps_the_spot_in_the_middle_and_four_quarters_change_nothing(
    canvas: PhotoCanvas,
    tmp_path: Path,
    size: tuple[int, int],
    turns: list[int],
    zoom: float,
    spot: tuple[float, float],
) -> None:
    canvas.set_photo(_photo(tmp_path, "dark", size))
    canvas.zoom_by(zoom)
    canvas.set_viewport(Viewport(canvas.viewport.zoom, *spot))
    before, middle = canvas.viewport, canvas.viewport
    total = 0
    for turn in turns:
        total += turn
        canvas.set_turns(total)
        middle = middle.turned(turn)
    assert canvas.turns == total % 4
    assert (canvas.viewport.x, canvas.viewport.y) == pytest.approx((middle.x, middle.y), abs=1e-9)
    assert canvas._framing.photo == (size if total % 2 == 0 else size[::-1])
    if before.zoom == 1.0:
        assert canvas.viewport.zoom == 1.0
    # The photo's own point in the middle: turned back, it is the one that was there.
    assert (canvas.viewport.turned(-total).x, canvas.viewport.turned(-total).y) == pytest.approx(
        spot, abs=1e-9
    )


def test_a_turned_photo_is_zoomed_to_the_cursor_too(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    canvas.set_turns(1)
    canvas.zoom_by(6.0)
    cursor = QPointF(170, 160)
    before = canvas.point_at(cursor)
    canvas.zoom_by(1.5, cursor)
    after = canvas.point_at(cursor)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=1e-6)


def test_turning_a_magnified_photo_keeps_its_scale(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    canvas.show_actual_pixels()
    canvas.set_turns(1)
    assert canvas.scale == pytest.approx(1.0)


def test_until_it_is_loaded_the_best_picture_at_hand_is_shown(
    canvas: PhotoCanvas, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = _photo(tmp_path, "slow light")
    placeholder = QPixmap(64, 32)
    placeholder.fill(QColor(123, 123, 123))
    canvas.set_photo(photo, placeholder)
    assert not canvas.sharp
    assert _middle(canvas).red() == 123
    reader.gate.set()
    qtbot.waitUntil(lambda: canvas.sharp)
    assert _middle(canvas).red() == GREY["light"]
    canvas.set_photo(_photo(tmp_path, "dark"))
    reader.gate.clear()
    canvas.resize(1000, 800)  # needs a larger picture than the one in memory
    canvas.set_photo(photo)
    assert not canvas.sharp
    assert _middle(canvas).red() == GREY["light"]


def test_two_fingers_zoom_to_the_cursor(canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path) -> None:
    _show(canvas, qtbot, _photo(tmp_path, "dark"))
    cursor = QPointF(120, 140)
    before = canvas.point_at(cursor)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        *(cursor, cursor, cursor),
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(canvas, pinch)
    assert canvas.viewport.zoom == pytest.approx(1.5)
    after = canvas.point_at(cursor)
    assert after.x() == pytest.approx(before.x(), abs=1e-6)


def _columns_of(canvas: PhotoCanvas, colour: QColor) -> int:
    """How many pixels of a colour lie in the middle row: how wide a picture is drawn."""
    image: QImage = canvas.grab().toImage()
    row = image.height() // 2
    return sum(image.pixelColor(x, row) == colour for x in range(image.width()))


def test_a_placeholder_of_other_proportions_is_not_squeezed(
    canvas: PhotoCanvas, tmp_path: Path
) -> None:
    """The file was replaced: what is known of it is of the picture before."""
    red = QPixmap(40, 80)
    red.fill(QColor("red"))
    canvas.set_photo(_photo(tmp_path, "slow dark"), red)  # known as twice as wide as it is high
    assert _columns_of(canvas, QColor("red")) == pytest.approx(100, abs=2)
    red = QPixmap(80, 40)
    red.fill(QColor("red"))
    canvas.set_placeholder(red)
    assert _columns_of(canvas, QColor("red")) == pytest.approx(400, abs=6)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_picture_of_other_proportions_is_not_squeezed_however_it_is_turned(
    canvas: PhotoCanvas, qtbot: QtBot, tmp_path: Path, turns: int
) -> None:
    """The file on disk is twice as wide as it is high, and was known the other way round."""
    canvas.resize(400, 300)
    _show(canvas, qtbot, _photo(tmp_path, "light", (2000, 4000)))
    canvas.set_turns(turns)
    shown = _columns_of(canvas, QColor(GREY["light"], GREY["light"], GREY["light"]))
    # Upright it has 150 × 75 of the room of 150 × 300, lying 75 × 150 of 400 × 200.
    assert shown == pytest.approx(150 if turns % 2 == 0 else 100, abs=2)
