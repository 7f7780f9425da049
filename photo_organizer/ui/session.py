"""The interface's one source of truth: what is analysed, marked, selected and running.

Views read the session and listen to its signals; none of them talks to the engine or to another
view. Everything slow runs in a `Task`; the store is opened there too, never on the GUI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from photo_organizer.engine.events import Cancelled, Finished, Partial, Progress
from photo_organizer.engine.facts import Photo
from photo_organizer.engine.results import Flag, Flaw, Group, Reason, Result, Skipped
from photo_organizer.engine.settings import Settings
from photo_organizer.engine.worker import Task, Work
from photo_organizer.ui.thumbnails import Thumbnails, disk_cache

if TYPE_CHECKING:
    from photo_organizer.engine.judging import Judge
    from photo_organizer.engine.store import Store

JUDGE_DELAY = 150
"""Milliseconds a slider rests before the stored facts are judged again."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to analyse."""

    folders: tuple[Path, ...]
    settings: Settings
    protected: tuple[Path, ...]


Analyze = Callable[[Request, threading.Event], Iterator[object]]
"""Runs one analysis as a generator of engine events."""


def run_analysis(request: Request, cancel: threading.Event) -> Iterator[object]:
    """The engine's analysis; imported here, so the window is visible before it is."""
    from photo_organizer.engine.analysis import Options, analyze

    cache = disk_cache()
    yield from analyze(
        Options(
            folders=request.folders,
            protected=request.protected,
            settings=request.settings,
            thumbnails=cache,
        ),
        cancel,
    )
    cache.trim()


def without(result: Result, gone: Iterable[int]) -> Result:
    """The same answers when the photos `gone` are no longer there; nothing is judged anew.

    A group of which one photo is left vanishes. A group that lost its keeper is led by the next
    of its photos, and nothing in it counts as safe any more: its evidence was the lost keeper.
    """
    lost = frozenset(gone) & result.photos.keys()
    if not lost:
        return result
    return replace(
        result,
        photos={i: photo for i, photo in result.photos.items() if i not in lost},
        categories={
            name: tuple(i for i in ids if i not in lost) for name, ids in result.categories.items()
        },
        groups=tuple(g for group in result.groups if (g := _shrunk(group, lost)) is not None),
        highlights={
            name: tuple(r for r in ranked if r.photo not in lost)
            for name, ranked in result.highlights.items()
        },
        flags=tuple(flag for flag in result.flags if flag.photo not in lost),
    )


def _shrunk(group: Group, lost: frozenset[int]) -> Group | None:
    kept = [i for i, photo in enumerate(group.photos) if photo not in lost]
    if len(kept) < 2:
        return None
    if len(kept) == len(group.photos):
        return group
    shrunk = replace(
        group,
        photos=tuple(group.photos[i] for i in kept),
        similarities=tuple(group.similarities[i] for i in kept),
        safe=tuple(group.safe[i] for i in kept),
    )
    if group.keeper not in lost:
        return shrunk
    return replace(
        shrunk,
        keeper=shrunk.photos[0],
        reason=Reason("window.next_keeper"),
        similarities=(1.0, *shrunk.similarities[1:]),
        safe=(False,) * len(kept),
    )


class Session(QObject):
    """What the window shows and does.

    Args:
        analyze: runs the analysis; tests put a short generator here.
    """

    result_changed = Signal(object)
    """The new `Result`, or None when there is none."""
    progress_changed = Signal(object)
    """A `Progress` of the running analysis."""
    running_changed = Signal(bool)
    """An analysis started or ended."""
    skipped_changed = Signal()
    """`skipped` grew or was cleared."""
    marks_changed = Signal(object)
    """frozenset[int]: the ids of the photos whose mark changed."""
    current_changed = Signal(int)
    """The photo to show large; -1 for none."""
    busy_changed = Signal(bool)
    """Photos are being moved to the trash or brought back."""
    undoable_changed = Signal(bool)
    """Whether `undo_last` has something to bring back."""
    message = Signal(str)
    """One sentence for the user: something happened or failed."""

    def __init__(self, analyze: Analyze = run_analysis, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._analyze = analyze
        self._jobs: set[_Job] = set()
        self._run: Task | None = None
        self._queued: tuple[Path, ...] | None = None
        self._judged: Result | None = None
        self._gone: set[int] = set()
        self._marks: set[int] = set()
        self._judge: Judge | None = None
        self._judging: Task | None = None
        self._judge_stale = False
        self._changes: list[Callable[[Store], None]] = []
        self._judge_timer = QTimer(self)
        self._judge_timer.setSingleShot(True)
        self._judge_timer.setInterval(JUDGE_DELAY)
        self._judge_timer.timeout.connect(self._judge_again)
        self.thumbnails = Thumbnails(self)
        self.folders: tuple[Path, ...] = ()
        self.settings = Settings()
        self.protected: tuple[Path, ...] = ()
        self.result: Result | None = None
        self.progress: Progress | None = None
        self.skipped: list[Skipped] = []
        self.current: int | None = None
        self.language = "en"
        self.busy = False
        self.undoable = False
        self._flags: dict[int, tuple[Flag, ...]] = {}
        self._groups: dict[int, Group] = {}

    # ------------------------------------------------------------------ what there is

    @property
    def running(self) -> bool:
        """Whether an analysis runs."""
        return self._run is not None

    @property
    def marks(self) -> frozenset[int]:
        """Ids of the photos marked for the trash; all others are kept."""
        return frozenset(self._marks)

    @property
    def photos(self) -> Mapping[int, Photo]:
        """The photos of the result by id; empty while there is none."""
        return self.result.photos if self.result else {}

    def flags_of(self, photo_id: int) -> tuple[Flag, ...]:
        """The flaws of a photo."""
        return self._flags.get(photo_id, ())

    def group_of(self, photo_id: int) -> Group | None:
        """The duplicate group of a photo."""
        return self._groups.get(photo_id)

    def emptied_groups(self) -> list[Group]:
        """Groups of which every photo is marked: their last copy would go to the trash."""
        groups = self.result.groups if self.result else ()
        return [group for group in groups if self._marks.issuperset(group.photos)]

    # ------------------------------------------------------------------ analysis

    def open_folders(self, folders: Sequence[Path]) -> None:
        """Analyse these folders instead of the present ones; a running analysis is cancelled."""
        if not folders:
            return
        if self._run is not None:
            self._queued = tuple(folders)
            self._run.cancel()
            return
        if tuple(folders) != self.folders:
            self._forget()
            self._publish()
        self.folders = tuple(folders)
        self.skipped = []
        self.skipped_changed.emit()
        self._judge_stale = False
        request = Request(self.folders, self.settings, self.protected)
        self._run = self._start(
            lambda cancel: self._analyze(request, cancel), self._on_event, self._on_run_over
        )
        self.running_changed.emit(True)

    def show(self, result: Result) -> None:
        """Show a result that was made elsewhere."""
        self._forget()
        self.skipped = list(result.skipped)
        self._show(result)
        self.skipped_changed.emit()

    def cancel(self) -> None:
        """Stop the analysis soon; what is known so far stays."""
        self._queued = None
        if self._run is not None:
            self._run.cancel()

    def close(self) -> None:
        """Stop everything and wait for it: call before the session goes away."""
        self._queued = None
        self._judge_timer.stop()
        for job in self._jobs:
            job.task.cancel()
        for job in self._jobs:
            job.task.wait()
        self.thumbnails.close()

    def _on_event(self, event: object) -> None:
        match event:
            case Progress():
                self.progress = event
                self.progress_changed.emit(event)
            case Skipped():
                self.skipped.append(event)
                self.skipped_changed.emit()
            case Partial(result=result):
                self._show(result)
            case Finished(result=result, judge=judge):
                self._judge = judge
                self.skipped = list(result.skipped)
                self._show(result)
                self.skipped_changed.emit()
                if self._judge_stale:
                    self._judge_timer.start()
            case Cancelled() if self._queued is None:
                self.message.emit(self.tr("Stopped. What was found so far is kept."))

    def _on_run_over(self) -> None:
        self._run = None
        self.progress = None
        self.running_changed.emit(False)
        if self._queued is not None:
            folders, self._queued = self._queued, None
            self.open_folders(folders)

    def _forget(self) -> None:
        self._judge = None
        self._judged = None
        self._gone.clear()

    # ------------------------------------------------------------------ marks

    def mark(self, ids: Iterable[int], marked: bool = True) -> None:
        """Mark photos for the trash, or keep them; nothing is moved before `clean_up`."""
        wanted = set(ids) & self.photos.keys()
        changed = wanted - self._marks if marked else wanted & self._marks
        if changed:
            self._marks ^= changed
            self.marks_changed.emit(frozenset(changed))

    def keep_only(self, group: Group, photo_id: int) -> None:
        """Keep one photo of a group and mark all others."""
        self.mark([photo_id], False)
        self.mark(i for i in group.photos if i != photo_id)

    def prepare_safe(self) -> int:
        """Mark every photo that its group calls safe to remove; how many were newly marked."""
        before = len(self._marks)
        groups = self.result.groups if self.result else ()
        self.mark(
            photo
            for group in groups
            for photo, safe in zip(group.photos, group.safe, strict=True)
            if safe
        )
        return len(self._marks) - before

    # ------------------------------------------------------------------ selection

    def set_current(self, photo_id: int | None) -> None:
        """Choose the photo to show large."""
        if photo_id != self.current:
            self.current = photo_id
            self.current_changed.emit(-1 if photo_id is None else photo_id)

    # ------------------------------------------------------------------ judging again

    def set_threshold(self, name: str, value: float) -> None:
        """Change a threshold ("duplicates.same"); stored facts are judged again shortly after."""
        self.settings = self.settings.with_change(name, value)
        self._judge_soon()

    def decide_not_duplicates(self, group: Group) -> None:
        """Remember that the photos of a group are different ones; the group goes at once."""
        hashes = [self.photos[i].content_hash for i in group.photos]
        self._changes.append(lambda store: store.decide_not_duplicates(hashes))
        self._amend(lambda result: replace(result, groups=_except(result.groups, group)))

    def decide_fine(self, photo_id: int, flaw: Flaw) -> None:
        """Remember that a photo is fine as it is; its flag goes at once."""
        content = self.photos[photo_id].content_hash
        self._changes.append(lambda store: store.decide_fine(content, flaw))
        self._amend(
            lambda result: replace(
                result,
                flags=tuple(f for f in result.flags if (f.photo, f.flaw) != (photo_id, flaw)),
            )
        )

    def _amend(self, change: Callable[[Result], Result]) -> None:
        if self._judged is not None and self.result is not None:
            self._judged = change(self._judged)
            self.result = change(self.result)
            self._index()
            self.result_changed.emit(self.result)
        self._judge_soon()

    def _judge_soon(self) -> None:
        self._judge_stale = True
        self._judge_timer.start()

    def _judge_again(self) -> None:
        if self._judging is not None:
            self._judge_timer.start()
            return
        changes, self._changes = self._changes, []
        judge, settings, protected = self._judge, self.settings, self.protected

        def work(cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.paths import data_dir
            from photo_organizer.engine.store import Store

            with Store(data_dir() / "library.sqlite") as store:
                for change in changes:
                    change(store)
                decisions = replace(store.decisions(), protected=protected)
            if judge is not None and not cancel.is_set():
                yield judge, judge.judge(settings, decisions)

        self._judging = self._start(work, self._on_judged, self._on_judging_over)

    def _on_judged(self, event: tuple[Judge, Result]) -> None:
        judge, result = event
        # A newer change or another folder is on its way: this answer would only flicker.
        if judge is self._judge and not self._judge_timer.isActive():
            self._judge_stale = False
            self._show(result)

    def _on_judging_over(self) -> None:
        self._judging = None

    # ------------------------------------------------------------------ demo album

    def make_demo(self, made: Callable[[Path | None], None]) -> None:
        """Make the demo album in the background; `made` gets its folder, None when that failed."""
        folders: list[Path] = []

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.demo import make_demo_album
            from photo_organizer.engine.paths import data_dir

            yield make_demo_album(data_dir() / "Demo album")

        self._start(work, folders.append, lambda: made(folders[0] if folders else None))

    # ------------------------------------------------------------------ publishing

    def _show(self, result: Result) -> None:
        self._judged = result
        self._publish()

    def _publish(self) -> None:
        self.result = without(self._judged, self._gone) if self._judged else None
        self._index()
        unmarked = self._marks - self.photos.keys()
        self._marks -= unmarked
        self.result_changed.emit(self.result)
        if unmarked:
            self.marks_changed.emit(frozenset(unmarked))
        if self.current is not None and self.current not in self.photos:
            self.set_current(None)

    def _index(self) -> None:
        flags: dict[int, tuple[Flag, ...]] = {}
        for flag in self.result.flags if self.result else ():
            flags[flag.photo] = (*flags.get(flag.photo, ()), flag)
        self._flags = flags
        groups = self.result.groups if self.result else ()
        self._groups = {photo: group for group in groups for photo in group.photos}

    # ------------------------------------------------------------------ tasks

    def _start(
        self, work: Work, on_event: Callable[..., None], on_over: Callable[[], None]
    ) -> Task:
        """Run `work`; `on_over` follows its last event, whether it ended or failed."""
        job = _Job(Task(work, self), on_event, on_over, self)
        self._jobs.add(job)
        job.over.connect(self._jobs.discard)
        job.task.failed.connect(self.message)
        job.task.start()
        return job.task


class _Job(QObject):
    """A running task and its listeners; a `QObject`, so that they are called on its own thread."""

    over = Signal(object)

    def __init__(
        self,
        task: Task,
        on_event: Callable[..., None],
        on_over: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.task = task
        self._on_event = on_event
        self._on_over = on_over
        task.event.connect(self._tell)
        task.finished.connect(self._end)

    @Slot(object)
    def _tell(self, event: object) -> None:
        self._on_event(event)

    @Slot()
    def _end(self) -> None:
        self.over.emit(self)
        self.task.deleteLater()
        self.deleteLater()
        self._on_over()


def _except(groups: Sequence[Group], unwanted: Group) -> tuple[Group, ...]:
    members = set(unwanted.photos)
    return tuple(group for group in groups if members.isdisjoint(group.photos))
