"""Takes a model from a file: asks which one it is, and tells what becomes of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QProgressBar, QPushButton, QWidget

from photo_organizer.engine.domain.reasons import SpokenError
from photo_organizer.ui.session.encoder_models import EncoderModels
from photo_organizer.ui.session.known_model import KnownModel, ModelState
from photo_organizer.ui.sheets.model_state_text import is_wrong, state_text
from photo_organizer.ui.sheets.pages import MARGIN, SPACING, button_row, heading
from photo_organizer.ui.sheets.settings_page import muted
from photo_organizer.ui.widgets import layouts, motion, style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.input_fields import Chooser
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words import language
from photo_organizer.ui.words.model_text import is_installed_text
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.punctuation import sentence

WIDTH, HEIGHT = 480, 320


class ModelImport(QDialog):
    """Which model lies in a file; it is copied and checked in the background."""

    def __init__(self, models: EncoderModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("surface")
        self.setWindowTitle(self.tr("Import a model"))
        self._models = models
        self._file = Path()
        self._model: KnownModel | None = None
        self.file = ElidedLabel()
        self.name = Chooser()
        self.name.setEditable(True)
        self.name.setAccessibleName(self.tr("Which model it is"))
        label = Label(self.tr("Which model it is"))
        label.setBuddy(self.name)
        self.hint = muted(
            self.tr(
                "Architecture and training as open_clip calls them. Choose one, or type another, "
                "such as ViT-B-32/laion2b_s34b_b79k. The file is copied, and shows what it knows "
                "before it is used."
            )
        )
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.told = Label()
        self.told.setWordWrap(True)
        self.take = QPushButton(self.tr("Import"))
        self.take.setDefault(True)
        style.set_role(self.take, "primary")
        self.take.clicked.connect(self._take)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.close)
        self._down = down = layouts.column(self, (MARGIN,) * 4, SPACING)
        down.addWidget(heading(self.tr("Import a model")))
        for widget in (self.file, label, self.name, self.hint, self.bar, self.told):
            down.addWidget(widget)
        down.addStretch(1)
        down.addLayout(button_row(self.take, self.close_button))
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, HEIGHT)
        models.changed.connect(self._show)
        self._show()

    def ask(self) -> None:
        """Ask for a file first; nothing happens without one."""
        file, _ = QFileDialog.getOpenFileName(
            self.parentWidget(),
            self.tr("Choose the weights of a model"),
            str(Path.home()),
            self.tr("Weights of models (*.safetensors *.bin *.pt *.pth)"),
        )
        if file:
            self.show_file(Path(file))
            self.show()
        else:
            self.close()
            self.deleteLater()

    def show_file(self, file: Path) -> None:
        """Ask which model lies in a file; its name may tell."""
        self._file = file
        self.file.setText(visible(file))
        names = [name for name, model in self._models.models.items() if model.info.kind == "clip"]
        told = [name for name in names if name.partition("/")[0].lower() in file.name.lower()]
        self.name.set_choices([(name, name) for name in names], max(told, key=len, default=""))
        if not told:
            self.name.setCurrentIndex(-1)

    @Slot()
    def _take(self) -> None:
        try:
            self._model = self._models.import_file(self.name.currentText().strip(), self._file)
        except SpokenError as error:
            self._model = None
            self._tell(sentence(error.reason.text(language.spoken())), wrong=True)
            return
        self._show()

    @Slot()
    def _show(self) -> None:
        model = self._model
        state = model.state if model is not None else None
        going = state in (ModelState.WAITING, ModelState.ARRIVING, ModelState.CHECKING)
        self.bar.setVisible(going)
        self.bar.setRange(0, 1 if motion.reduced() else 0)
        for widget in (self.name, self.take):
            widget.setEnabled(not going)
        installed = state is ModelState.INSTALLED and model is not None and model.failure is None
        self.take.setVisible(not installed)
        if model is None:
            self._tell("")
            return
        if installed:
            self._tell(is_installed_text(model.info))
            self.close_button.setFocus()
        else:
            copying = state is ModelState.ARRIVING
            told = self.tr("Copying the file…") if copying else state_text(model)
            self._tell(told, wrong=is_wrong(model))

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        style.change_role(self.told, "warning" if wrong else "")
        self.told.setText(text)
        self.told.setVisible(bool(text))
        needed = self._down.heightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)
