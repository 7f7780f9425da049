"""One export job while it runs in the background, told to the status area and to its sheet."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from shiboken6 import isValid

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.export.job import ExportJob, ExportKind, ExportStep, carry_out
from photo_organizer.engine.highlights.selection import Selection
from photo_organizer.ui.session.problems import Deed
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.export_outcome import Outcome, outcome_of
from photo_organizer.ui.words.translation import translate


class Watcher(Protocol):
    """Who is told of a run on the way."""

    def show_step(self, done: int, total: int) -> None:
        """So many photos are dealt with."""

    def show_outcome(self, outcome: Outcome, problems: Sequence[ExportStep]) -> None:
        """It is over."""


class ExportRun:
    """Runs one job; it goes on when nobody watches it any more.

    Args:
        session: has the user's stars, the tasks, and the lists of activities and problems.
        job: what to make.
        selections: of which photos.
        watcher: an object of Qt's; it is told nothing more once it has ended.
    """

    def __init__(
        self, session: Session, job: ExportJob, selections: Sequence[Selection], watcher: Watcher
    ) -> None:
        self._session = session
        self._job = job
        self._watcher: Watcher | None = watcher
        self._total = sum(len(selection.photos) for selection in selections)
        self._done = 0
        self._made: list[Path] = []
        self._problems: list[ExportStep] = []
        self._refused: Reason | None = None
        self.title = title_of(job)
        """What is done, for people."""
        own_stars = dict(session.stars.by_content())

        def work(cancel: threading.Event) -> Iterator[ExportStep | Reason]:
            try:
                yield from carry_out(job, selections, own_stars, cancel)
            except ExportError as error:
                yield error.reason

        self._task = session.tasks.start(work, self._on_event, self._on_over)
        self._activity = session.activities.begin(self.title, cancel=self.stop)
        self._activity.report(0, self._total)

    def stop(self) -> None:
        """Begin nothing more; what was made until then stays."""
        self._task.cancel()

    def leave(self) -> None:
        """Nobody watches any more: the status area says what came of it."""
        self._watcher = None

    @property
    def _present_watcher(self) -> Watcher | None:
        """The watcher, unless it left or went with its window."""
        return self._watcher if self._watcher is not None and isValid(self._watcher) else None

    def _on_event(self, event: ExportStep | Reason) -> None:
        if isinstance(event, Reason):
            self._refused = event
            return
        self._done = event.done
        if event.made is not None:
            self._made.append(event.made)
        if event.problem is not None:
            self._problems.append(event)
        self._activity.report(event.done, event.total)
        if watcher := self._present_watcher:
            watcher.show_step(event.done, event.total)

    def _on_over(self) -> None:
        stopped = self._task.cancelled
        outcome = outcome_of(
            self._job,
            made=self._made,
            problems=len(self._problems),
            refused=self._refused,
            stopped=stopped,
            unfinished=not stopped and self._refused is None and self._done < self._total,
            language=self._session.choices.language,
        )
        self._session.problems.replace(
            Deed.EXPORT,
            [(step.path, step.problem) for step in self._problems if step.problem is not None],
        )
        watcher = self._present_watcher
        self._activity.end("" if stopped or watcher is not None else outcome.sentence)
        if watcher is not None:
            watcher.show_outcome(outcome, self._problems)


def title_of(job: ExportJob) -> str:
    """What is done, for people."""
    match job.kind:
        case ExportKind.COPIES if job.link:
            return translate("export", "Linking photos")
        case ExportKind.COPIES:
            return translate("export", "Copying photos")
        case ExportKind.SHEET:
            return translate("export", "Drawing the contact sheet")
        case ExportKind.RATINGS:
            return translate("export", "Writing ratings")
