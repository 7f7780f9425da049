"""The one place that tells what is going on: counts, speed, time left, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QWidget

from photo_organizer.engine.events import Progress, Stage
from photo_organizer.engine.trash import Moved, Restored, Stayed
from photo_organizer.ui import boxes, style
from photo_organizer.ui.names import duration
from photo_organizer.ui.session import Session

MESSAGE_SECONDS = 8


class StatusArea(QFrame):
    """The bottom line of the window; it says only what is true now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._session = session
        self.text = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(240)
        self.bar.setAccessibleName(self.tr("Progress of the analysis"))
        self.figures = QLabel()
        style.set_role(self.figures, "muted")
        self.cancel = QPushButton(self.tr("Stop"))
        self.cancel.setToolTip(self.tr("Stop the analysis; what was found so far is kept"))
        style.set_role(self.cancel, "quiet")
        self.cancel.clicked.connect(session.cancel)
        self._message = QTimer(self)
        self._message.setSingleShot(True)
        self._message.setInterval(1000 * MESSAGE_SECONDS)
        self._message.timeout.connect(self._show_summary)
        row = boxes.row(self, (16, 4, 12, 4), spacing=12)
        row.addWidget(self.text)
        row.addStretch()
        row.addWidget(self.figures)
        row.addWidget(self.bar)
        row.addWidget(self.cancel)
        self.setFixedHeight(40)
        session.progress_changed.connect(self._show_progress)
        session.running_changed.connect(self._show_running)
        session.moved.connect(self._show_trash)
        session.message.connect(self._show_message)
        session.result_changed.connect(self._show_summary)
        session.skipped_changed.connect(self._show_summary)
        self._show_running(session.running)

    @Slot(bool)
    def _show_running(self, running: bool) -> None:
        for widget in (self.bar, self.cancel, self.figures):
            widget.setVisible(running)
        if running:
            self.bar.setRange(0, 0)
            self.figures.clear()
        self._show_summary()

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        if progress.stage is Stage.ANALYSING and progress.done and not progress.scanning:
            self.bar.setRange(0, progress.total)
            self.bar.setValue(progress.done)
        else:
            self.bar.setRange(0, 0)
        count = self.tr("{done:,} of {total:,}")
        parts = [count.format(done=progress.done, total=progress.total)]
        if progress.rate:
            parts.append(self.tr("{:.0f} photos/s").format(progress.rate))
        if progress.seconds_left is not None:
            parts.append(self.tr("{} left").format(duration(progress.seconds_left)))
        self.figures.setText("  ·  ".join(parts))
        self._show_summary()

    @Slot(object)
    def _show_trash(self, event: object) -> None:
        if isinstance(event, Moved | Stayed | Restored):
            going = self.tr("Moving to the trash: {:,} of {:,}")
            coming = self.tr("Bringing back: {:,} of {:,}")
            text = coming if isinstance(event, Restored) else going
            self._show_message(text.format(event.done, event.total))

    @Slot(str)
    def _show_message(self, message: str) -> None:
        self.text.setText(message)
        self.text.setToolTip(message)
        self._message.start()

    @Slot()
    def _show_summary(self) -> None:
        if self._message.isActive():
            return
        self.text.setToolTip("")
        session = self._session
        if session.running:
            stage = session.progress.stage if session.progress else Stage.LOADING
            self.text.setText(
                {
                    Stage.LOADING: self.tr("Loading the model…"),
                    Stage.ANALYSING: self.tr("Analysing photos…"),
                    Stage.JUDGING: self.tr("Comparing photos…"),
                }[stage]
            )
        elif session.result is None:
            self.text.setText(self.tr("No folder open"))
        else:
            count = len(session.photos)
            parts = [self.tr("1 photo") if count == 1 else self.tr("{:,} photos").format(count)]
            if session.skipped:
                parts.append(self.tr("{:,} skipped").format(len(session.skipped)))
            self.text.setText("  ·  ".join(parts))
