from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.photos.grid_model import PhotoModel, PhotoRole
from photo_organizer.ui.session.session import Session
from tests.ui import fakes


@pytest.fixture
def model(session: Session, result: Result) -> PhotoModel:
    session.analysis.show(result)
    return PhotoModel(session)


def at(model: PhotoModel, photo_id: int, role: int) -> object:
    return model.row(photo_id).data(role)


def test_the_tip_tells_of_faces(model: PhotoModel, session: Session, result: Result) -> None:
    model.set_photos([3, 6])
    session.analysis.show(replace(result, faces={3: (fakes.face(), fakes.face(eyes=Eyes.CLOSED))}))
    assert "2 faces · 1 with eyes closed" in str(at(model, 3, Qt.ItemDataRole.ToolTipRole))
    assert "eyes" not in str(at(model, 6, Qt.ItemDataRole.ToolTipRole))


def test_the_tip_says_where_a_date_is_from_unless_the_camera_says_it(
    model: PhotoModel, session: Session
) -> None:
    day = TakenDate(datetime(2001, 2, 3), DateSource.NAME, DatePrecision.DAY)
    dated = replace(session.shown.photos[3], better_date=day)
    session.shown.amend(
        lambda r: replace(r, photos=PhotoDict({**dict(r.photos.items()), 3: dated}))
    )
    model.set_photos([3, 6])
    assert "Date from: File name" in str(at(model, 3, Qt.ItemDataRole.ToolTipRole))
    assert "2026" not in str(at(model, 3, Qt.ItemDataRole.ToolTipRole)).split("photos")[0]
    assert "Date from" not in str(at(model, 6, Qt.ItemDataRole.ToolTipRole))


def test_roles(model: PhotoModel, session: Session, result: Result) -> None:
    model.set_photos([3, 6, 2], {3: "0.95"})
    session.marks.mark([2])
    assert model.rowCount() == 3
    assert model.rowCount(model.index(0)) == 0
    assert at(model, 3, Qt.ItemDataRole.DisplayRole) == "photo 03.jpg"
    tip = str(at(model, 3, Qt.ItemDataRole.ToolTipRole))
    assert tip.splitlines()[0] == "photo 03.jpg"
    for fact in ("96 × 64", "2026", str(result.photos[3].path.parent)):
        assert fact in tip
    assert at(model, 3, PhotoRole.KEEPER) is True
    assert at(model, 6, PhotoRole.KEEPER) is False
    assert at(model, 3, PhotoRole.NOTE) == "0.95"
    assert at(model, 2, PhotoRole.MARKED) is True
    assert len(at(model, 6, PhotoRole.FLAWS)) == 1  # type: ignore[arg-type]
    spoken = at(model, 2, Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(spoken, str)
    assert spoken.startswith("photo 02.jpg, marked for the trash")
    session.stars.set([2], 4)
    spoken = at(model, 2, Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(spoken, str)
    assert spoken.startswith("photo 02.jpg, 4 stars, ")


def test_only_the_marked_rows_are_repainted(
    model: PhotoModel, session: Session, qtbot: QtBot
) -> None:
    model.set_photos([3, 6, 2])
    with qtbot.waitSignal(model.dataChanged, timeout=0) as changed:
        session.marks.mark([6, 9])
    assert [index.row() for index in changed.args[:2]] == [1, 1]


def test_photos_are_dragged_as_files(model: PhotoModel, result: Result) -> None:
    model.set_photos([1, 2])
    data = model.mimeData([model.index(1)])
    assert [Path(url.toLocalFile()) for url in data.urls()] == [result.photos[2].path]


@pytest.fixture(scope="module")
def bare(qapp: QApplication) -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


orders = st.lists(st.integers(1, 12), unique=True)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=orders, second=orders)
def test_any_change_of_the_list_is_told_properly(
    bare: Session, first: list[int], second: list[int]
) -> None:
    model = PhotoModel(bare)
    # Qt's own checker fails at once on a wrong begin or end.
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_photos(first)
    held = {i: QPersistentModelIndex(model.row(i)) for i in first}
    model.set_photos(second)
    assert list(model.ids) == second
    if set(first) & set(second):
        for photo_id, index in held.items():
            assert index.isValid() == (photo_id in second)
            if index.isValid():
                assert model.photo_id(index) == photo_id
    assert model.photo_id(QModelIndex()) is None
    del tester
