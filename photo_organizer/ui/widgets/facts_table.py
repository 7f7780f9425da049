"""The facts of one photo as a small two-column table of labels."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import KEYS, Fact, facts
from photo_organizer.ui.words.plain_text import tip


class ElidedLabel(Label):
    """One line of text that is cut where it does not fit; the tooltip has it whole.

    Args:
        elide: what is left out: the middle of names, whose ends tell them apart; the end of
            sentences.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(text, parent)
        self._whole = ""
        self._elide = elide
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_short(self, text: str, whole: str) -> None:
        """Show the short form of something; the tooltip has all of it in any case."""
        self.setText(text)
        self._whole = whole
        self.setToolTip(tip(whole))

    def minimumSizeHint(self) -> QSize:
        """Narrow: a long file name must not widen the window."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The text, elided to the width."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.text(), self._elide, self.width())
        if self._elide is Qt.TextElideMode.ElideRight and 2 * len(text) < len(self.text()):
            text = ""  # the first letters of a sentence say nothing
        if not self._whole:
            self.setToolTip(tip(self.text()) if text != self.text() else "")
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text
        )


class FactsTable(QWidget):
    """Label and text of every fact of a photo; rows are made once and used again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.SPACE)
        self._grid.setVerticalSpacing(style.SPACE // 4)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[QLabel, ElidedLabel]] = []
        self.shown: tuple[Fact, ...] = ()

    def set_photo(
        self,
        photo: Photo | None,
        keys: Collection[str] = KEYS,
        bold: Collection[str] = frozenset(),
        dashes: bool = True,
    ) -> None:
        """Show a photo's facts.

        Args:
            photo: whose; None shows none.
            keys: which facts, see `facts_text.facts`.
            bold: the facts that differ within a group.
            dashes: whether facts that the photo lacks have their line too.
        """
        self.shown = facts(photo, keys, dashes) if photo else ()
        self.make_rows(len(self.shown))
        for (label, value), fact in zip(self._rows, self.shown, strict=False):
            label.setText(fact.label)
            value.setText(fact.text)
            value.setAccessibleName(f"{fact.label}: {fact.text}")
            style.change_role(value, "differs" if fact.key in bold else "")
        for row, (label, value) in enumerate(self._rows):
            label.setVisible(row < len(self.shown))
            value.setVisible(row < len(self.shown))

    def make_rows(self, count: int) -> None:
        """Have at least so many rows; new ones are hidden until they are needed."""
        while len(self._rows) < count:
            self._add_row()

    def _add_row(self) -> None:
        label, value = Label(self), ElidedLabel("", self)
        style.set_role(label, "muted")
        self._grid.addWidget(label, len(self._rows), 0)
        self._grid.addWidget(value, len(self._rows), 1)
        label.hide()
        value.hide()
        self._rows.append((label, value))
