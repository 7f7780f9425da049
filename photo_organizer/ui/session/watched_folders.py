"""Watches the open folders for what other programs do there, and has it looked at once it rests.

Changes are gathered: a copy of 1,000 files is one change, once no file has come for a while and
none grows any more. What this program does itself is none. While an analysis, a clean-up or an
export runs, nothing is begun; afterwards it is.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStorageInfo, QTimer, Signal, Slot

from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.activities import Activities
from photo_organizer.ui.session.analysis_run import AnalysisRun
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.widgets.debounce import Debounce

if TYPE_CHECKING:
    from photo_organizer.engine.files.foreign_changes import ForeignChanges
    from photo_organizer.engine.files.watching import FolderWatch, Inventory

log = logging.getLogger(__name__)

REST = 1500
"""Milliseconds without a change after which it is looked what has changed. New files are looked at
twice, this far apart, and must not have grown."""

MOST = 120.0
"""Seconds after which it is looked even though changes go on."""

PERIOD = 5 * 60 * 1000
"""Milliseconds from look to look where folders cannot be watched."""

RETURN = 10 * 1000
"""Milliseconds from look to look for a folder that was unplugged."""

NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "afs"),
        *("ceph", "glusterfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse"),
    )
)
"""Kinds of drives that tell nothing of what other machines do there."""


class Watch(StrEnum):
    """How the open folders are watched."""

    OFF = "off"
    """Not at all: nothing is open, or people do not want it."""
    HEARING = "hearing"
    """The system tells of changes at once."""
    LOOKING = "looking"
    """They are looked through now and then: the system watches no more folders."""
    NETWORK = "network"
    """Some of them are looked through now and then: they lie on a network drive."""


@dataclass(frozen=True, slots=True)
class _Started:
    """The event of a watch that has begun."""

    way: Watch
    watch: FolderWatch | None
    inventory: Inventory | None
    """Of the folders that are looked through now and then."""
    has_run_out: bool = False
    """The system watches no more folders."""


class WatchedFolders(QObject):
    """Looks again when other programs changed something; owned by the session."""

    message = Signal(str)
    """One sentence for the user."""
    way_changed = Signal()
    """`way` is another now."""
    _heard = Signal()
    """Told on a thread of the watch: a signal brings it to this one."""

    def __init__(
        self,
        *,
        choices: Choices,
        shown: ShownResult,
        analysis: AnalysisRun,
        activities: Activities,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._analysis = analysis
        self._activities = activities
        self._tasks = tasks
        self.way = Watch.OFF
        """How the folders are watched at present."""
        self._wanted: tuple[Path, ...] = ()
        """The folders that are watched, or that a task begins to watch."""
        self._watch: FolderWatch | None = None
        self._inventory: Inventory | None = None
        self._taking_stock: Task | None = None
        self._looking: Task | None = None
        self._changed: frozenset[Path] = frozenset()
        """What is still to be looked at."""
        self._since: float | None = None
        """When the first of it was heard of."""
        self._seen: dict[Path, tuple[int, int]] = {}
        """Sizes and times of new files at the last look."""
        self._rest = Debounce(self, REST, self._look)
        self._again = QTimer(self, interval=PERIOD)
        self._again.timeout.connect(self._take_stock)
        self._return = QTimer(self, interval=RETURN)
        self._return.timeout.connect(analysis.look_for_absent)
        self._heard.connect(self._on_heard)
        analysis.running_changed.connect(self._on_running)
        analysis.absent_changed.connect(self._on_absent)
        activities.changed.connect(self._on_activities)
        choices.watch_changed.connect(self._follow)

    def close(self) -> None:
        """Watch nothing any more."""
        self._again.stop()
        self._return.stop()
        self._rest.stop()
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    # ------------------------------------------------------------------ what is watched

    @Slot()
    def _follow(self) -> None:
        """Watch the folders that are open and there, if people want it."""
        analysis = self._analysis
        there = tuple(folder for folder in analysis.folders if folder not in analysis.absent)
        wanted = there if self._choices.preferences.watch else ()
        if wanted == self._wanted:
            return
        self.close()
        self._wanted = wanted
        self._inventory = None
        self._forget()
        if not wanted:
            self._go(Watch.OFF)
            return
        excluded = self._choices.preferences.excluded
        self._tasks.start(
            lambda _cancel: _begin(wanted, excluded, self._heard.emit),
            lambda event: self._on_started(wanted, event),
        )

    def _on_started(self, wanted: tuple[Path, ...], started: _Started) -> None:
        if wanted != self._wanted:  # others are open by now
            if started.watch is not None:
                started.watch.close()
            return
        self._watch, self._inventory = started.watch, started.inventory
        self._go(started.way)
        if self._inventory is not None:
            self._again.start()
            self._take_stock()  # what lies there now; no change yet
        if started.has_run_out:
            self.message.emit(
                self.tr(
                    "There are more folders than this system can watch. They are looked through "
                    "every 5 minutes instead."
                )
            )

    def _go(self, way: Watch) -> None:
        if way is not self.way:
            self.way = way
            self.way_changed.emit()

    @Slot(bool)
    def _on_running(self, running: bool) -> None:
        if running:
            self._forget()  # the analysis sees it all
        self._follow()
        self._on_activities()

    @Slot()
    def _on_absent(self) -> None:
        if self._analysis.absent and self._choices.preferences.watch:
            self._return.start()
        else:
            self._return.stop()

    # ------------------------------------------------------------------ what changed

    def _forget(self) -> None:
        if self._watch is not None:
            self._watch.take()
        self._changed = frozenset()
        self._since = None
        self._seen = {}
        self._rest.stop()

    @Slot()
    def _on_heard(self) -> None:
        if self._since is None:
            self._since = time.monotonic()
        if self._watch is not None and not self._rest.pending:
            self._rest.start()

    @Slot()
    def _on_activities(self) -> None:
        """Something is over: what waited for it can be looked at."""
        if self._since is not None and not self._is_busy() and not self._rest.pending:
            self._rest.start()

    def _is_busy(self) -> bool:
        return bool(self._activities.running) or self._analysis.running

    @Slot()
    def _take_stock(self) -> None:
        """Compare what lies there with what lay there before, where nobody tells of changes."""
        inventory = self._inventory
        if inventory is None or self._taking_stock is not None or self._is_busy():
            return

        def over() -> None:
            self._taking_stock = None

        self._taking_stock = self._tasks.start(
            lambda cancel: iter((inventory.look(cancel),)), self._on_stock, over
        )

    def _on_stock(self, changed: frozenset[Path]) -> None:
        if changed:
            self._changed |= changed
            self._since = self._since or time.monotonic()
            self._rest.start()

    @Slot()
    def _look(self) -> None:
        """Look at what has changed, if it rests and nothing else is going on."""
        if self._is_busy() or self._looking is not None or self._since is None:
            return  # `_on_activities` comes back to it
        if not self._analysis.complete:
            self._forget()  # people stopped it, or the next analysis sees it anyway
            return
        watch = self._watch
        waits = time.monotonic() - self._since < MOST
        if watch is not None:
            if waits and watch.rest < REST / 1000:
                self._rest.start()
                return
            self._changed |= watch.take()
        changed, photos = self._changed, self._shown.photos
        folders, excluded = self._wanted, self._choices.preferences.excluded

        def work(_cancel: threading.Event) -> Iterator[object]:
            from photo_organizer.engine.files import foreign_changes

            yield foreign_changes.look(changed, photos, folders, excluded)

        def over() -> None:
            self._looking = None
            self._on_activities()

        self._looking = self._tasks.start(work, self._on_looked, over)

    def _on_looked(self, found: ForeignChanges) -> None:
        now = {path: (one.size, one.mtime_ns) for path, one in found.new.items()}
        rests = now == {path: self._seen.get(path) for path in now}
        if not found:
            self._since = None
            self._changed = frozenset()
            self._seen = {}
        elif rests and not self._is_busy():
            self._forget()
            if not found.is_away:  # else the window tells of it
                self.message.emit(self._sentence(len(found.new), len(found.gone)))
            self._analysis.again(quiet=True)
        else:
            self._seen = now  # and once more: `_on_activities`

    def _sentence(self, new: int, gone: int) -> str:
        parts = []
        if new:
            parts.append(self.tr("%Ln new photos found", "", new))
        if gone:
            parts.append(self.tr("%Ln photos are gone", "", gone))
        return " · ".join((*parts, self.tr("looking")))


def _begin(
    folders: Sequence[Path], excluded: Sequence[Path], heard: Callable[[], None]
) -> Iterator[object]:
    """Begin to watch folders, as far as that is possible."""
    # Here: the window is visible before it is imported.
    from photo_organizer.engine.files.watching import CannotWatchError, FolderWatch, Inventory

    there = [folder for folder in folders if folder.is_dir()]
    remote = [folder for folder in there if is_on_network(folder)]
    local = [folder for folder in there if folder not in remote]
    try:
        watch = FolderWatch(local, heard) if local else None
    except CannotWatchError as error:
        log.warning("The folders cannot be watched: %s", error)
        yield _Started(Watch.LOOKING, None, Inventory(there, excluded), error.has_run_out)
        return
    inventory = Inventory(remote, excluded) if remote else None
    yield _Started(Watch.NETWORK if remote else Watch.HEARING, watch, inventory)


def is_on_network(folder: Path) -> bool:
    """Whether a folder lies on a drive of another machine, which tells nobody what changes there.

    Asks the drive: not on the thread of the window.
    """
    if sys.platform == "win32":
        import ctypes

        remote = 4
        root = folder.anchor
        kind = getattr(ctypes, "windll").kernel32.GetDriveTypeW(root)  # noqa: B009 - Windows only
        return root.startswith("\\\\") or kind == remote
    kind = bytes(QStorageInfo(str(folder)).fileSystemType().data()).decode(errors="replace")
    return kind.lower() in NETWORK
