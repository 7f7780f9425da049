"""What lies on top of a large photo: bars that fade away, a short notice, chips, and a veil."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractAnimation,
    QEvent,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QVariantAnimation,
    Slot,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QGraphicsOpacityEffect, QSizePolicy, QWidget

from photo_organizer.ui.widgets import motion, style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.label import Label

FADE = 180
"""Milliseconds in which a bar comes or goes."""
NOTICE_STAYS = 1800
DENSITY = 0.92
"""Of the ground of what lies on a photo: it must be read on any photo."""


class Overlay(QWidget):
    """A dark ground that fades in and out with what is on it; hidden once it has faded."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(FADE)
        self._animation.valueChanged.connect(self._effect.setOpacity)
        self._animation.finished.connect(self._settle)
        self._wanted = True

    @property
    def wanted(self) -> bool:
        """Whether it is there, or on its way to be."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        """Come, or go."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        if motion.reduced() or not self.window().isVisible():
            self._settle()
            return
        running = self._animation.state() == QAbstractAnimation.State.Running
        now = self._effect.opacity() if running else float(not wanted)
        self._animation.stop()
        self._effect.setOpacity(now)
        self._effect.setEnabled(True)
        self.show()
        self._animation.setStartValue(now)
        self._animation.setEndValue(float(wanted))
        self._animation.start()

    @Slot()
    def _settle(self) -> None:
        # Painting through an effect takes time: only while it fades.
        self._effect.setEnabled(False)
        self.setVisible(self._wanted)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The ground."""
        painter = QPainter(self)
        ground = style.color("window", "dark")
        ground.setAlphaF(DENSITY)
        painter.fillRect(self.rect(), ground)
        painter.end()


class PassingNote(Label):
    """One short sentence over the photo that goes by itself.

    Args:
        over: the widget it stands over, a sibling.
        parent: of both.
    """

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._photo = over
        style.set_role(self, "marker")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._going = Debounce(self, NOTICE_STAYS, self.hide)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence for a moment."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._going.start()

    def place(self) -> None:
        """In the middle of the photo, a little above its bottom."""
        over = self._photo.geometry()
        self.move(over.center().x() - self.width() // 2, over.top() + round(0.8 * over.height()))


@dataclass(frozen=True, slots=True)
class Chip:
    """A short fact about a photo."""

    icon: str
    text: str
    tint: str = "text"
    """Of the icon: a colour of the dark scheme."""
    filled: bool = False


class Chips(QWidget):
    """Short facts in a row, each with its icon."""

    HEIGHT = 28

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: Sequence[Chip] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def chips(self) -> Sequence[Chip]:
        """The facts shown."""
        return self._chips

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Show these facts."""
        self._chips = chips
        self.setAccessibleName(", ".join(chip.text for chip in chips))
        self.resize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """All chips side by side."""
        width = sum(self._width(chip) + style.SPACE for chip in self._chips)
        return QSize(max(0, round(width) - style.SPACE), self.HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.resize(self.sizeHint())

    def _width(self, chip: Chip) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance(chip.text) + 16 + 6 + 20

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Rounded grounds with icon and text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 0.0
        ground = style.color("badge", "dark")
        ground.setAlphaF(DENSITY)
        for chip in self._chips:
            pill = QRectF(left, 0, self._width(chip), self.HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(pill, self.HEIGHT / 2, self.HEIGHT / 2)
            spot = QRectF(pill.left() + 10, (self.HEIGHT - 16) / 2, 16, 16)
            style.draw_icon(painter, chip.icon, chip.tint, spot, "dark", filled=chip.filled)
            painter.setPen(style.color("on_badge", "dark"))
            painter.drawText(
                pill.adjusted(32, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                chip.text,
            )
            left = pill.right() + style.SPACE
        painter.end()


class Veil(QWidget):
    """The picture that was there before, fading away over the one that is there now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._animation = QVariantAnimation(self)
        self._animation.valueChanged.connect(self._on_value)
        self._animation.finished.connect(self.hide)
        self._opacity = 0.0
        self.hide()

    def fade(self, picture: QPixmap, milliseconds: int) -> None:
        """Let a picture of the same size fade away."""
        self._animation.stop()
        self._picture = picture
        self._opacity = 1.0
        self._animation.setDuration(milliseconds)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self.show()
        self._animation.start()

    def stop(self) -> None:
        """Be gone at once."""
        self._animation.stop()
        self.hide()

    @Slot(object)
    def _on_value(self, value: float) -> None:
        self._opacity = value
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The old picture, as far as it is still there."""
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(QPointF(), self._picture)
        painter.end()
