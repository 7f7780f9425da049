"""What can be told of the eyes in one photo, as small signs with a count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from photo_organizer.engine.domain.faces import Eyes, SeenFace
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.words.faces_text import count_doubts, eyes_icon, faces_text

ICON = 16
GAP = 4


class FaceBadges(QWidget):
    """A sign and a count for closed eyes, and one for those of which nobody can tell.

    Told by shape and number, never by colour alone; the tooltip and screen readers have the words.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        accessible.set_role(self, QAccessible.Role.StaticText)
        self.hide()

    def show_faces(self, faces: Sequence[SeenFace]) -> None:
        """Tell of these faces; nothing is shown where there is nothing to tell."""
        told = zip((Eyes.CLOSED, Eyes.CANT_TELL), count_doubts(faces), strict=True)
        self._signs = [(eyes_icon(eyes), str(count)) for eyes, count in told if count]
        text = faces_text(faces) if self._signs else ""
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setVisible(bool(self._signs))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All signs side by side."""
        metrics = self.fontMetrics()
        width = sum(ICON + GAP + metrics.horizontalAdvance(n) + 2 * GAP for _, n in self._signs)
        return QSize(max(0, width - 2 * GAP), max(ICON, metrics.height()))

    def minimumSizeHint(self) -> QSize:
        """See `sizeHint`."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other widths."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Each sign, and its count."""
        painter = QPainter(self)
        scheme = style.scheme_of(self)
        painter.setPen(style.color("text", scheme))
        metrics, left = self.fontMetrics(), 0
        for icon, number in self._signs:
            spot = QRectF(left, (self.height() - ICON) / 2, ICON, ICON)
            style.draw_icon(painter, icon, "text", spot, scheme)
            left += ICON + GAP
            width = metrics.horizontalAdvance(number)
            place = QRectF(left, 0, width, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, number)
            left += width + 2 * GAP
        painter.end()
