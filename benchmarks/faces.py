"""What looking for faces costs: milliseconds a photo with and without, and a face.

    uv run benchmarks/faces.py FOLDER... [--side 1440]

Every photo of the folders is looked through, as if each might show somebody, at the size given
(its longer side, in pixels), on one thread. Times are those of the processor: what else the machine
does disturbs them little. Decoding is not part of them.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

import cv2

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.faces.detector import Detector
from photo_organizer.engine.faces.finder import FaceFinder
from photo_organizer.engine.pixels import decode


def told(name: str, seconds: Sequence[float]) -> str:
    """One line: how many, their mean, and what one in twenty exceeds."""
    if not seconds:
        return f"{name:16s} none"
    slow = sorted(seconds)[int(len(seconds) * 0.95)]
    mean = statistics.fmean(seconds)
    return f"{name:16s} {len(seconds):5d}   mean {mean * 1e3:6.1f} ms   95 % {slow * 1e3:6.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--side", type=int, default=1440)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    detector, finder = Detector(), FaceFinder()

    with_faces: list[float] = []
    without: list[float] = []
    reading = faces = 0.0
    for path in sorted(p for folder in arguments.folders for p in folder.rglob("*")):
        try:
            pixels = decode.decode_view(path.read_bytes(), path.suffix, arguments.side)
        except (UnreadableError, OSError):
            continue
        start = time.process_time()
        looked_at = len(detector.detect(pixels))
        detected = time.process_time()
        found = finder.find(pixels)
        end = time.process_time()
        (with_faces if found else without).append(end - detected)
        reading += (end - detected) - (detected - start)
        faces += looked_at
    print(told("with faces", with_faces))
    print(told("without", without))
    if faces:
        print(f"{'reading a face':16s} {faces:5.0f}   mean {reading / faces * 1e3:6.1f} ms")


if __name__ == "__main__":
    main()
