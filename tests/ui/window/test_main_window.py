import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.events import Progress, Stage
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.files.photo_files import FolderError
from photo_organizer.engine.storage import backups
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.categories.view import CategoriesView
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.folders.view import FoldersView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.grid_model import PhotoRole
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.window.main_window import MainWindow
from tests.ui.window.test_opening import drop


def counts(window: MainWindow) -> dict[type[LibraryView], str]:
    buttons = window.navigation.buttons
    return {type(view): buttons[view.key].count.text() for view in window.views}


def test_the_empty_window_invites(window: MainWindow) -> None:
    assert window.welcome.isVisible()
    assert window.focusWidget() is window.welcome.choose_button
    assert not window.commands["view.duplicates"].isEnabled()
    assert not window.views[SearchView].field.isEnabled()
    assert not window.clean_up_commands.start.isEnabled()
    assert not window.history_commands.undo.isEnabled()


def test_a_dropped_folder_is_analysed_and_fills_the_views(
    window: MainWindow, session: Session, folder: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        assert drop(window, folder)
    assert not window.welcome.isVisible()
    assert window.views[CategoriesView].isVisible()
    assert counts(window) == {
        CategoriesView: "12",
        DuplicatesView: "2",
        HighlightsView: "",
        LowQualityView: "2",
        FoldersView: "",
        ProblemsView: "1",
        SearchView: "",
    }
    assert window.windowTitle().startswith("photos")
    assert window.status.text.text() == "12 photos  ·  1 skipped"


def test_a_failed_analysis_leads_back_to_the_invitation(qtbot: QtBot) -> None:
    def fail(*_: object) -> Iterator[object]:
        raise FolderError("failures.technical", message="The folder is gone.")
        yield

    session = Session(fail)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        window.open_folders([Path("/gone")])
    assert window.welcome.isVisible()
    assert window.status.text.text() == "The folder is gone."
    session.close()


def test_views_are_reached_by_mouse_and_by_key(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    for number, view in enumerate(window.views, 1):
        window.navigation.buttons[view.key].click()
        assert window.view is view
        window.show_view(CategoriesView)
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.view is view
        assert window.navigation.buttons[view.key].isChecked()


def test_the_preview_stands_beside_grids_and_can_be_hidden(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    assert window.preview.isVisible()
    window.view_commands.preview.trigger()
    assert not window.preview.isVisible()
    window.view_commands.preview.trigger()
    assert window.preview.isVisible()
    window.show_view(DuplicatesView)
    assert not window.preview.isVisible()
    window.show_view(HighlightsView)
    assert window.preview.isVisible()


def test_the_preview_follows_the_grid_beside_it(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    assert session.selection.current == 1
    window.views[CategoriesView].grid.select(4)
    window.show_view(LowQualityView)
    session.selection.set_current(6)
    window.show_view(CategoriesView)
    assert session.selection.current == 4
    window.views[CategoriesView].choose("food")
    assert session.selection.current in result.categories["food"]


def test_the_title_tells_the_library_and_how_far_it_is(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.libraries.open([Path("/photos/Summer")])
    session.analysis.show(result)
    assert window.windowTitle() == "Summer – Photo Organizer"
    session.analysis.progress = Progress(Stage.ANALYSING, 34, 100, False, 1.0, 66.0)
    session.analysis.progress_changed.emit(session.analysis.progress)
    assert window.windowTitle() == "34 % · Summer – Photo Organizer"
    session.libraries.rename("Summer in Jeju")
    assert window.windowTitle() == "34 % · Summer in Jeju – Photo Organizer"


def test_every_control_has_a_name_for_those_who_cannot_see_it(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    controls = [
        w for kind in (QAbstractButton, QComboBox, QTabBar) for w in window.findChildren(kind)
    ]
    own = [w for w in controls if not w.objectName().startswith("qt_") and w.parent() is not None]
    nameless = [
        w
        for w in own
        if not isinstance(w.parent(), QTabBar) and not _name(w)  # Qt's own scroll buttons
    ]
    assert nameless == []


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text or widget.toolTip()


def test_the_window_opens_without_what_makes_it_slow(tmp_path: Path) -> None:
    """No model, decoder or science library is imported before the window is visible."""
    code = """
import sys
from concurrent.futures import ThreadPoolExecutor
from photo_organizer import app
application = app.application()
session = app.Session()
window = app.MainWindow(session)
window.show()
application.processEvents()
assert window.isVisible()
slow = {"torch", "torchvision", "open_clip", "timm", "transformers", "sklearn", "skimage", "scipy",
        "cv2", "PIL", "numpy", "simplejpeg", "rawpy", "pillow_heif", "imagehash", "usearch",
        "distributed"}
print(sorted(slow & sys.modules.keys()))
window.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_stars_given_by_key_come_to_every_list_and_stay(
    window: MainWindow, session: Session, folder: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        window.open_folders([folder])
    window.show_view(HighlightsView)
    grid = window.views[HighlightsView].grid
    grid.select(3)
    qtbot.keyClick(grid, Qt.Key.Key_4)
    assert grid.photos.row(3).data(PhotoRole.STARS) == 4
    assert window.preview.stars.accessibleDescription() == "4 stars"
    window.show_view(CategoriesView)
    assert window.views[CategoriesView].grid.photos.row(3).data(PhotoRole.STARS) == 4
    window.views[CategoriesView].grid.select(3)
    qtbot.keyClick(window.views[CategoriesView].grid, Qt.Key.Key_0)
    assert session.stars.of(3) is None


def test_searching_leads_to_what_was_found_and_back(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    window.show_view(HighlightsView)
    button = window.navigation.buttons[SearchView.key]
    assert not button.isVisible()
    window.views[SearchView].focus_field()
    with qtbot.waitSignal(session.finder.answered):
        qtbot.keyClicks(window.views[SearchView].field, "photo 03")
    assert isinstance(window.view, SearchView)
    assert list(window.views[SearchView].grid.photos.ids) == [3]
    assert (button.isVisible(), button.count.text()) == (True, "1")
    qtbot.keyClick(window.views[SearchView].field, Qt.Key.Key_Escape)
    assert isinstance(window.view, HighlightsView)
    assert not button.isVisible()


def test_more_like_the_selected_photos_takes_the_place_of_a_text(
    window: MainWindow, session: Session, result: Result, qtbot: QtBot
) -> None:
    session.analysis.show(result)
    with qtbot.waitSignal(session.finder.answered):
        qtbot.keyClicks(window.views[SearchView].field, "photo 03")
    session.selection.select((4,))
    with qtbot.waitSignal(session.finder.answered):
        window.views[SearchView].more_like_selected()
    assert window.views[SearchView].field.text() == ""
    assert window.views[SearchView].asked == (4,)
    assert isinstance(window.view, SearchView)


def test_the_editor_of_categories_begins_where_it_is_asked_to(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    window.views[CategoriesView].edit("food")
    editor = window.views[CategoriesView].editor
    assert editor is not None
    assert editor.isVisible()
    assert editor.name.text() == "Food & drink"
    editor.close()


def test_all_categories_are_shown_at_a_glance_from_anywhere(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    window.show_view(DuplicatesView)
    window.commands["view.all_categories"].trigger()
    assert isinstance(window.view, CategoriesView)
    assert window.views[CategoriesView].overview
    window.commands["view.all_categories"].trigger()
    assert not window.views[CategoriesView].overview


def test_a_store_that_was_rebuilt_is_told_until_it_is_dismissed(
    window: MainWindow, qtbot: QtBot
) -> None:
    with Store(paths.store_path()) as store:
        store.decide_rating(b"p" * 16, 5)
        backups.make(store.connection, store.path)
    for part in ("", "-wal", "-shm"):
        paths.store_path().with_name(f"library.sqlite{part}").unlink(missing_ok=True)
    paths.store_path().write_bytes(b"no store at all" * 500)
    assert not window.store_notice.isVisible()
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: Store(paths.store_path()).close()).result()
    qtbot.waitUntil(window.store_notice.isVisible)
    assert "restored from its backup" in window.store_notice.text.text()
    window.store_notice.button.click()
    assert not window.store_notice.isVisible()


def test_where_there_is_no_room_for_both_the_preview_makes_way_for_the_view(
    window: MainWindow, session: Session, result: Result
) -> None:
    session.analysis.show(result)
    assert window.preview.isVisible()
    needed = sum(part.minimumSizeHint().width() for part in (window.views, window.preview))
    around = window.navigation.minimumWidth()
    window.setMinimumWidth(0)
    window.resize(needed + around - 1, window.height())
    assert not window.preview.isVisible()
    assert not window.view_commands.preview.isEnabled()
    window.resize(needed + around, window.height())
    assert window.preview.isVisible()
    assert window.view_commands.preview.isEnabled()
