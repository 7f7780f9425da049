"""What recognises the photos: the starter at once, and more for those who want it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.known_model import COMING, KnownModel, ModelState
from photo_organizer.ui.sheets.model_state_text import state_text
from photo_organizer.ui.widgets import layouts, motion, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words import language
from photo_organizer.ui.words.facts_text import size_text

STEPS = 1000


class ModelOffer(QFrame):
    """Two calm lines: the starter is ready, the recommended model can be fetched.

    Hidden where some CLIP model is installed. The light program cannot run any: there it says how
    to get the full one, and offers nothing.
    """

    def __init__(self, models: EncoderModels, parent: QWidget | None = None) -> None:
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
        self.download.clicked.connect(models.get_recommended)
        self.pause = QPushButton(self.tr("Pause"))
        self.pause.setToolTip(self.tr("Stop for now; it goes on from here later"))
        self.pause.clicked.connect(self._pause)
        second = layouts.row(spacing=12)
        second.addWidget(cloud, alignment=Qt.AlignmentFlag.AlignTop)
        words = layouts.column(spacing=4)
        for widget in (self.more, self.text, self.bar):
            words.addWidget(widget)
        second.addLayout(words, 1)
        second.addWidget(self.download)
        second.addWidget(self.pause)
        down = layouts.column(self, (16, 12, 12, 12), spacing=12)
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
    def _pause(self) -> None:
        if self._models.recommended is not None:
            self._models.pause(self._models.recommended.name)

    @Slot()
    def _show(self) -> None:
        model = self._models.recommended
        wanted = model is not None and (model.state in COMING or not self._models.has_clip)
        self.setVisible(wanted)
        if model is None:
            return
        description = model.info.description[:1].lower() + model.info.description[1:]
        self.more.setText(self.tr("{0} adds {1}").format(model.info.title, description))
        self.text.setText(self._text(model))
        state = model.state
        without = state is ModelState.NEEDS_FULL
        self.text.setTextInteractionFlags(  # there may be a command to copy
            Qt.TextInteractionFlag.TextSelectableByMouse
            if without
            else Qt.TextInteractionFlag.NoTextInteraction
        )
        self.bar.setVisible(state in (ModelState.ARRIVING, ModelState.CHECKING))
        still = model.share is not None or motion.reduced()
        self.bar.setRange(0, STEPS if still else 0)
        self.bar.setValue(round(STEPS * (model.share or 0)))
        self.pause.setVisible(state in (ModelState.WAITING, ModelState.ARRIVING))
        self.download.setVisible(model.can_be_got)
        if state is ModelState.OFFERED:
            size = self.tr("Download {0}").format(size_text(model.info.bytes))
            self.download.setText(size)
        elif state is ModelState.REFUSED:
            self.download.setText(self.tr("Download again"))
        else:
            self.download.setText(self.tr("Resume"))

    def _text(self, model: KnownModel) -> str:
        if model.state is ModelState.NEEDS_FULL:
            how = self._models.how
            return how.text(language.spoken()) if how else ""
        calm = self.tr("It arrives while you work; then your photos are looked at again.")
        return state_text(model) or calm


def _dress_ready(label: QLabel) -> None:
    label.setPixmap(style.icon("check", "ok").pixmap(QSize(20, 20)))


def _dress_download(label: QLabel) -> None:
    label.setPixmap(style.icon("download", "accent").pixmap(QSize(20, 20)))
