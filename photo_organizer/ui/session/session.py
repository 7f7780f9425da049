"""The interface's one source of truth: what is analysed, marked, selected and running.

Views read the session and listen to its signals; none of them talks to the engine or to another
view. Everything slow runs in a `Task`; the store is opened there too, never on the GUI thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.events import Cancelled, Finished, Partial, Progress, Stage
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.browse.sort_filter import Columns
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.decisions import Mark, contents, marked
from photo_organizer.engine.domain.photos import PhotoDict, Photos
from photo_organizer.engine.domain.preferences import AUTO, Preferences
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw, Group, Ranked, Result, Skipped
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.files.folder_names import every_name
from photo_organizer.engine.judging.without_photos import without_photos
from photo_organizer.engine.storage.store import Store, StoreError
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.activities import Activities, Activity
from photo_organizer.ui.session.analysing import Absent, Analyze, Request, run_analysis
from photo_organizer.ui.session.clean_ups import CleanUps
from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.finder import Finder
from photo_organizer.ui.session.image_loader import ImageLoader
from photo_organizer.ui.session.last_result import LastResult, recall
from photo_organizer.ui.session.libraries import Libraries
from photo_organizer.ui.session.own_categories import OwnCategories
from photo_organizer.ui.session.preferences import PreferencesKeeper
from photo_organizer.ui.session.problems import Problems
from photo_organizer.ui.session.result_index import ResultIndex, gathered
from photo_organizer.ui.session.rotations import Rotations
from photo_organizer.ui.session.stars import Stars
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.words import language, progress_words

if TYPE_CHECKING:
    from photo_organizer.engine.judging.judge import Judge

log = logging.getLogger(__name__)

JUDGE_DELAY = 150
"""Milliseconds a slider rests before the stored facts are judged again."""

SAVE_DELAY = 300
"""Milliseconds after the last mark before the marks are saved."""


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
    absent_changed = Signal()
    """`absent` is another now."""
    skipped_changed = Signal()
    """`skipped` grew or was cleared."""
    marks_changed = Signal(object)
    """frozenset[int]: the ids of the photos whose mark changed."""
    current_changed = Signal(int)
    """The photo to show large; -1 for none."""
    selection_changed = Signal()
    """`selection` changed: what commands on photos act on."""
    language_changed = Signal(str)
    """`language` is another now."""
    message = Signal(str)
    """One sentence for the user: something happened or failed."""

    def __init__(self, analyze: Analyze = run_analysis, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._analyze = analyze
        self._make_parts()
        self._run: Task | None = None
        self._pause = PauseSwitch()
        self._activity: Activity | None = None
        self._outcome = ""
        self._queued: tuple[Path, ...] | None = None
        self._judged: Result | None = None
        self._gone: set[int] = set()
        self._marks: frozenset[int] = frozenset()
        self._judge: Judge | None = None
        self._judging: Task | None = None
        self._offered: tuple[Category, ...] | None = None
        self._changes: list[Callable[[Store], None]] = []
        self._judge_timer = self._timer(JUDGE_DELAY, self._judge_again)
        self._remembered, self._restored = set[Mark](), set[int]()
        self._unsaved: dict[Mark, bool] = {}
        self._saving: Task | None = None
        self._save_timer = self._timer(SAVE_DELAY, self._save_marks)
        self.folders: tuple[Path, ...] = ()
        self.absent: tuple[Path, ...] = ()
        """Those of the folders that the newest analysis did not find."""
        self.preferences = self._keeper.at_start
        self._analysed_with = self.preferences
        self.result: Result | None = None
        self.progress: Progress | None = None
        self.skipped: list[Skipped] = []
        self.current: int | None = None
        self.selection: tuple[int, ...] = ()
        """Ids of the photos that commands act on, in the order shown; the current one is among
        them, or they are none."""
        self.language = language.chosen(self.preferences.language)
        """What the window speaks: of sentences that come from the engine, for example."""
        self._judge_stale = False
        self.index = self._gathered = ResultIndex.of(None)
        """What is asked of the result photo by photo."""
        self._columns: Columns | None = None

    def _make_parts(self) -> None:
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self._tell_failure)
        self._keeper = PreferencesKeeper(self.tasks, self)
        self._keeper.told.connect(self.message)
        self.activities = Activities(self)
        """What takes time at present."""
        self.libraries = Libraries(self)
        """The folders the user works with, by name."""
        self.encoder_models = EncoderModels(self.tasks, self.activities, self)
        """The models of this machine."""
        self.encoder_models.arrived.connect(self._on_model)
        self.problems = Problems(self)
        """What could not be moved, brought back or exported; what was not analysed is `skipped`."""
        self.clean_ups = CleanUps(self)
        """Clean-ups and undos."""
        self.stars = Stars(self)
        """The user's stars, and how much the taste learned from them counts."""
        self.stars.changed.connect(self._on_ratings)
        self.own_categories = OwnCategories(self)
        """The categories there are, and which photos the user moved."""
        self.finder = Finder(self)
        """Finds photos by text or likeness."""
        self._recollection = LastResult(self)
        self.thumbnails = Thumbnails(self)
        self.images = ImageLoader()  # for every view: one bounded memory
        self.rotations = Rotations(self)

    def _timer(self, delay: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay)
        timer.timeout.connect(then)
        return timer

    # ------------------------------------------------------------------ what there is

    @property
    def running(self) -> bool:
        """Whether an analysis runs."""
        return self._run is not None

    @property
    def judge(self) -> Judge | None:
        """Who can judge the facts of the whole library again; None before they are all known."""
        return self._judge

    @property
    def complete(self) -> bool:
        """Whether the result answers for all photos: not a part of them, nor what was recalled."""
        return self._judge is not None and self._run is None

    @property
    def outdated(self) -> bool:
        """Whether preferences changed that only a new analysis of the folders follows."""
        return bool(self.folders) and self._analysed_with.analysis != self.preferences.analysis

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds in force."""
        return self.preferences.thresholds

    @property
    def marks(self) -> frozenset[int]:
        """Ids of the photos marked for the trash; all others are kept."""
        return self._marks

    @property
    def photos(self) -> Photos:
        """The photos of the result by id; empty while there is none."""
        return self.result.photos if self.result else PhotoDict()

    @property
    def columns(self) -> Columns:
        """What the photos of the result are sorted and filtered by."""
        if self._columns is None or self._columns.result is not self.result:
            known = self.result or Result.empty()
            self._columns = Columns(known, self.stars.by_content())
        return self._columns

    def flags_of(self, photo_id: int) -> tuple[Flag, ...]:
        """The flaws of a photo."""
        return self.index.flags.get(photo_id, ())

    def group_of(self, photo_id: int) -> Group | None:
        """The duplicate group of a photo."""
        return self.index.duplicates.of_photo.get(photo_id)

    def place_of(self, photo_id: int) -> tuple[int, Ranked] | None:
        """A photo's place among all highlights, from 1, and its scores."""
        return self.index.places.get(photo_id)

    def emptied_groups(self) -> list[Group]:
        """Groups of which every photo is marked: their last copy would go to the trash."""
        groups = self.result.groups if self.result else ()
        return [group for group in groups if self._marks.issuperset(group.photos)]

    def begin(self) -> None:
        """Once the window is visible: finish what an earlier session could not."""
        self._keeper.begin()
        self.clean_ups.recover()

    # ------------------------------------------------------------------ analysis

    def open_folders(self, folders: Sequence[Path]) -> None:
        """Analyse these folders instead of the present ones; a running analysis is cancelled."""
        if not folders:
            return
        if self._run is not None:
            self._queued = tuple(folders)
            self._run.cancel()
            return
        if not set(self.folders) <= set(folders):  # with more folders, what is known stays true
            self._forget()
            self._publish()
            self.absent = ()
            self.absent_changed.emit()
        self._gone.clear()
        self.folders = tuple(folders)
        self.skipped = []
        self.skipped_changed.emit()
        self._judge_stale = False
        self._restored.clear()
        self._analysed_with = self.preferences
        self._pause = PauseSwitch()
        request = Request(self.folders, self.preferences, self._pause)
        unsaved = self._take_unsaved()
        unknown = self._judged is None

        def work(cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                _save(unsaved, store)
                yield _Remembered(frozenset(store.marks()), store.decisions().ratings)
            if unknown:
                yield from gathered(recall(request.folders, request.preferences, cancel))
            yield from gathered(self._analyze(request, cancel))

        self._outcome = self.tr("The analysis ended early.")
        self._activity = self.activities.begin(
            progress_words.stage_title(Stage.LOADING), cancel=self.cancel, hold=self._hold
        )
        self._run = self.tasks.start(work, self._on_event, self._on_run_over)
        self.running_changed.emit(True)

    def look_for_absent(self) -> None:
        """Analyse again if a folder that was not there has come back: its drive is plugged in."""
        absent = self.absent
        if not absent or self.running:
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield any(folder.is_dir() for folder in absent)

        def look_again(found: bool) -> None:
            if found and self.absent == absent and not self.running:
                self.open_folders(self.folders)

        self.tasks.start(work, look_again)

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

    def close(self) -> None:
        """Stop everything and wait for it: call before the session goes away."""
        self._queued = None
        self._judge_timer.stop()
        self._save_timer.stop()
        self._recollection.stop()
        self.tasks.close()
        self._keeper.close()
        if self._changes or self._unsaved:
            try:
                self._save_all()
            except StoreError:
                log.exception("The last decisions could not be saved")  # nobody is left to tell
        self.thumbnails.close()
        self.images.close()

    def _save_all(self) -> None:
        """Save what was decided a moment ago: a few rows."""
        changes, self._changes = self._changes, []
        with Store(paths.store_path()) as store:
            _save(self._take_unsaved(), store)
            for change in changes:
                change(store)

    def _on_event(self, event: object) -> None:
        match event:
            case Progress():
                self.progress = event
                self._report(event)
                self.progress_changed.emit(event)
            case Skipped():
                self.skipped.append(event)
                self.skipped_changed.emit()
            case _Remembered(marks=marks, ratings=ratings):
                self._remembered = set(marks)
                self.stars.remember(ratings)
            case Absent(folders=folders):
                self.absent = folders
                self.absent_changed.emit()
            case ResultIndex():
                self._gathered = event
            case Partial(result=result) if len(result.photos) >= len(self.photos):
                # What was known of these folders stays until there is more.
                self._show(result)
                self._restore_marks(complete=False)
            case Finished(result=result, judge=judge):
                self._judge = judge
                self.skipped = list(result.skipped)
                self._show(result)
                self._restore_marks(complete=True)
                self.skipped_changed.emit()
                if self._judge_stale or self._analysed_with.judgement != self.preferences.judgement:
                    self._judge_timer.start(JUDGE_DELAY)
                count = len(result.photos)
                self._outcome = (
                    self.tr("1 photo is analysed.")
                    if count == 1
                    else self.tr("{:,} photos are analysed.").format(count)
                )
            case Cancelled():
                self._outcome = ""
                if self._queued is None:
                    self.message.emit(self.tr("Stopped. What was found so far is kept."))

    def _report(self, progress: Progress) -> None:
        if self._activity is None:
            return
        known = progress.stage is Stage.ANALYSING and progress.done and not progress.scanning
        self._activity.report(
            progress.done,
            progress.total if known else 0,
            title=progress_words.stage_title(progress.stage),
            figures=progress_words.figures(progress),
            pausable=progress.stage is not Stage.JUDGING,
        )

    def _on_run_over(self) -> None:
        self._run = None
        self.progress = None
        if self._activity is not None:
            activity, self._activity = self._activity, None
            activity.end(self._outcome if self._queued is None else "")
        self.running_changed.emit(False)
        if self._queued is not None:
            folders, self._queued = self._queued, None
            self.open_folders(folders)

    def _forget(self) -> None:
        self._judge = None
        self._judged = None
        self._gone.clear()

    @Slot(object)
    def _tell_failure(self, reason: Reason) -> None:
        self.message.emit(reason.text(self.language))

    @Slot(str)
    def _on_model(self, title: str) -> None:
        """A better model is there: look at the open photos with it, unless another was chosen."""
        if self.preferences.model != AUTO:
            self.message.emit(
                self.tr("{} is installed. You can choose it in the settings.").format(title)
            )
        elif self.folders:
            self.message.emit(
                self.tr("{} is installed. Your photos are looked at with it now.").format(title)
            )
            self.open_folders(self.folders)
        else:
            self.message.emit(self.tr("{} is installed.").format(title))

    # ------------------------------------------------------------------ marks

    def mark(self, ids: Iterable[int], marked: bool = True) -> None:
        """Mark photos for the trash, or keep them; nothing is moved before `clean_up`."""
        wanted = frozenset(ids) & self.photos.keys()
        changed = wanted - self._marks if marked else wanted & self._marks
        if changed:
            self._marks ^= changed
            self._remember(changed, marked)
            self.marks_changed.emit(changed)

    def keep_only(self, group: Group, photo_id: int) -> None:
        """Keep one photo of a group and mark all others."""
        self.mark([photo_id], False)
        self.mark(i for i in group.photos if i != photo_id)

    def prepare_safe(self) -> int:
        """Mark every photo that its group calls safe to remove; how many were newly marked."""
        before = len(self._marks)
        self.mark(self.index.duplicates.safe)
        return len(self._marks) - before

    @property
    def safe_left(self) -> int:
        """How many photos `prepare_safe` would mark."""
        return len(self.index.duplicates.safe - self._marks)

    def keep_all(self, group: Group) -> None:
        """Keep every photo of a group; the decision is remembered."""
        self.mark(group.photos, False)
        self.decide_reviewed(group)

    # ------------------------------------------------------------------ remembering marks

    def _remember(self, ids: Iterable[int], marked: bool) -> None:
        """Save marks soon: a restart or a crash must not cost an evening's decisions."""
        marks = {Mark.of(self.photos[i]) for i in ids}
        self._unsaved |= dict.fromkeys(marks, marked)
        if not marked:
            self._remembered -= marks
        self._save_timer.start()

    def _restore_marks(self, *, complete: bool) -> None:
        """Mark again what was marked in an earlier session, each photo once."""
        if not self._remembered:
            return
        found = marked(self._remembered, self.photos, complete=complete)
        new = found.keys() - self._restored
        self._restored |= new
        renamed = {found[i] for i in new} - {Mark.of(self.photos[i]) for i in new}
        self._unsaved |= dict.fromkeys(renamed, False)
        self.mark(new)

    def _take_unsaved(self) -> dict[Mark, bool]:
        unsaved, self._unsaved = self._unsaved, {}
        return unsaved

    @Slot()
    def _save_marks(self) -> None:
        if self._saving is not None:  # the later word must not be overtaken by the earlier one
            self._save_timer.start()
            return
        unsaved = self._take_unsaved()

        def work(_cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                _save(unsaved, store)
            yield from ()

        def over() -> None:
            self._saving = None

        self._saving = self.tasks.start(work, on_over=over)

    # ------------------------------------------------------------------ stars

    @Slot()
    def _on_ratings(self) -> None:
        if self._columns is not None:
            self._columns.rate(self.stars.by_content())

    # ------------------------------------------------------------------ selection

    def set_current(self, photo_id: int | None) -> None:
        """Choose the photo to show large; it alone is selected then."""
        if photo_id != self.current:
            self.current = photo_id
            self.current_changed.emit(-1 if photo_id is None else photo_id)
        self.set_selection(() if photo_id is None else (photo_id,))

    def set_selection(self, ids: Sequence[int]) -> None:
        """Choose the photos that commands act on: see `selection`."""
        if tuple(ids) != self.selection:
            self.selection = tuple(ids)
            self.selection_changed.emit()

    # ------------------------------------------------------------------ judging again

    def set_threshold(self, name: str, value: float) -> None:
        """Change a threshold ("duplicates.same"); stored facts are judged again shortly after."""
        self.set_preferences(self.preferences.with_threshold(name, value))

    def set_preferences(self, chosen: Preferences) -> None:
        """Follow and remember other preferences: keepers and protected folders at once."""
        before, self.preferences = self.preferences, chosen
        self._keeper.save(chosen)
        if chosen.judgement != before.judgement:
            self._judge_soon()
        if (spoken := language.chosen(chosen.language)) != self.language:
            self.language = spoken
            self.language_changed.emit(spoken)

    def offer(self, categories: Sequence[Category]) -> None:
        """Sort into other categories; stored facts are judged again shortly after."""
        self._offered = tuple(categories)
        self._judge_soon()

    def decide(self, change: Callable[[Store], None], rest: int = JUDGE_DELAY) -> None:
        """Write a decision into the store in the background, then judge again.

        What must be seen at once is shown by the caller (see `amend`): judging takes a moment.

        Args:
            change: writes the decision.
            rest: milliseconds without a further decision to wait for.
        """
        self._changes.append(change)
        self._judge_soon(rest)

    def decide_not_duplicates(self, group: Group) -> None:
        """Remember that the photos of a group are different ones; the group goes at once."""
        hashes = [self.photos[i].content_hash for i in group.photos]
        self.decide(lambda store: store.decide_not_duplicates(hashes))
        self.amend(lambda result: replace(result, groups=_except(result.groups, group)))

    def decide_reviewed(self, group: Group, reviewed: bool = True) -> None:
        """Remember that the user decided about a group, or take that back. Marks stay."""
        members = set(group.photos)
        known = self._judged or Result.empty()
        # What lies in the trash belonged to the group too, and may come back.
        whole = next((g for g in known.groups if not members.isdisjoint(g.photos)), None)
        if whole is None:
            return
        content = contents(whole, known.photos)
        self.decide(lambda store: store.decide_reviewed(content, reviewed))
        self.amend(
            lambda result: replace(
                result,
                groups=tuple(
                    g if members.isdisjoint(g.photos) else _reviewed(g, reviewed)
                    for g in result.groups
                ),
            )
        )

    def decide_fine(self, photo_id: int, flaw: Flaw, fine: bool = True) -> None:
        """Remember that a photo is fine, or take that back; its flag goes or comes at once.

        Copies of the photo follow when the photos are judged again, shortly after.
        """
        content = self.photos[photo_id].content_hash
        self.decide(lambda store: store.decide_fine(content, flaw, fine))
        self.amend(lambda result: _with_fine(result, (photo_id, flaw), fine))

    def amend(self, change: Callable[[Result], Result]) -> None:
        """Change the answers shown, until they are judged again."""
        if self._judged is not None and self.result is not None:
            shown_whole = self.result is self._judged
            self._judged = change(self._judged)
            self.result = self._judged if shown_whole else change(self.result)
            self.index = ResultIndex.of(self.result, self.index)
            self.result_changed.emit(self.result)

    def _judge_soon(self, rest: int = JUDGE_DELAY) -> None:
        self._judge_stale = True
        self._judge_timer.start(rest)

    def _judge_again(self) -> None:
        if self._judging is not None:
            self._judge_timer.start(JUDGE_DELAY)
            return
        changes, self._changes = self._changes, []
        judge, thresholds, chosen = self._judge, self.thresholds, self.preferences
        offered = self._offered

        def work(cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                for change in changes:
                    change(store)
                decisions = replace(store.decisions(), protected=every_name(chosen.protected))
            if judge is not None and not cancel.is_set():
                if offered is not None:
                    judge.offer(offered)
                result = judge.judge(thresholds, decisions, chosen.order)
                yield judge, ResultIndex.of(result)

        self._judging = self.tasks.start(work, self._on_judged, self._on_judging_over)

    def _on_judged(self, event: tuple[Judge, ResultIndex]) -> None:
        judge, lookup = event
        # A newer change or another folder is on its way: this answer would only flicker.
        if judge is self._judge and not self._judge_timer.isActive():
            self._judge_stale = False
            self._gathered = lookup
            self._show(lookup.result)

    def _on_judging_over(self) -> None:
        self._judging = None

    # ------------------------------------------------------------------ photos that left

    def part_with(self, gone: Iterable[int]) -> None:
        """Leave photos out of everything: they lie in the trash now."""
        left = set(gone)
        self._remember(left & self.photos.keys(), False)
        self._gone |= left
        self._publish()

    def take_back(self, places: Collection[Path]) -> None:
        """Show photos again that are back in these places."""
        known = self._judged.photos if self._judged else {}
        self._gone -= {i for i in self._gone if i in known and known[i].path in places}
        self._publish()

    # ------------------------------------------------------------------ demo album

    def make_demo(self, made: Callable[[Path | None], None]) -> None:
        """Make the demo album in the background; `made` gets its folder, None when that failed."""
        folders: list[Path] = []

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.demo.album import make_demo_album

            yield make_demo_album(paths.data_dir() / "Demo album")

        self.tasks.start(work, folders.append, lambda: made(folders[0] if folders else None))

    # ------------------------------------------------------------------ publishing

    def _show(self, result: Result) -> None:
        self._judged = result
        self._publish()

    def _publish(self) -> None:
        self.result = without_photos(self._judged, self._gone) if self._judged else None
        if self._gathered.result is not self.result:
            self._gathered = ResultIndex.of(self.result, self.index)
        self.index = self._gathered
        unmarked = self._marks - self.photos.keys()
        self._marks -= unmarked
        self.result_changed.emit(self.result)
        if unmarked:
            self.marks_changed.emit(unmarked)
        if self.current is not None and self.current not in self.photos:
            self.set_current(None)
        self.set_selection([i for i in self.selection if i in self.photos])


def _save(unsaved: Mapping[Mark, bool], store: Store) -> None:
    for wanted in (False, True):
        store.set_marks([mark for mark, marked in unsaved.items() if marked is wanted], wanted)


def _reviewed(group: Group, reviewed: bool) -> Group:
    """The group as it is judged again shortly after: nothing in a reviewed one is safe."""
    safe = (False,) * len(group.photos) if reviewed else group.safe
    return replace(group, reviewed=reviewed, safe=safe)


@dataclass(frozen=True, slots=True)
class _Remembered:
    """The first event of an analysis: marks and stars of earlier sessions."""

    marks: frozenset[Mark]
    ratings: Mapping[bytes, int]


def _with_fine(result: Result, subject: tuple[int, Flaw], fine: bool) -> Result:
    """The flag of one photo moved to those called fine, or back among the flags."""
    source, target = (result.flags, result.fine) if fine else (result.fine, result.flags)
    moved = [flag for flag in source if (flag.photo, flag.flaw) == subject]
    rest = tuple(flag for flag in source if (flag.photo, flag.flaw) != subject)
    order = {flaw: number for number, flaw in enumerate(Flaw)}
    grown = tuple(sorted((*target, *moved), key=lambda flag: (order[flag.flaw], -flag.score)))
    flags, kept = (rest, grown) if fine else (grown, rest)
    return replace(result, flags=flags, fine=kept)


def _except(groups: Sequence[Group], unwanted: Group) -> tuple[Group, ...]:
    members = set(unwanted.photos)
    return tuple(group for group in groups if members.isdisjoint(group.photos))
