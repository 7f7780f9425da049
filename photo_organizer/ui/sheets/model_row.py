"""One model in the settings: what it is, what it proved, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from photo_organizer.ui.session.known_model import COMING, KnownModel, ModelState
from photo_organizer.ui.sheets.model_state_text import is_wrong, state_text
from photo_organizer.ui.sheets.settings_page import INDENT, muted
from photo_organizer.ui.widgets import layouts, motion, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.model_text import facts_line, knows_text, proof_text

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.proofs import Proof

STEPS = 1000


class ModelRow(QFrame):
    """A card: a model to choose where it is installed, to download where it is not.

    Args:
        name: of the model.
    """

    chosen = Signal(str)
    """To be used from now on: its name."""
    download = Signal(str)
    """To be downloaded, or to go on with it: its name."""
    check = Signal(str)
    """To show what it knows: its name."""
    pause = Signal(str)
    stop = Signal(str)
    remove = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.name = name
        self.choice = QRadioButton()
        self.choice.clicked.connect(lambda: self.chosen.emit(name))
        self.title = Label()
        self.title.setWordWrap(True)
        style.set_role(self.title, "keys")
        self.tag = Label(self.tr("Recommended"))
        style.set_role(self.tag, "tag")
        self.text = muted("")
        self.facts = muted("")
        self.told = Label()
        self.told.setWordWrap(True)
        self.proved = _Expander()
        self.proof = muted("")
        self.proof.hide()
        self.proved.toggled.connect(self.proof.setVisible)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.get = QPushButton()
        self.get.clicked.connect(lambda: self.download.emit(name))
        self.look = QPushButton(self.tr("Check now"))
        self.look.clicked.connect(lambda: self.check.emit(name))
        self.hold = QPushButton(self.tr("Pause"))
        self.hold.setToolTip(self.tr("Stop for now; it goes on from here later"))
        self.hold.clicked.connect(lambda: self.pause.emit(name))
        self.end = QPushButton(self.tr("Stop"))
        self.end.setToolTip(self.tr("Stop it; what has arrived is kept for another time"))
        self.end.clicked.connect(lambda: self.stop.emit(name))
        self.away = QPushButton(self.tr("Remove…"))
        style.set_role(self.away, "quiet")
        self.away.clicked.connect(lambda: self.remove.emit(name))
        self._below = layouts.column(spacing=4)
        self._below.addWidget(self.text)
        beside = layouts.row(spacing=style.SPACE)
        beside.addWidget(self.tag, alignment=Qt.AlignmentFlag.AlignVCenter)
        beside.addWidget(self.facts, 1)
        self._below.addLayout(beside)
        self._below.addWidget(self.told)
        self._below.addWidget(self.bar)
        proved = layouts.row(margins=(-4, 0, 0, 0))
        proved.addWidget(self.proved)
        proved.addStretch()
        self._below.addLayout(proved)
        self._below.addWidget(self.proof)
        down = layouts.column(self, (12, 8, 8, 10), spacing=4)
        down.addLayout(self._first_line())
        down.addLayout(self._below)

    def _first_line(self) -> QHBoxLayout:
        line = layouts.row(spacing=style.SPACE)
        line.addWidget(self.choice, 1)
        line.addWidget(self.title, 1)
        for button in (self.get, self.look, self.hold, self.end, self.away):
            line.addWidget(button)
        return line

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in its order."""
        return self.choice, self.get, self.look, self.hold, self.end, self.away, self.proved

    def show_choice(self, title: str, text: str) -> None:
        """Show a choice that is no single model, or one that is not there."""
        self._name_it(title, text, to_choose=True)
        for widget in (self.tag, self.facts, self.told, self.bar, self.proved, self.proof):
            widget.hide()
        for button in (self.get, self.look, self.hold, self.end, self.away):
            button.hide()

    def show_model(self, model: KnownModel, *, recommended: bool, chosen: bool) -> None:
        """Show where a model stands now.

        Args:
            model: what is known of it.
            recommended: whether it suits most people.
            chosen: whether people chose it.
        """
        info, state = model.info, model.state
        text = info.description or info.name
        if chosen and not model.there:
            text = self.tr("Not installed at present.")
        elif info.installed and state is ModelState.NEEDS_FULL:
            text = self.tr("{} Works in the full program only.").format(text)
        self._name_it(info.title, text, to_choose=info.installed or chosen)
        works = state is ModelState.INSTALLED or chosen
        self.choice.setEnabled(works and state is not ModelState.NEEDS_FULL)
        self.tag.setVisible(recommended)
        facts = facts_line(info)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        self._show_told(model)
        self._show_proof(info.proof if state is ModelState.INSTALLED else None)
        self._show_progress(model)
        self._show_buttons(model)

    def _name_it(self, title: str, text: str, *, to_choose: bool) -> None:
        self.choice.setVisible(to_choose)
        self.choice.setText(title)
        self.choice.setAccessibleDescription(text)
        self.title.setVisible(not to_choose)
        self.title.setText(title)
        self.text.setText(text)
        self._below.setContentsMargins(INDENT if to_choose else 0, 0, 0, 0)

    def _show_told(self, model: KnownModel) -> None:
        told = state_text(model)
        unproved = model.info.kind == "clip" and model.info.proof is None
        if model.state is ModelState.INSTALLED and unproved and not told:
            told = self.tr("Not checked yet: that is done at the latest when it is used.")
        style.change_role(self.told, "warning" if is_wrong(model) else "muted")
        self.told.setText(told)
        self.told.setVisible(bool(told))

    def _show_proof(self, proof: Proof | None) -> None:
        self.proved.setVisible(proof is not None)
        self.proof.setVisible(proof is not None and self.proved.isChecked())
        if proof is not None:
            self.proved.setText(knows_text(proof))
            self.proof.setText(proof_text(proof))

    def _show_progress(self, model: KnownModel) -> None:
        going = model.state in (ModelState.ARRIVING, ModelState.CHECKING)
        self.bar.setVisible(going)
        self.bar.setAccessibleName(self.tr("Progress of {}").format(model.info.title))
        still = model.share is not None or motion.reduced()
        self.bar.setRange(0, STEPS if still else 0)
        self.bar.setValue(round(STEPS * (model.share or 0)))

    def _show_buttons(self, model: KnownModel) -> None:
        info, state = model.info, model.state
        self.get.setVisible(model.can_be_got)
        if state in (ModelState.PAUSED, ModelState.FAILED):
            self.get.setText(self.tr("Resume"))
        elif state in (ModelState.REFUSED, ModelState.DAMAGED):
            self.get.setText(self.tr("Download again"))
        else:
            self.get.setText(self.tr("Download {0}").format(size_text(info.bytes)))
        self.look.setVisible(model.can_be_checked)
        self.hold.setVisible(state in (ModelState.WAITING, ModelState.ARRIVING))
        self.end.setVisible(state in (ModelState.WAITING, ModelState.ARRIVING, ModelState.PAUSED))
        self.away.setVisible(model.there and info.kind != "starter" and state not in COMING)
        for button in (self.get, self.look, self.hold, self.end, self.away):
            button.setAccessibleName(f"{button.text()}: {info.title}")


class _Expander(QToolButton):
    """A sentence of which more can be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))
        self.setToolTip(self.tr("What it showed in the check"))
        style.set_role(self, "expander")
        self.toggled.connect(self._dress)
        self._dress(False)

    @Slot(bool)
    def _dress(self, opened: bool) -> None:
        style.set_icon(self, "chevron-down" if opened else "chevron-right", "muted")
