"""The window: navigation, views, preview and status around one session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QByteArray,
    QChildEvent,
    QEvent,
    QMimeData,
    QSettings,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QToolButton,
    QWidget,
)

from photo_organizer.engine.domain.photo_table import ids_at
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.categories.commands import CategoryCommands
from photo_organizer.ui.categories.editor import CategoryEditor
from photo_organizer.ui.categories.view import ALL, CategoriesView
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.menus import Menus
from photo_organizer.ui.commands.palette import CommandPalette
from photo_organizer.ui.commands.shortcuts import ShortcutSheet, describe_keys
from photo_organizer.ui.duplicates.commands import DuplicateCommands
from photo_organizer.ui.duplicates.view import DuplicatesView
from photo_organizer.ui.highlights.view import HighlightsView
from photo_organizer.ui.photos.grid_commands import GridCommands
from photo_organizer.ui.photos.preview import PhotoPreview
from photo_organizer.ui.photos.viewer import PhotoViewer
from photo_organizer.ui.photos.viewer_commands import ViewerCommands
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.quality.commands import QualityCommands
from photo_organizer.ui.quality.view import LowQualityView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.clean_up import confirm_clean_up
from photo_organizer.ui.sheets.export import open_export
from photo_organizer.ui.sheets.settings import SettingsDialog
from photo_organizer.ui.widgets import layouts
from photo_organizer.ui.widgets.navigation import Navigation, View
from photo_organizer.ui.widgets.navigation import name as view_name
from photo_organizer.ui.widgets.notice import Notice
from photo_organizer.ui.widgets.search_field import SearchField
from photo_organizer.ui.window import carry_over
from photo_organizer.ui.window.drops import Dropped, Drops, look_at
from photo_organizer.ui.window.library_commands import LibraryCommands
from photo_organizer.ui.window.notifications import Notifications
from photo_organizer.ui.window.open_with import OpenWith
from photo_organizer.ui.window.photo_commands import PhotoCommands
from photo_organizer.ui.window.status_area import StatusArea
from photo_organizer.ui.window.welcome import Welcome

PREVIEW_WIDTH = 380


class MainWindow(QMainWindow):
    """Everything the user sees."""

    painted = Signal()
    """The window was drawn for the first time."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._was_painted = False
        self._leaves_session = False
        self._settings: SettingsDialog | None = None
        self._editor: CategoryEditor | None = None
        self._viewer: PhotoViewer | None = None
        self.setWindowTitle(self.tr("Photo Organizer"))
        self.setMinimumSize(880, 560)
        self.resize(1280, 800)
        self.setAcceptDrops(True)
        self._drops = Drops(self)

        self.commands = Commands(self)
        """Everything people can do here."""
        self.welcome = Welcome(session.encoder_models)
        self.navigation = Navigation()
        self.categories = CategoriesView(session)
        self.highlights = HighlightsView(session)
        self.duplicates = DuplicatesView(session)
        self.low_quality = LowQualityView(session)
        self.problems = ProblemsView(session)
        self.search = SearchView(session)
        self.search_field = SearchField()
        self._before_search = View.CATEGORIES
        self.views: dict[View, QWidget] = {
            View.CATEGORIES: self.categories,
            View.DUPLICATES: self.duplicates,
            View.HIGHLIGHTS: self.highlights,
            View.LOW_QUALITY: self.low_quality,
            View.PROBLEMS: self.problems,
            View.SEARCH: self.search,
        }
        # The preview stands beside grids; the other views show large photos themselves.
        self._grids = {
            View.CATEGORIES: self.categories.grid,
            View.HIGHLIGHTS: self.highlights.grid,
            View.SEARCH: self.search.grid,
        }
        self._bars = {
            View.CATEGORIES: self.categories.bar,
            View.HIGHLIGHTS: self.highlights.bar,
            View.SEARCH: self.search.bar,
        }
        self.preview = PhotoPreview(session)
        self.notice = Notice()
        self._wanted: Path | None = None
        self.status = StatusArea(session)
        self._lay_out()
        self._make_actions()
        self._connect()
        Notifications(session, self)
        self._restore()
        self.show_view(_view_left())
        self._show_result(session.result)
        self._show_absent()
        self._show_marks()
        if self.pages.currentWidget() is self.welcome:
            self.welcome.setFocus()

    @property
    def view(self) -> View:
        """The view shown."""
        return next(v for v, widget in self.views.items() if widget is self.stack.currentWidget())

    def show_view(self, view: View) -> None:
        """Show one of the views."""
        if view is not View.SEARCH:
            self._before_search = view
        self.navigation.choose(view)
        self._show_search_button()
        self._session.thumbnails.drop_waiting()
        self.stack.setCurrentWidget(self.views[view])
        if view is View.SEARCH and not self.search.grid.isVisible():
            self.search_field.setFocus()
        else:
            self.views[view].setFocus()
        self._show_preview()
        self._claim_current()

    def open_folders(self, folders: Sequence[Path]) -> None:
        """Analyse folders, and remember them as a library."""
        self._wanted = None
        self._session.open_folders(self._session.libraries.open(folders).folders)

    def open_photo(self, path: Path) -> None:
        """Show a photo among the others of its folder."""
        if not self._choose_photo(path):
            self.open_folders([path.parent])
            self._wanted = path

    @Slot()
    def show_settings(self) -> None:
        """Open the settings beside the window, or bring them to the front."""
        if self._settings is None:
            self._settings = SettingsDialog(self._session, self)
        if self._settings.isVisible():
            self._settings.raise_()
            self._settings.activateWindow()
        self._settings.show()

    @Slot()
    def edit_categories(self, key: str = "") -> None:
        """Open the editor of categories beside the window, at one of them."""
        if self._editor is None:
            self._editor = CategoryEditor(self._session, self)
        if not self._editor.isVisible():
            self._editor.start(key)
        self._editor.show()
        self._editor.raise_()
        self._editor.activateWindow()

    @Slot()
    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    @Slot()
    def more_like_selected(self) -> None:
        """Show the photos that are most like the selected ones."""
        if self._session.selection:
            self.search_field.forget()
            self.search.more_like(tuple(self._session.selection))
            self.show_view(View.SEARCH)

    @Slot(str)
    def _search(self, text: str) -> None:
        self.search.search(text)
        if text and self.view is not View.SEARCH:
            self.stack.setCurrentWidget(self.search)
            self.navigation.choose(View.SEARCH)
            self._show_preview()
        elif not text and self.view is View.SEARCH:
            self._leave_search()
        self._show_search_button()

    @Slot()
    def _leave_search(self) -> None:
        if self.view is View.SEARCH:
            self.show_view(self._before_search)
        else:
            self.views[self.view].setFocus()

    @Slot()
    def _enter_search(self) -> None:
        if self.search.asked:
            self.show_view(View.SEARCH)

    @Slot()
    def _show_search_button(self) -> None:
        """In the way of nobody who does not search."""
        shown = bool(self.search.asked) or self.view is View.SEARCH
        self.navigation.buttons[View.SEARCH].setVisible(shown)

    @Slot(int)
    def _show_found(self, count: int) -> None:
        self.navigation.set_counts({View.SEARCH: None if count < 0 else count})
        self._show_search_button()

    def _toggle_overview(self) -> None:
        shown = self.view is View.CATEGORIES and self.categories.overview
        self.show_view(View.CATEGORIES)
        self.categories.show_overview(not shown)

    def take_over(self, old: MainWindow) -> None:
        """Come up in place of another window of the same session, which goes without closing it."""
        self.setGeometry(old.normalGeometry())
        self.setWindowState(old.windowState())
        self.show_view(old.view)
        self.show()
        carry_over.carry_over(old, self)
        if old._settings is not None and old._settings.isVisible():
            self.show_settings()
            if self._settings is not None:
                self._settings.setGeometry(old._settings.geometry())
                carry_over.carry_over(old._settings, self._settings)
        old._leaves_session = True
        old.close()
        old.deleteLater()

    @property
    def viewer(self) -> PhotoViewer:
        """The full-screen viewer, made when it is asked for first."""
        if self._viewer is None:
            self._viewer = PhotoViewer(self._session, self.commands, self)
            self._viewer.left.connect(self._on_viewer_left)
        return self._viewer

    @Slot()
    def toggle_viewer(self) -> None:
        """Show what the present view lists over the whole screen, or come back from there."""
        if self.viewer.active:
            self.viewer.leave()
            return
        self.preview.hold(True)
        self.viewer.open(self._listed(), self._session.current)
        self.preview.hold(self.viewer.active)

    @Slot()
    def toggle_slideshow(self) -> None:
        """Show the selected photos by themselves, or all that are listed from the current one on.

        In the viewer: play or pause.
        """
        session = self._session
        if self.viewer.active:
            self.viewer.toggle_slideshow()
        elif len(session.selection) > 1:
            self.start_slideshow(session.selection)
        else:
            listed = list(self._listed())
            start = listed.index(session.current) if session.current in listed else 0
            self.start_slideshow([*listed[start:], *listed[:start]])

    def start_slideshow(self, ids: Sequence[int], seconds: int = 0) -> None:
        """Show photos by themselves: see `PhotoViewer.start_slideshow`."""
        self.preview.hold(True)
        self.viewer.start_slideshow(ids, seconds)
        self.preview.hold(self.viewer.active)

    def _listed(self) -> Sequence[int]:
        """The photos of the present view, in the order shown."""
        if grid := self._grids.get(self.view):
            return grid.photos.ids
        view, current = self.views[self.view], self._session.current
        if isinstance(view, DuplicatesView | LowQualityView):
            return view.listed
        return () if current is None else (current,)

    @Slot(int)
    def _on_viewer_left(self, photo_id: int) -> None:
        """The view below goes where the viewer was left."""
        view = self.views[self.view]
        if grid := self._grids.get(self.view):
            grid.select(photo_id)
        elif isinstance(view, DuplicatesView | LowQualityView) and photo_id >= 0:
            view.show_photo(photo_id)
        self.preview.hold(False)
        self.activateWindow()
        view.setFocus()

    # ------------------------------------------------------------------ set-up

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        for widget in self.views.values():
            self.stack.addWidget(widget)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.stack)
        self.splitter.addWidget(self.preview)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([1000, PREVIEW_WIDTH])
        self.library = QWidget()
        across = layouts.row(self.library)
        across.addWidget(self.navigation)
        across.addWidget(self.splitter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.library)
        whole = QWidget()
        down = layouts.column(whole)
        down.addWidget(self.notice)
        down.addWidget(self.pages)
        down.addWidget(self.status)
        self.setCentralWidget(whole)

    def _make_actions(self) -> None:
        bar = QToolBar(self.tr("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(18, 18))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.toggleViewAction().setEnabled(False)
        self.addToolBar(bar)

        add = self.commands.add
        self.library_commands = LibraryCommands(self._session, self.commands, self)
        self.navigation.set_library_menu(self.library_commands.menu)
        self.library_commands.switch.triggered.connect(self.navigation.library.showMenu)
        add(
            "library.export_best",
            Section.LIBRARY,
            self.tr("Export the best…"),
            self._export_best,
            keys=["Ctrl+Shift+E"],
            icon="folder-output",
            tip=self.tr("Copies, a contact sheet or star ratings of the highlights"),
        )
        self.settings_action = add(
            "library.settings",
            Section.LIBRARY,
            self.tr("Settings…"),
            self.show_settings,
            keys=["Ctrl+,"],
            icon="settings",
            tip=self.tr("Keepers, folders, model and thumbnails"),
            apart=True,
        )
        self.settings_action.setMenuRole(QAction.MenuRole.PreferencesRole)
        quit_action = add(
            "library.quit",
            Section.LIBRARY,
            self.tr("Quit"),
            self.close,
            keys=["Ctrl+Q"],
            apart=True,
        )
        quit_action.setMenuRole(QAction.MenuRole.QuitRole)
        self.clean_up_action = add(
            "clean_up.start",
            Section.CLEAN_UP,
            self.tr("Clean up…"),
            lambda: confirm_clean_up(self._session, self),
            keys=["Ctrl+Return"],
            icon="trash-2",
            tip=self.tr("Move the marked photos to the trash, after asking"),
        )
        self.undo_action = add(
            "clean_up.undo",
            Section.CLEAN_UP,
            self.tr("Undo"),
            self._session.clean_ups.undo_last,
            keys=[QKeySequence.StandardKey.Undo],
            icon="undo-2",
            tip=self.tr("Bring back what was cleaned up last"),
        )
        for number, view in enumerate(View, 1):
            action = add(
                f"view.{view.value}",
                Section.VIEW,
                view_name(view),
                partial(self.show_view, view),
                keys=[f"Ctrl+{number}"],
            )
            self.navigation.buttons[view].setToolTip(action.toolTip())
        self.preview_action = add(
            "view.preview",
            Section.VIEW,
            self.tr("Preview"),
            keys=["F9"],
            icon="panel-right",
            tip=self.tr("Show or hide the preview"),
            checkable=True,
            apart=True,
        )
        self.preview_action.setChecked(True)
        GridCommands(self.commands, lambda: self._bars.get(self.view))
        add(
            "help.palette",
            Section.HELP,
            self.tr("Find a command…"),
            self._find_command,
            keys=["Ctrl+K", "Ctrl+Shift+P"],
            tip=self.tr("Type a few letters of what you would like to do"),
        )
        add(
            "help.shortcuts",
            Section.HELP,
            self.tr("Shortcuts"),
            lambda: ShortcutSheet(self.commands, self).exec(),
            keys=["F1", "?"],
            icon="keyboard",
            tip=self.tr("What the keys do"),
        )
        PhotoCommands(self._session, self.commands)
        CategoryCommands(
            self._session,
            self.commands,
            find=self.focus_search,
            more_like=self.more_like_selected,
            overview=self._toggle_overview,
            edit=self.edit_categories,
        )
        OpenWith(self._session, self.commands, self)
        ViewerCommands(self._session, self.commands, self.toggle_viewer, self.toggle_slideshow)
        DuplicateCommands(self.duplicates, self._session, self.commands)
        QualityCommands(self.low_quality, self._session, self.commands)
        describe_keys(self.commands)
        for grid in self._grids.values():
            self.commands.attach(Section.PHOTO, grid)
        self.menus = Menus(self.commands, self.menuBar())
        self.preview.addActions([self.commands[f"large.turn_{way}"] for way in ("right", "left")])
        self.command_palette = CommandPalette(self.commands, self)
        for one in self.commands.actions():
            one.setIconText(_beside_icon(one.text()))
        bar.addAction(self.library_commands.open)
        for widget in (_gap(), self.search_field, _gap()):
            bar.addWidget(widget)
        for one in (self.undo_action, self.clean_up_action):
            bar.addAction(one)
        bar.addSeparator()
        for one in (self.preview_action, self.settings_action):
            bar.addAction(one)
            button = bar.widgetForAction(one)
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _connect(self) -> None:
        session = self._session
        self.welcome.choose.connect(self.library_commands.choose_folder)
        self.library_commands.opened.connect(self.open_folders)
        self.welcome.demo.connect(self._open_demo)
        self.welcome.reopen.connect(lambda library: self.open_folders(library.folders))
        self.navigation.chosen.connect(self.show_view)
        self.highlights.export.connect(self._export_best)
        self.highlights.slideshow.connect(self.start_slideshow)
        for view in (self.categories, self.highlights, self.search):
            view.opened.connect(lambda _: self.toggle_viewer())
        self.preview_action.toggled.connect(self._show_preview)
        self.categories.edit.connect(self.edit_categories)
        self.search_field.asked.connect(self._search)
        self.search_field.entered.connect(self._enter_search)
        self.search_field.left.connect(self._leave_search)
        self.search.counted.connect(self._show_found)
        self.painted.connect(session.own_categories.load)
        self.painted.connect(lambda: session.encoder_models.look(session.language))
        self.problems.again.connect(self.library_commands.look_again)
        self.notice.acted.connect(self.library_commands.look_again)
        session.absent_changed.connect(self._show_absent)
        session.libraries.changed.connect(self._show_libraries)
        session.progress_changed.connect(self._show_title)
        session.result_changed.connect(self._show_result)
        session.running_changed.connect(self._show_session)
        session.skipped_changed.connect(self._show_counts)
        session.problems.changed.connect(self._show_counts)
        session.marks_changed.connect(self._show_marks)
        session.clean_ups.busy_changed.connect(self._show_marks)
        session.clean_ups.undoable_changed.connect(self._show_marks)

    # ------------------------------------------------------------------ following the session

    @Slot(object)
    def _show_result(self, result: Result | None) -> None:
        something = self._session.running or result is not None
        page = self.library if something else self.welcome
        for view in View:
            self.commands[f"view.{view.value}"].setEnabled(something)
        self.search_field.setEnabled(something)
        if self.pages.currentWidget() is not page:
            self.pages.setCurrentWidget(page)
            (self.views[self.view] if something else self.welcome).setFocus()
        self._show_title()
        self._show_preview()
        self._show_counts()
        self._claim_current()
        if self._wanted is not None and self._choose_photo(self._wanted):
            self._wanted = None

    @Slot()
    def _show_title(self) -> None:
        """Which library, and how far its analysis is: seen where only the title is seen."""
        session = self._session
        name = self.tr("Photo Organizer")
        library = session.libraries.current
        shows = self.pages.currentWidget() is self.library
        title = f"{library.name} – {name}" if library and shows else name
        progress = session.progress
        if progress and progress.total and not progress.scanning:
            title = f"{100 * progress.done // progress.total} % · {title}"
        if title != self.windowTitle():
            self.setWindowTitle(title)

    @Slot()
    def _show_libraries(self) -> None:
        libraries = self._session.libraries
        self.welcome.set_recent(libraries.known)
        if libraries.current is not None:
            self.navigation.library.set_library(
                libraries.current.name, "\n".join(map(str, libraries.current.folders))
            )
        self.navigation.library.setVisible(libraries.current is not None)
        self._show_title()

    @Slot()
    def _show_absent(self) -> None:
        absent = self._session.absent
        if not absent:
            self.notice.withdraw()
            return
        names = ", ".join(str(folder) for folder in absent)
        one = self.tr(
            "The folder {} is not there. Connect its drive; until then, what is known of its "
            "photos is shown."
        )
        several = self.tr(
            "These folders are not there: {}. Connect their drive; until then, what is known of "
            "their photos is shown."
        )
        self.notice.tell((one if len(absent) == 1 else several).format(names), self.tr("Try again"))

    def _choose_photo(self, path: Path) -> bool:
        """Show a photo of the result; whether it is one of them."""
        found = ids_at(self._session.photos, [path]).get(path)
        if found is None:
            return False
        self.show_view(View.CATEGORIES)
        self.categories.choose(ALL)
        self.categories.grid.select(found)
        return True

    @Slot()
    def _show_session(self) -> None:
        self._show_result(self._session.result)

    @Slot()
    def _show_counts(self) -> None:
        result, known = self._session.result, self._session.index
        self.navigation.set_counts(
            {
                View.CATEGORIES: len(result.photos) if result else None,
                View.DUPLICATES: sum(known.duplicates.waiting.values()) if result else None,
                View.HIGHLIGHTS: None,
                View.LOW_QUALITY: len(known.flags) if result else None,
                View.PROBLEMS: (len(self._session.skipped) + len(self._session.problems.all))
                or None,
            }
        )

    @Slot()
    def _show_marks(self) -> None:
        session = self._session
        count = len(session.marks)
        text = self.tr("Clean up {:,}…").format(count) if count else self.tr("Clean up…")
        self.clean_up_action.setIconText(_beside_icon(text))
        self.clean_up_action.setEnabled(bool(count) and not session.clean_ups.busy)
        self.undo_action.setEnabled(session.clean_ups.undoable and not session.clean_ups.busy)

    def _claim_current(self) -> None:
        """The preview shows a photo of the grid beside it, whatever hidden views chose."""
        if grid := self._grids.get(self.view):
            grid.claim_current()

    @Slot()
    def _show_preview(self) -> None:
        possible = self.view in self._grids
        self.preview_action.setEnabled(possible and self.pages.currentWidget() is self.library)
        self.preview.setVisible(possible and self.preview_action.isChecked())

    def _find_command(self) -> None:
        self.command_palette.open()

    # ------------------------------------------------------------------ opening

    @Slot()
    def _export_best(self) -> None:
        """Make something of the best photos, as the highlights are narrowed to."""
        self.show_view(View.HIGHLIGHTS)  # it may have to catch up with the newest result
        self.highlights.hand_over(
            lambda best: (
                best.selections and open_export(self._session, best.selections, best.per, self)
            )
        )

    @Slot()
    def _open_demo(self) -> None:
        self.welcome.demo_button.setEnabled(False)
        self._session.make_demo(self._demo_made)

    def _demo_made(self, folder: Path | None) -> None:
        self.welcome.demo_button.setEnabled(True)
        if folder is not None:
            self.open_folders([folder])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders and photos may be dropped anywhere."""
        if _local(event.mimeData()):  # what they are is asked later: a drive may be asleep
            event.acceptProposedAction()
            self.welcome.set_over(True)

    def childEvent(self, event: QChildEvent) -> None:
        """Dialogs beside the window take drops, too."""
        super().childEvent(event)
        if event.polished() and isinstance(dialog := event.child(), QDialog):
            self._drops.watch(dialog)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went on."""
        self.welcome.set_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Analyse folders that were dropped; show a photo among those of its folder."""
        self.welcome.set_over(False)
        event.acceptProposedAction()
        self._session.tasks.start(look_at(_local(event.mimeData())), self._take)

    def _take(self, dropped: Dropped) -> None:
        if dropped.folders:
            self.open_folders(dropped.folders)
        elif dropped.photos:
            self.open_photo(dropped.photos[0])
        else:
            self._session.message.emit(self.tr("Only folders and photos can be opened."))

    # ------------------------------------------------------------------ state

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first time, once it has reached the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        """Back from elsewhere, where a drive may have been plugged in."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._session.look_for_absent()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's state and stop what runs."""
        if self._viewer is not None:
            self._viewer.close()
        settings = QSettings()
        settings.setValue("window/geometry", self.saveGeometry())
        settings.setValue("window/splitter", self.splitter.saveState())
        settings.setValue("window/preview", self.preview_action.isChecked())
        settings.setValue("window/view", self.view.value)
        self.categories.remember()
        if not self._leaves_session:
            self._session.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        settings = QSettings()
        restorers: dict[str, Callable[[QByteArray], bool]] = {
            "window/geometry": self.restoreGeometry,
            "window/splitter": self.splitter.restoreState,
        }
        for key, restore in restorers.items():
            state = settings.value(key)
            if isinstance(state, QByteArray):
                restore(state)
        self.preview_action.setChecked(bool(settings.value("window/preview", True, type=bool)))
        self._show_libraries()


def _gap() -> QWidget:
    """Room that grows, in a toolbar."""
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return gap


def _beside_icon(text: str) -> str:
    """The text of a tool button with its dots, which Qt would drop, and some room."""
    return f"\N{EN SPACE}{text}"


def _local(data: QMimeData) -> list[Path]:
    """The files and folders of this machine among dragged things."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _view_left() -> View:
    """The view shown when the window was closed last."""
    try:
        left = View(str(QSettings().value("window/view")))
    except ValueError:
        return View.CATEGORIES
    return View.CATEGORIES if left is View.SEARCH else left  # what was sought is not kept
