"""The models of this machine: which ones there are, and fetching the one that adds most."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.activities import Activities, Activity
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.words import language
from photo_organizer.ui.words.facts_text import size_text

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.installed_models import ModelInfo

OFFERED = "ViT-B-32/openai"
"""The model that suits every machine; larger ones are for the command line."""


class ModelState(StrEnum):
    """Where the offered model is."""

    UNKNOWN = "unknown"
    """Nobody has looked yet."""
    OFFERED = "offered"
    DOWNLOADING = "downloading"
    PAUSED = "paused"
    FAILED = "failed"
    """The download broke off; `EncoderModels.failure` says why. It goes on from there."""
    INSTALLED = "installed"
    """There is a CLIP model, this one or another."""
    NEEDS_FULL = "needs_full"
    """No CLIP model can work here: this is the light program, `EncoderModels.how` says what to do.
    """


_LOOKED_AT = (ModelState.UNKNOWN, ModelState.OFFERED, ModelState.NEEDS_FULL)
"""Where the offered model may be found elsewhere, or in other words, by another look."""


class EncoderModels(QObject):
    """Knows which models are installed, and downloads CLIP in the background.

    A download belongs to the session, not to a window; it has a line in the status area. What has
    arrived is kept, so it goes on from there after a pause, a failure or a restart.
    """

    changed = Signal()
    """`state` or another attribute is another now."""
    arrived = Signal(str)
    """A model was installed just now: its title."""
    _received = Signal(object, object)

    def __init__(self, tasks: Tasks, activities: Activities, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._activities = activities
        self._activity: Activity | None = None
        self._task: Task | None = None
        self._looking = False
        self.state = ModelState.UNKNOWN
        self.offered: ModelInfo | None = None
        """The model to download; None while nobody has looked."""
        self.how: Reason | None = None
        """How to get the full program, where this is the light one."""
        self.failure: Reason | None = None
        """Why the last download broke off."""
        self.figures = ""
        """How much of the download has arrived, for people."""
        self.share: float | None = None
        """How much of it, 0 to 1; None while unknown."""
        self._received.connect(self._on_received)

    def look(self, spoken: str = "en") -> None:
        """Find out in the background which models there are, in the words of a language."""
        if self._looking or self.state not in _LOOKED_AT:
            return
        self._looking = True

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders import full_program
            from photo_organizer.engine.encoders.installed_models import list_models

            yield _Known(list_models(language=spoken), full_program.told("full.offer"))

        self._tasks.start(work, self._on_known, self._on_looked)

    def _on_known(self, known: _Known) -> None:
        models, self.how = known.models, known.how
        self.offered = next((model for model in models if model.name == OFFERED), None)
        if self.how is not None:
            self._go(ModelState.NEEDS_FULL)
        elif any(model.kind == "clip" and model.installed for model in models):
            self._go(ModelState.INSTALLED)
        elif self.offered is not None:
            self._go(ModelState.OFFERED)

    def _on_looked(self) -> None:
        self._looking = False

    # ------------------------------------------------------------------ download

    @Slot()
    def download(self) -> None:
        """Download the offered model, going on where an earlier try ended."""
        if self.offered is None or self.state in (
            ModelState.DOWNLOADING,
            ModelState.INSTALLED,
            ModelState.NEEDS_FULL,
        ):
            return
        if self._activity is None:
            self._activity = self._activities.begin(
                self._title(),
                cancel=self._give_up,
                hold=self._hold,
            )
        if self.state is ModelState.PAUSED and self._activity.paused:
            self._activity.pause(False)
        else:
            self._fetch()

    def _title(self) -> str:
        title = self.offered.title if self.offered else ""
        return self.tr("Downloading {}…").format(title)

    @Slot()
    def pause(self) -> None:
        """Stop for now; what has arrived is kept."""
        if self._activity is not None:
            self._activity.pause()

    def _hold(self, paused: bool) -> None:
        if not paused:
            self._fetch()
        elif self._task is not None:
            self._task.cancel()
            self._go(ModelState.PAUSED)

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end(ModelState.OFFERED)

    def _fetch(self) -> None:
        self._go(ModelState.DOWNLOADING)
        if self._task is not None:
            return  # the one that is being stopped comes first, see `_on_over`

        def work(cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders import installing
            from photo_organizer.engine.encoders.download import CancelledError
            from photo_organizer.engine.encoders.errors import ModelError

            try:
                installing.download(OFFERED, progress=self._received.emit, cancel=cancel)
            except CancelledError:
                return
            except ModelError as error:
                yield _Failed(error.reason)
            else:
                yield _Installed()

        self._task = self._tasks.start(work, self._on_event, self._on_over)

    @Slot(object, object)
    def _on_received(self, done: int, total: int | None) -> None:
        if self.state is not ModelState.DOWNLOADING or self._activity is None:
            return
        self.share = done / total if total else None
        if total is not None and done >= total:
            self.figures = self.tr("Checking…")
        else:
            of = self.tr("{0} of {1}").format(size_text(done), size_text(total or 0))
            self.figures = of if total else size_text(done)
        self._activity.report(done, total or 0, title=self._title(), figures=self.figures)
        self.changed.emit()

    def _on_event(self, event: object) -> None:
        match event:
            case _Installed():
                title = self.offered.title if self.offered else ""
                self._end(ModelState.INSTALLED, self.tr("{} is installed.").format(title))
                self.arrived.emit(title)
            case _Failed(reason=reason):
                self.failure = reason
                why = reason.text(language.spoken())
                self._end(ModelState.FAILED, self.tr("The download stopped: {}").format(why))

    def _on_over(self) -> None:
        self._task = None
        if self.state is ModelState.DOWNLOADING and self._activity is not None:
            if self._activity.paused:
                self._go(ModelState.PAUSED)
            else:
                self._fetch()  # it was resumed before it had stopped

    def _end(self, state: ModelState, sentence: str = "") -> None:
        self.figures, self.share = "", None
        activity, self._activity = self._activity, None
        if activity is not None:
            activity.end(sentence)
        self._go(state)

    def _go(self, state: ModelState) -> None:
        self.state = state
        self.changed.emit()


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is on this machine."""

    models: list[ModelInfo]
    how: Reason | None
    """See `EncoderModels.how`."""


@dataclass(frozen=True, slots=True)
class _Installed:
    """The download is complete, checked and installed."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """The download broke off."""

    reason: Reason
