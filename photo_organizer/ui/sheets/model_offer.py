"""What recognises the photos: the starter at once, and CLIP for those who want more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from photo_organizer.ui.session.encoder_models import EncoderModels, ModelState
from photo_organizer.ui.widgets import layouts, motion, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words import language
from photo_organizer.ui.words.facts_text import size_text

STEPS = 1000


class ModelOffer(QFrame):
    """Two calm lines: the starter is ready, CLIP can be fetched. Hidden where CLIP is installed.

    The light program cannot run CLIP: there it says how to get the full one, and offers nothing.
    """

    def __init__(
        self, models: EncoderModels, parent: QWidget | None = None, *, starter: bool = True
    ) -> None:
        super().__init__(parent)
        self._models = models
        self.setObjectName("card")
        self.more = Label()
        self.text = Label()
        style.set_role(self.text, "muted")
        cloud = Label()
        style.on_change(cloud, _dress_download)
        for label in (self.more, self.text):
            label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the download"))
        self.download = QPushButton(self.tr("Download"))
        self.download.clicked.connect(models.download)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setToolTip(self.tr("Stop for now; it goes on from here later"))
        self.pause.clicked.connect(models.pause)
        second = layouts.row(spacing=12)
        second.addWidget(cloud, alignment=Qt.AlignmentFlag.AlignTop)
        words = layouts.column(spacing=4)
        for widget in (self.more, self.text, self.bar):
            words.addWidget(widget)
        second.addLayout(words, 1)
        second.addWidget(self.download)
        second.addWidget(self.pause)
        down = layouts.column(self, (16, 12, 12, 12), spacing=12)
        if starter:
            down.addLayout(self._starter())
        down.addLayout(second)
        models.changed.connect(self._show)
        self._show()

    def _starter(self) -> QHBoxLayout:
        ready = Label()
        style.on_change(ready, _dress_ready)
        text = Label(
            self.tr(
                "The starter model is ready. It works offline and knows the built-in categories, "
                "but no free text."
            )
        )
        text.setWordWrap(True)
        line = layouts.row(spacing=12)
        line.addWidget(ready, alignment=Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        return line

    @Slot()
    def _show(self) -> None:
        models, model = self._models, self._models.offered
        state = models.state
        self.setVisible(model is not None and state is not ModelState.INSTALLED)
        if model is None:
            return
        description = model.description[:1].lower() + model.description[1:]
        self.more.setText(self.tr("{0} adds {1}").format(model.title, description))
        self.text.setText(self._text(state))
        running = state is ModelState.DOWNLOADING
        without = state is ModelState.NEEDS_FULL
        self.text.setTextInteractionFlags(  # there may be a command to copy
            Qt.TextInteractionFlag.TextSelectableByMouse
            if without
            else Qt.TextInteractionFlag.NoTextInteraction
        )
        self.bar.setVisible(running)
        still = models.share is not None or motion.reduced()
        self.bar.setRange(0, STEPS if still else 0)
        self.bar.setValue(round(STEPS * (models.share or 0)))
        self.pause.setVisible(running)
        self.download.setVisible(not running and not without)
        size = self.tr("Download {0}").format(size_text(model.bytes))
        self.download.setText(size if state is ModelState.OFFERED else self.tr("Resume"))

    def _text(self, state: ModelState) -> str:
        models = self._models
        match state:
            case ModelState.DOWNLOADING if models.figures:
                return self.tr("Downloading: {0}").format(models.figures)
            case ModelState.DOWNLOADING:
                return self.tr("Connecting…")
            case ModelState.PAUSED:
                return self.tr("The download is paused; what has arrived is kept.")
            case ModelState.FAILED:
                failure = models.failure.text(language.spoken()) if models.failure else ""
                return self.tr("The download stopped: {0}").format(failure)
            case ModelState.NEEDS_FULL:
                return models.how.text(language.spoken()) if models.how else ""
            case ModelState.UNKNOWN | ModelState.OFFERED | ModelState.INSTALLED:
                return self.tr("It arrives while you work; then your photos are looked at again.")


def _dress_ready(label: QLabel) -> None:
    label.setPixmap(style.icon("check", "ok").pixmap(QSize(20, 20)))


def _dress_download(label: QLabel) -> None:
    label.setPixmap(style.icon("download", "accent").pixmap(QSize(20, 20)))
