"""Judges stored facts again when thresholds, decisions or categories are others.

Who drags a slider asks for many answers and waits for the last one: it is asked for after a rest,
one at a time, and an answer that something newer has overtaken is not shown.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine import paths
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.files.folder_names import every_name
from photo_organizer.engine.storage.store import Store
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.result_index import ResultIndex
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.write_queue import WriteQueue
from photo_organizer.ui.widgets.debounce import Debounce

if TYPE_CHECKING:
    from photo_organizer.engine.judging.judge import Judge

REST = 150
"""Milliseconds a slider rests before the stored facts are judged again."""


class Judging(QObject):
    """The loop that judges again; owned by the session."""

    answered = Signal()
    """Answers that follow all that was decided are shown now."""

    def __init__(
        self,
        choices: Choices,
        shown: ShownResult,
        writes: WriteQueue,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._writes = writes
        self._tasks = tasks
        self._judge: Judge | None = None
        self._offered: tuple[Category, ...] | None = None
        self._task: Task | None = None
        self._blocked = False
        self._timer = Debounce(self, REST, self._judge_again)
        self.asked = 0
        """How often something became another that answers follow from: see `take`."""
        choices.judgement_changed.connect(self.soon)
        writes.attempted.connect(self._go_on)

    @property
    def judge(self) -> Judge | None:
        """Who can judge the facts of the whole library again; None before they are all known."""
        return self._judge

    def take(self, judge: Judge, asked: int) -> None:
        """An analysis knows all facts now.

        Args:
            judge: judges them from now on.
            asked: `asked` when the analysis began; what was asked for since is not in its answers.
        """
        self._judge = judge
        if self.asked != asked or self._writes.undecided:
            self.soon()

    def forget(self) -> None:
        """Nothing is known that could be judged: other folders are looked at."""
        self._judge = None

    def offer(self, categories: Sequence[Category]) -> None:
        """Sort into other categories; stored facts are judged again shortly after."""
        self._offered = tuple(categories)
        self.soon()

    @Slot()
    def soon(self, rest: int = REST) -> None:
        """Judge again.

        Args:
            rest: milliseconds without another wish to wait for.
        """
        self.asked += 1
        self._timer.start_in(rest)

    def stop(self) -> None:
        """Judge no more."""
        self._timer.stop()
        self._blocked = False

    @Slot()
    def _judge_again(self) -> None:
        # Decisions are written first, so that the answers follow from what is safe. Where that
        # fails, the answers follow from them all the same: nobody's slider stands still for it.
        self._writes.write_now()
        self._blocked = self._task is not None or self._writes.expected
        if self._blocked or self._judge is None:
            return
        judge, thresholds, chosen = self._judge, self._choices.thresholds, self._choices.preferences
        offered, unwritten = self._offered, self._writes.undecided

        def work(cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                known = store.decisions_after(unwritten)
            decisions = replace(
                known,
                protected=every_name(chosen.protected, judge.library),
                keep_from=every_name(chosen.keep_from, judge.library),
                carries=chosen.sidecars,
            )
            if not cancel.is_set():
                if offered is not None:
                    judge.offer(offered)
                if not chosen.faces:
                    judge.forget_faces()
                yield judge, ResultIndex.of(judge.judge(thresholds, decisions, chosen.order))

        self._task = self._tasks.start(work, self._on_judged, self._on_over)

    def _on_judged(self, event: tuple[Judge, ResultIndex]) -> None:
        judge, index = event
        # A newer change or another folder is on its way: this answer would only flicker.
        if judge is self._judge and not self._timer.pending and not self._blocked:
            self._shown.show(index.result, index)
            self.answered.emit()

    def _on_over(self) -> None:
        self._task = None
        self._go_on()

    @Slot()
    def _go_on(self) -> None:
        if self._blocked:
            self._judge_again()
