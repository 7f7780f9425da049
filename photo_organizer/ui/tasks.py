"""Runs the engine's generators in the background for the objects of the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot

from photo_organizer.engine.worker import Task, Work


class Tasks(QObject):
    """Starts tasks, hands their events to whoever started them, and waits for them at the end."""

    failed = Signal(str)
    """A task failed: a sentence for people."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[Task, tuple[Callable[..., None], Callable[[], None]]] = {}

    def start(
        self,
        work: Work,
        on_event: Callable[..., None] = lambda _: None,
        on_over: Callable[[], None] = lambda: None,
    ) -> Task:
        """Run `work` on a thread of its own.

        Args:
            work: see `photo_organizer.engine.worker.Task`.
            on_event: gets each event, on the GUI thread.
            on_over: called after the last event, whether the work ended or failed.
        """
        task = Task(work, self)
        self._running[task] = (on_event, on_over)
        task.yielded.connect(self._on_event)
        task.failed.connect(self.failed)
        task.finished.connect(self._on_over)
        task.start()
        return task

    def close(self) -> None:
        """Ask every task to stop and wait for it; nobody is told of anything any more."""
        for task in self._running:
            task.cancel()
        for task in self._running:
            task.wait()

    @Slot(object)
    def _on_event(self, event: object) -> None:
        on_event, _ = self._running[cast(Task, self.sender())]
        on_event(event)

    @Slot()
    def _on_over(self) -> None:
        task = cast(Task, self.sender())
        # The signal comes a moment before the thread ends; a thread must outlive its end.
        task.wait()
        _, on_over = self._running.pop(task)
        # Python's last reference ends it; Qt's deleteLater took it away under Python's feet.
        task.setParent(None)
        on_over()
