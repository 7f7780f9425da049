"""Shows the last result of a library before it is analysed, and keeps the newest for next time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from photo_organizer.engine.analysis.events import Partial
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.storage.snapshot import Snapshots
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.widgets.debounce import Debounce

if TYPE_CHECKING:
    from photo_organizer.ui.session.analysis_run import AnalysisRun

REST = 1500
"""Milliseconds without another result before one is kept."""

LOOK = 0.5
"""Seconds in which what was recalled comes on screen, before the analysis loads libraries: they
keep Python to themselves meanwhile."""


def recall(
    folders: Sequence[Path], chosen: Preferences, cancel: threading.Event
) -> Iterator[Partial]:
    """What was known of these folders when they were last open, if anything.

    Files may have come, changed or gone since: this is to be looked at until the analysis that
    follows says how things are.
    """
    result = Snapshots().read(folders, setting(chosen))
    if result is not None and result.photos:
        yield Partial(result)
        cancel.wait(LOOK)


class LastResult(QObject):
    """Keeps the results shown, in the background and not more often than needed."""

    def __init__(
        self,
        choices: Choices,
        shown: ShownResult,
        analysis: AnalysisRun,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._analysis = analysis
        self._tasks = tasks
        self._kept: Result | None = None
        self._writing = False
        self._timer = Debounce(self, REST, self._keep)
        shown.changed.connect(self._timer.start)
        analysis.running_changed.connect(self._timer.start)

    def stop(self) -> None:
        """Keep nothing more."""
        self._timer.stop()

    @Slot()
    def _keep(self) -> None:
        result = self._shown.result
        if result is None or result is self._kept or not self._analysis.complete:
            return
        if self._writing:  # the later result must not be overtaken by the earlier one
            self._timer.start()
            return
        folders, chosen = self._analysis.folders, self._choices.preferences

        def work(_cancel: threading.Event) -> Iterator[object]:
            Snapshots().write(result, folders, setting(chosen))
            yield from ()

        def over() -> None:
            self._writing = False

        self._kept = result
        self._writing = True
        self._tasks.start(work, on_over=over)


def setting(chosen: Preferences) -> object:
    """The choices that other answers would follow from, as `Snapshots` takes them."""
    return {
        "excluded": [str(folder) for folder in chosen.excluded],
        "model": chosen.model,
        "device": chosen.device,
        "faces": chosen.faces,
    }
