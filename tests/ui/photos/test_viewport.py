"""Where a photo lies on a canvas, whatever their sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from photo_organizer.ui.photos.viewport import CLOSEST, GREATEST_SCALE, Framing, Viewport

sides = st.integers(40, 6000)
framings = st.builds(
    Framing,
    st.builds(QSizeF, sides, sides),
    st.tuples(sides, sides),
    st.sampled_from([1.0, 1.5, 2.0]),
    st.booleans(),
)
fractions = st.floats(0, 1)
views = st.builds(Viewport, st.floats(1, 20), fractions, fractions)


@given(framings)
def test_the_whole_photo_is_seen_in_the_middle(framing: Framing) -> None:
    target = framing.target(Viewport())
    canvas = QRectF(QPointF(), framing.canvas)
    assert canvas.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(target)
    assert target.center().x() == pytest.approx(canvas.center().x())
    assert target.center().y() == pytest.approx(canvas.center().y())
    if not framing.enlarge:
        assert framing.fit * framing.ratio <= 1 + 1e-9


@given(framings, views, st.floats(0.5, 40))
def test_zooming_keeps_to_what_there_is_to_see(
    framing: Framing, view: Viewport, zoom: float
) -> None:
    middle = QPointF(framing.canvas.width() / 2, framing.canvas.height() / 2)
    zoomed = framing.zoomed(view, zoom, middle)
    scale = framing.fit * zoomed.zoom * framing.ratio
    assert scale <= max(GREATEST_SCALE, framing.fit * framing.ratio) + 1e-6
    assert zoomed == framing.clamped(zoomed)


@given(framings, views, st.floats(-500, 500), st.floats(-500, 500))
def test_panning_leaves_no_empty_border(
    framing: Framing, view: Viewport, dx: float, dy: float
) -> None:
    target = framing.target(framing.panned(view, dx, dy))
    for first, last, room in (
        (target.left(), target.right(), framing.canvas.width()),
        (target.top(), target.bottom(), framing.canvas.height()),
    ):
        if last - first >= room:
            assert first <= 1e-6
            assert last >= room - 1e-6


@given(framings, views)
def test_what_is_seen_lies_within_the_photo(framing: Framing, view: Viewport) -> None:
    assert QRectF(-1e-9, -1e-9, 1 + 2e-9, 1 + 2e-9).contains(framing.seen(view))


def test_without_a_photo_nothing_is_seen() -> None:
    framing = Framing(QSizeF(300, 200), (0, 0), 1.0, False)
    assert framing.fit == 0.0
    assert framing.seen(Viewport()).isEmpty()
    assert framing.panned(Viewport(), 10, 10) == Viewport()
    assert framing.point_at(Viewport(), QPointF(1, 1)) == QPointF(0.5, 0.5)


@given(framings, fractions, fractions, st.floats(0.01, 1.5))
def test_a_part_is_seen_large_but_never_smaller_than_whole(
    framing: Framing, x: float, y: float, side: float
) -> None:
    view = framing.close_to(QPointF(x, y), side, 0.8)
    assert view.zoom >= 1.0
    assert view == framing.clamped(view)
    shown = side * max(framing.photo) * framing.fit * view.zoom
    room = 0.8 * min(framing.canvas.width(), framing.canvas.height())
    assert view.zoom == 1.0 or shown <= room + 1e-6
    assert view.zoom == 1.0 or framing.fit * view.zoom * framing.ratio <= CLOSEST + 1e-6


def test_photos_go_along_with_one_another() -> None:
    mine, other = Viewport(4, 0.4, 0.3), Viewport(5, 0.6, 0.2)
    assert mine.along(mine, other) == other
    moved = Viewport(8, 0.45, 0.3).along(mine, other)
    assert (moved.zoom, moved.x, moved.y) == pytest.approx((10, 0.65, 0.2))
    back = moved.along(other, mine)
    assert (back.zoom, back.x, back.y) == pytest.approx((8, 0.45, 0.3))
