"""The models of this machine: which ones there are, and getting more of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.session.activities import Activities
from photo_organizer.ui.session.known_model import (
    COMING,
    KnownModel,
    ModelState,
    resting,
)
from photo_organizer.ui.session.model_arrival import Fetch, ModelArrival, OnBytes, OnCheck
from photo_organizer.ui.session.tasks import Tasks

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.installed_models import ModelInfo


class EncoderModels(QObject):
    """Knows the models, and brings them in one after another, in the background.

    A download belongs to the session, not to a window; it has a line in the status area. What has
    arrived is kept, so it goes on from there after a pause, a failure or a restart.
    """

    changed = Signal()
    """There are other models, or one of them stands elsewhere."""
    arrived = Signal(str, str)
    """A model was installed just now: its name, and a title for people."""

    def __init__(self, tasks: Tasks, activities: Activities, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._activities = activities
        self._arrivals: list[ModelArrival] = []
        self._looking = False
        self._look_again = False
        self._spoken = "en"
        self.models: dict[str, KnownModel] = {}
        """Encoders by name, the best first; empty while nobody has looked."""
        self.recommended: KnownModel | None = None
        """The model that suits most people; None while nobody has looked."""
        self.how: Reason | None = None
        """How to get the full program, where this is the light one."""

    @property
    def has_clip(self) -> bool:
        """Whether a model is installed that reads any words, and can work here."""
        return any(
            model.info.kind == "clip" and model.state is ModelState.INSTALLED
            for model in self.models.values()
        )

    # ------------------------------------------------------------------ which ones there are

    def look(self, spoken: str = "") -> None:
        """Find out in the background which models there are.

        Args:
            spoken: the language of titles and descriptions; "" for the one before.
        """
        self._spoken = spoken or self._spoken
        if self._looking:
            self._look_again = True
            return
        self._looking = True
        language = self._spoken

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders import full_program
            from photo_organizer.engine.encoders.installed_models import list_models

            yield _Found(
                [model for model in list_models(language=language) if model.kind != "aesthetic"],
                full_program.told("full.offer"),
            )

        self._tasks.start(work, self._on_found, self._on_looked)

    def _on_found(self, found: _Found) -> None:
        self.how = found.how
        known, self.models = self.models, {}
        for info in found.models:
            model = known.get(info.name) or KnownModel(info, resting(info))
            model.follow(info)
            self.models[info.name] = model
        for name, model in known.items():
            if name not in self.models and model.state in COMING:
                self.models[name] = model
        best = (model for model in self.models.values() if model.info.recommended)
        self.recommended = next(best, None)
        self.changed.emit()

    def _on_looked(self) -> None:
        self._looking = False
        if self._look_again:
            self._look_again = False
            self.look()

    # ------------------------------------------------------------------ getting more of them

    @Slot()
    def get_recommended(self) -> None:
        """Download the recommended model."""
        if self.recommended is not None:
            self.download(self.recommended.name)

    def download(self, name: str) -> None:
        """Download a model, going on where an earlier try ended; after those before it."""
        model = self.models[name]
        if not model.can_be_got:
            return
        arrival = self._arrival(model)
        if arrival is not None:
            arrival.pause(False)
            return

        def fetch(progress: OnBytes, cancel: threading.Event, on_check: OnCheck) -> object:
            from photo_organizer.engine.proving import arrival

            return arrival.download(name, progress, cancel, on_check=on_check)

        self._let_come(model, self.tr("Downloading {}…").format(model.info.title), fetch)

    def pause(self, name: str) -> None:
        """Hold a download; what has arrived is kept."""
        arrival = self._arrival(self.models[name])
        if arrival is not None:
            arrival.pause()

    def stop(self, name: str) -> None:
        """Give a download up; what has arrived is kept for another time."""
        arrival = self._arrival(self.models[name])
        if arrival is not None:
            arrival.give_up()

    def import_file(self, name: str, file: Path) -> KnownModel:
        """Install a model from a file; after those that come before it.

        Args:
            name: of an offered model, or an architecture of open_clip with or without a training.
            file: its weights; they are copied.

        Returns:
            The model, which tells how it goes on.

        Raises:
            SpokenError: there can be no model of that name.
        """
        from photo_organizer.engine.encoders.installed_models import ModelInfo
        from photo_organizer.engine.encoders.offered_models import ModelKind, full_name

        full = full_name(name, otherwise="custom")
        made = ModelInfo(full, ModelKind.CLIP, full, 0, False, "", "")
        model = self.models.get(full) or KnownModel(made, ModelState.OFFERED)
        if self._arrival(model) is not None:
            return model

        def fetch(_progress: OnBytes, cancel: threading.Event, on_check: OnCheck) -> object:
            from photo_organizer.engine.proving import arrival

            return arrival.import_model(full, file, on_check=on_check, cancel=cancel)

        title = self.tr("Importing {}…").format(model.info.title)
        self._let_come(model, title, fetch, can_pause=False)
        return model

    def check(self, name: str) -> None:
        """Have an installed model show what it knows now, not when it is first used."""
        model = self.models[name]
        if not model.can_be_checked:
            return

        def fetch(_progress: OnBytes, cancel: threading.Event, on_check: OnCheck) -> object:
            from photo_organizer.engine.proving import arrival

            return arrival.check_again(name, on_check=on_check, cancel=cancel)

        title = self.tr("Checking what {} knows…").format(model.info.title)
        self._let_come(model, title, fetch, can_pause=False)

    def remove(self, name: str) -> None:
        """Delete the files of an installed model; photos and all decisions stay as they are."""
        model = self.models[name]

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders import installing
            from photo_organizer.engine.encoders.errors import ModelError

            try:
                installing.remove(name)
            except ModelError as error:
                yield error.reason

        def on_failed(reason: Reason) -> None:
            model.failure = reason
            self.changed.emit()

        model.failure = None
        self._tasks.start(work, on_failed, self.look)

    def _let_come(
        self, model: KnownModel, title: str, fetch: Fetch, *, can_pause: bool = True
    ) -> None:
        arrival = ModelArrival(
            model,
            title,
            fetch,
            tasks=self._tasks,
            activities=self._activities,
            spoken=self._spoken,
            can_pause=can_pause,
            parent=self,
        )
        self._arrivals.append(arrival)
        arrival.changed.connect(self.changed)
        arrival.arrived.connect(self.arrived)
        arrival.rested.connect(self._on_rested)
        self._begin_next()
        self.changed.emit()

    def _arrival(self, model: KnownModel) -> ModelArrival | None:
        """The one that brings a model in at present."""
        return next((a for a in self._arrivals if a.model is model and not a.over), None)

    @Slot()
    def _on_rested(self) -> None:
        if any(arrival.over for arrival in self._arrivals):
            self.look()
        self._arrivals = [a for a in self._arrivals if a.running or not a.over]
        self._begin_next()

    def _begin_next(self) -> None:
        if any(arrival.running for arrival in self._arrivals):
            return
        for arrival in self._arrivals:
            if arrival.model.state is ModelState.WAITING and not arrival.over:
                arrival.begin()
                return


@dataclass(frozen=True, slots=True)
class _Found:
    """What there is on this machine."""

    models: list[ModelInfo]
    how: Reason | None
    """See `EncoderModels.how`."""
