"""The one place that tells what is going on: counts, speed, time left, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QWidget

from photo_organizer.engine.domain.results import count_videos
from photo_organizer.ui.session.activities import Activity
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets import layouts, motion, style
from photo_organizer.ui.widgets.debounce import Debounce
from photo_organizer.ui.widgets.facts_table import ElidedLabel
from photo_organizer.ui.widgets.label import Label
from photo_organizer.ui.window.selected_label import SelectedLabel
from photo_organizer.ui.words.plain_text import visible

MESSAGE_SECONDS = 8
LINE_HEIGHT = 40
THOUSAND = 1000
"""Steps of a bar: Qt counts in 32 bits, and downloads are larger."""


class ActivityLine(QWidget):
    """One activity: what it is, how far it is, and how to hold or stop it."""

    told = Signal()
    """`title` may be another; whoever owns the line shows it or something more important."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._activity: Activity | None = None
        self.text = ElidedLabel()
        self.figures = Label()
        style.set_role(self.figures, "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(200)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.pause = QPushButton()
        self.pause.setCheckable(True)
        self.pause.clicked.connect(self._pause)
        self.cancel = QPushButton(self.tr("Stop"))
        self.cancel.setToolTip(self.tr("Stop it; what is done so far is kept"))
        self.cancel.clicked.connect(self._cancel)
        self._row = row = layouts.row(self, (16, 4, 12, 4), spacing=12)
        row.addWidget(self.text, 1)
        self.beside_text = layouts.row()
        """For what else is told there; only the text gives way to it."""
        row.addLayout(self.beside_text)
        row.addWidget(self.figures)
        row.addWidget(self.bar)
        row.addWidget(self.pause)
        row.addWidget(self.cancel)
        for button in (self.pause, self.cancel):
            style.set_role(button, "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus in the view
        self.setFixedHeight(LINE_HEIGHT)
        # As wide as its longer word, so that nothing jumps.
        widths = []
        for word in (self.tr("Pause"), self.tr("Resume")):
            self.pause.setText(word)
            widths.append(self.pause.sizeHint().width())
        self.pause.setMinimumWidth(max(widths))
        self.show_activity(None)

    def add_button(self, button: QPushButton) -> None:
        """Offer something more at the end of the line; whoever adds it shows it and hides it."""
        self._row.addWidget(button)

    def show_activity(self, activity: Activity | None) -> None:
        """Follow an activity; None for nothing."""
        if activity is not self._activity:
            if self._activity is not None:
                self._activity.changed.disconnect(self._show)
            self._activity = activity
            if activity is not None:
                activity.changed.connect(self._show)
        self._show()

    @property
    def title(self) -> str:
        """What the activity is, and that it is held."""
        if self._activity is None:
            return ""
        if self._activity.paused:
            return self.tr("Paused: {}").format(self._activity.title)
        return self._activity.title

    @Slot()
    def _show(self) -> None:
        activity = self._activity
        for widget in (self.bar, self.figures):
            widget.setVisible(activity is not None)
        # Its place stays meanwhile: nothing jumps when a part of the work cannot be held.
        policy = self.pause.sizePolicy()
        policy.setRetainSizeWhenHidden(activity is not None)
        self.pause.setSizePolicy(policy)
        self.pause.setVisible(activity is not None and activity.can_pause)
        self.cancel.setVisible(activity is not None and activity.can_cancel)
        self.told.emit()
        if activity is None:
            return
        title = visible(activity.title)
        self.bar.setAccessibleDescription(title)
        self.cancel.setAccessibleName(self.tr("Stop: {}").format(title))
        if activity.total:
            self.bar.setRange(0, THOUSAND)
            self.bar.setValue(THOUSAND * activity.done // activity.total)
        else:
            # A bar that only runs to and fro would claim that something moves.
            self.bar.setRange(0, 1 if activity.paused or motion.reduced() else 0)
        count = self.tr("{done:,} of {total:,}").format(done=activity.done, total=activity.total)
        self.figures.setText(activity.figures or (count if activity.total else ""))
        self.pause.setText(self.tr("Resume") if activity.paused else self.tr("Pause"))
        self.pause.setAccessibleName(f"{self.pause.text()}: {title}")
        with QSignalBlocker(self.pause):
            self.pause.setChecked(activity.paused)

    @Slot()
    def _pause(self) -> None:
        if self._activity is not None:
            self._activity.pause(not self._activity.paused)

    @Slot()
    def _cancel(self) -> None:
        if self._activity is not None:
            self._activity.cancel()


class StatusArea(QFrame):
    """The bottom of the window; it says only what is true now.

    A line for each activity; where nothing goes on, one line with what there is. A message takes
    the place of the first line's text for some seconds. Where several photos are selected, the
    first line says so whatever goes on.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._session = session
        self._message = Debounce(self, 1000 * MESSAGE_SECONDS, self._show_text)
        self._down = layouts.column(self)
        self.lines: list[ActivityLine] = []
        self._add_line()
        self.go_on = QPushButton(self.tr("Continue"))
        self.go_on.setToolTip(self.tr("Look at the other photos, too"))
        self.go_on.clicked.connect(session.analysis.again)
        style.set_role(self.go_on, "quiet")
        self.lines[0].add_button(self.go_on)
        self.selected = SelectedLabel(session)
        self.lines[0].beside_text.addWidget(self.selected)
        session.activities.changed.connect(self._show)
        session.analysis.extent_changed.connect(self._show_text)
        session.message.connect(self._show_message)
        session.shown.changed.connect(self._show_text)
        session.analysis.skipped_changed.connect(self._show_text)
        session.store_tried.connect(self._show_text)
        self._show()

    @property
    def text(self) -> QLabel:
        """What the first line says."""
        return self.lines[0].text

    def _add_line(self) -> None:
        line = ActivityLine()
        line.told.connect(self._show_text)
        self.lines.append(line)
        self._down.addWidget(line)

    @Slot()
    def _show(self) -> None:
        running = self._session.activities.running
        while len(self.lines) < len(running):
            self._add_line()
        while len(self.lines) > max(1, len(running)):
            line = self.lines.pop()
            line.show_activity(None)
            line.hide()
            line.deleteLater()
        for number, line in enumerate(self.lines):
            line.show_activity(running[number] if number < len(running) else None)
        self._show_text()

    @Slot(str)
    def _show_message(self, message: str) -> None:
        self.text.setText(message)
        self._message.start()

    @Slot()
    def _show_text(self) -> None:
        busy = bool(self._session.activities.running)
        self.go_on.setVisible(not busy and self._session.analysis.stopped)
        for line in self.lines[1:]:
            line.text.setText(line.title)
        if self._message.pending:
            return
        self.text.setText(self.lines[0].title or self._summary())

    def _summary(self) -> str:
        session = self._session
        if session.analysis.stopped:
            parts = [session.analysis.extent.text]
        elif session.shown.result is None:
            return self.tr("No folder open")
        else:
            count = len(session.shown.photos)
            parts = [self.tr("%Ln photos", "", count)]
        if videos := count_videos(session.analysis.skipped):
            parts.append(self.tr("%Ln videos are not looked at", "", videos))
        # What is left out by suffix has its own line in the problems; it is no photo.
        skipped = sum(one.is_photo for one in session.analysis.skipped)
        if skipped:
            parts.append(self.tr("%Ln skipped", "", skipped))
        if session.store_trouble is not None and session.unstored:
            waiting = self.tr("%Ln decisions wait to be stored", "", session.unstored)
            parts.append(waiting)
        return "  ·  ".join(parts)
