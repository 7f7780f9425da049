"""What looking into one photo costs, step by step: milliseconds of the processor, and shares.

    uv run benchmarks/photo.py FOLDER [--photos 40] [--rounds 4] [--faces]

Does what a process that decodes does (`photo_organizer.engine.isolation.examination`), on one
thread, with the memory kept as there. Of each step and photo the quickest round counts: what else
the machine does disturbs it least.
"""

from __future__ import annotations

import argparse
import os
import pickle
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

import cv2

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation.allocation import keep_freed_memory
from photo_organizer.engine.isolation.shared_pixels import SharedPixels, open_shared
from photo_organizer.engine.pixels import decode, fingerprints, holdings, measures, thumbnails

T = TypeVar("T")


class Clock:
    """Times of each step of each photo, in seconds of this thread."""

    def __init__(self) -> None:
        self.best: dict[str, dict[Path, float]] = {}

    def __call__(self, step: str, path: Path, work: Callable[[], T]) -> T:
        """Do a step, and keep the quickest time of it."""
        start = time.thread_time()
        answer = work()
        taken = time.thread_time() - start
        of_step = self.best.setdefault(step, {})
        of_step[path] = min(taken, of_step.get(path, taken))
        return answer


def examine(clock: Clock, path: Path, shared: SharedPixels) -> None:
    """All that is found out about one photo, each step by the clock."""
    identity = photo_files.identify(path)
    data = clock("read", path, lambda: photo_files.read(identity))
    clock("hash", path, lambda: photo_files.content_hash(data))
    picture, exif = clock("decode, Exif", path, lambda: decode.open_photo(data, path.suffix))
    clock("small, brightness", path, lambda: (picture.small, picture.small_grey))
    measured = clock("measures", path, lambda: measures.measure(picture))
    printed = clock("fingerprint", path, lambda: fingerprints.fingerprint(picture))
    held = clock("holdings", path, lambda: holdings.holdings(data, picture))
    thumbnail = clock("thumbnail", path, lambda: thumbnails.encode(picture.small))
    found = (exif, measured, printed, held, thumbnail)
    clock("message", path, lambda: (pickle.dumps(found), shared.write([picture.small])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--faces", action="store_true", help="as if each photo might show some")
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    keep_freed_memory()
    _, address = open_shared()
    shared, clock = SharedPixels(address), Clock()
    paths = sorted(path for path in arguments.folder.rglob("*") if path.is_file())
    readable = []
    for path in paths[: arguments.photos]:
        try:
            examine(Clock(), path, shared)
        except UnreadableError:
            continue
        readable.append(path)
    for _ in range(arguments.rounds):
        for path in readable:
            examine(clock, path, shared)
    if arguments.faces:
        from photo_organizer.engine.faces.finder import FaceFinder

        finder = FaceFinder()
        for path in readable:
            pixels = decode.decode(path.read_bytes(), path.suffix).pixels
            clock("faces", path, lambda pixels=pixels: finder.find(pixels))
    means = {step: statistics.fmean(times.values()) for step, times in clock.best.items()}
    whole = sum(means.values())
    print(f"{len(readable)} photos, {whole * 1e3:.1f} ms each")
    for step, seconds in means.items():
        print(f"{step:18s} {seconds * 1e3:7.2f} ms {seconds / whole:6.1%}")


if __name__ == "__main__":
    main()
