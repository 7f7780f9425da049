"""The analysis of the user's folders: begins, pauses and stops it, and hands on what it finds."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.events import Cancelled, Finished, Partial, Progress, Stage
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.domain.decisions import Mark
from photo_organizer.engine.domain.results import Result, Skipped
from photo_organizer.engine.storage.store import Store
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.activities import Activities, Activity
from photo_organizer.ui.session.analysis_request import Absent, Analyze, Request
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.judging import Judging
from photo_organizer.ui.session.last_result import recall
from photo_organizer.ui.session.listing import with_listed
from photo_organizer.ui.session.result_index import ResultIndex, gathered
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.words import progress_words
from photo_organizer.ui.words.extent import WHOLE, Extent


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the store knew of earlier sessions when an analysis began."""

    marks: frozenset[Mark]
    copies: frozenset[Mark]
    """All files of their content that were seen before: see `decisions.marked`."""
    stars: Mapping[bytes, int]
    """By content, 0 to 5."""


class AnalysisRun(QObject):
    """The folders that are open and their analysis, one at a time; owned by the session.

    Args:
        analyze: runs the analysis; tests put a short generator here.
    """

    running_changed = Signal(bool)
    """An analysis started or ended."""
    progress_changed = Signal(object)
    """A `Progress` of the running analysis."""
    others_opened = Signal()
    """Other photos than before are opened from now on: another library."""
    extent_changed = Signal()
    """`extent` is another now."""
    absent_changed = Signal()
    """`absent` is another now."""
    skipped_changed = Signal()
    """`skipped` grew or was cleared."""
    opened = Signal(object)
    """tuple[Path, ...]: the folders that are looked at from now on."""
    remembered = Signal(object)
    """`Remembered`: the first that an analysis tells."""
    answered = Signal(bool)
    """Answers of the analysis are shown now; whether they are the last, of all photos."""
    message = Signal(str)
    """One sentence for the user."""

    def __init__(
        self,
        analyze: Analyze,
        *,
        choices: Choices,
        shown: ShownResult,
        judging: Judging,
        tasks: Tasks,
        activities: Activities,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._analyze = analyze
        self._choices = choices
        self._shown = shown
        self._judging = judging
        self._tasks = tasks
        self._activities = activities
        self._task: Task | None = None
        self._pause = PauseSwitch()
        self._activity: Activity | None = None
        self._outcome = ""
        self._quiet = False
        self._queued: tuple[Path, ...] | None = None
        self._index: ResultIndex | None = None
        self._analysed_with = choices.preferences
        self._asked = 0
        self.folders: tuple[Path, ...] = ()
        self.absent: tuple[Path, ...] = ()
        """Those of the folders that the newest analysis did not find."""
        self.skipped: list[Skipped] = []
        """Files that were left out, and why."""
        self.progress: Progress | None = None
        self.extent: Extent = WHOLE
        """How much of the library the answers shown are of."""
        choices.judgement_changed.connect(self._forget_faces)

    @property
    def running(self) -> bool:
        """Whether an analysis runs."""
        return self._task is not None

    @property
    def complete(self) -> bool:
        """Whether the result answers for all photos: not a part of them, nor what was recalled."""
        return self._judging.judge is not None and self.extent.whole

    @property
    def stopped(self) -> bool:
        """Whether an analysis ended before it had looked at all photos: `again` goes on."""
        return not self.extent.whole and not self.extent.going_on

    @property
    def outdated(self) -> bool:
        """Whether preferences changed that only a new analysis of the folders follows."""
        return bool(self.folders) and self._choices.preferences.outdates(self._analysed_with)

    # ------------------------------------------------------------------ begin and end

    def open(self, folders: Sequence[Path]) -> None:
        """Analyse these folders instead of the present ones; a running analysis is cancelled."""
        if not folders:
            return
        if self._task is not None:
            self._queued = tuple(folders)
            self._task.cancel()
            return
        if not set(self.folders) <= set(folders):  # with more folders, what is known stays true
            self._judging.forget()
            self._shown.clear()
            self._find_absent(())
            if not set(folders) < set(self.folders):
                self.others_opened.emit()
        self._shown.expect_all()
        self._quiet = False
        self.folders = tuple(folders)
        self.opened.emit(self.folders)
        self.skipped = []
        self.skipped_changed.emit()
        self._analysed_with = self._choices.preferences
        self._asked = self._judging.asked
        self._start()

    def again(self, *, quiet: bool = False) -> None:
        """Analyse the same folders again.

        Args:
            quiet: nobody asked for it, so nobody waits to be told that it is over.
        """
        self.open(self.folders)
        self._quiet = quiet

    def look_for_absent(self) -> None:
        """Analyse again if a folder that was not there has come back: its drive is plugged in."""
        absent = self.absent
        if not absent or self.running:
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield any(folder.is_dir() for folder in absent)

        def look_again(found: bool) -> None:
            if found and self.absent == absent and not self.running:
                self.again()

        self._tasks.start(work, look_again)

    def show(self, result: Result) -> None:
        """Show a result that was made elsewhere."""
        self._judging.forget()
        self._shown.expect_all()
        self._set_extent(WHOLE)
        self.skipped = list(result.skipped)
        self._shown.show(result)
        self.skipped_changed.emit()

    def cancel(self) -> None:
        """Stop the analysis soon; what is known so far stays."""
        self._queued = None
        if self._task is not None:
            self._task.cancel()

    def _start(self) -> None:
        self._pause = PauseSwitch()
        request = Request(self.folders, self._choices.preferences, self._pause)
        known = self._shown.whole

        def work(cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                yield Remembered(
                    frozenset(store.marks()),
                    frozenset(store.copies_of_marked()),
                    store.decisions().ratings,
                )
            events = self._analyze(request, cancel)
            if known is None:
                events = chain(recall(request.folders, request.preferences, cancel), events)
            yield from gathered(with_listed(events, known))

        self._outcome = self.tr("The analysis ended early.")
        self._set_extent(Extent(whole=False, going_on=True))
        self._activity = self._activities.begin(
            progress_words.stage_title(Stage.LOADING), cancel=self.cancel, hold=self._hold
        )
        self._task = self._tasks.start(work, self._on_event, self._on_over)
        self.running_changed.emit(True)

    def _on_over(self) -> None:
        self._task = None
        self._index = None
        if self._queued is None and self.extent.going_on:  # it failed
            self._stop_at(self.extent.done, self._total)
        self.progress = None
        if self._activity is not None:
            activity, self._activity = self._activity, None
            told = self._queued is None and not self._quiet
            activity.end(self._outcome if told else "")
        self.running_changed.emit(False)
        if self._queued is not None:
            folders, self._queued = self._queued, None
            self.open(folders)

    # ------------------------------------------------------------------ pause

    @property
    def paused(self) -> bool:
        """Whether the running analysis is paused."""
        return self._activity is not None and self._activity.paused

    @property
    def can_pause(self) -> bool:
        """Whether the running analysis can be paused now, or go on."""
        return self._activity is not None and (self._activity.can_pause or self._activity.paused)

    def pause(self, paused: bool = True) -> None:
        """Hold the running analysis, or let it go on; nothing is lost or done twice."""
        if self._activity is not None:
            self._activity.pause(paused)

    def _hold(self, paused: bool) -> None:
        if paused:
            self._pause.pause()
        else:
            self._pause.resume()

    # ------------------------------------------------------------------ what it tells

    def _on_event(self, event: object) -> None:
        match event:
            case Progress():
                self.progress = event
                self._set_extent(_extent(event))
                self._report(event)
                self.progress_changed.emit(event)
            case Skipped():
                self.skipped.append(event)
                self.skipped_changed.emit()
            case Remembered():
                self.remembered.emit(event)
            case Absent(folders=folders):
                self._find_absent(folders)
            case ResultIndex():
                self._index = event
            case Partial(result=result) if len(result.photos) >= len(self._shown.photos):
                # What was known of these folders stays until there is more.
                self._shown.show(result, self._index)
                self.answered.emit(False)
            case Finished():
                self._finish(event)
            case Cancelled():
                self._on_cancelled(event)

    def _on_cancelled(self, event: Cancelled) -> None:
        self._outcome = ""
        if self._queued is not None:
            return
        if event.judge is not None and len(event.judge.facts) >= len(self._shown.photos):
            # What was measured last is answered, too; what is decided from now on is followed.
            self._judging.take(event.judge, self._asked)
            self._judging.soon(rest=0)
        self._stop_at(event.done, event.total)
        said = self.tr("Stopped: {}. What was found so far is kept.")
        self.message.emit(said.format(self.extent.text))

    def _stop_at(self, done: int, total: int) -> None:
        self._set_extent(Extent.stopped_at(done, total))

    def _set_extent(self, extent: Extent) -> None:
        if extent != self.extent:
            self.extent = extent
            self.extent_changed.emit()

    @property
    def _total(self) -> int:
        """Photos there are, as far as the running analysis knows; 0 where it does not."""
        progress = self.progress
        return progress.total if progress is not None and not progress.scanning else 0

    def _finish(self, event: Finished) -> None:
        result = event.result
        self.skipped = list(result.skipped)
        self._judging.take(event.judge, self._asked)
        self._shown.show(result, self._index)
        self.answered.emit(True)
        self._set_extent(WHOLE)
        self.skipped_changed.emit()
        count = len(result.photos)
        self._outcome = self.tr("%Ln photos are analysed.", "", count)
        for told in (result.without_faces, result.stand_in):
            if told is not None:
                self._outcome += " " + told.text(self._choices.language)

    def _report(self, progress: Progress) -> None:
        if self._activity is None:
            return
        done, total = progress.done, progress.total
        if progress.compared is not None:
            done, total = round(1000 * progress.compared), 1000
        elif progress.scanning or not progress.done or not progress.stage.measures:
            total = 0
        self._activity.report(
            done,
            total,
            title=progress_words.title(progress),
            figures=progress_words.figures(progress),
            pausable=progress.stage.measures,
        )

    @Slot()
    def _forget_faces(self) -> None:
        """Once forgotten, faces are only known after another analysis."""
        if not self._choices.preferences.faces:
            self._analysed_with = replace(self._analysed_with, faces=False)

    def _find_absent(self, absent: tuple[Path, ...]) -> None:
        self.absent = absent
        self.absent_changed.emit()


def _extent(progress: Progress) -> Extent:
    """How much was looked at, as an analysis tells that goes on."""
    return Extent(
        whole=False,
        going_on=True,
        done=progress.done,
        total=0 if progress.scanning else progress.total,
        comparing=progress.stage is Stage.COMPARING,
        percent=progress.percent,
    )
