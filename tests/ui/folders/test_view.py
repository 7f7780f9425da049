from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from photo_organizer.engine.browse.sort_filter import Arrangement, Filters, Membership
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.folders import folder_list
from photo_organizer.ui.folders import view as folders_view
from photo_organizer.ui.folders.folder_model import FolderColumn
from photo_organizer.ui.folders.view import FoldersView
from photo_organizer.ui.session.session import Session


def sorted_into(result: Result, folder: Path) -> Result:
    """The photos of a result, the even ones in a folder, every fourth one in a folder within."""
    photos = {}
    for number, photo in result.photos.items():
        place = folder if number % 2 else folder / "even" / ("fourth" if number % 4 == 0 else "")
        identity = replace(photo.identity, path=place / photo.path.name)
        photos[number] = replace(photo, identity=identity)
    return replace(result, photos=PhotoDict(photos))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def view(session: Session, result: Result, root: Path, qtbot: QtBot) -> FoldersView:
    view = FoldersView(session)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    with qtbot.waitSignal(view.model.modelReset):
        session.analysis.show(sorted_into(result, root))
    return view


def outline(view: FoldersView) -> dict[str, str]:
    """The names of all folders with what is said to be in them."""
    model, told = view.model, {}
    for folder in model.tree.all():
        index = model.index_of(folder.path)
        told[index.data()] = index.siblingAtColumn(FolderColumn.COUNT).data()
    return told


def test_folders_are_shown_with_their_counts(view: FoldersView) -> None:
    assert outline(view) == {"photos": "12", "even": "6", "fourth": "3"}
    assert view.grid.photos.rowCount() == 12


def test_a_chosen_folder_shows_its_photos(view: FoldersView, root: Path) -> None:
    view.choose(str(root / "even"))
    assert sorted(view.grid.photos.ids) == [2, 4, 6, 8, 10, 12]
    view.choose(str(root / "nowhere"))
    assert view.folder == str(root / "even")


def test_without_the_folders_below_only_its_own_photos_are_shown_and_counted(
    view: FoldersView, root: Path, qtbot: QtBot
) -> None:
    view.choose(str(root / "even"))
    with qtbot.waitSignal(view.model.dataChanged):
        qtbot.mouseClick(view.below, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert sorted(view.grid.photos.ids) == [2, 6, 10]
    assert outline(view) == {"photos": "6", "even": "3", "fourth": "3"}


def test_counts_follow_the_filters(view: FoldersView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.model.dataChanged):
        view.grid.arrange(Arrangement(filters=Filters(duplicates=Membership.GROUPED)))
    assert outline(view) == {"photos": "5", "even": "2", "fourth": "2"}
    with qtbot.waitSignal(view.model.dataChanged):
        view.grid.arrange(Arrangement())
    assert outline(view)["photos"] == "12"


def test_many_photos_are_looked_through_beside_the_window(
    view: FoldersView, session: Session, root: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders_view, "AT_ONCE", 3)
    known = session.shown.result
    assert known is not None
    with qtbot.waitSignal(view.model.modelReset):
        session.analysis.show(replace(known, photos=known.photos.without({12}), groups=()))
        assert outline(view)["photos"] == "12"
    assert outline(view)["photos"] == "11"
    with qtbot.waitSignal(view.model.dataChanged):
        view.below.setChecked(False)
    assert outline(view)["photos"] == "6"


def test_keys_walk_through_the_folders(view: FoldersView, root: Path, qtbot: QtBot) -> None:
    view.folders.setFocus()
    qtbot.keyClick(view.folders, Qt.Key.Key_Down)
    assert view.folder == str(root / "even")
    qtbot.keyClick(view.folders, Qt.Key.Key_Right)
    qtbot.keyClick(view.folders, Qt.Key.Key_Down)
    assert view.folder == str(root / "even" / "fourth")
    assert sorted(view.grid.photos.ids) == [4, 8, 12]


def test_the_chosen_and_the_opened_stay_while_results_come_in(
    view: FoldersView, session: Session, root: Path, qtbot: QtBot
) -> None:
    view.choose(str(root / "even" / "fourth"))
    known = session.shown.result
    assert known is not None
    fewer = replace(known, photos=known.photos.without({12}), groups=())
    with qtbot.waitSignal(view.model.modelReset):
        session.analysis.show(fewer)
    assert view.folder == str(root / "even" / "fourth")
    assert sorted(view.grid.photos.ids) == [4, 8]
    with qtbot.waitSignal(view.model.modelReset):
        session.analysis.show(replace(fewer, photos=known.photos.without({4, 8, 12})))
    assert view.folder == str(root / "even")


def test_another_library_comes_up_with_its_folders_open(
    view: FoldersView, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    known = session.shown.result
    assert known is not None
    with qtbot.waitSignal(view.model.modelReset):
        session.analysis.show(sorted_into(known, tmp_path / "others"))
    assert view.folders.open_paths() == {str(tmp_path / "others")}
    view.folders.collapseAll()
    with qtbot.waitSignal(view.model.modelReset):
        session.analysis.show(replace(known, photos=session.shown.photos.without({12}), groups=()))
    assert view.folders.open_paths() == set()  # closed by hand: more results open nothing


def test_the_folder_is_shown_again_at_the_next_start(
    view: FoldersView, session: Session, root: Path, qtbot: QtBot
) -> None:
    view.choose(str(root / "even"))
    view.remember()
    later = FoldersView(session)
    qtbot.addWidget(later)
    qtbot.waitUntil(lambda: later.folder == str(root / "even"))


def test_a_protected_folder_says_so(
    view: FoldersView, session: Session, root: Path, qtbot: QtBot
) -> None:
    chosen = session.choices.preferences
    with qtbot.waitSignal(view.model.dataChanged):
        session.choices.set_preferences(replace(chosen, protected=(root / "even",)))
    tip = view.model.index_of(str(root / "even" / "fourth")).data(Qt.ItemDataRole.ToolTipRole)
    assert "Protected" in tip
    assert "Protected" not in view.model.index_of(str(root)).data(Qt.ItemDataRole.ToolTipRole)


def test_photos_are_dropped_on_a_folder_and_nowhere_else(
    view: FoldersView, root: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_list, "dragged_photos", lambda _event: [1, 3])
    index = view.model.index_of(str(root / "even"))
    on = QPointF(view.folders.visualRect(index).center())
    beside = QPointF(20, view.folders.viewport().height() - 4)
    buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    data = QMimeData()
    entered = QDragEnterEvent(on.toPoint(), Qt.DropAction.CopyAction, data, *buttons)
    view.folders.dragEnterEvent(entered)
    assert entered.isAccepted()
    with qtbot.waitSignal(view.folders.dropped) as told:
        view.folders.dropEvent(QDropEvent(on, Qt.DropAction.CopyAction, data, *buttons))
    assert told.args == [str(root / "even"), [1, 3]]
    with qtbot.assertNotEmitted(view.folders.dropped):
        view.folders.dropEvent(QDropEvent(beside, Qt.DropAction.CopyAction, data, *buttons))


def test_other_things_are_left_to_the_window(view: FoldersView) -> None:
    buttons = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    data = QMimeData()
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *buttons)
    view.folders.dragEnterEvent(event)
    assert not event.isAccepted()


def test_the_model_keeps_to_the_rules_of_trees(view: FoldersView, qtmodeltester) -> None:
    qtmodeltester.check(view.model)
