"""The list of duplicate groups."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.ui.duplicates.group_model import GroupModel, GroupRole
from photo_organizer.ui.session.session import Session


@pytest.fixture
def model(session: Session, result: Result) -> GroupModel:
    session.analysis.show(result)
    model = GroupModel(session.shown, session.marks, session.thumbnails)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def test_each_kind_is_listed_apart_and_all_are_counted(model: GroupModel, session: Session) -> None:
    assert (
        model.counts[GroupKind.EXACT],
        model.counts[GroupKind.SAME],
        model.counts[GroupKind.SIMILAR],
    ) == (
        1,
        0,
        1,
    )
    assert [model.index(row).data(GroupRole.GROUP).keeper for row in range(model.rowCount())] == [7]
    model.set_kind(GroupKind.SIMILAR)
    assert [model.index(row).data(GroupRole.GROUP).keeper for row in range(model.rowCount())] == [3]
    model.set_kind(GroupKind.SAME)
    assert model.rowCount() == 0


def test_freeable_bytes_are_those_of_all_but_the_keeper(
    model: GroupModel, session: Session
) -> None:
    model.set_kind(GroupKind.SIMILAR)
    sizes = {i: photo.identity.size for i, photo in session.shown.photos.items()}
    assert model.index(0).data(GroupRole.FREEABLE) == sizes[4] + sizes[5]


def test_groups_that_free_most_come_first(model: GroupModel, session: Session) -> None:
    result = session.shown.result
    assert result is not None
    pairs = [(9, 10), (11, 12, 1)]
    more = [
        Group(GroupKind.EXACT, p[0], p, Reason("keepers.equal"), (1.0,) * len(p), (False,) * len(p))
        for p in pairs
    ]
    session.analysis.show(replace(result, groups=(*result.groups, *more)))
    freed = [model.index(row).data(GroupRole.FREEABLE) for row in range(model.rowCount())]
    assert len(freed) == 3
    assert freed == sorted(freed, reverse=True)


def test_a_mark_is_told_by_the_row_of_its_group(
    model: GroupModel, session: Session, qtbot: QtBot
) -> None:
    assert model.index(0).data(GroupRole.STATE) == ""
    with qtbot.waitSignal(model.dataChanged) as changed:
        session.marks.mark([8])
    assert changed.args[0].row() == 0
    assert model.index(0).data(GroupRole.MARKED) == 1
    assert "1 marked" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    session.marks.mark([7])
    assert "no copy is kept" in model.index(0).data(GroupRole.STATE)


def test_ten_thousand_marks_are_one_signal(model: GroupModel, session: Session) -> None:
    result = session.shown.result
    assert result is not None
    pairs = [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12)]
    groups = tuple(
        Group(GroupKind.EXACT, p[0], p, Reason("keepers.equal"), (1.0, 1.0), (False, True))
        for p in pairs
    )
    session.analysis.show(replace(result, groups=groups))
    spans: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: spans.append((first.row(), last.row())))
    assert session.marks.mark_safe() == 6
    assert spans == [(0, 5)]


def test_reviewed_groups_come_last_and_only_when_asked_for(
    model: GroupModel, session: Session
) -> None:
    result = session.shown.result
    assert result is not None
    pair = replace(result.groups[1], keeper=9, photos=(9, 10))
    session.analysis.show(replace(result, groups=(*result.groups, pair)))
    session.decisions.decide_reviewed(result.groups[1])
    assert (model.rowCount(), model.counts[GroupKind.EXACT], model.reviewed[GroupKind.EXACT]) == (
        1,
        1,
        1,
    )
    sizes = {i: photo.identity.size for i, photo in session.shown.photos.items()}
    assert model.freeable[GroupKind.EXACT] == sizes[10]
    model.show_reviewed(True)
    assert [model.index(row).data(GroupRole.GROUP).keeper for row in range(2)] == [9, 7]
    assert model.index(1).data(GroupRole.SUMMARY) == "2 photos, reviewed"


def test_groups_are_found_by_their_photos(model: GroupModel) -> None:
    assert model.row([8]).row() == 0
    assert not model.row([3, 4]).isValid()
    assert not model.row([]).isValid()
