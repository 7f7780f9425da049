"""What came of a clean-up: which photos stayed and why, which went and where they lie now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.commands.commands import beside_icon
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.pages import MARGIN, SPACING, button_row, heading
from photo_organizer.ui.sheets.photo_lines import Line, LineList
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.file_manager import show_in_file_manager, show_trash
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column
from photo_organizer.ui.words.facts_text import folder_text, size_text


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one photo."""

    photo: Photo
    place: Path | None = None
    """Where it lies now; None where it stayed, or where the system does not say."""
    reason: Reason | None = None
    """Why it stayed; None where it went."""


class CleanUpOutcome(QWidget):
    """Those that stayed come first, each with its reason; then those that went."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._beside = False
        self.title = heading()
        self.text = Label(wordWrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.photos: LineList[Came] = LineList(self._line, session.thumbnails, self)
        self.photos.setAccessibleName(self.tr("What became of each photo"))
        self.beside_text = Label(wordWrap=True)
        self.beside_text.setText(
            self.tr(
                "There is no trash at their place. They can be moved to a folder with today's "
                "date beside the photos instead; Undo brings them back from there too."
            )
        )
        self.reveal = QPushButton()
        style.set_icon(self.reveal, "folder-open")
        self.beside = QPushButton(self.tr("Move to a dated folder"))
        self.undo = QPushButton(beside_icon(self.tr("Undo")))
        style.set_icon(self.undo, "undo-2")
        self.done = QPushButton(self.tr("Done"))
        style.set_role(self.done, "primary")
        buttons = button_row(self.beside, self.undo, self.done)
        buttons.insertWidget(0, self.reveal)
        layout = column(self, (MARGIN,) * 4, SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addWidget(self.photos, 1)
        layout.addWidget(self.beside_text)
        layout.addLayout(buttons)
        self.photos.selectionModel().currentChanged.connect(self._name_reveal)
        self.photos.doubleClicked.connect(self._reveal)
        self.reveal.clicked.connect(self._reveal)

    def show_outcome(self, title: str, text: str, came: Sequence[Came], *, beside: bool) -> None:
        """Tell it.

        Args:
            title: what came of it.
            text: more about it; "" for nothing.
            came: what came of each photo.
            beside: those that went are in a folder beside the others, not in the trash.
        """
        # Only now: a sheet has one default button, and until here it is that of its question.
        self.done.setDefault(True)
        self._beside = beside
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.photos.setVisible(bool(came))
        self.photos.show_items(sorted(came, key=lambda one: one.reason is None))
        self._name_reveal()

    def _line(self, came: Came) -> Line:
        size = size_text(came.photo.identity.size)
        folder = folder_text(came.photo.path.parent)
        if came.reason is not None:
            why = came.reason.text(self._session.choices.language)
            stays = self.tr("Stays in {0}").format(folder)
            return Line(came.photo, "triangle-alert", "warning", f"{why}\n{stays}", size)
        detail = self.tr("From {0}").format(folder)
        if self._beside and came.place is not None:
            detail += "\n" + self.tr("Now in {0}").format(folder_text(came.place.parent))
        photo = came.photo
        if came.place is not None:
            # Its picture, if it was not seen before, is read where it lies now.
            photo = replace(photo, identity=replace(photo.identity, path=came.place))
        return Line(photo, "trash-2", "muted", detail, size)

    @Slot()
    def _name_reveal(self) -> None:
        came = self.photos.lines.item(self.photos.currentIndex())
        self.reveal.setVisible(came is not None)
        in_trash = came is not None and came.reason is None and not self._beside
        where = self.tr("Show in trash") if in_trash else self.tr("Show in folder")
        self.reveal.setText(beside_icon(where))

    @Slot()
    @Slot(QModelIndex)
    def _reveal(self) -> None:
        came = self.photos.lines.item(self.photos.currentIndex())
        if came is None:
            return
        if came.reason is not None:
            show_in_file_manager(came.photo.path)
        elif came.place is not None:
            show_in_file_manager(came.place)
        else:
            show_trash()
