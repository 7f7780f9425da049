"""The sheet that asks before photos are moved into a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from photo_organizer.engine.cleanup.planning import Plan
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.sheets.pages import MARGIN, SPACING, button_row, heading
from photo_organizer.ui.widgets import style
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.widgets.layouts import column, row
from photo_organizer.ui.words.facts_text import folder_text, size_text
from photo_organizer.ui.words.plain_text import visible


def ask_to_move(
    session: Session, ids: Collection[int], folder: Path, parent: QWidget | None = None
) -> MoveSheet | None:
    """Open the sheet for these photos; None while photos are being moved already."""
    if session.clean_ups.busy or not ids:
        return None
    sheet = MoveSheet(session, session.clean_ups.plan_move(ids, folder), folder, parent)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.open()
    return sheet


class MoveSheet(QDialog):
    """Says what would be moved where, and what would stay; the work goes on behind it.

    Args:
        session: whose photos.
        plan: see `CleanUps.plan_move`.
        folder: where to.
    """

    def __init__(
        self, session: Session, plan: Plan, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._plan = plan
        self._folder = folder
        self.setObjectName("surface")
        self.setWindowTitle(self.tr("Move to folder"))
        self.setMinimumWidth(62 * style.SPACE)
        title = self.tr("Move %Ln photos to “{}”?", "", plan.count)
        self.title = heading(
            title.format(visible(folder.name or str(folder)))
            if plan.count
            else self.tr("Nothing can be moved")
        )
        self.place = ElidedLabel(folder_text(folder))
        style.set_role(self.place, "muted")
        self.facts = Label(" ".join(self._sentences()), wordWrap=True)
        self.promise = Label(
            self.tr(
                "The files themselves are moved on the drive. Nothing there is overwritten, and "
                "Undo brings everything back."
            ),
            wordWrap=True,
        )
        style.set_role(self.promise, "muted")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.move_button = QPushButton(self.tr("Move %Ln photos", "", plan.count))
        style.set_role(self.move_button, "primary")
        self.move_button.setEnabled(plan.count > 0)
        (self.move_button if plan.count else self.cancel).setDefault(True)
        layout = column(self, (MARGIN,) * 4, SPACING)
        layout.addWidget(self.title)
        layout.addWidget(self.place)
        layout.addWidget(self.facts)
        self.facts.setVisible(bool(plan.count))
        self.warnings = [self._warning(text) for text in self._refused()]
        for line in self.warnings:
            layout.addWidget(line)
        layout.addWidget(self.promise)
        self.promise.setVisible(bool(plan.count))
        layout.addStretch(1)
        layout.addLayout(button_row(self.cancel, self.move_button))
        self.cancel.clicked.connect(self.reject)
        self.move_button.clicked.connect(self._move)

    def _sentences(self) -> list[str]:
        told = [self.tr("{} will be moved.").format(size_text(self._plan.size))]
        if self._plan.unit_files:
            told.append(
                self.tr(
                    "%Ln files go along (RAW, videos or sidecars of their names).",
                    "",
                    self._plan.unit_files,
                )
            )
        return told

    def _refused(self) -> list[str]:
        """What stays, and why, each reason once."""
        language = self._session.choices.language
        counts = Counter(refusal.reason.text(language) for refusal in self._plan.refusals)
        return [
            self.tr("%Ln photos stay.", "", count) + f" {reason}."
            for reason, count in counts.items()
        ]

    def _warning(self, text: str) -> QWidget:
        line = QWidget()
        across = row(line, spacing=style.SPACE)
        icon = Label()
        icon.setPixmap(style.icon("triangle-alert", "warning").pixmap(16, 16))
        label = Label(text, wordWrap=True)
        across.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(label, 1)
        return line

    @Slot()
    def _move(self) -> None:
        self._session.clean_ups.move_into(self._folder, self._plan)
        self.accept()
