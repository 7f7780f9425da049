"""The window: navigation, views, preview and status around one session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QDialog, QMainWindow, QSplitter, QStackedWidget, QWidget

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.commands.menus import Menus
from photo_organizer.ui.history.dialog import HistoryDialog
from photo_organizer.ui.photos.grid_commands import GridCommands
from photo_organizer.ui.photos.library_view import LibraryView
from photo_organizer.ui.photos.preview import PhotoPreview
from photo_organizer.ui.photos.viewer import PhotoViewer
from photo_organizer.ui.photos.viewer_commands import ViewerCommands
from photo_organizer.ui.problems.view import ProblemsView
from photo_organizer.ui.search.view import SearchView
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.settings import Page, SettingsDialog
from photo_organizer.ui.widgets import fitting, layouts
from photo_organizer.ui.widgets.dropped_paths import local_paths
from photo_organizer.ui.widgets.navigation import Navigation
from photo_organizer.ui.widgets.notice import Notice
from photo_organizer.ui.widgets.toast import Toast
from photo_organizer.ui.window import window_handover, window_state
from photo_organizer.ui.window.absent_folders import AbsentFolders
from photo_organizer.ui.window.clean_up_commands import CleanUpCommands
from photo_organizer.ui.window.closing import Closing
from photo_organizer.ui.window.computer_notices import ComputerNotices
from photo_organizer.ui.window.dropping import DialogDrops
from photo_organizer.ui.window.focus_keeper import FocusKeeper
from photo_organizer.ui.window.full_screen import FullScreen
from photo_organizer.ui.window.history_commands import HistoryCommands
from photo_organizer.ui.window.library_button import LibraryButton
from photo_organizer.ui.window.library_commands import LibraryCommands
from photo_organizer.ui.window.looked_at import LookedAt
from photo_organizer.ui.window.moved_notices import MovedNotices
from photo_organizer.ui.window.notifications import Notifications
from photo_organizer.ui.window.open_with import OpenWith
from photo_organizer.ui.window.opening import Opening
from photo_organizer.ui.window.photo_commands import PhotoCommands
from photo_organizer.ui.window.program_commands import ProgramCommands
from photo_organizer.ui.window.scheme_commands import SchemeCommands
from photo_organizer.ui.window.status_area import StatusArea
from photo_organizer.ui.window.tool_bar import ToolBar
from photo_organizer.ui.window.undo_notices import UndoNotices
from photo_organizer.ui.window.view_commands import ViewCommands
from photo_organizer.ui.window.views import Views
from photo_organizer.ui.window.welcome import Welcome
from photo_organizer.ui.words.plain_text import title as plain_title
from photo_organizer.ui.words.plain_text import visible

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
        self._history: HistoryDialog | None = None
        self._make(session)

    # ------------------------------------------------------------------ what others ask for

    @property
    def view(self) -> LibraryView:
        """The view shown."""
        return self.views.shown

    def show_view(self, kind: type[LibraryView]) -> None:
        """Show one of the views."""
        self.views.show_view(self.views[kind])

    def open_folders(self, folders: Sequence[Path]) -> None:
        """Analyse folders, and remember them as a library."""
        self.opening.open_folders(folders)

    def open_photo(self, path: Path) -> None:
        """Show a photo among the others of its folder."""
        self.opening.open_photo(path)

    @property
    def viewer(self) -> PhotoViewer:
        """The full-screen viewer, made when it is asked for first."""
        return self.full_screen.viewer

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
    def _show_computers(self) -> None:
        self.show_settings()
        if self._settings is not None:
            self._settings.show_page(Page.COMPUTERS)

    @Slot()
    def show_history(self) -> HistoryDialog:
        """Open the list of what was done beside the window, or bring it to the front."""
        if self._history is None:
            self._history = HistoryDialog(self._session, self)
            self._history.addActions([self.history_commands.undo, self.history_commands.redo])
        if self._history.isVisible():
            self._history.raise_()
            self._history.activateWindow()
        self._history.show()
        return self._history

    def take_over(self, old: MainWindow) -> None:
        """Come up in place of another window of the same session, which goes without closing it."""
        self.setGeometry(old.normalGeometry())
        self.setWindowState(old.windowState())
        self.show_view(type(old.view))
        self.view_commands.preview.setChecked(old.view_commands.preview.isChecked())
        self.show()
        window_handover.carry_over(old, self)
        if old._settings is not None and old._settings.isVisible():
            self.show_settings()
            if self._settings is not None:
                self._settings.setGeometry(old._settings.geometry())
                window_handover.carry_over(old._settings, self._settings)
        old._leaves_session = True
        old.close()
        old.deleteLater()

    # ------------------------------------------------------------------ set-up

    def _make(self, session: Session) -> None:
        self.setWindowTitle(self.tr("Photo Organizer"))
        self.setMinimumSize(880, 560)
        self.setAcceptDrops(True)
        self.commands = Commands(self)
        """Everything people can do here."""
        self.welcome = Welcome(session.encoder_models)
        self.views = Views(session)
        self.library_button = LibraryButton()
        self.navigation = Navigation(self.library_button)
        self.preview = PhotoPreview(session)
        self.notice = Notice()
        self.store_notice = Notice()
        self.computers_notice = Notice()
        self.toast = Toast(self)
        self.status = StatusArea(session)
        self.opening = Opening(session, self.views, self.welcome, self)
        self.full_screen = FullScreen(session, self.commands, self.views, self.preview, self)
        self.closing = Closing(session, self)
        self._dialog_drops = DialogDrops(self)
        self._lay_out()
        self._add_commands()
        self.focus_keeper = FocusKeeper(self.views, self)
        self._connect()
        AbsentFolders(session.analysis, self.notice)
        ComputerNotices(session, self.computers_notice, self._show_computers)
        MovedNotices(session, self.views, self.toast)
        UndoNotices(session, self.views, self.full_screen, self.toast, self.show_history)
        Notifications(session.choices, session.activities, self)
        window_state.restore(self, self.splitter, self.view_commands.preview)
        self._show_libraries()
        self.views.show_view(window_state.view_left(self.views))
        self._show_result(session.shown.result)
        if self.pages.currentWidget() is self.welcome:
            self.welcome.setFocus()

    def _lay_out(self) -> None:
        session = self._session
        for view in self.views:
            self.navigation.add(view.key, view.view_name, view.icon)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.views)
        self.splitter.addWidget(self.preview)
        self.splitter.setStretchFactor(0, 4)
        self.splitter.setStretchFactor(1, 1)  # the preview grows along, less than the view
        self.splitter.setSizes([1000, PREVIEW_WIDTH])
        self.library = QWidget()
        self.looked_at = LookedAt(session.analysis)
        photos = QWidget()
        above = layouts.column(photos)
        above.addWidget(self.looked_at)
        above.addWidget(self.splitter, 1)
        across = layouts.row(self.library)
        across.addWidget(self.navigation)
        across.addWidget(photos, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.welcome)
        self.pages.addWidget(self.library)
        whole = QWidget()
        down = layouts.column(whole)
        down.addWidget(self.store_notice)
        down.addWidget(self.notice)
        down.addWidget(self.computers_notice)
        down.addWidget(self.pages)
        down.addWidget(self.status)
        self.setCentralWidget(whole)

    def _add_commands(self) -> None:
        """In the order in which menus and cheat sheet list them."""
        session, commands = self._session, self.commands
        self.library_commands = LibraryCommands(
            session.libraries, session.analysis, session.activities, commands, self
        )
        self.history_commands = HistoryCommands(session, commands, self.show_history)
        self.clean_up_commands = CleanUpCommands(session, commands, self)
        self.view_commands = ViewCommands(self.views, commands)
        SchemeCommands(session.choices, commands)
        GridCommands(commands, lambda: self.view.bar)
        PhotoCommands(session, commands)
        for view in self.views:
            view.add_commands(commands)
        OpenWith(session, commands, self)
        ViewerCommands(
            session.selection,
            session.rotations,
            commands,
            self.full_screen.toggle,
            self.full_screen.toggle_slideshow,
        )
        self.program_commands = ProgramCommands(commands, self, self.show_settings)
        for view in self.views:
            if view.grid is not None:
                commands.attach(Section.PHOTO, view.grid)
        for key, action in self.view_commands.of_views.items():
            self.navigation.buttons[key].setToolTip(action.toolTip())
        self.menus = Menus(commands, self.menuBar())
        self.library_button.setMenu(self.library_commands.menu)
        self.library_commands.switch.triggered.connect(self.library_button.showMenu)
        turns = [commands[f"large.turn_{way}"] for way in ("right", "left")]
        self.preview.addActions([*turns, *commands.actions(Section.PHOTO)])
        for view in self.views:
            if view.shows_large:
                view.addActions(turns)
        self.addToolBar(
            ToolBar(
                self.library_commands.open,
                self.views[SearchView].field,
                [self.history_commands.undo, self.clean_up_commands.start],
                [self.view_commands.preview, self.program_commands.settings],
            )
        )

    def _connect(self) -> None:
        session = self._session
        self.welcome.choose.connect(self.library_commands.choose_folder)
        self.library_commands.opened.connect(self.opening.open_folders)
        self.navigation.chosen.connect(self._show_chosen)
        self.views.came_up.connect(self._on_view)
        for view in self.views:
            view.count_changed.connect(lambda view=view: self._show_count(view))
        self.view_commands.preview.toggled.connect(self._show_preview)
        self.views[ProblemsView].again.connect(self.library_commands.look_again)
        self.notice.acted.connect(self.library_commands.look_again)
        self.store_notice.acted.connect(self.store_notice.withdraw)
        session.store_told.connect(self._tell_of_store)
        self.painted.connect(session.own_categories.load)
        self.painted.connect(lambda: session.encoder_models.look(session.choices.language))
        session.libraries.changed.connect(self._show_libraries)
        session.analysis.progress_changed.connect(self._show_title)
        session.shown.changed.connect(self._show_result)
        session.analysis.running_changed.connect(self._show_session)
        session.analysis.extent_changed.connect(self._show_counts)

    # ------------------------------------------------------------------ following views and session

    @Slot(str)
    def _show_chosen(self, key: str) -> None:
        self.views.show_view(self.views.by_key(key))

    @Slot(object)
    def _on_view(self, view: LibraryView) -> None:
        self.navigation.choose(view.key)
        for one in self.views:
            self._show_offered(one)
        self._show_preview()

    def _show_count(self, view: LibraryView) -> None:
        extent, count = self._session.analysis.extent, view.view_count
        button = self.navigation.buttons[view.key]
        if count is None:
            button.set_count("")
        else:
            button.set_count(extent.counted(count), extent.spoken(count))
        self._show_offered(view)

    @Slot()
    def _show_counts(self) -> None:
        for view in self.views:
            self._show_count(view)

    def _show_offered(self, view: LibraryView) -> None:
        self.navigation.buttons[view.key].setVisible(view.offered or view is self.view)

    @Slot(object)
    def _show_result(self, result: Result | None) -> None:
        something = self._session.analysis.running or result is not None
        page = self.library if something else self.welcome
        self.view_commands.set_enabled(something)
        self.views[SearchView].field.setEnabled(something)
        if self.pages.currentWidget() is not page:
            self.pages.setCurrentWidget(page)
            if something:
                self.view.take_focus()
            else:
                self.welcome.setFocus()
        self._show_title()
        self._show_preview()
        self._show_counts()
        self.view.claim_current()
        self.opening.show_wanted()

    @Slot(object)
    def _tell_of_store(self, reason: Reason) -> None:
        """What happened to the store stays to be read until it is dismissed."""
        self.store_notice.tell(reason.text(self._session.choices.language), self.tr("Understood"))

    @Slot()
    def _show_session(self) -> None:
        self._show_result(self._session.shown.result)

    @Slot()
    def _show_title(self) -> None:
        """Which library, and how far its analysis is: seen where only the title is seen."""
        session = self._session
        name = self.tr("Photo Organizer")
        library = session.libraries.current
        shows = self.pages.currentWidget() is self.library
        title = f"{plain_title(library.name)} – {name}" if library and shows else name
        progress = session.analysis.progress
        percent = progress.percent if progress is not None else None
        if percent is not None:
            title = f"{percent} % · {title}"
        if title != self.windowTitle():
            self.setWindowTitle(title)

    @Slot()
    def _show_libraries(self) -> None:
        libraries = self._session.libraries
        self.welcome.set_recent(libraries.known)
        if libraries.current is not None:
            self.library_button.set_library(
                libraries.current.name, "\n".join(map(visible, libraries.current.folders))
            )
        self.library_button.setVisible(libraries.current is not None)
        self._show_title()

    @Slot()
    def _show_preview(self) -> None:
        possible = self.view.beside_preview and self._has_room_for_preview()
        switch = self.view_commands.preview
        switch.setEnabled(possible and self.pages.currentWidget() is self.library)
        self.preview.setVisible(possible and switch.isChecked())

    def _has_room_for_preview(self) -> bool:
        """Whether view and preview fit side by side: where they do not, the view needs the room."""
        parts = (self.views, self.preview)
        needed = sum(part.minimumSizeHint().width() for part in parts)
        return needed <= self.width() - self.navigation.minimumWidth()

    # ------------------------------------------------------------------ Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for the preview now, or no more."""
        super().resizeEvent(event)
        self._show_preview()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Folders and photos may be dropped anywhere."""
        if local_paths(event.mimeData()):  # what they are is asked later: a drive may be asleep
            event.acceptProposedAction()
            self.welcome.set_over(True)

    def childEvent(self, event: QChildEvent) -> None:
        """Dialogs beside the window take drops, too, and give the focus back."""
        super().childEvent(event)
        if event.polished() and isinstance(dialog := event.child(), QDialog):
            self._dialog_drops.watch(dialog)
            fitting.keep_on_screen(dialog)
            self.focus_keeper.watch(dialog)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The drag went on."""
        self.welcome.set_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Analyse folders that were dropped; show a photo among those of its folder."""
        self.welcome.set_over(False)
        event.acceptProposedAction()
        self.opening.open_dropped(local_paths(event.mimeData()))

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
            self._session.analysis.look_for_absent()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the window's state and stop what runs, once what was decided is stored."""
        if not self._leaves_session and not self.closing.may_close():
            event.ignore()
            return
        self.full_screen.close()
        window_state.save(self, self.splitter, self.view_commands.preview, self.views)
        if not self._leaves_session:
            if self._session.unstored:
                self._session.give_up_unstored()
            self._session.close()
        super().closeEvent(event)
