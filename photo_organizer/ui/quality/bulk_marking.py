"""Marks many photos with one flaw at once: the surest ones, down to a word that people choose."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget
from shiboken6 import isValid

from photo_organizer.engine.browse.bulk_marks import BulkMarks, Spared, bulk_marks, protects
from photo_organizer.engine.domain.results import Certainty, Flag, Flaw
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import accessible, layouts, style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.words.names import flaw_name

REST = 30
"""Milliseconds without a further decision before it is counted anew what would be marked."""


class BulkMarking(QWidget):
    """How sure a flaw must be, how many photos that are, and the button that marks them.

    What people said something of before is left out, which is told beforehand and afterwards.
    """

    marked = Signal()
    """The photos were marked; the focus belongs to them again."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._flaw = Flaw.BLUR
        self._flags: Sequence[Flag] = ()
        self._found: BulkMarks | None = None
        """None while it is counted."""
        self._counting: Task | None = None
        self._wanted = False
        """The button was clicked while it was counted."""
        self._count_soon = Debounce(self, REST, self._count)
        self.label = Label(self.tr("Mark all down to"))
        self.steps = {certainty: QPushButton() for certainty in Certainty}
        """The surest first; one of them is checked."""
        self.button = QPushButton()
        self.spared = Label(wordWrap=True)
        self._lay_out()
        self.button.clicked.connect(self.mark)
        session.marks.changed.connect(self._count_again)
        session.stars.changed.connect(self._count_again)
        self.choose(Certainty.CERTAIN)
        self._show()

    def _lay_out(self) -> None:
        style.set_role(self.label, "muted")
        style.set_role(self.spared, "muted")
        style.set_icon(self.button, "trash-2")
        choice = QButtonGroup(self)
        accessible.one_stop(choice)
        line = layouts.row(spacing=style.SPACE // 2)
        for button in self.steps.values():
            button.setCheckable(True)
            style.set_role(button, "step")
            choice.addButton(button)
            line.addWidget(button, 1)
            button.toggled.connect(self._count_again)
        layout = layouts.column(self, spacing=style.SPACE // 2)
        layout.addWidget(self.label)
        layout.addLayout(line)
        layout.addSpacing(style.SPACE // 2)
        layout.addWidget(self.button)
        layout.addWidget(self.spared)

    # ------------------------------------------------------------------ what is asked for

    @property
    def certainty(self) -> Certainty:
        """How sure the flaw must be."""
        return next(one for one, button in self.steps.items() if button.isChecked())

    @property
    def found(self) -> BulkMarks | None:
        """What the button would mark; None while it is counted."""
        return self._found

    def choose(self, certainty: Certainty) -> None:
        """Ask for flaws that are so sure, and surer ones."""
        self.steps[certainty].setChecked(True)

    def set_flags(self, flaw: Flaw, flags: Sequence[Flag]) -> None:
        """Offer other photos.

        Args:
            flaw: of all of them. Where it is another, only the surest are asked for again.
            flags: the surest first.
        """
        if flaw is not self._flaw:
            self._found, self._wanted = None, False
            self._show()
            self.choose(Certainty.CERTAIN)
        self._flaw, self._flags = flaw, flags
        self.setVisible(bool(flags))
        language = self._session.choices.language
        for certainty, button in self.steps.items():
            count, word = self._count_of(certainty), certainty.word.text(language)
            button.setText(f"{word[:1].upper()}{word[1:]}\n{count:,}")
            button.setAccessibleName(f"{word} {flaw_name(flaw)}: {count:,}")
            button.setToolTip(
                self.tr(
                    "Mark all above this strength: what is called “{}”, and what is surer"
                ).format(word)
            )
        self._count_again()

    def _count_of(self, certainty: Certainty) -> int:
        return bisect_right(self._flags, -certainty.least, key=lambda flag: -flag.score)

    # ------------------------------------------------------------------ counting

    @Slot()
    def _count_again(self) -> None:
        self._count_soon.start()

    @Slot()
    def _count(self) -> None:
        """Count beside the window: it looks at folders, and at all stars."""
        if self._counting is not None:
            self._count_soon.start()
            return
        session = self._session
        photos = [flag.photo for flag in self._flags[: self._count_of(self.certainty)]]
        columns, marks, kept = session.shown.columns, session.marks.ids, session.marks.kept
        protected, library = session.choices.preferences.protected, session.analysis.folders

        def work(_cancel: threading.Event) -> Iterator[BulkMarks]:
            yield bulk_marks(photos, columns, marks, kept, protects(protected, library))

        self._counting = session.tasks.start(work, self._take, self._on_counted)

    def _take(self, found: BulkMarks) -> None:
        if isValid(self) and not self._count_soon.pending:
            self._found = found

    def _on_counted(self) -> None:
        self._counting = None
        if not isValid(self):  # another window took its place meanwhile
            return
        self._show()
        if self._wanted and not self._count_soon.pending:
            self.mark()

    def _show(self) -> None:
        found = self._found or BulkMarks()
        count = len(found.ids)
        self.button.setEnabled(count > 0)
        if count and self._flaw.is_gentle:
            # It may be meant: nobody marks such photos without reading what they are.
            text = self.tr("{0}: mark %Ln photos", "", count).format(flaw_name(self._flaw))
        elif count:
            text = self.tr("Mark %Ln photos", "", count)
        elif found.already:
            text = self.tr("%Ln are marked", "", found.already)
        elif self._found:
            text = self.tr("Nothing to mark here")
        else:
            text = self.tr("Mark for the trash")
        self.button.setText(text)
        self.button.setToolTip(
            self.tr("Mark them for the trash; nothing is moved before you clean up")
        )
        spared = self._spared(found)
        self.spared.setText(spared)
        self.spared.setVisible(bool(spared))

    # ------------------------------------------------------------------ marking

    @Slot()
    def mark(self) -> None:
        """Mark all that are found, in one operation; where there are none, that is told."""
        if self._count_soon.pending or self._counting is not None or self._found is None:
            self._wanted = True  # what was decided a moment ago counts
            return
        self._wanted = False
        found = self._found
        if not found.ids:
            self._session.message.emit(self.button.text())
            return
        self.marked.emit()
        self._session.marks.mark(found.ids)
        told = self.tr("%Ln photos are marked for the trash.", "", len(found.ids))
        spared = self._spared(found)
        self._session.message.emit(f"{told} {spared}." if spared else told)

    def _spared(self, found: BulkMarks) -> str:
        """What is left out, and why: "Left out: 4 in protected folders"; "" where nothing is."""
        parts = [self._spared_by(why, n) for why in Spared if (n := found.spared.get(why, 0))]
        return self.tr("Left out: {}").format(", ".join(parts)) if parts else ""

    def _spared_by(self, why: Spared, count: int) -> str:
        match why:
            case Spared.PROTECTED:
                return self.tr("%Ln in protected folders", "", count)
            case Spared.STARRED:
                return self.tr("%Ln with stars", "", count)
            case Spared.FINE:
                return self.tr("%Ln that you called fine", "", count)
            case Spared.KEPT:
                return self.tr("%Ln that you kept", "", count)
