"""The interface's one source of truth, put together from its parts.

Views read the parts and listen to their signals; what they want changed they ask of a part.
Whatever is slow or opens the store runs in a `Task` or on threads of its own; only `close` waits
for it. A part gets the other parts that it needs, not the session.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine import paths
from photo_organizer.engine.domain.preferences import AUTO
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.storage import rescue
from photo_organizer.ui.session.activities import Activities
from photo_organizer.ui.session.analysis_request import Analyze, run_analysis
from photo_organizer.ui.session.analysis_run import AnalysisRun, Remembered
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.clean_ups import CleanUps
from photo_organizer.ui.session.computer_watch import ComputerWatch
from photo_organizer.ui.session.computers_told import ComputersTold
from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.face_closeups import FaceCloseups
from photo_organizer.ui.session.face_keeping import FaceKeeping
from photo_organizer.ui.session.folder_rules import FolderRules
from photo_organizer.ui.session.history import History
from photo_organizer.ui.session.image_loader import ImageLoader
from photo_organizer.ui.session.judging import Judging
from photo_organizer.ui.session.last_result import LastResult
from photo_organizer.ui.session.libraries import Libraries
from photo_organizer.ui.session.marks import Marks
from photo_organizer.ui.session.moved_along import MovedAlong
from photo_organizer.ui.session.own_categories import OwnCategories
from photo_organizer.ui.session.photo_finder import PhotoFinder
from photo_organizer.ui.session.preferences import PreferencesKeeper
from photo_organizer.ui.session.problems import Problems
from photo_organizer.ui.session.rotations import Rotations
from photo_organizer.ui.session.selection import Selection
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.stars import Stars
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.thumbnails import Thumbnails
from photo_organizer.ui.session.user_decisions import UserDecisions
from photo_organizer.ui.session.watched_folders import WatchedFolders
from photo_organizer.ui.session.write_queue import WriteQueue


class Session(QObject):
    """Makes the parts, wires them, and ends them in order.

    Args:
        analyze: runs the analysis; tests put a short generator here.
    """

    message = Signal(str)
    """One sentence for the user: something happened or failed."""

    store_told = Signal(object)
    """A `Reason`: what happened to the store, which people should know for longer."""

    store_tried = Signal()
    """What was decided was stored, or could not be: see `unstored`."""

    def __init__(self, analyze: Analyze = run_analysis, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_work()
        self._make_answers()
        self.analysis = AnalysisRun(
            analyze,
            choices=self.choices,
            shown=self.shown,
            judging=self.judging,
            tasks=self.tasks,
            activities=self.activities,
            parent=self,
        )
        """The folders that are open, and their analysis."""
        self.clean_ups = CleanUps(
            choices=self.choices,
            shown=self.shown,
            marks=self.marks,
            analysis=self.analysis,
            problems=self.problems,
            history=self.history,
            tasks=self.tasks,
            activities=self.activities,
            parent=self,
        )
        """Clean-ups and undos."""
        self.watched_folders = WatchedFolders(
            choices=self.choices,
            shown=self.shown,
            analysis=self.analysis,
            activities=self.activities,
            tasks=self.tasks,
            parent=self,
        )
        """The open folders are watched for what other programs do there."""
        self.computers = ComputerWatch(self.analysis, self.tasks, self)
        """The other computers that look into photos, as they are."""
        self.computers_told = ComputersTold(self.analysis, self)
        """What people should hear of them."""
        self._face_keeping = FaceKeeping(self.choices, self.analysis, self.tasks, self)
        self._last_result = LastResult(self.choices, self.shown, self.analysis, self.tasks, self)
        self._make_pictures()
        self._wire()
        self._listening = ExitStack()
        # Told on whichever thread opens the store: a signal brings it to this one.
        self._listening.enter_context(rescue.telling(self.store_told.emit))

    def _make_work(self) -> None:
        self.tasks = Tasks(self)
        self.activities = Activities(self)
        """What takes time at present."""
        self._keeper = PreferencesKeeper(self.tasks, self)
        self.choices = Choices(self._keeper, self)
        """Preferences, thresholds and the window's language."""
        self.libraries = Libraries(self)
        """The folders the user works with, by name."""
        self.encoder_models = EncoderModels(self.tasks, self.activities, self)
        """The models of this machine."""
        self.problems = Problems(self)
        """What could not be moved, brought back or exported; what was not analysed is
        `AnalysisRun.skipped`."""
        self._writes = WriteQueue(self.tasks, self)

    def _make_answers(self) -> None:
        self.shown = ShownResult(self)
        """The answers all views show."""
        self.judging = Judging(self.choices, self.shown, self._writes, self.tasks, self)
        """Answers follow what is chosen and decided."""
        self.history = History(self._writes, self.judging, self.tasks, self)
        """What was done, and can be taken back."""
        self.marks = Marks(self.shown, self._writes, self.history, self)
        """The photos marked for the trash."""
        self.selection = Selection(self.shown, self)
        """The photos that commands act on."""
        self.decisions = UserDecisions(self.shown, self.marks, self.history, self)
        """What the user decides about groups and flaws."""
        self.stars = Stars(self.choices, self.shown, self.history, self)
        """The user's stars, and how much the taste learned from them counts."""
        self.own_categories = OwnCategories(
            choices=self.choices,
            shown=self.shown,
            writes=self._writes,
            judging=self.judging,
            history=self.history,
            tasks=self.tasks,
            parent=self,
        )
        """The categories there are, and which photos the user moved."""
        self.moved_along = MovedAlong(self.history, self.shown, self.judging, self)
        """Photos that followed those that the user moved."""
        FolderRules(self.choices, self.history, self)
        self.finder = PhotoFinder(self.choices, self.shown, self.judging, self.tasks, self)
        """Finds photos by text or likeness."""

    def _make_pictures(self) -> None:
        self.thumbnails = Thumbnails(self)
        self.images = ImageLoader()  # for every view: one bounded memory
        self.closeups = FaceCloseups()
        """Faces cut out of photos, in memory only."""
        self.rotations = Rotations(self)

    def _wire(self) -> None:
        self.tasks.failed.connect(self._tell_failure)
        self._keeper.told.connect(self.message)
        self._writes.failed.connect(self._tell_failure)
        self._writes.attempted.connect(self.store_tried)
        self.encoder_models.arrived.connect(self._on_model)
        self.stars.changed.connect(self._on_stars)
        self.analysis.opened.connect(self.history.open)
        self.analysis.remembered.connect(self._on_remembered)
        self.analysis.answered.connect(self._on_answered)
        self.analysis.extent_changed.connect(self._remember_extent)
        self.shown.settled.connect(self._on_settled)
        self.shown.changed.connect(self._on_faces)
        for part in (self.analysis, self.clean_ups, self.own_categories, self.watched_folders):
            part.message.connect(self.message)

    def begin(self) -> None:
        """Once the window is visible: finish what an earlier session could not."""
        self._keeper.begin()
        self.history.load()
        self.clean_ups.recover()

    def make_demo(self, made: Callable[[Path | None], None]) -> None:
        """Make the demo album in the background; `made` gets its folder, None when that failed."""
        folders: list[Path] = []
        language = self.choices.language

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.demo.album import demo_album_in

            yield demo_album_in(paths.data_dir(), language)

        self.tasks.start(work, folders.append, lambda: made(folders[0] if folders else None))

    @property
    def unstored(self) -> int:
        """How many decisions are not stored yet."""
        return self._writes.count

    @property
    def store_trouble(self) -> Reason | None:
        """Why decisions could not be stored, half a sentence; None where they could."""
        return self._writes.trouble

    def store_now(self) -> None:
        """Try to store in the background what is decided; `store_tried` tells when that is over."""
        self._writes.try_now()

    def give_up_unstored(self) -> None:
        """Let go of decisions that could not be stored, as people said; before `close`."""
        self._writes.give_up()

    def close(self) -> None:
        """Stop everything and wait for it: call before the session goes away.

        What was decided a moment ago is written; see `WriteQueue.close`.
        """
        if self.analysis.running:
            self.libraries.stopped_at(self.analysis.folders, self.analysis.extent.reached)
        self.watched_folders.close()
        self.analysis.cancel()
        self.judging.stop()
        self._last_result.stop()
        self.tasks.close()
        self._writes.close()
        self._keeper.close()
        self.thumbnails.close()
        self.images.close()
        self.closeups.close()
        self._listening.close()

    # ------------------------------------------------------------------ one part tells another

    @Slot(object)
    def _on_remembered(self, remembered: Remembered) -> None:
        self.marks.remember(remembered.marks, remembered.copies)
        self.stars.remember(remembered.stars)

    @Slot(bool)
    def _on_answered(self, complete: bool) -> None:
        self.marks.restore(complete)
        if complete:
            self.marks.follow()

    @Slot()
    def _remember_extent(self) -> None:
        """When a library is opened again, people should know that not all of it was looked at."""
        if not self.analysis.extent.going_on:
            self.libraries.stopped_at(self.analysis.folders, self.analysis.extent.reached)

    @Slot()
    def _on_settled(self) -> None:
        if self.analysis.complete:  # else much that is safe is not known to be so yet
            self.marks.follow()
        elif self.analysis.stopped:
            self.marks.restore(False)

    @Slot(object)
    def _on_faces(self, result: Result | None) -> None:
        if result is None or not result.faces:
            self.closeups.forget()  # none are looked at, or none any more

    @Slot()
    def _on_stars(self) -> None:
        self.shown.rate(self.stars.by_content())

    @Slot(str, str)
    def _on_model(self, name: str, title: str) -> None:
        """Another model is there: look at the open photos anew, unless another was chosen."""
        if self.choices.preferences.model not in (AUTO, name):
            self.message.emit(
                self.tr("{} is installed. You can choose it in the settings.").format(title)
            )
        elif self.analysis.folders:
            self.message.emit(
                self.tr("{} is installed. Your photos are looked at again now.").format(title)
            )
            self.analysis.again()

    @Slot(object)
    def _tell_failure(self, reason: Reason) -> None:
        self.message.emit(reason.text(self.choices.language))
