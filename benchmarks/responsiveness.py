"""How long the window does not answer while it analyses an album: the longest gaps of its loop.

    python benchmarks/responsiveness.py ALBUM [--cached] [--views] [--show 10]
    python -m benchmarks.responsiveness --library 100000 [--clicks]

Opens the real window (off screen where there is no display) with an empty data folder, analyses
ALBUM and watches the event loop: a timer every 5 ms, and how much later than that it came. Prints
the longest gaps with when they came, what the run did and which heavy modules arrived in them.
The goal is 50 ms. Where other programs want the machine, too, a gap is told a second time, without
that in which threads had no core: what the window's thread computed, and what it waited for a lock,
but no longer than the busiest other thread computed. The gaps are sorted by that.

    --cached   analyse twice and report the second run, which finds everything stored
    --views    go from view to view meanwhile, as people do
    --interval milliseconds after which a thread that computes in Python makes way for another
    --library  no album: results of so many invented photos arrive in each view, as partial ones do
    --clicks   of such a library: what single clicks and keys take until they are answered, with
               real events, goal 100 ms
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

if TYPE_CHECKING:
    from photo_organizer.ui.session.session import Session
    from photo_organizer.ui.window.main_window import MainWindow

INTERVAL = 5
"""Milliseconds between two looks."""

LOOKS = 10
"""Of so many looks, one asks what the other threads computed, as do those that come late."""

GOAL = 50


@dataclass(frozen=True, order=True)
class Gap:
    """A time in which the event loop did not come round."""

    ms: float
    at: float
    """Seconds after the watch began."""
    during: str
    imported: tuple[str, ...]
    """The packages of which modules arrived in it."""
    computed: float
    """Milliseconds of it in which the window's thread computed."""
    queued: float
    """Milliseconds in which it could have, but had no core (Linux; else 0). What is left of `ms`
    it waited for Python's lock or another one."""

    beside: str
    """The thread of this program that computed most meanwhile."""
    beside_computed: float
    """Milliseconds that it did."""

    @property
    def waited(self) -> float:
        """Milliseconds it waited for a lock while whoever held it computed.

        A thread that holds Python's lock may have no core either. How long it would hold the lock
        with a core of its own, it cannot have computed longer.
        """
        return min(max(0.0, self.ms - self.queued - self.computed), self.beside_computed)

    @property
    def own(self) -> float:
        """Milliseconds without those in which other programs had the cores."""
        return self.computed + self.waited


class LoopWatch(QObject):
    """Records how late a timer of the event loop comes.

    Args:
        session: whose stage is noted beside each gap.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self.looks = 0
        """How often the loop came round."""
        self._session = session
        self._modules = len(sys.modules)
        self._started = self._last = time.perf_counter()
        self._computed, self._queued = _thread_times()
        self._threads = _all_threads()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._timer.start(INTERVAL)

    @property
    def longest(self) -> float:
        """Milliseconds of the longest gap, 0 when every look was in time."""
        return max((gap.ms for gap in self.gaps), default=0.0)

    def _look(self) -> None:
        now = time.perf_counter()
        late = 1000 * (now - self._last) - INTERVAL
        self._last = now
        self.looks += 1
        computed, queued = _thread_times()
        names = list(sys.modules)
        new, self._modules = names[self._modules :], len(names)
        if late > INTERVAL or self.looks % LOOKS == 0:  # asking all of them takes time itself
            before, self._threads = self._threads, _all_threads()
        if late > INTERVAL:
            progress = self._session.analysis.progress
            stage = progress.stage.value if progress else "idle"
            packages = tuple(dict.fromkeys(name.partition(".")[0] for name in new))
            self.gaps.append(
                Gap(
                    late,
                    now - self._started,
                    stage,
                    packages,
                    1000 * (computed - self._computed),
                    1000 * (queued - self._queued),
                    *_busiest(before, self._threads),
                )
            )
        self._computed, self._queued = computed, queued


def _thread_times() -> tuple[float, float]:
    """Seconds the calling thread computed so far, and seconds it was kept from a core."""
    statistics = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
    try:
        computed, queued, _ = map(int, statistics.read_text(encoding="ascii").split())
    except OSError:
        return time.thread_time(), 0.0
    return computed / 1e9, queued / 1e9


def _all_threads() -> dict[int, float]:
    """Milliseconds that each thread of this program computed so far, by its number (Linux)."""
    found = {}
    for statistics in Path("/proc/self/task").glob("*/schedstat"):
        with suppress(OSError):  # it ended meanwhile
            computed = int(statistics.read_text(encoding="ascii").split()[0])
            found[int(statistics.parent.name)] = computed / 1e6
    return found


def _busiest(before: dict[int, float], now: dict[int, float]) -> tuple[str, float]:
    """The name of the thread beside the calling one that computed most, and how long."""
    mine = threading.get_native_id()
    took = {one: ms - before.get(one, 0.0) for one, ms in now.items() if one != mine}
    if not took:
        return "", 0.0
    busiest = max(took, key=took.__getitem__)
    names = {thread.native_id: thread.name for thread in threading.enumerate()}
    return names.get(busiest, "a thread of a library"), took[busiest]


def analyse(session: Session, window: MainWindow, album: Path, *, views: bool) -> LoopWatch:
    """Analyse the album in the window and watch until it is quiet again."""
    loop = QEventLoop()
    watch = LoopWatch(session)
    # Thumbnails still come in after the run.
    session.analysis.running_changed.connect(
        lambda running: None if running else QTimer.singleShot(1000, loop.quit)
    )
    walk = QTimer()
    if views:
        walk.timeout.connect(_walker(window))
        walk.start(700)
    window.open_folders([album])
    loop.exec()
    walk.stop()
    return watch


def _walker(window: MainWindow) -> Callable[[], None]:

    views = cycle(window.views)
    return lambda: window.views.show_view(next(views))


def publish(window: MainWindow, session: Session, results: SimpleQueue[object], count: int) -> None:
    """Let two different results of a large library arrive in each view, and print the gaps."""
    from benchmarks.grid import make_library
    from photo_organizer.engine.analysis.events import Partial

    first = make_library(Path("/nowhere"), count)
    second = make_library(Path("/nowhere"), count)
    ranked = {name: ranking[::-1] for name, ranking in second.highlights.items()}
    second = replace(second, highlights=ranked)
    gc.freeze()  # what was made here is not what the window has to search
    window.open_folders([Path("/nowhere")])
    for view in window.views:
        window.views.show_view(view)
        for result in (first, second):
            _settle(300)
            watch = LoopWatch(session)
            results.put(Partial(result))
            while session.shown.result is not result:
                _settle(INTERVAL)
            _settle(1000)
            worst = max(watch.gaps, default=None)
            figures = _parts(worst) if worst else ""
            print(f"{view.key:12} longest gap {watch.longest:4.0f} ms  {figures}")


def click(
    window: MainWindow, session: Session, results: SimpleQueue[object], count: int, show: int
) -> None:
    """Show a large library, click and press what people do, and print the slowest answers."""
    from benchmarks import clicks
    from benchmarks.grid import make_library
    from photo_organizer.engine.analysis.events import Partial

    result = make_library(Path("/nowhere"), count)
    gc.freeze()
    window.open_folders([Path("/nowhere")])
    results.put(Partial(result))
    while session.shown.result is not result:
        _settle(INTERVAL)
    _settle(1000)
    clicks.report(clicks.answers(window), show)


def _parts(gap: Gap) -> str:
    """What a gap was made of, in milliseconds."""
    waited = max(0.0, gap.ms - gap.computed - gap.queued)
    return (
        f"{gap.computed:4.0f} computing, {waited:4.0f} waiting for a lock, {gap.queued:4.0f} "
        f"without a core; beside it {gap.beside} computed {gap.beside_computed:.0f}"
    )


def _settle(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _call() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("album", type=Path, nargs="?")
    parser.add_argument("--library", type=int, default=0, metavar="PHOTOS")
    parser.add_argument("--cached", action="store_true")
    parser.add_argument("--views", action="store_true")
    parser.add_argument("--clicks", action="store_true")
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--interval", type=float, metavar="MS")
    call = parser.parse_args()
    if (call.album is None) is not bool(call.library):
        parser.error("either an album or --library")
    return call


def main() -> None:
    """Run the benchmark."""
    call = _call()
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or "QT_QPA_PLATFORM" in os.environ
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["PHOTO_ORGANIZER_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        from photo_organizer import app
        from photo_organizer.ui.session.session import Session
        from photo_organizer.ui.window.main_window import MainWindow

        application = app.application()
        if call.interval:
            sys.setswitchinterval(call.interval / 1000)
        results: SimpleQueue[object] = SimpleQueue()
        session = Session(lambda *_: iter(results.get, None)) if call.library else Session()
        window = MainWindow(session)
        window.resize(*app.PICTURE_SIZE)
        window.show()
        application.processEvents()  # what opening a window costs is not asked here
        if call.library:
            logging.disable()  # there are no files to make thumbnails of
            if call.clicks:
                click(window, session, results, call.library, call.show)
            else:
                publish(window, session, results, call.library)
            results.put(None)
            window.close()
            return
        watch = analyse(session, window, call.album.absolute(), views=call.views)
        if call.cached:
            watch = analyse(session, window, call.album.absolute(), views=call.views)
        result = session.shown.result
        window.close()
    if result is None:
        sys.exit("The analysis gave no result.")
    seconds = result.timing.get("seconds", 0.0)
    over = [gap for gap in watch.gaps if gap.ms > GOAL]
    print(f"{len(result.photos)} photos in {seconds:.1f} s; longest gap {watch.longest:.0f} ms")
    print(f"{len(over)} gaps over {GOAL} ms, {sum(g.ms for g in over):.0f} ms in all")
    longest = max((gap.own for gap in watch.gaps), default=0.0)
    still = [gap for gap in watch.gaps if gap.own > GOAL]
    print(f"less what it had no core: longest {longest:.0f} ms, {len(still)} over {GOAL} ms")
    for gap in sorted(watch.gaps, key=lambda gap: -gap.own)[: call.show]:
        came = ", ".join(gap.imported[:6])
        told = f"{gap.own:4.0f} of {gap.ms:4.0f} ms at {gap.at:6.2f} s  {gap.during:10}"
        print(f"{told}  {_parts(gap)}  {came}")


if __name__ == "__main__":
    main()
