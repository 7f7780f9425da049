"""Above the views, while not all photos were looked at: how far that went, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from photo_organizer.ui.session.analysis_run import AnalysisRun
from photo_organizer.ui.widgets import layouts
from photo_organizer.ui.widgets.label import Label


class LookedAt(QFrame):
    """Hidden but after an analysis was stopped: "73 of 533 looked at" and *Continue*."""

    def __init__(self, analysis: AnalysisRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._analysis = analysis
        self.text = Label()
        self.go_on = QPushButton(self.tr("Continue"))
        self.go_on.setToolTip(self.tr("Look at the other photos, too"))
        self.go_on.clicked.connect(analysis.again)
        line = layouts.row(self, (16, 6, 12, 6), spacing=12)
        line.addWidget(self.text, 1)
        line.addWidget(self.go_on)
        analysis.extent_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        stopped = self._analysis.stopped
        self.setVisible(stopped)
        if stopped:
            self.text.setText(self._analysis.extent.text)
