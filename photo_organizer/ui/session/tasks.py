"""Runs the engine's generators in the background for the objects of the interface."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from PySide6.QtCore import QEventLoop, QObject, Signal, Slot

from photo_organizer.engine.worker import Task, Work

T = TypeVar("T")


class Tasks(QObject):
    """Starts tasks, hands their events to whoever started them, and waits for them at the end."""

    failed = Signal(object)
    """A task failed: a `Reason`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[Task, tuple[Callable[..., None], Callable[[], None]]] = {}
        self._closed = False

    def start(
        self,
        work: Work,
        on_event: Callable[..., None] = lambda _: None,
        on_over: Callable[[], None] = lambda: None,
        *,
        at_the_end: bool = False,
    ) -> Task:
        """Run `work` on a thread of its own; after `close` nothing happens any more.

        Args:
            work: see `photo_organizer.engine.worker.Task`.
            on_event: gets each event, on the GUI thread.
            on_over: called after the last event, whether the work ended or failed.
            at_the_end: run it after `close`, too. Whoever asks waits for it.
        """
        task = Task(work, self)
        if self._closed and not at_the_end:  # a timer of a view that goes a moment later
            return task
        self._running[task] = (on_event, on_over)
        task.yielded.connect(self._on_event)
        task.failed.connect(self.failed)
        task.finished.connect(self._on_over)
        task.start()
        return task

    @property
    def busy(self) -> bool:
        """Whether a task runs, or what it told is still on its way."""
        return bool(self._running)

    def wait_for(self, ask: Callable[[], T]) -> T:
        """The answer to a question about files, which is asked in the background.

        Meanwhile the window goes on drawing, but takes no input: what the user decides next must
        meet the answer to what was decided before.

        Raises:
            Exception: whatever `ask` raises.
        """
        if self._closed:
            return ask()
        answers: list[T] = []
        failures: list[Exception] = []

        def work(_cancel: threading.Event) -> Iterator[object]:
            try:
                answers.append(ask())
            except Exception as error:  # noqa: BLE001 - raised again on the thread that asked
                failures.append(error)
            yield from ()

        loop = QEventLoop()
        self.start(work, on_over=loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if failures:
            raise failures[0]
        return answers[0]

    def close(self) -> None:
        """Ask every task to stop and wait for it; nobody is told of anything any more."""
        self._closed = True
        for task in self._running:
            task.cancel()
        for task in self._running:
            task.wait()
        self._running.clear()  # what they told at last is still on its way to `_on_event`

    @Slot(object)
    def _on_event(self, event: object) -> None:
        task = cast(Task, self.sender())
        if task in self._running:
            on_event, _ = self._running[task]
            on_event(event)

    @Slot()
    def _on_over(self) -> None:
        task = cast(Task, self.sender())
        if task not in self._running:
            return
        # The signal comes a moment before the thread ends; a thread must outlive its end.
        task.wait()
        _, on_over = self._running.pop(task)
        # Python's last reference ends it; Qt's deleteLater took it away under Python's feet.
        task.setParent(None)
        on_over()
