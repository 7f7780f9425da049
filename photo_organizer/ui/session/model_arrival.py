"""A model on its way in: downloaded or copied from a file, checked, and installed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.activities import Activities, Activity
from photo_organizer.ui.session.known_model import COMING, KnownModel, ModelState
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.words import language
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.model_text import is_installed_text
from photo_organizer.ui.words.punctuation import sentence

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.installed_models import ModelInfo

OnBytes = Callable[[int, int | None], None]
OnCheck = Callable[[int, int], None]
Fetch = Callable[[OnBytes, threading.Event, OnCheck], object]
"""Brings a model in: tells how much has arrived and how far the check is, stopped by the event."""


class ModelArrival(QObject):
    """One model on its way, with a line in the status area.

    Args:
        model: what its `state` says is kept up to date here.
        title: of its line, "Downloading CLIP…".
        fetch: brings it in; called in the background, and again where it goes on after a pause.
        spoken: the language of titles.
        can_pause: whether it can be held and stopped; else it is seen through.
    """

    changed = Signal()
    """The model's state is another, or it is further."""
    rested = Signal()
    """Nothing runs for it now: another one may begin."""
    arrived = Signal(str, str)
    """It is installed: its name and its title."""
    _received = Signal(object, object)
    _checked = Signal(int, int)

    def __init__(
        self,
        model: KnownModel,
        title: str,
        fetch: Fetch,
        *,
        tasks: Tasks,
        activities: Activities,
        spoken: str,
        can_pause: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._title = title
        self._fetch = fetch
        self._tasks = tasks
        self._spoken = spoken
        self._task: Task | None = None
        self.over = False
        """It arrived, failed or was given up."""
        self._activity: Activity = activities.begin(
            title,
            cancel=self.give_up if can_pause else None,
            hold=self._hold if can_pause else None,
        )
        model.failure = None
        self._received.connect(self._on_received)
        self._checked.connect(self._on_checked)
        self._go(ModelState.WAITING)
        self._report(0, 0, self.tr("Waiting…"))

    @property
    def running(self) -> bool:
        """Whether something runs for it, if only to its end."""
        return self._task is not None

    def pause(self, paused: bool = True) -> None:
        """Hold it, or let it wait for its turn again."""
        self._activity.pause(paused)

    def begin(self) -> None:
        """It is its turn."""
        self._go(ModelState.ARRIVING)
        self._report(0, 0)
        name, spoken, fetch = self.model.name, self._spoken, self._fetch

        def work(cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders.download import CancelledError
            from photo_organizer.engine.encoders.errors import ModelError, RefusedError
            from photo_organizer.engine.encoders.installed_models import list_models

            try:
                fetch(self._received.emit, cancel, self._checked.emit)
            except CancelledError:
                return
            except ModelError as error:
                yield _Failed(error.reason, refused=isinstance(error, RefusedError))
            else:
                listed = list_models(language=spoken)
                yield _Arrived(next(info for info in listed if info.name == name))

        self._task = self._tasks.start(work, self._on_event, self._on_over)

    def give_up(self) -> None:
        """Stop it for good; what has arrived is kept for another time."""
        if self._task is not None:
            self._task.cancel()
        self._end(ModelState.OFFERED)
        if self._task is None:
            self.rested.emit()

    def _hold(self, paused: bool) -> None:
        if not paused:
            self._go(ModelState.WAITING)
            if self._task is None:
                self.rested.emit()
            return
        if self._task is not None:
            self._task.cancel()
        self._go(ModelState.PAUSED)

    @Slot(object, object)
    def _on_received(self, done: int, total: int | None) -> None:
        if self.model.state is not ModelState.ARRIVING:
            return
        self.model.share = done / total if total else None
        if total is None:
            self.model.figures = size_text(done)
        elif done < total:
            of = self.tr("{0} of {1}")
            self.model.figures = of.format(size_text(done), size_text(total))
        else:
            self.model.figures = self.tr("Unpacking…")
        self._report(done, total or 0, self.model.figures)
        self.changed.emit()

    @Slot(int, int)
    def _on_checked(self, done: int, total: int) -> None:
        if self.over or self.model.state not in (ModelState.ARRIVING, ModelState.CHECKING):
            return
        self.model.figures, self.model.share = "", done / total if total else None
        title = self.tr("Checking what {} knows…").format(self.model.info.title)
        share = self.tr("{} %").format(round(100 * done / total)) if total else ""
        self._activity.report(done, total, title=title, figures=share, pausable=False)
        self._go(ModelState.CHECKING)

    def _report(self, done: int, total: int, figures: str = "") -> None:
        self._activity.report(done, total, title=self._title, figures=figures)

    def _on_event(self, event: object) -> None:
        match event:
            case _Arrived(info=info) if not (self.over and self.model.state in COMING):
                self.model.info = info
                self._end(ModelState.INSTALLED, is_installed_text(info))
                self.arrived.emit(info.name, info.title)
            case _Failed(reason=reason, refused=True) if not self.over:
                self.model.failure = reason
                self._end(ModelState.REFUSED, sentence(reason.text(language.spoken())))
            case _Failed(reason=reason) if not self.over:
                self.model.failure = reason
                told = self.tr("{0} did not arrive: {1}")
                why = sentence(reason.text(language.spoken()))
                self._end(ModelState.FAILED, told.format(self.model.info.title, why))

    def _on_over(self) -> None:
        self._task = None
        if not self.over and self.model.state in (ModelState.ARRIVING, ModelState.CHECKING):
            self._end(ModelState.OFFERED)  # it broke; the session has told why
        self.rested.emit()

    def _end(self, state: ModelState, told: str = "") -> None:
        self.over = True
        self._activity.end(told)
        self.model.figures, self.model.share = "", None
        self._go(state)

    def _go(self, state: ModelState) -> None:
        self.model.state = state
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Arrived:
    """It is installed."""

    info: ModelInfo


@dataclass(frozen=True, slots=True)
class _Failed:
    """It did not come, or was refused."""

    reason: Reason
    refused: bool
    """It arrived, but does not do what a model must."""
