"""Opens photos in other programs: the default one, or one that is chosen from a menu."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, QMimeDatabase, QObject, QProcess, QUrl, Slot
from PySide6.QtGui import QAction, QCursor, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from shiboken6 import isValid

from photo_organizer.engine.files.programs import Program, programs_for
from photo_organizer.ui.commands.commands import Commands, Section
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.words.plain_text import button_text

MOST_FILES = 20
"""At once: more windows than that nobody wants to close again."""


class OpenWith(QObject):
    """Adds the commands that open the selected photos elsewhere.

    On freedesktop systems the menu lists the programs for the kind of photo, looked up in the
    background when it is opened first; Windows and macOS choose in dialogs of their own.
    """

    def __init__(self, session: Session, commands: Commands, window: QWidget) -> None:
        super().__init__(commands)
        self._session = session
        self._window = window
        self._known: dict[str, tuple[Program, ...]] = {}
        self._asked: set[str] = set()
        self.menu = QMenu(window)
        self.menu.aboutToShow.connect(self._fill)
        self._actions: Sequence[QAction] = (
            commands.add(
                "photo.open",
                Section.PHOTO,
                self.tr("Open in the default program"),
                self.open_default,
                keys=["Shift+Return"],
                icon="external-link",
                everywhere=False,
            ),
            commands.add(
                "photo.open_with",
                Section.PHOTO,
                self.tr("Open with"),
                self._pop_up,
                everywhere=False,
            ),
        )
        self._actions[1].setMenu(self.menu)
        session.selection.changed.connect(self._enable)
        self._enable()

    @Slot()
    def open_default(self) -> None:
        """Open the selected photos in the program that the system opens them with."""
        for path in self._paths():
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self._session.message.emit(
                    self.tr("The system has no program that opens {0}.").format(path.name)
                )
                return

    def open_in(self, program: Program) -> None:
        """Open the selected photos in a program."""
        for command in program.commands(self._paths()):
            self._start(command, program.name)

    # ------------------------------------------------------------------ the menu

    @Slot()
    def _enable(self) -> None:
        for action in self._actions:
            action.setEnabled(bool(self._session.selection.ids))

    @Slot()
    def _fill(self) -> None:
        """The programs for the current photo, as far as they are known yet."""
        self.menu.clear()
        if sys.platform not in ("win32", "darwin") and (paths := self._paths()):
            suffix = paths[0].suffix.lower()
            if suffix not in self._known:
                self.menu.addAction(self.tr("Looking for programs…")).setEnabled(False)
                self._ask(suffix)
            for program in self._known.get(suffix, ()):
                action = self.menu.addAction(button_text(program.name))
                action.triggered.connect(partial(self._open_in, program))
            self.menu.addSeparator()
        self.menu.addAction(self.tr("Another program…"), self._choose)

    def _open_in(self, program: Program, _checked: bool = False) -> None:
        self.open_in(program)

    def _pop_up(self) -> None:
        """From the palette, which shows no menus within."""
        self.menu.popup(QCursor.pos())

    def _ask(self, suffix: str) -> None:
        if suffix in self._asked:
            return
        self._asked.add(suffix)
        language = self._session.choices.language

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield programs_for(_types(suffix), os.environ, language)

        def show(programs: tuple[Program, ...]) -> None:
            self._known[suffix] = programs
            # A window of another language may have taken this one's place meanwhile.
            if isValid(self.menu) and self.menu.isVisible():
                self._fill()

        self._session.tasks.start(work, show, lambda: self._asked.discard(suffix))

    def _choose(self) -> None:
        """Let the user choose a program as the system does."""
        paths = self._paths()
        if not paths:
            return
        if sys.platform == "win32":
            for path in paths:
                native = QDir.toNativeSeparators(str(path))
                self._start(["rundll32.exe", "shell32.dll,OpenAs_RunDLL", native], "")
            return
        mac = sys.platform == "darwin"
        start = "/Applications" if mac else "/usr/bin"
        chosen, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Choose a program"),
            start,
            self.tr("Programs") + (" (*.app)" if mac else " (*)"),
        )
        if chosen:
            before = ["open", "-a", chosen] if mac else [chosen]
            self._start([*before, *map(str, paths)], Path(chosen).stem)

    # ------------------------------------------------------------------ starting

    def _paths(self) -> list[Path]:
        photos = self._session.shown.photos
        return [photos[i].path for i in self._session.selection.ids[:MOST_FILES] if i in photos]

    def _start(self, command: Sequence[str], name: str) -> None:
        started, _ = QProcess.startDetached(command[0], list(command[1:]))
        if not started:
            self._session.message.emit(
                self.tr("{0} could not be started.").format(name or command[0])
            )


def _types(suffix: str) -> list[str]:
    """The MIME types of files with a suffix, and what they are besides."""
    kind = QMimeDatabase().mimeTypeForFile(f"photo{suffix}", QMimeDatabase.MatchMode.MatchExtension)
    return [kind.name(), *kind.aliases(), *kind.allAncestors()]
