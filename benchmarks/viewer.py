"""From the press of a key to a sharp photo over the whole screen, with and without loading ahead.

    python benchmarks/viewer.py [--photos 16] [--size 2560x1440]

Writes 12-megapixel JPEGs into a folder of its own, opens the real viewer on them (off screen where
there is no display) and presses the right arrow. A photo counts as shown when a picture as large as
the screen needs was painted; the thumbnail that stands in until then is timed too.

    at leisure   the next photo is asked for when those ahead are loaded: how people look
    in a hurry   asked for as soon as the one before is sharp

Both with the photos ahead loaded, and without. Prints medians, worst cases and ratios.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from photo_organizer.ui.photos.viewer import PhotoViewer
    from photo_organizer.ui.session.session import Session

WIDTH, HEIGHT = 4000, 3000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--photos", type=int, default=16)
    parser.add_argument("--size", default="2560x1440", help="of the screen, off screen only")
    options = parser.parse_args()
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = str(home / name)
        photos = home / "photos"
        photos.mkdir()
        write_photos(photos, options.photos)
        width, height = map(int, options.size.split("x"))
        measure(photos, width, height)


def write_photos(folder: Path, count: int) -> None:
    """12-megapixel JPEGs of a few megabytes: structure of all sizes, and grain."""
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(3)
    for number in range(count):
        picture = np.zeros((HEIGHT, WIDTH, 3), np.float32)
        for side in (4, 16, 64, 256):
            noise = rng.random((side * 3 // 4, side, 3), np.float32)
            layer = Image.fromarray((255 * noise).astype(np.uint8)).resize((WIDTH, HEIGHT))
            picture += np.asarray(layer, np.float32) * (side**-0.35 / 1.6)
        grain = rng.integers(-12, 13, (HEIGHT, WIDTH, 1), np.int8).astype(np.float32)
        pixels = np.clip(picture + grain, 0, 255).astype(np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(pixels).save(buffer, "JPEG", quality=88)
        (folder / f"{number:03}.jpg").write_bytes(buffer.getvalue())
    size = sum(file.stat().st_size for file in folder.iterdir()) / count / 1e6
    print(f"{count} photos of {WIDTH} × {HEIGHT} pixels, {size:.1f} MB each")


def measure(folder: Path, width: int, height: int) -> None:
    from photo_organizer.app import application
    from photo_organizer.ui.session.session import Session
    from photo_organizer.ui.widgets import motion
    from photo_organizer.ui.window.main_window import MainWindow

    app = application()
    motion.choose(True)
    session = Session()
    window = MainWindow(session)
    session.analysis.show(library(folder))
    window.show()
    viewer = window.viewer
    wait(lambda: session.thumbnails.idle, 60)
    viewer.open(list(session.shown.photos))
    if app.platformName() == "offscreen":
        viewer.showNormal()
        viewer.resize(width, height)
    wait(lambda: viewer.canvas.sharp)
    size = viewer.canvas.size()
    print(f"canvas {size.width()} × {size.height()}, milliseconds from the key to the picture:\n")
    print("| | at once something | sharp, median | sharp, worst |")
    print("| --- | --- | --- | --- |")
    medians = {}
    for ahead in (False, True):
        for hurry in (False, True):
            name = f"{'in a hurry' if hurry else 'at leisure'}, {'' if ahead else 'not '}ahead"
            first, sharp = run(viewer, session, ahead=ahead, hurry=hurry)
            medians[ahead, hurry] = statistics.median(sharp)
            print(
                f"| {name} | {statistics.median(first):.1f} | {medians[ahead, hurry]:.1f} "
                f"| {max(sharp):.1f} |"
            )
    for hurry in (False, True):
        ratio = medians[False, hurry] / medians[True, hurry]
        print(f"\n{'in a hurry' if hurry else 'at leisure'}: {ratio:.1f} times as fast when ahead")
    window.close()


def library(folder: Path):  # type: ignore[no-untyped-def]
    """A result with every photo of a folder and no judgement at all."""
    from photo_organizer.engine.domain.facts import FileIdentity, Photo
    from photo_organizer.engine.domain.photos import PhotoDict
    from photo_organizer.engine.domain.results import OTHERS, Result
    from photo_organizer.engine.files.photo_files import content_hash
    from photo_organizer.engine.pixels.decode import open_photo

    photos = {}
    for number, path in enumerate(sorted(folder.iterdir()), 1):
        data, status = path.read_bytes(), path.stat()
        picture, exif = open_photo(data, path.suffix)
        identity = FileIdentity(
            path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
        )
        photos[number] = Photo(
            number,
            identity,
            content_hash(data),
            picture.format,
            picture.width,
            picture.height,
            exif,
        )
    return Result(PhotoDict(photos), {OTHERS: tuple(photos)}, (), {}, (), ())


def run(
    viewer: PhotoViewer, session: Session, *, ahead: bool, hurry: bool
) -> tuple[Sequence[float], Sequence[float]]:
    """Milliseconds to the first picture and to the sharp one, for each step through the photos."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    with nullcontext() if ahead else nothing_ahead(viewer):
        viewer.go_to(0)
        viewer.canvas.set_photo(None)
        forget(session)
        viewer._show()
        wait(lambda: viewer.canvas.sharp)
        first, sharp = [], []
        for _ in range(len(viewer.ids) - 1):
            if not hurry:
                rest(viewer)
            started = time.perf_counter()
            QTest.keyClick(viewer, Qt.Key.Key_Right)
            viewer.canvas.repaint()
            shown = 1000 * (time.perf_counter() - started)
            first.append(shown)
            if not viewer.canvas.sharp:
                while not viewer.canvas.sharp:
                    events()
                viewer.canvas.repaint()
                shown = 1000 * (time.perf_counter() - started)
            sharp.append(shown)
    return first, sharp


@contextmanager
def nothing_ahead(viewer: PhotoViewer) -> Iterator[None]:
    want = viewer._prefetcher.want
    viewer._prefetcher.want([])
    viewer._prefetcher.want = lambda _: None  # type: ignore[method-assign]
    yield
    viewer._prefetcher.want = want  # type: ignore[method-assign]


def forget(session: Session) -> None:
    """Begin with an empty memory."""
    session.images._cache.clear()
    session.images._bytes = 0


def rest(viewer: PhotoViewer) -> None:
    """A look at the photo: whatever is loaded ahead is there afterwards."""
    events()
    wait(lambda: not viewer._prefetcher._tickets)
    time.sleep(0.05)
    events()


def events() -> None:
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()


def wait(condition: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("What was waited for did not happen.")
        events()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
