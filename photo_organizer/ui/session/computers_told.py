"""What people should hear of the other computers while an analysis uses them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.analysis.events import Progress
from photo_organizer.engine.domain.computers import Cluster, Computer, ComputerState
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.ui.session.analysis_run import AnalysisRun


class ComputersTold(QObject):
    """Knows what was heard already; owned by the session.

    That they cannot be reached is told once in each analysis, and as long as it is true. A computer
    that is left out is told once.
    """

    changed = Signal()
    """`trouble` or `left_out` is another now."""

    def __init__(self, analysis: AnalysisRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard_trouble = False
        self._heard: set[tuple[str, str]] = set()
        self.trouble: Reason | None = None
        """Why this computer looks at the photos alone, though others were asked."""
        self.left_out: tuple[Computer, ...] = ()
        """Those that cannot take part."""
        analysis.progress_changed.connect(self._follow)
        analysis.running_changed.connect(self._begin)

    def hear(self) -> None:
        """People have read it."""
        self._heard_trouble = True
        self._heard |= set(map(_what, self.left_out))
        self._tell(None, ())

    @Slot(bool)
    def _begin(self, running: bool) -> None:
        if running:
            self._heard_trouble = False
            self._tell(None, ())

    @Slot(object)
    def _follow(self, progress: Progress) -> None:
        if not progress.stage.measures:  # nobody is asked any more: what was true stays to be read
            return
        cluster = progress.cluster or Cluster("")
        unfit = [one for one in cluster.computers if one.state is ComputerState.UNFIT]
        left_out = {_what(one): one for one in (*self.left_out, *unfit) if one.why is not None}
        new = tuple(one for what, one in left_out.items() if what not in self._heard)
        self._tell(None if self._heard_trouble else cluster.trouble, new)

    def _tell(self, trouble: Reason | None, left_out: tuple[Computer, ...]) -> None:
        if (trouble, left_out) != (self.trouble, self.left_out):
            self.trouble, self.left_out = trouble, left_out
            self.changed.emit()


def _what(one: Computer) -> tuple[str, str]:
    """What is told of a computer that is left out; it may come back under another address."""
    return one.name, one.why.code if one.why else ""
