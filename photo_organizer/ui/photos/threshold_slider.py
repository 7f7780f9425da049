"""A slider for one threshold: judges again while it moves, and finds its way back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QGridLayout, QSlider, QToolButton, QWidget

from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.label import Label

TICKS = 100


@dataclass(frozen=True, slots=True)
class Span:
    """Which threshold a slider moves, and between which values."""

    name: str
    """Such as "duplicates.same", see `Thresholds`."""
    left: float
    right: float
    """The value at the right end; may be below `left`."""


class ThresholdSlider(QWidget):
    """A labelled slider that writes one of the thresholds."""

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._span: Span | None = None
        self.label = Label(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setMaximum(TICKS)
        self.left, self.right = Label(self), Label(self)
        self.reset = QToolButton(self)
        self.reset.setText(self.tr("Default"))
        self.reset.setToolTip(self.tr("Back to the value the program came with"))
        # Its place stays, so that nothing jumps while the slider moves.
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.label.setBuddy(self.slider)
        for end in (self.left, self.right):
            style.set_role(end, "muted")
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.SPACE // 2)
        layout.addWidget(self.label, 0, 0, 1, 2)
        layout.addWidget(self.reset, 0, 2, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.slider, 1, 0, 1, 3)
        layout.addWidget(self.left, 2, 0)
        layout.addWidget(self.right, 2, 2, Qt.AlignmentFlag.AlignRight)
        layout.setColumnStretch(1, 1)
        self.slider.valueChanged.connect(self._moved)
        self.reset.clicked.connect(self._to_default)

    def set_span(self, span: Span, label: str, left: str, right: str) -> None:
        """Let the slider move another threshold, and call its ends by words."""
        self._span = span
        self.label.setText(label)
        self.left.setText(left)
        self.right.setText(right)
        self.slider.setAccessibleName(label)
        self.slider.setAccessibleDescription(self.tr("{0} to {1}").format(left, right))
        self._show()

    @property
    def value(self) -> float:
        """The threshold at the slider's place."""
        if self._span is None:
            return 0.0
        share: float = self.slider.value() / TICKS
        return self._span.left + share * (self._span.right - self._span.left)

    def _show(self) -> None:
        if self._span is None:
            return
        value = self._choices.thresholds[self._span.name]
        share = (value - self._span.left) / (self._span.right - self._span.left)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(max(0.0, min(share, 1.0)) * TICKS))
        self._show_default()

    def _moved(self) -> None:
        if self._span is not None:
            self._choices.set_threshold(self._span.name, self.value)
            self._show_default()

    def _to_default(self) -> None:
        if self._span is not None:
            self._choices.set_threshold(self._span.name, Thresholds()[self._span.name])
            self._show()

    def _show_default(self) -> None:
        if self._span is not None:
            name = self._span.name
            self.reset.setVisible(self._choices.thresholds[name] != Thresholds()[name])
