"""Every state of a photo looks different, also without colour."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.photos.grid import PhotoGrid
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import style

Paint = Callable[[int], QImage]


@pytest.fixture
def grid(session: Session, result: Result, qtbot: QtBot) -> PhotoGrid:
    session.analysis.show(result)
    grid = PhotoGrid(session)
    qtbot.addWidget(grid)
    grid.resize(420, 320)
    return grid


@pytest.fixture
def paint(grid: PhotoGrid, session: Session, qtbot: QtBot) -> Paint:
    """The grid with one photo alone, its thumbnail loaded, in shades of grey."""

    def one(photo_id: int) -> QImage:
        grid.set_photos([photo_id])
        grid.clearSelection()
        grid.grab()
        qtbot.waitUntil(lambda: session.thumbnails.idle)
        return grey(grid)

    return one


def grey(grid: PhotoGrid) -> QImage:
    return grid.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_a_marked_photo_looks_marked(paint: Paint, session: Session, grid: PhotoGrid) -> None:
    plain = paint(1)
    session.marks.mark([1])
    assert grey(grid) != plain


def test_a_selected_photo_looks_selected(paint: Paint, grid: PhotoGrid) -> None:
    plain = paint(1)
    grid.select(1)
    assert grey(grid) != plain


def test_a_note_is_shown(paint: Paint, grid: PhotoGrid) -> None:
    plain = paint(1)
    grid.set_photos([1], {1: "0.98"})
    assert grey(grid) != plain


def test_a_keeper_and_a_flawed_photo_are_badged(
    paint: Paint, session: Session, result: Result, grid: PhotoGrid
) -> None:
    for photo_id, plain in ((3, replace(result, groups=())), (6, replace(result, flags=()))):
        session.analysis.show(result)
        badged = paint(photo_id)
        session.analysis.show(plain)
        assert grey(grid) != badged


def test_stars_and_rejection_are_badged(paint: Paint, session: Session, grid: PhotoGrid) -> None:
    looks = [paint(1)]
    for stars in (0, 1, 5):
        session.stars.set([1], stars)
        looks.append(grey(grid))
    assert all(one != other for i, one in enumerate(looks) for other in looks[:i])
    session.stars.set([1], None)
    assert grey(grid) == looks[0]


def test_badges_differ_in_shape(qapp: QApplication) -> None:
    shapes = [
        style.icon(name).pixmap(32, 32).toImage()
        for name in ("crown", "triangle-alert", "trash-2", "star", "ban")
    ]
    assert all(one != other for i, one in enumerate(shapes) for other in shapes[:i])


def test_a_lost_photo_is_shown_as_lost(
    paint: Paint, result: Result, session: Session, grid: PhotoGrid, qtbot: QtBot
) -> None:
    result.photos[9].path.unlink()
    grid.set_photos([9])
    waiting = grey(grid)
    qtbot.waitUntil(lambda: session.thumbnails.is_missing(result.photos[9]))
    assert grey(grid) != waiting


def test_another_size_stands_in_while_one_is_loaded(
    paint: Paint, session: Session, grid: PhotoGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = paint(1)
    monkeypatch.setattr(session.thumbnails, "_ask", lambda *_: None)  # nothing more is loaded
    grid.set_zoom(380)
    larger = grey(grid)
    grid.set_photos([2])
    assert grey(grid) != larger, "an empty place would look the same"
    assert small != larger
