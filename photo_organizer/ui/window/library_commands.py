"""The commands on libraries: open, add a folder, rename, look again, pause and stop."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMenu, QWidget

from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.activities import Activities
from photo_organizer.ui.session.analysis_run import AnalysisRun
from photo_organizer.ui.session.libraries import Libraries, Library
from photo_organizer.ui.words.extent import Extent
from photo_organizer.ui.words.plain_text import button_text, tip, visible


class LibraryCommands(QObject):
    """Adds the first commands of `Section.LIBRARY`, and fills the menu that switches libraries."""

    opened = Signal(object)
    """A tuple of folders to analyse from now on."""

    def __init__(
        self,
        libraries: Libraries,
        analysis: AnalysisRun,
        activities: Activities,
        commands: Commands,
        window: QWidget,
    ) -> None:
        super().__init__(commands)
        self._libraries = libraries
        self._analysis = analysis
        add = partial(commands.add, section=Section.LIBRARY)
        self.open = add(
            "library.open",
            text=self.tr("Open folder…"),
            run=self.choose_folder,
            keys=[QKeySequence.StandardKey.Open],
            icon="folder-open",
            tip=self.tr("Analyse the photos of a folder"),
        )
        self.add_folder = add(
            "library.add_folder",
            text=self.tr("Add a folder to this library…"),
            run=self._add_folder,
            keys=["Ctrl+Shift+O"],
            tip=self.tr("Look at the photos of one more folder together with the present ones"),
        )
        self.switch = add("library.switch", text=self.tr("Switch library…"))
        self.rename = add("library.rename", text=self.tr("Rename this library…"), run=self._rename)
        self.again = add(
            "library.again",
            text=self.tr("Look for new photos"),
            run=self.look_again,
            keys=["Ctrl+F5"],
            tip=self.tr("Analyse what is new or changed in the open folders"),
            apart=True,
        )
        self.pause = add("library.pause", text=self.tr("Pause the analysis"), checkable=True)
        self.pause.triggered.connect(analysis.pause)
        self.stop = add(
            "library.stop",
            text=self.tr("Stop the analysis"),
            run=analysis.cancel,
            tip=self.tr("What was found so far is kept"),
        )
        self.menu = QMenu(window)
        """Libraries to switch to, and what can be done with the present one."""
        self.menu.setToolTipsVisible(True)
        self._remove = QMenu(self.tr("Remove a folder from this library"), self.menu)
        self._forget = QMenu(self.tr("Forget a library"), self.menu)
        self.menu.aboutToShow.connect(self._fill)
        analysis.running_changed.connect(self._enable)
        activities.changed.connect(self._enable)
        analysis.progress_changed.connect(self._enable)
        libraries.changed.connect(self._enable)
        self._enable()

    def _window(self) -> QWidget | None:
        # Not kept: the window keeps this object, and could never go then.
        commands = self.parent()
        window = commands.parent() if commands is not None else None
        return window if isinstance(window, QWidget) else None

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder and open it."""
        if folder := self._ask_folder(self.tr("Choose a folder of photos")):
            self.opened.emit((folder,))

    @Slot()
    def look_again(self) -> None:
        """Analyse the open folders again; what is known is not looked at again."""
        if self._analysis.folders:
            self._analysis.open(self._analysis.folders)

    # ------------------------------------------------------------------ the present library

    def _add_folder(self) -> None:
        folder = self._ask_folder(self.tr("Choose a folder to add to the library"))
        if folder:
            self._analysis.open(self._libraries.with_folders([folder]))

    def _remove_folder(self, folder: Path) -> None:
        self._analysis.open(self._libraries.without_folder(folder))

    def _rename(self) -> None:
        library = self._libraries.current
        if library is None:
            return
        name, agreed = QInputDialog.getText(
            self._window(),
            self.tr("Rename this library"),
            self.tr("Name"),
            QLineEdit.EchoMode.Normal,
            library.name,
        )
        if agreed:
            self._libraries.rename(name)

    def _ask_folder(self, title: str) -> Path | None:
        last = self._libraries.last
        start = last.folders[0].parent if last else Path.home()
        chosen = QFileDialog.getExistingDirectory(self._window(), title, str(start))
        return Path(chosen) if chosen else None

    # ------------------------------------------------------------------ the menu

    @Slot()
    def _fill(self) -> None:
        libraries = self._libraries
        for menu in (self.menu, self._remove, self._forget):
            menu.clear()
        for library in libraries.known:
            text = button_text(library.name)
            if library.looked_at is not None:
                text += f" ({Extent.stopped_at(*library.looked_at).text})"
            action = self.menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(library == libraries.current)
            action.setToolTip(tip("\n".join(map(visible, library.folders))))
            action.triggered.connect(partial(self._switch, library))
        self.menu.addSeparator()
        self.menu.addActions([self.open, self.add_folder])
        self.menu.addSeparator()
        current = libraries.current
        if current is not None and len(current.folders) > 1:
            self.menu.addMenu(self._remove)
            for folder in current.folders:
                action = self._remove.addAction(button_text(folder))
                action.triggered.connect(partial(self._remove_folder, folder))
        others = [library for library in libraries.known if library != current]
        if others:
            self.menu.addMenu(self._forget)
            for library in others:
                action = self._forget.addAction(button_text(library.name))
                action.triggered.connect(partial(libraries.forget, library))
        self.menu.addAction(self.rename)

    def _switch(self, library: Library) -> None:
        if library != self._libraries.current:
            self.opened.emit(library.folders)

    @Slot()
    def _enable(self) -> None:
        for action in (self.add_folder, self.switch, self.rename):
            action.setEnabled(self._libraries.current is not None)
        self.again.setEnabled(bool(self._analysis.folders) and not self._analysis.running)
        self.stop.setEnabled(self._analysis.running)
        self.pause.setEnabled(self._analysis.can_pause)
        self.pause.setChecked(self._analysis.paused)
