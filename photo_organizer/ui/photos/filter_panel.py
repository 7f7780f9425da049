"""The choices by which a grid is filtered, in a small panel below its button."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from photo_organizer.engine.browse.sort_filter import (
    REJECTED,
    UNRATED,
    Columns,
    Filters,
    Flawed,
    Membership,
    People,
)
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.ui.photos.grid import AT_ONCE, PhotoGrid
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.widgets import layouts, style
from photo_organizer.ui.widgets.input_fields import Chooser
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.facts_text import folder_text
from photo_organizer.ui.words.names import flaw_name, month_name

WIDTH = 344
FIELD = 216
"""Widths of the panel and of a box in it."""

Choices = list[tuple[str, object]]


@dataclass(frozen=True, slots=True)
class Present:
    """What the photos offered differ in."""

    months: Sequence[int] = ()
    formats: Sequence[str] = ()
    folders: Sequence[str] = ()


class FilterPanel(QFrame):
    """One box for each field of `Filters`; every choice takes effect at once."""

    changed = Signal(object)
    """The `Filters` chosen."""

    def __init__(
        self, shown: ShownResult, tasks: Tasks, grid: PhotoGrid, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self._shown = shown
        self._tasks = tasks
        self._grid = grid
        self._filters = Filters()
        self._present = Present()
        self.boxes: dict[str, Chooser] = {}
        """By the name of the field of `Filters`."""
        self.setAccessibleName(self.tr("Filters"))
        lines = QGridLayout()
        lines.setHorizontalSpacing(2 * style.SPACE)
        lines.setVerticalSpacing(style.SPACE)
        for row, (name, text) in enumerate(self._labels().items()):
            label, box = Label(text), Chooser()
            label.setBuddy(box)
            style.set_role(label, "muted")
            box.setAccessibleName(text)
            box.setFixedWidth(FIELD)
            box.setMaxVisibleItems(16)
            box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            box.activated.connect(self._on_choice)
            lines.addWidget(label, row, 0)
            lines.addWidget(box, row, 1)
            self.boxes[name] = box
        self.clear_button = QPushButton(self.tr("Clear filters"))
        self.clear_button.clicked.connect(self.clear)
        below = layouts.row()
        below.addStretch()
        below.addWidget(self.clear_button)
        layout = layouts.column(self, (2 * style.SPACE,) * 4, spacing=2 * style.SPACE)
        layout.addLayout(lines)
        layout.addLayout(below)
        self._fill()

    @property
    def filters(self) -> Filters:
        """What is chosen."""
        return self._filters

    def set_filters(self, filters: Filters) -> None:
        """Choose these without telling anybody."""
        self._filters = filters
        self._fill()

    def open_below(self, button: QWidget) -> None:
        """Appear below a button, with what there is to choose among the photos of the grid."""
        self._look()
        self.adjustSize()
        corner = button.mapToGlobal(QPoint(0, button.height() + style.SPACE // 2))
        room = button.screen().availableGeometry()
        corner.setX(max(room.left(), min(corner.x(), room.right() - self.width())))
        corner.setY(max(room.top(), min(corner.y(), room.bottom() - self.height())))
        self.move(corner)
        self.show()
        self.boxes["since"].setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def clear(self) -> None:
        """Show everything again."""
        self.set_filters(Filters())
        self.changed.emit(self._filters)

    def sizeHint(self) -> QSize:
        """As wide as its boxes."""
        return QSize(WIDTH, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Enter close the panel: every choice took effect already."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_choice(self) -> None:
        chosen: dict[str, Any] = {name: box.value for name, box in self.boxes.items()}
        self._filters = replace(self._filters, **chosen)
        self.clear_button.setEnabled(bool(self._filters))
        self.changed.emit(self._filters)

    # ------------------------------------------------------------------ what there is to choose

    def _look(self) -> None:
        """Find what there is to choose; among very many photos that takes a moment."""
        offered, columns = self._grid.offered, self._shown.columns
        if len(offered) <= AT_ONCE:
            self._on_present(_present(offered, columns))
            return

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield _present(offered, columns)

        self._tasks.start(work, self._on_present)

    def _on_present(self, present: Present) -> None:
        self._present = present
        self._fill()

    def _fill(self) -> None:
        choices: dict[str, Callable[[], Choices]] = {
            "since": self._months,
            "until": self._months,
            "format": lambda: [(name, name) for name in self._present.formats],
            "folder": self._folders,
            "flaws": self._flaws,
            "duplicates": self._duplicates,
            "people": self._people,
            "stars": self._stars,
            "marked": self._marks,
        }
        for name, box in self.boxes.items():
            chosen = getattr(self._filters, name)
            offered: Choices = [(self.tr("Any"), None), *choices[name]()]
            if chosen not in [value for _, value in offered]:
                # It came from another library: what is in force is never hidden.
                offered.append((self._other(name, chosen), chosen))
            box.set_choices(offered, chosen)
        self.clear_button.setEnabled(bool(self._filters))

    def _other(self, name: str, chosen: object) -> str:
        if name in ("since", "until") and isinstance(chosen, int):
            return month_name(chosen)
        return str(chosen)

    def _labels(self) -> dict[str, str]:
        return {
            "since": self.tr("Taken from"),
            "until": self.tr("Taken until"),
            "format": self.tr("Type"),
            "folder": self.tr("Folder"),
            "flaws": self.tr("Flaws"),
            "duplicates": self.tr("Duplicates"),
            "people": self.tr("People"),
            "stars": self.tr("Stars"),
            "marked": self.tr("Trash"),
        }

    def _months(self) -> Choices:
        return [(month_name(month), month) for month in reversed(self._present.months)]

    def _folders(self) -> Choices:
        return [(folder_text(Path(folder)), folder) for folder in self._present.folders]

    def _flaws(self) -> Choices:
        return [
            (self.tr("Without flaws"), Flawed.NONE),
            (self.tr("With any flaw"), Flawed.ANY),
            *((flaw_name(flaw), flaw) for flaw in Flaw),
        ]

    def _duplicates(self) -> Choices:
        return [(self._membership(each), each) for each in Membership]

    def _membership(self, membership: Membership) -> str:
        match membership:
            case Membership.GROUPED:
                return self.tr("In a group")
            case Membership.KEEPER:
                return self.tr("Suggested keepers")
            case Membership.SPARE:
                return self.tr("In a group, not the keeper")
            case Membership.SINGLE:
                return self.tr("In no group")

    def _people(self) -> Choices:
        return [(self._who(each), each) for each in People]

    def _who(self, people: People) -> str:
        match people:
            case People.ANY:
                return self.tr("With people")
            case People.ONE:
                return self.tr("One person")
            case People.SEVERAL:
                return self.tr("Several people")
            case People.EYES_CLOSED:
                return self.tr("With closed eyes")
            case People.NONE:
                return self.tr("Without people")

    def _stars(self) -> Choices:
        return [
            (self.tr("5 stars"), 5),
            *((self.tr("%Ln stars or more", "", stars), stars) for stars in (4, 3, 2, 1)),
            (self.tr("Not rated"), UNRATED),
            (self.tr("Rejected"), REJECTED),
        ]

    def _marks(self) -> Choices:
        return [(self.tr("Marked for the trash"), True), (self.tr("Not marked"), False)]

    def sentence(self) -> str:
        """The filters in force, for people: "JPEG, In a group"."""
        labels = self._labels()
        parts = []
        for name, box in self.boxes.items():
            if getattr(self._filters, name) is not None:
                dated = name in ("since", "until")
                parts.append(f"{labels[name]} {box.currentText()}" if dated else box.currentText())
        return ", ".join(parts)


def _present(offered: Sequence[int], columns: Columns) -> Present:
    return Present(
        columns.present_months(offered),
        columns.present_formats(offered),
        columns.present_folders(offered),
    )
