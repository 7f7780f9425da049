"""Moves photos to the trash and back, in the background, for the session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine import paths
from photo_organizer.engine.cleanup import planning
from photo_organizer.engine.cleanup.events import CleanedUp, Moved, Restored, Stayed
from photo_organizer.engine.cleanup.filing import plan_into
from photo_organizer.engine.cleanup.journal import Batch, Freed
from photo_organizer.engine.cleanup.planning import Plan
from photo_organizer.engine.cleanup.system_trash import move_to_trash
from photo_organizer.engine.cleanup.trash import Trash
from photo_organizer.engine.cleanup.trash import beside as into_dated_folders
from photo_organizer.engine.domain.decision_keys import mark_of
from photo_organizer.engine.domain.operations import Deed as Done
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.domain.steps import Step, Steps, Subject
from photo_organizer.engine.worker import Task, Work
from photo_organizer.ui.session.activities import Activities
from photo_organizer.ui.session.analysis_run import AnalysisRun
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.history import History
from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.problems import Deed, Problems
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks


class CleanUps(QObject):
    """The session's clean-ups and undos; never two at once."""

    busy_changed = Signal(bool)
    """Photos are being moved to the trash or brought back."""
    freed_changed = Signal()
    """`freed` is another now."""
    moved = Signal(object)
    """What became of one photo: see `photo_organizer.engine.cleanup.trash`."""
    message = Signal(str)
    """One sentence for the user."""

    def __init__(
        self,
        *,
        choices: Choices,
        shown: ShownResult,
        marks: Marks,
        analysis: AnalysisRun,
        problems: Problems,
        history: History,
        tasks: Tasks,
        activities: Activities,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._marks = marks
        self._analysis = analysis
        self._problems = problems
        self._history = history
        history.clean_up_wanted_back.connect(self.undo)
        self._tasks = tasks
        self._activities = activities
        self._task: Task | None = None
        self.busy = False
        self.freed = Freed(0, 0)
        """What all clean-ups have freed that were not undone, as far as is known."""

    def plan(self, allow_last_copy: bool = False) -> Plan:
        """What cleaning up the marked photos would do; nothing is touched."""
        return self._tasks.wait_for(self._planner(allow_last_copy))

    def plan_soon(self, then: Callable[[Plan], object], allow_last_copy: bool = False) -> None:
        """See `plan`: with thousands of marks it takes seconds, and nobody waits here for it.

        Args:
            then: gets the plan.
            allow_last_copy: let a group go as a whole.
        """
        look = self._planner(allow_last_copy)

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield look()

        def take(plan: object) -> None:
            assert isinstance(plan, Plan)
            then(plan)

        self._tasks.start(work, take)

    def _planner(self, allow_last_copy: bool) -> Callable[[], Plan]:
        """Plans with the marks of this moment, on whichever thread."""
        chosen = [i for i in self._shown.photos if i in self._marks]
        known = self._shown.result or Result.empty()
        protected = self._choices.preferences.protected

        def look() -> Plan:
            # Imported here: it knows what is a picture, and loads what that takes.
            from photo_organizer.engine.duplicates import unit_files

            plan = planning.plan(
                chosen,
                known,
                protected=protected,
                unit_files=unit_files.find(chosen, known.photos),
                allow_last_copy=allow_last_copy,
            )
            # What the sheet asks first is known when it gets the plan.
            _ = plan.by_folder, plan.size, plan.kept, plan.unit_files, plan.sidecars
            return plan

        return look

    def clean_up(self, plan: Plan, *, beside: bool = False) -> None:
        """Move the photos of a plan to the trash in the background; they leave the result.

        Args:
            plan: see `plan`.
            beside: for drives without a trash: into dated folders beside the photos.
        """
        photos, outcome = self._shown.photos, _Outcome()
        folders, carry = self._analysis.folders, self.carries_metadata

        def work(cancel: threading.Event) -> Iterator[object]:
            mover = into_dated_folders(folders) if beside else move_to_trash
            return Trash(paths.store_path(), mover, sidecars=carry).clean_up(plan, cancel)

        def over() -> str:
            self._problems.replace(Deed.TRASH, outcome.stayed)
            count = len(outcome.moved)
            left = photos.at(outcome.files_of(plan)).values()
            steps = self._marks.leave(left)
            if outcome.batch is not None:
                number = str(outcome.batch)
                steps = steps.and_also(
                    [Step(Subject.CLEAN_UP, number, before=False, after=count > 0)]
                )
            self._history.record(Done.CLEAN_UP, steps, count=count, everywhere=True)
            self._shown.part_with(left)
            return self._moved_sentence(count, outcome.reasons)

        self._run(work, outcome.take, over, self.tr("Moving photos to the trash…"))

    @Slot(int)
    def undo(self, number: int) -> None:
        """Bring back what a clean-up moved, also one of an earlier session.

        Args:
            number: of the clean-up, in the journal.
        """
        outcome = _Outcome()

        def over() -> str:
            back = outcome.back
            self._problems.replace(Deed.RESTORE, outcome.stayed)
            in_place = {event.path for event in back if event.place == event.path}
            self._shown.take_back(in_place)
            self._mark_again(number, in_place)
            shown = self._shown.photos.at([event.place for event in back])
            if any(event.place not in shown and self._is_ours(event.place) for event in back):
                self._analysis.again()
            return self._restored_sentence(len(back), outcome.reasons)

        self._run(
            lambda cancel: Trash(paths.store_path()).undo(number, cancel),
            outcome.take,
            over,
            self.tr("Bringing photos back…"),
            lambda: self._history.clean_up_tried(number),
        )

    def _mark_again(self, number: int, places: Collection[Path]) -> None:
        """Photos that are back are marked as they were before the clean-up."""
        operation = self._history.clean_up_of(number)
        marks = Steps.of(operation.steps).about({Subject.MARK}) if operation else ()
        back = Steps(step for step in marks if mark_of(step.key).path in places)
        self._history.apply(back, back=True)

    @property
    def carries_metadata(self) -> bool:
        """Whether what only a removed copy knows (rating, caption…) is written beside the kept one.

        Into an XMP sidecar, never into a photo. Remembered over restarts.
        """
        return self._choices.preferences.sidecars

    @carries_metadata.setter
    def carries_metadata(self, carries: bool) -> None:
        chosen = self._choices.preferences
        self._choices.set_preferences(replace(chosen, sidecars=carries))

    def plan_move(self, ids: Collection[int], folder: Path) -> Plan:
        """What moving photos into a folder would do; nothing is touched."""
        known = self._shown.result or Result.empty()
        chosen = [i for i in ids if i in known.photos]
        protected = self._choices.preferences.protected

        def look() -> Plan:
            # Imported here: it knows what is a picture, and loads what that takes.
            from photo_organizer.engine.duplicates import unit_files

            together = unit_files.find(chosen, known.photos)
            return plan_into(folder, chosen, known, protected=protected, unit_files=together)

        return self._tasks.wait_for(look)

    def move_into(self, folder: Path, plan: Plan) -> None:
        """Move the photos of a plan of `plan_move` in the background; undone as a clean-up is."""
        photos, outcome = self._shown.photos, _Outcome()

        def over() -> str:
            self._problems.replace(Deed.MOVE, outcome.stayed)
            ids = photos.at(outcome.files_of(plan))
            self._shown.move({i: folder / path.name for path, i in ids.items()})
            if outcome.moved:
                self._analysis.again()  # the store learns where they are now
            count = len(outcome.moved)
            there = self.tr("%Ln photos are in {} now.", "", count).format(folder.name)
            return f"{there} {self._stayed_sentence(outcome.reasons)}".strip()

        self._run(
            lambda cancel: Trash(paths.store_path()).move_into(folder, plan, cancel),
            outcome.take,
            over,
            self.tr("Moving photos…"),
        )

    def stop(self) -> None:
        """Stop a clean-up or undo after the photo it is at; what is moved stays moved."""
        if self._task is not None:
            self._task.cancel()

    def recover(self) -> None:
        """Complete the journal of clean-ups after a crash, and look whether one can be undone."""
        self._run(lambda _: Trash(paths.store_path()).recover(), lambda _: None, lambda: "")

    def _run(
        self,
        moves: Work,
        tell: Callable[[object], None],
        over: Callable[[], str],
        title: str = "",
        after: Callable[[], object] = lambda: None,
    ) -> None:
        """Run one generator of the trash; never two at once.

        Args:
            moves: makes the generator.
            tell: gets its events.
            over: called at its end; says what came out of it.
            title: what is done, for the status area; "" for what nobody waits for.
            after: called when the history knows what the journal says now.
        """
        if self.busy:
            return
        activity = self._activities.begin(title, cancel=self.stop) if title else None
        journal: list[_Journal] = []

        def work(cancel: threading.Event) -> Iterator[object]:
            yield from moves(cancel)
            trash = Trash(paths.store_path())
            yield _Journal(tuple(trash.batches()), trash.freed())

        def on_event(event: object) -> None:
            if isinstance(event, _Journal):
                journal.append(event)
                self.freed = event.freed
                self.freed_changed.emit()
                return
            tell(event)
            if activity is not None and isinstance(event, Moved | Stayed | Restored):
                activity.report(event.done, event.total)
            self.moved.emit(event)

        def on_over() -> None:
            self.busy = self._history.busy = False
            self._task = None
            sentence = over()
            for known in journal:
                self._history.settle_clean_ups(known.batches)
            after()
            if activity is not None:
                activity.end(sentence)
            if sentence:
                self.message.emit(sentence)
            self.busy_changed.emit(False)

        self.busy = self._history.busy = True
        self.busy_changed.emit(True)
        self._task = self._tasks.start(work, on_event, on_over)

    def _is_ours(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self._analysis.folders)

    def _moved_sentence(self, count: int, stayed: Sequence[Reason]) -> str:
        moved = self.tr("%Ln photos were moved to the trash.", "", count)
        return f"{moved} {self._stayed_sentence(stayed)}".strip()

    def _restored_sentence(self, count: int, stayed: Sequence[Reason]) -> str:
        back = self.tr("%Ln photos are back.", "", count)
        if not stayed:
            return back
        could_not = self.tr("%Ln could not be brought back: {}", "", len(stayed))
        if not count:
            return could_not.format(self._reasons(stayed))
        return f"{back} {could_not.format(self._reasons(stayed))}"

    def _stayed_sentence(self, stayed: Sequence[Reason]) -> str:
        if not stayed:
            return ""
        could_not = self.tr("%Ln could not be moved: {}", "", len(stayed))
        return could_not.format(self._reasons(stayed))

    def _reasons(self, stayed: Sequence[Reason]) -> str:
        """Each of the reasons once."""
        return "; ".join(dict.fromkeys(reason.text(self._choices.language) for reason in stayed))


@dataclass(slots=True)
class _Outcome:
    """What a run of the trash has told so far."""

    moved: list[Path] = field(default_factory=list)
    """Photos, from where they lay."""
    back: list[Restored] = field(default_factory=list)
    stayed: list[tuple[Path, Reason]] = field(default_factory=list)
    batch: int | None = None
    """The number of the clean-up."""

    def take(self, event: object) -> None:
        """Remember what an event tells."""
        match event:
            case Moved(path=path):
                self.moved.append(path)
            case Restored():
                self.back.append(event)
            case Stayed(path=path, reason=reason):
                self.stayed.append((path, reason))
            case CleanedUp(batch=int(number)):
                self.batch = number

    @property
    def reasons(self) -> list[Reason]:
        """Why some stayed."""
        return [reason for _, reason in self.stayed]

    def files_of(self, plan: Plan) -> list[Path]:
        """The photos of a plan that moved, each with the files of its unit."""
        together = {removal.photo.path: removal.unit_files for removal in plan.removals}
        return [file for path in self.moved for file in (path, *together[path])]


@dataclass(frozen=True, slots=True)
class _Journal:
    """The last event of every run of the trash: all clean-ups so far."""

    batches: tuple[Batch, ...]
    freed: Freed
