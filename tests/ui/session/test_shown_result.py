from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.shown_result import ShownResult


@pytest.fixture
def shown(qtbot: QtBot, result: Result) -> ShownResult:
    shown = ShownResult()
    shown.show(result)
    return shown


def test_what_is_asked_photo_by_photo_is_answered(shown: ShownResult, result: Result) -> None:
    assert shown.group_of(4) == result.groups[0]
    assert [flag.photo for flag in shown.flags_of(6)] == [6]
    assert shown.flags_of(1) == ()
    place = shown.place_of(1)
    assert place is not None
    assert place[0] == 1


def test_photos_in_the_trash_leave_and_come_back(shown: ShownResult, result: Result) -> None:
    shown.part_with([8, 6])
    assert shown.whole is result
    assert not {6, 8} & shown.photos.keys()
    assert shown.group_of(7) is None
    shown.take_back({result.photos[8].path})
    assert 8 in shown.photos
    assert 6 not in shown.photos
    assert shown.group_of(7) == result.groups[1]


def test_a_change_holds_for_photos_in_the_trash_as_well(shown: ShownResult, result: Result) -> None:
    shown.part_with([6])
    shown.amend(lambda known: replace(known, groups=()))
    assert shown.group_of(4) is None
    shown.take_back({result.photos[6].path})
    assert shown.group_of(4) is None


def test_sorting_follows_other_stars(shown: ShownResult, result: Result) -> None:
    columns = shown.columns
    shown.rate({result.photos[1].content_hash: 5})
    assert shown.columns is columns  # only its stars are others
    shown.clear()
    assert shown.result is None
    assert shown.columns is not columns


def test_views_hear_of_a_result_before_they_hear_what_follows_from_it(
    session: Session, result: Result
) -> None:
    session.analysis.show(result)
    session.marks.mark([8])
    session.selection.set_current(8)
    heard: list[tuple[str, bool]] = []

    def hear(what: str) -> None:
        heard.append((what, 8 in session.marks))

    session.shown.changed.connect(lambda _: hear("result"))
    session.marks.changed.connect(lambda _: hear("marks"))
    session.selection.current_changed.connect(lambda _: hear("current"))
    session.shown.part_with([8])
    # No view that looks photos up may find a mark of one that is gone.
    assert heard == [("result", False), ("marks", False), ("current", False)]
