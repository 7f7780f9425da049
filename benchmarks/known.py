"""What is told while a large library that is known is opened again, and how true it is.

    uv run python -m benchmarks.known [--photos 20000] [--runs]

Makes a library of that many files, of which a store knows all that is measured (invented), but no
last result, and analyses it. Prints when all photos are listed, how long each stage takes, and how
far the time left that was told lies from what it really took, second by second. With ``--runs`` it
prints instead what two runs of the command cost: the first compares all photos, the second knows
what came of it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path


def make_library(folder: Path, count: int) -> None:
    """Write files into a folder, and what is known of them into the program's store."""
    import numpy as np

    from photo_organizer.engine import paths
    from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION
    from photo_organizer.engine.domain.facts import Exif, FileIdentity
    from photo_organizer.engine.pixels import fingerprints, measures
    from photo_organizer.engine.proving.opening import open_encoder
    from photo_organizer.engine.quality.models import typical
    from photo_organizer.engine.storage.store import Content, Store

    encoder = open_encoder("auto", "cpu")
    noise = np.random.default_rng(7)
    begin = datetime(2016, 1, 1)
    usual = np.array([typical().get(name, 0.0) for name in measures.NAMES], np.float32)
    coarse = noise.integers(0, 255, (count, 6, 6), np.uint8)
    vector = np.zeros(encoder.dimension, np.float32)
    with Store(paths.store_path()) as store, store.batch():
        for i in range(count):
            path = folder / f"{i // 500:03}" / f"IMG_{i:05}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(i.to_bytes(8, "big"))
            seen = path.stat()
            identity = FileIdentity(path, seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)
            content = i.to_bytes(16, "big")
            row = np.zeros(1, fingerprints.FIELDS)
            scene = coarse[i - 1 if i % 10 == 9 else i].astype(np.float32)
            grey = scene.repeat(8, 0).repeat(8, 1) + noise.normal(0, 6, (48, 48))
            row["grey"] = np.clip(grey, 0, 255)
            row["colour"], row["aspect"] = 128, 1.5
            other = noise.random(encoder.dimension, np.float32) ** 4
            # Every tenth is another shot of the one before.
            vector = vector + other / 20 if i % 10 == 9 else other
            vector /= np.linalg.norm(vector)
            store.add_content(
                Content(
                    content,
                    "JPEG",
                    6000,
                    4000,
                    Exif(begin + timedelta(hours=i), camera="Camera X"),
                    # One in ten is flawed in some way.
                    noise.random(len(usual), np.float32) if i % 10 == 5 else usual,
                    np.frombuffer(row.tobytes(), np.uint8),
                ),
                CONTENT_VERSION,
            )
            store.add_embedding(content, encoder.name, encoder.version, vector.astype(np.float16))
            store.add_photo(identity, content)


def watch(folder: Path) -> Iterator[tuple[float, object]]:
    """The events of an analysis, and when they came."""
    from photo_organizer.engine.analysis.run import Options, analyze

    begin = time.perf_counter()
    for event in analyze(Options((folder,), faces=False), threading.Event()):
        yield time.perf_counter() - begin, event


def print_runs(folder: Path) -> None:
    """Print what analysing a folder costs in a process of its own, twice."""
    command = [sys.executable, "-m", "photo_organizer", "analyze", str(folder), "--no-faces"]
    for name in ("first", "second"):
        process = subprocess.Popen(
            [*command, "--json", os.devnull],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, _, used = os.wait4(process.pid, 0)
        seconds = used.ru_utime + used.ru_stime
        print(f"{name} run: {seconds:6.1f} processor seconds, {used.ru_maxrss / 1024:.0f} MiB")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=20_000)
    parser.add_argument("--runs", action="store_true")
    call = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["PHOTO_ORGANIZER_HOME"] = home
        folder = Path(home) / "photos"
        make_library(folder, call.photos)
        if call.runs:
            print_runs(folder)
            return
        told = list(watch(folder))
    print_told(told)


def print_told(told: list[tuple[float, object]]) -> None:
    """Print what an analysis told, and when."""
    from photo_organizer.engine.analysis.events import Listed, Partial, Progress

    end = told[-1][0]
    progress = [(at, event) for at, event in told if isinstance(event, Progress)]
    for stage, events in groupby(progress, key=lambda pair: pair[1].stage):
        times = [at for at, _ in events]
        print(f"{stage.value:12} from {times[0]:6.1f} s to {times[-1]:6.1f} s")
    for at, event in told:
        if isinstance(event, Listed):
            print(f"{at:6.1f} s: {len(event.photos)} photos listed")
        if isinstance(event, Partial):
            print(f"{at:6.1f} s: {len(event.result.photos)} photos judged")
    print(f"{end:6.1f} s: finished")
    print("time left, told and true:")
    step = max(1.0, end / 20)
    shown = -step
    for at, event in progress:
        if at - shown >= step:
            shown = at
            left = event.seconds_left
            said = "nothing" if left is None else f"{left:6.1f} s"
            print(f"  at {at:6.1f} s: {said:>9}  {end - at:6.1f} s  {event.done} of {event.total}")


if __name__ == "__main__":
    main()
