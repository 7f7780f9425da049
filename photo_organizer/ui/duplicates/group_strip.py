"""All photos of a group that has more than stand side by side: a strip, where in it one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QHelpEvent, QPainter
from PySide6.QtWidgets import QToolButton, QToolTip, QWidget

from photo_organizer.engine.domain.results import Group
from photo_organizer.ui.duplicates.compare_pane import KEEP_ALL
from photo_organizer.ui.photos.film_strip import FilmStrip
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, style
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import row
from photo_organizer.ui.words.facts_text import folder_text
from photo_organizer.ui.words.plain_text import tip, visible

FRAME = 48
CROWN = 16
LINE = 3
"""Under the photos that stand side by side at present."""


class GroupStrip(QWidget):
    """A thumbnail of every photo, arrows, and "1, 4–5 of 9"; not there where all have a pane."""

    chosen = Signal(int)
    """The photo (its id) that was clicked."""
    stepped = Signal(int)
    """An arrow asks for the photo so many places further."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group: Group | None = None
        self.previous = self._arrow("chevron-left", self.tr("Previous photo (←)"))
        self.next = self._arrow("chevron-right", self.tr("Next photo (→)"))
        self.place = Label(self)
        self.film = _Film(session, self)
        self.setAccessibleName(self.tr("All photos of the group"))
        accessible.set_role(self, QAccessible.Role.Grouping)
        across = row(self, spacing=style.SPACE // 2)
        across.addWidget(self.place)
        across.addWidget(self.previous)
        across.addWidget(self.film, 1)
        across.addWidget(self.next)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.film.chosen.connect(self._choose)
        self.hide()

    def _arrow(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        style.set_icon(button, icon)
        style.set_role(button, "compact")
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_group(self, group: Group | None, current: int | None, seen: Sequence[int]) -> None:
        """Show a group; `seen` are its photos (ids) that stand side by side."""
        self._group = group
        if group is None or current not in group.photos or len(seen) >= len(group.photos):
            self.hide()
            return
        places = [group.photos.index(photo) for photo in seen]
        position = group.photos.index(current)
        count = len(group.photos)
        self.place.setText(self.tr("{0} of {1}").format(runs([p + 1 for p in places]), count))
        widest = self.tr("{0} of {1}").format(runs([1, count - 1, count]), count)
        self.place.setMinimumWidth(self.place.fontMetrics().horizontalAdvance(widest))
        self.previous.setEnabled(position > 0)
        self.next.setEnabled(position + 1 < count)
        self.film.show_group(group, position, places)
        self.show()

    @Slot(int)
    def _choose(self, position: int) -> None:
        if self._group is not None:
            self.chosen.emit(self._group.photos[position])


class _Film(FilmStrip):
    """The thumbnails: a crown on the keeper, a line under what stands side by side."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(
            session.shown, session.marks, session.thumbnails, parent, frame=FRAME, stands=True
        )
        self._keeper: int | None = None
        self._seen: Sequence[int] = ()
        self.setAccessibleName(self.tr("All photos of the group"))

    def show_group(self, group: Group, current: int, seen: Sequence[int]) -> None:
        """Show a group; the positions of its current photo, and of those seen side by side."""
        self._keeper = None if group.reason.code in KEEP_ALL else group.keeper
        self._seen = seen
        self.show_photos(group.photos, current)

    def _paint_over(self, painter: QPainter, position: int) -> None:
        place = self.place_of(position)
        if self._ids[position] == self._keeper:
            spot = QRectF(place.left() + 2, place.top() + 2, CROWN, CROWN)
            painter.fillRect(spot.adjusted(-2, -2, 2, 2), style.color("surface"))
            style.draw_icon(painter, "crown", "ok", spot)
        if position in self._seen:
            line = QRectF(place.left(), place.bottom() + 4, place.width(), LINE)
            painter.fillRect(line, style.color("muted"))

    def event(self, event: QEvent) -> bool:
        """The name and folder of the photo under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            position = self.at(event.pos().toPointF())
            photo = None if position is None else self._shown.photos.get(self._ids[position])
            if photo is None:
                QToolTip.hideText()
            else:
                text = f"{visible(photo.path.name)}\n{folder_text(photo.path.parent)}"
                QToolTip.showText(event.globalPos(), tip(text), self)
            return True
        return super().event(event)


def runs(numbers: Sequence[int]) -> str:
    """Numbers in order as people write them: "1, 4–6"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(
        str(part[0]) if len(part) == 1 else f"{part[0]}\N{EN DASH}{part[-1]}" for part in parts
    )
