"""One calm line about the models: what the starter cannot do, and CLIP for those who want more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QWidget

from photo_organizer.engine.worker import Task, Work
from photo_organizer.ui import boxes, language, style
from photo_organizer.ui.exif_text import size_text

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.registry import ModelInfo

OFFERED = "ViT-B-32/openai"
"""The model that suits every machine; larger ones are for the command line."""


class ModelOffer(QWidget):
    """Offers to download CLIP while there is only the starter; later offers to use it.

    Where there is nothing to say it is hidden. The download can be stopped and goes on from there,
    also after a restart.
    """

    analyse_again = Signal()
    """Analyse the open folders with the model that has just been installed."""
    changed = Signal()
    """`wanted` may be another now."""
    _arrived = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._model: ModelInfo | None = None
        self._begun = False
        self.installed = False
        """A model was installed since the window opened."""
        self.text = QLabel()
        self.text.setWordWrap(True)
        style.set_role(self.text, "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(240)
        self.bar.setAccessibleName(self.tr("Progress of the download"))
        self.download = QPushButton(self.tr("Download"))
        self.download.clicked.connect(self.start)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setToolTip(self.tr("Stop for now; it goes on from here later"))
        self.pause.clicked.connect(self._pause)
        self.again = QPushButton(self.tr("Analyse again"))
        style.set_role(self.again, "primary")
        self.again.clicked.connect(self._use)
        line = boxes.row(self, (16, 8, 12, 8), spacing=12)
        line.addWidget(self.text, 1)
        for widget in (self.bar, self.download, self.pause, self.again):
            line.addWidget(widget)
        self._arrived.connect(self._on_arrived)
        self._show("")

    # ------------------------------------------------------------------ what there is

    @property
    def wanted(self) -> bool:
        """Whether people who look at their photos should see it: they have begun a download."""
        return self._begun and self._model is not None

    @property
    def known(self) -> bool:
        """Whether there is a model to offer."""
        return self._model is not None

    def look(self) -> None:
        """Find out in the background which models there are."""
        if self._task is None:
            self._run(_look, self._on_models)

    @Slot(object)
    def _on_models(self, models: list[ModelInfo]) -> None:
        if any(model.kind == "clip" and model.installed for model in models):
            return
        self._model = next(model for model in models if model.name == OFFERED)
        self._offer()

    def _offer(self) -> None:
        if self._model is None:
            return
        description = self._model.description
        self.download.setText(self.tr("Download {0}").format(size_text(self._model.bytes)))
        self._show(
            self.tr(
                "The starter model works at once and offline, but knows no people. {0} adds {1}"
            ).format(self._model.title, description[:1].lower() + description[1:]),
            self.download,
        )

    # ------------------------------------------------------------------ download

    @Slot()
    def start(self) -> None:
        """Download, going on where an earlier try ended."""
        if self._task is not None:
            return
        self._begun = True
        self.bar.setRange(0, 0)
        self._show(self.tr("Connecting…"), self.bar, self.pause)

        def work(cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.encoders import registry
            from photo_organizer.engine.encoders.download import CancelledError

            try:
                yield registry.download(OFFERED, progress=self._arrived.emit, cancel=cancel)
            except CancelledError:
                return

        self._run(work, self._on_installed)

    def carry_on(self, other: ModelOffer) -> None:
        """Go on with the download that the offer of another window has begun."""
        if other._begun and other._task is not None:
            other.stop()
            self._model = other._model
            self.start()

    @Slot(object, object)
    def _on_arrived(self, done: int, total: int | None) -> None:
        if self._task is None or self._task.cancelled:
            return
        if total:
            # In thousandths: Qt counts in 32 bits.
            self.bar.setRange(0, 1000)
            self.bar.setValue(1000 * done // total)
        if done == total:
            self._show(self.tr("Checking the download…"), self.bar)
        else:
            of = self.tr("{0} of {1}").format(size_text(done), size_text(total or 0))
            self._show(self.tr("Downloading: {0}").format(of), self.bar, self.pause)

    @Slot()
    def _pause(self) -> None:
        if self._task is not None:
            self._task.cancel()

    @Slot(object)
    def _on_installed(self, _name: str) -> None:
        self.installed = True
        self._show(self.tr("The model is installed. Your next analysis uses it."), self.again)

    @Slot(str)
    def _on_failed(self, message: str) -> None:
        if self._begun:
            self._stopped(self.tr("The download stopped: {0}").format(message))

    def _stopped(self, text: str) -> None:
        self.download.setText(self.tr("Go on"))
        self._show(text, self.download)

    @Slot()
    def _use(self) -> None:
        self._model = None
        self._show("")
        self.analyse_again.emit()

    # ------------------------------------------------------------------ tasks

    def stop(self) -> None:
        """Stop what runs and wait for it: call before the window goes away."""
        if self._task is not None:
            self._task.cancel()
            self._task.wait()

    def _run(self, work: Work, on_event: object) -> None:
        self._task = task = Task(work, self)
        task.yielded.connect(on_event)
        task.failed.connect(self._on_failed)
        task.finished.connect(self._on_over)
        task.start()

    @Slot()
    def _on_over(self) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        task.wait()
        task.setParent(None)
        if task.cancelled and not self.installed:
            self._stopped(self.tr("The download is paused; what has arrived is kept."))

    def _show(self, text: str, *widgets: QWidget) -> None:
        self.text.setText(text)
        for widget in (self.bar, self.download, self.pause, self.again):
            widget.setVisible(widget in widgets)
        self.changed.emit()


def _look(_cancel: threading.Event) -> Iterator[object]:
    from photo_organizer.engine.encoders import registry

    yield registry.list_models(language=language.spoken())
