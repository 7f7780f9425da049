"""Tells above the views that folders of the library are not there, and offers to look again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from photo_organizer.ui.session.analysis_run import AnalysisRun
from photo_organizer.ui.widgets.notice import Notice


class AbsentFolders(QObject):
    """Keeps a notice true."""

    def __init__(self, analysis: AnalysisRun, notice: Notice) -> None:
        super().__init__(notice)
        self._analysis = analysis
        self._notice = notice
        analysis.absent_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        absent = self._analysis.absent
        if not absent:
            self._notice.withdraw()
            return
        names = ", ".join(str(folder) for folder in absent)
        told = self.tr(
            "These folders are not there: {}. Connect their drive; until then, what is known of "
            "their photos is shown.",
            "",
            len(absent),
        )
        text = told.format(names)
        self._notice.tell(text, self.tr("Try again"))
