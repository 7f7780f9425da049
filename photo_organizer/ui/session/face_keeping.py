"""Removes what is known of faces as soon as nobody wants them to be looked for any more."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from PySide6.QtCore import QObject, Slot

from photo_organizer.engine import paths
from photo_organizer.engine.storage.face_removal import remove_faces
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.analysis_run import AnalysisRun
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.tasks import Tasks


class FaceKeeping(QObject):
    """Follows the preference *look for faces*; owned by the session.

    Where the store cannot be written now, the next analysis removes what is left in it.
    """

    def __init__(
        self,
        choices: Choices,
        analysis: AnalysisRun,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._analysis = analysis
        self._tasks = tasks
        self._wanted = choices.preferences.faces
        choices.judgement_changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        before, self._wanted = self._wanted, self._choices.preferences.faces
        if not before or self._wanted:
            return
        if self._analysis.running:  # it would store those that it still finds
            self._analysis.again()

        def work(_cancel: threading.Event) -> Iterator[object]:
            with Store(paths.store_path()) as store:
                remove_faces(store)
            yield from ()

        self._tasks.start(work)
