"""The preferences in the window: read when it opens, written in the background as they change.

What can be chosen, and the file it is kept in, are the engine's, so that commands follow the same
choices: see `photo_organizer.engine.domain.preferences`. Qt's own settings (`QSettings`, mostly by
`photo_organizer.ui.widgets.view_state`) keep what belongs to this window alone: its place and size,
splitters, tabs, how lists are sorted, the libraries it had open, where was exported to last.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.storage import preferences_file
from photo_organizer.ui.session import old_preferences
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.words import language

log = logging.getLogger(__name__)

REST = 300
"""Milliseconds without a further choice before they are written."""

PATIENCE = 2.0
"""Seconds that closing waits for the last write."""


@dataclass(frozen=True, slots=True)
class Start:
    """The preferences that the window begins with."""

    preferences: Preferences
    problem: Reason | None = None
    """Why not everything in the file holds."""
    taken_over: bool = False
    """Whether there was no file yet, but choices that an earlier version had kept."""


def load() -> Start:
    """What was chosen before. Nothing is written: see `PreferencesKeeper.begin`."""
    loaded = preferences_file.load()
    if not loaded.found and (old := old_preferences.read()) is not None:
        return Start(old, taken_over=True)
    return Start(loaded.preferences, loaded.problem)


class PreferencesKeeper(QObject):
    """Remembers preferences, one write after the other and the newest last; the session's own."""

    told = Signal(str)
    """One sentence or two for the user: what could not be read or saved."""

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        start = load()
        self.at_start = start.preferences
        """What was chosen when the window opened."""
        self._problem = start.problem
        self._taken_over = start.taken_over
        self._known = start.preferences
        """What this window read or wrote last."""
        self._written: Preferences | None = None
        """What this window wrote last."""
        self._unwritten: Preferences | None = None
        self._writing = False
        self._unsaved_told = False
        self._write_soon = Debounce(self, REST, self._write)

    def begin(self) -> None:
        """Once the window is visible: say what could not be read, and keep that file aside.

        Choices that an earlier version had kept move into the file.
        """
        if self._problem is not None or self._taken_over:
            self.save(self.at_start)

    def save(self, chosen: Preferences) -> None:
        """Write preferences soon."""
        self._unwritten = chosen
        self._write_soon.start()

    def close(self) -> None:
        """Write what is not written yet. Call when no task runs any more.

        The window waits for that, but not for ever: a drive may not answer.
        """
        self._write_soon.stop()
        chosen = self._unwritten
        if chosen is None:
            return
        # Where it was written a moment ago, `_on_event` has not heard of it and never will.
        if chosen is self._written or self._saves_in_time(chosen):
            old_preferences.forget()

    def _saves_in_time(self, chosen: Preferences) -> bool:
        """Save preferences beside this thread, as no task: none may keep the program from ending.

        The file changes as a whole or not at all, wherever the program ends.
        """
        known, saved = self._known, threading.Event()

        def work() -> None:
            try:
                preferences_file.save(chosen, known)
            except OSError:
                log.exception("The preferences could not be saved")  # nobody is left to tell
            else:
                saved.set()

        last = threading.Thread(target=work, name="last preferences", daemon=True)
        last.start()
        last.join(PATIENCE)
        if last.is_alive():
            log.error("The preferences could not be saved: their drive does not answer")
        return saved.is_set()

    @Slot()
    def _write(self) -> None:
        chosen, known = self._unwritten, self._known
        if chosen is None:
            return
        if self._writing:  # the later choice must not be overtaken by the earlier one
            self._write_soon.start()
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            try:
                aside = preferences_file.save(chosen, known)
            except OSError as error:
                log.warning("The preferences could not be saved", exc_info=True)
                yield error
            else:
                # Here: while the window closes, no event arrives any more.
                self._known = self._written = chosen
                yield _Written(chosen, aside)

        self._writing = True
        self._tasks.start(work, self._on_event, self._on_over)

    def _on_event(self, event: object) -> None:
        match event:
            case _Written(preferences=written, aside=aside):
                if self._unwritten is written:
                    self._unwritten = None
                self._unsaved_told = False
                old_preferences.forget()
                if aside is not None:
                    self._tell_aside(aside)
            case OSError() as error if not self._unsaved_told:
                self._unsaved_told = True  # said once: each further choice would say it again
                values = {"file": str(preferences_file.file()), "why": system_message(error)}
                self._tell(self._take_problem(), Reason("preferences.unsaved", values))

    def _on_over(self) -> None:
        self._writing = False

    def _tell_aside(self, aside: Path) -> None:
        problem = self._take_problem()
        code = "preferences.kept" if problem else "preferences.replaced"
        self._tell(problem, Reason(code, {"aside": str(aside)}))

    def _take_problem(self) -> Reason | None:
        problem, self._problem = self._problem, None
        return problem

    def _tell(self, *reasons: Reason | None) -> None:
        spoken = language.spoken()
        self.told.emit(" ".join(reason.text(spoken) for reason in reasons if reason is not None))


@dataclass(frozen=True, slots=True)
class _Written:
    """The event of a write that succeeded."""

    preferences: Preferences
    aside: Path | None
    """Where the file of before is kept, if not all of it could be used."""
