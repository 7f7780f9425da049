"""How fast the window opens a large library that it knows, and how it scrolls there.

    python benchmarks/grid.py [--photos 100000] [--jumps 40] [--size 1440x900]

Makes a library of that many photos as an earlier analysis would have left it: a snapshot, and
thumbnails in the cache (a few hundred different pictures under 100,000 names). Opens it in the real
window, off screen where there is no display, and prints

- the time until all photos are listed and until the first screen has its pictures,
- the longest time in which the event loop did not come round meanwhile (goal 50 ms),
- the memory taken,
- jumps to random places, some with a fast drag before: the time from the last movement until no
  visible cell is blank (goal 150 ms),
- what resizing, zooming, sorting, filtering and selecting everything take.

The analysis that follows in real life does not run here: see responsiveness.py.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QTimer

if TYPE_CHECKING:
    from photo_organizer.engine.domain.results import Result
    from photo_organizer.ui.photos.grid import PhotoGrid
    from photo_organizer.ui.session.session import Session
    from photo_organizer.ui.window.main_window import MainWindow

PICTURES = 300
"""Different thumbnails."""

PATIENCE = 20.0
"""Seconds to wait for something at most."""


def make_library(folder: Path, count: int) -> Result:
    """The result that an analysis of `count` photos below `folder` would have had."""
    from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
    from photo_organizer.engine.domain.photos import PhotoDict
    from photo_organizer.engine.domain.reasons import Reason
    from photo_organizer.engine.domain.results import (
        LIBRARY,
        OTHERS,
        Flag,
        Flaw,
        Group,
        GroupKind,
        Ranked,
        Result,
    )

    chance = random.Random(7)
    begin = datetime(2012, 1, 1)
    photos = {}
    for i in range(1, count + 1):
        taken = begin + timedelta(seconds=i * 14 * 365 * 86_400 / count)
        name = f"IMG_{i % 10_000:04}.{chance.choice(['jpg', 'jpg', 'jpg', 'heic', 'dng'])}"
        identity = FileIdentity(
            folder / f"{taken:%Y}" / f"{taken:%Y-%m-%d}" / name, 1, i, 4_000_000 + i, i
        )
        camera, lens = "Canon EOS R5", "RF24-70mm F2.8 L IS USM"
        exif = Exif(taken, camera=camera, lens=lens, f_number=2.8, iso=400)
        form = {"jpg": "JPEG", "heic": "HEIF", "dng": "RAW"}[name.partition(".")[2]]
        photos[i] = Photo(i, identity, i.to_bytes(16, "big"), form, 6000, 4000, exif)
    ids = list(photos)
    names = ["animals", "food", "landscapes", "people", "vehicles", OTHERS]
    categories = {name: ids[number :: len(names)] for number, name in enumerate(names)}
    ranking = [
        Ranked(i, 1 - place / count, 9 - 8 * place / count)
        for place, i in enumerate(chance.sample(ids, count))
    ]
    of = {i: name for name, members in categories.items() for i in members}
    highlights = {LIBRARY: ranking}
    highlights |= {name: [one for one in ranking if of[one.photo] == name] for name in names}
    why = Reason("keepers.sharper", {"times": 1.5})
    groups = tuple(
        Group(GroupKind.SIMILAR, i, (i, i + 1, i + 2), why, (1.0, 0.97, 0.95), (False,) * 3)
        for i in range(1, count - 3, 20)
    )
    flags = tuple(
        Flag(i, chance.choice(list(Flaw)), 0.5 + i / count / 2, 0.5, why)
        for i in range(3, count, 12)
    )
    return Result(
        photos=PhotoDict(photos),
        categories=categories,
        groups=groups,
        highlights=highlights,
        flags=flags,
        skipped=(),
        scorer=Reason("scorer.technical"),
    )


def make_thumbnails(count: int) -> None:
    """Thumbnails of all photos, hard links to a few hundred pictures."""
    import numpy as np

    from photo_organizer.ui.session.thumbnails import disk_cache

    cache = disk_cache()
    noise = np.random.default_rng(7)
    for i in range(1, count + 1):
        content = i.to_bytes(16, "big")
        if i <= PICTURES:
            coarse = noise.integers(0, 255, (24, 36, 3), np.uint8)
            cache.put(content, coarse.repeat(16, 0).repeat(16, 1))
            continue
        place = cache.path_of(content)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.hardlink_to(cache.path_of((1 + i % PICTURES).to_bytes(16, "big")))


def spin(until: Callable[[], bool]) -> float:
    """Let the event loop run until something is so; milliseconds that took."""
    begin = time.perf_counter()
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(
        lambda: loop.quit() if until() or time.perf_counter() - begin > PATIENCE else None
    )
    timer.start(2)
    if not until():
        loop.exec()
    timer.stop()
    return 1000 * (time.perf_counter() - begin)


def rest(milliseconds: int) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def blank(grid: PhotoGrid, session: Session) -> bool:
    """Whether a cell on screen has no picture yet."""
    side = grid.itemDelegate().thumbnail_side()  # type: ignore[attr-defined]
    photos = [session.shown.photos[grid.photos.ids[row]] for row in grid.visible_rows()]
    return not photos or any(session.thumbnails.pixmap(photo, side) is None for photo in photos)


def memory() -> float:
    """MiB of this process at present."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


def measure(window: MainWindow, session: Session, count: int, jumps: int, folder: Path) -> None:
    from responsiveness import LoopWatch

    from photo_organizer.ui.categories.view import CategoriesView

    grid = window.views[CategoriesView].grid
    bar = grid.verticalScrollBar()
    rest(500)
    before = memory()
    watch = LoopWatch(session)
    begin = time.perf_counter()
    window.open_folders([folder])
    spin(lambda: len(grid.photos.ids) == count)
    listed = time.perf_counter() - begin
    spin(lambda: not blank(grid, session))
    shown = time.perf_counter() - begin
    rest(1000)
    print(f"{count:,} photos listed after {listed:.2f} s, first pictures after {shown:.2f} s")
    print(f"longest gap of the event loop {watch.longest:.0f} ms")
    print(f"memory {before:.0f} MiB before, {memory():.0f} MiB after")

    chance = random.Random(3)
    for name, dragged in (("jumps", False), ("jumps after a drag", True)):
        times = []
        for _ in range(jumps):
            for _ in range(30 if dragged else 0):
                bar.setValue(chance.randrange(bar.maximum()))
                rest(5)
            bar.setValue(chance.randrange(bar.maximum()))
            times.append(spin(lambda: not blank(grid, session)))
        print(
            f"{name}: no blank cell after {statistics.median(times):.0f} ms (median), "
            f"{statistics.quantiles(times, n=20)[-1]:.0f} ms (95 %), {max(times):.0f} ms (longest)"
        )
    print(
        f"memory {memory():.0f} MiB, of which pictures {session.thumbnails.memory / 2**20:.0f} MiB"
    )
    deeds(window, session)


def deeds(window: MainWindow, session: Session) -> None:
    """What else people do with a grid."""
    from responsiveness import LoopWatch

    from photo_organizer.engine.browse.sort_filter import Arrangement, Filters, Flawed, Sorting
    from photo_organizer.ui.categories.view import CategoriesView
    from photo_organizer.ui.duplicates.view import DuplicatesView
    from photo_organizer.ui.highlights.view import HighlightsView

    grid = window.views[CategoriesView].grid

    def sort(wanted: Arrangement) -> Callable[[], None]:
        def deed() -> None:
            loop = QEventLoop()
            grid.arranged.connect(loop.quit)
            grid.arrange(wanted)
            loop.exec()

        return deed

    for name, deed in {
        "resize": lambda: window.resize(window.width() - 200, window.height()),
        "zoom": grid.zoom_out,
        "sort by name": sort(Arrangement(Sorting.NAME)),
        "sort by score": sort(Arrangement(Sorting.SCORE, True)),
        "filter by flaws": sort(Arrangement(Sorting.DATE, filters=Filters(flaws=Flawed.ANY))),
        "show all again": sort(Arrangement(Sorting.DATE)),
        "select everything": grid.selectAll,
        "next category": lambda: window.views[CategoriesView].choose("food"),
        "highlights": lambda: window.show_view(HighlightsView),
        "duplicates": lambda: window.show_view(DuplicatesView),
    }.items():
        rest(300)
        watch = LoopWatch(session)
        begin = time.perf_counter()
        deed()
        done = 1000 * (time.perf_counter() - begin)
        rest(500)
        print(f"{name}: {done:.0f} ms, longest gap {watch.longest:.0f} ms")
    print(f"memory at the end {memory():.0f} MiB")


def idle(_request: object, cancel: threading.Event) -> Iterator[object]:
    """In place of the analysis."""
    cancel.wait()
    yield from ()


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--jumps", type=int, default=40)
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    call = parser.parse_args()
    if call.prepare:
        prepare(call.prepare, call.photos)
        return
    if sys.platform == "linux" and not (
        os.environ.get("DISPLAY") or "QT_QPA_PLATFORM" in os.environ
    ):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["PHOTO_ORGANIZER_HOME"] = os.environ["XDG_CONFIG_HOME"] = home
        folder = Path(home) / "photos"
        folder.mkdir()
        # Made by another process: the memory that takes is not the window's.
        subprocess.run(
            [sys.executable, __file__, "--photos", str(call.photos), "--prepare", folder],
            check=True,
        )
        from photo_organizer import app
        from photo_organizer.ui.session.session import Session
        from photo_organizer.ui.window.main_window import MainWindow

        application = app.application()
        session = Session(idle)
        window = MainWindow(session)
        window.resize(*map(int, call.size.split("x")))
        window.show()
        application.processEvents()
        measure(window, session, call.photos, call.jumps, folder)
        window.close()


def prepare(folder: Path, count: int) -> None:
    """Leave behind what an analysis would have left."""
    from photo_organizer.engine.domain.preferences import Preferences
    from photo_organizer.engine.storage.snapshot import Snapshots
    from photo_organizer.ui.session.last_result import setting

    begin = time.perf_counter()
    result = make_library(folder, count)
    make_thumbnails(count)
    made = time.perf_counter()
    Snapshots().write(result, [folder], setting(Preferences()))
    (file,) = (Path(os.environ["PHOTO_ORGANIZER_HOME"]) / "snapshots").iterdir()
    print(
        f"library made in {made - begin:.1f} s; its snapshot takes "
        f"{file.stat().st_size / 2**20:.1f} MiB, written in {time.perf_counter() - made:.2f} s",
        flush=True,
    )


if __name__ == "__main__":
    main()
