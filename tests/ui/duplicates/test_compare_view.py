"""Photos of a group side by side."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.ui.duplicates.compare_view import ComparePane, CompareView, Mode
from photo_organizer.ui.photos.viewport import Viewport
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import style
from tests.ui.duplicates.compare import opened


@pytest.fixture
def compare(qtbot: QtBot, session: Session, result: Result) -> CompareView:
    return opened(qtbot, session, result)


def _group(
    *photos: int, reason: str = "keepers.equal", kind: GroupKind = GroupKind.SIMILAR
) -> Group:
    similar = (1.0, *(0.999,) * (len(photos) - 1))
    return Group(kind, photos[0], photos, Reason(reason), similar, (False,) * len(photos))


def _pane(view: CompareView, photo_id: int) -> ComparePane:
    return next(p for p in view.panes if p.isVisible() and p.photo and p.photo.id == photo_id)


def test_the_keeper_is_named_and_leads(compare: CompareView) -> None:
    assert compare.visible_photos() == (3, 4, 5)
    assert _pane(compare, 3).badge.text() == "1 of 3: Suggested keeper"
    assert "95 %" in _pane(compare, 4).badge.text()
    assert "Safe to remove" in _pane(compare, 5).reason.text()
    assert "Safe to remove" not in _pane(compare, 4).reason.text()


def test_what_only_a_copy_holds_is_said(compare: CompareView) -> None:
    group = replace(_group(9, 10), more=((), (Reason("holds.film"), Reason("holds.hdr"))))
    compare.set_group(group)
    assert _pane(compare, 10).reason.text() == "Also holds: video, HDR."
    assert "never called safe" in _pane(compare, 10).reason.toolTip()
    assert "Also holds" not in _pane(compare, 9).reason.text()


def test_only_identical_photos_are_called_identical(compare: CompareView) -> None:
    compare.set_group(_group(9, 10))
    assert _pane(compare, 10).badge.text() == "2 of 2: 99 % alike"
    compare.set_group(_group(9, 10, kind=GroupKind.EXACT))
    assert _pane(compare, 10).badge.text() == "2 of 2: Identical"


@pytest.mark.parametrize("code", ["bracket", "panorama", "focus"])
def test_a_series_has_no_keeper(compare: CompareView, code: str) -> None:
    group = replace(_group(9, 10, 11), reason=Reason(f"duplicates.{code}", {"count": 3}))
    compare.set_group(group)
    badges = {_pane(compare, photo).badge.text().partition(": ")[2] for photo in group.photos}
    assert badges == {"Belongs to a series"}
    assert "keep all" in _pane(compare, 9).reason.text()


def test_in_a_low_window_what_is_the_same_gives_way_to_the_picture(
    compare: CompareView, qtbot: QtBot
) -> None:
    def told() -> set[str]:
        return {fact.key for fact in _pane(compare, 4).facts.shown}

    assert {"name", "format"} < told()
    compare.resize(compare.width(), 300)
    qtbot.waitUntil(lambda: "format" not in told())
    assert "name" in told()
    assert told() - {"name"} == _pane(compare, 4)._different
    compare.resize(compare.width(), 700)
    qtbot.waitUntil(lambda: "format" in told())


def test_facts_that_differ_are_bold_and_the_others_are_not(compare: CompareView) -> None:
    values = {
        fact.key: label.font().bold()
        for fact, (_, label) in zip(
            _pane(compare, 4).facts.shown, _pane(compare, 4).facts._rows, strict=False
        )
    }
    assert values["taken"]
    assert values["pixels"]  # photo 5 stands upright
    assert not values["format"]
    assert not values["name"]


def test_arrows_stop_at_both_ends_and_the_session_follows(
    compare: CompareView, session: Session, qtbot: QtBot
) -> None:
    assert compare.current == 4
    for key, expected in (
        (Qt.Key.Key_Right, 5),
        (Qt.Key.Key_Right, 5),
        (Qt.Key.Key_Left, 4),
        (Qt.Key.Key_Left, 3),
        (Qt.Key.Key_Left, 3),
    ):
        qtbot.keyClick(compare, key)
        assert (compare.current, session.selection.current) == (expected, expected)


def test_a_large_group_slides_past_its_keeper(compare: CompareView) -> None:
    compare.set_group(_group(*range(1, 13)))
    assert compare.visible_photos() == (1, 2, 3, 4)
    seen = set(compare.visible_photos())
    for _ in range(11):
        compare.step(1)
        visible = compare.visible_photos()
        assert visible[0] == 1
        assert compare.current in visible
        assert len(visible) == 4
        seen.update(visible)
    assert seen == set(range(1, 13))
    assert compare.visible_photos() == (1, 10, 11, 12)
    assert len(compare.panes) == 4


def test_zooming_one_photo_zooms_all(compare: CompareView) -> None:
    _pane(compare, 4).canvas.zoom_by(2.0, QPointF(30, 40))
    views = {pane.canvas.viewport for pane in compare.panes}
    assert len(views) == 1
    assert views.pop().zoom == pytest.approx(2.0)
    compare.fit()
    assert {pane.canvas.viewport for pane in compare.panes} == {Viewport()}


def test_buttons_and_session_agree_on_marks(
    compare: CompareView, session: Session, qtbot: QtBot
) -> None:
    pane = _pane(compare, 5)
    qtbot.mouseClick(pane.trash, Qt.MouseButton.LeftButton)
    assert session.marks.ids == {5}
    assert compare.current == 5
    qtbot.mouseClick(pane.keep, Qt.MouseButton.LeftButton)
    assert session.marks.ids == frozenset()
    session.marks.mark([4])
    assert _pane(compare, 4).trash.isChecked()
    assert _pane(compare, 4).trash.text() == "Marked"
    assert not _pane(compare, 4).keep.isChecked()


def test_difference_and_blink_exclude_each_other(compare: CompareView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(pane.canvas.image is not None for pane in compare.panes))
    modes: list[Mode] = []
    compare.mode_changed.connect(modes.append)
    plain = _pane(compare, 4).canvas.grab().toImage()
    qtbot.keyClick(compare, Qt.Key.Key_D)
    assert _pane(compare, 4).canvas.grab().toImage() != plain
    qtbot.keyClick(compare, Qt.Key.Key_B)
    qtbot.keyClick(compare, Qt.Key.Key_B)
    assert modes == [Mode.DIFFERENCE, Mode.BLINK, Mode.PLAIN]
    assert _pane(compare, 4).canvas.grab().toImage() == plain


def test_the_loupe_shows_the_same_spot_of_every_photo(compare: CompareView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: all(pane.canvas.image is not None for pane in compare.panes))
    toggled: list[bool] = []
    compare.loupe_toggled.connect(toggled.append)
    before = [pane.canvas.grab().toImage() for pane in compare.panes]
    qtbot.keyClick(compare, Qt.Key.Key_L)
    after = [pane.canvas.grab().toImage() for pane in compare.panes]
    assert all(a != b for a, b in zip(before, after, strict=True))
    qtbot.keyClick(compare, Qt.Key.Key_L)
    assert toggled == [True, False]


def test_an_empty_group_clears_the_panes(compare: CompareView) -> None:
    compare.set_group(None)
    assert compare.current is None
    assert not any(pane.isVisible() for pane in compare.panes)


def test_every_control_has_a_name(compare: CompareView) -> None:
    for pane in compare.panes:
        assert pane.photo is not None
        for control in (pane.keep, pane.trash, pane.canvas):
            assert pane.photo.path.name in control.accessibleName()


def test_only_what_has_the_focus_has_a_frame_in_its_colour(
    compare: CompareView, session: Session, qtbot: QtBot
) -> None:
    """The list of groups beside it has one when the keys go there: two would not say where."""

    def edge() -> QColor:
        assert session.selection.current is not None
        picture = _pane(compare, session.selection.current).grab().toImage()
        return picture.pixelColor(1, picture.height() // 2)

    compare.activateWindow()
    compare.setFocus()
    qtbot.waitUntil(compare.hasFocus)
    assert edge() == style.color("accent")
    compare.clearFocus()
    assert edge() == style.color("border")
