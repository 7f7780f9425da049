"""How much of the machine the pipeline uses: the whole run against its two heaviest stages.

    python benchmarks/throughput.py [--photos 192] [--repeats 3] [--model starter]

Generates 12-megapixel JPEGs, then measures in one run, taking turns:
  decoder alone   reading, hashing, decoding and Exif on all cores, as the pipeline does it
  encoder alone   embedding prepared photos on all cores, as the pipeline does it
  whole run       `analyze` from an empty store: everything, answers included
and prints the median rates and the whole run's share of each. Where the encoder computes on the
CPU both share the cores, and no run can be faster than one photo in the sum of their times: the
goal is 0.9 of that bound, and elsewhere 0.7 of the slower one. What is measured beside decoding and
embedding is in the whole run only, so that what a photo of many pixels costs there counts.

At last it cancels runs in full swing, and prints how long they took to end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np

JOBS = os.cpu_count() or 1
CANCELLED_AFTER = (0.7, 1.3, 1.9)
"""Seconds into a run."""


def make_photos(folder: Path, count: int) -> list[Path]:
    """Synthetic photos of 4032 × 3024 pixels, smooth shapes, texture and noise: 4 MB, as phones."""
    paths = [folder / f"photo_{number:04d}.jpg" for number in range(count)]
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(_make_photo, paths, range(count)))
    return paths


def _make_photo(path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    coarse = rng.uniform(0, 255, (12, 16, 3)).astype(np.float32)
    middle = rng.normal(0, 40, (96, 128, 3)).astype(np.float32)
    image = cv2.resize(coarse, (4032, 3024), interpolation=cv2.INTER_CUBIC)
    image += cv2.resize(middle, (4032, 3024), interpolation=cv2.INTER_CUBIC)
    grain = rng.normal(0, 5, (756, 1008, 1)).astype(np.float32)
    image += np.tile(grain, (4, 4, 1))
    pixels = np.clip(image, 0, 255).astype(np.uint8)
    cv2.imwrite(str(path), pixels, [cv2.IMWRITE_JPEG_QUALITY, 92])


def rate(work: Callable[[], int]) -> float:
    start = time.perf_counter()
    done = work()
    return done / (time.perf_counter() - start)


def decode_all(paths: Sequence[Path]) -> int:
    from photo_organizer.engine.files import photo_files
    from photo_organizer.engine.pixels import decode

    def one(path: Path) -> None:
        data = photo_files.read(photo_files.identify(path))
        photo_files.content_hash(data)
        decode.open_photo(data, path.suffix)

    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(one, paths))
    return len(paths)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=192)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--model", default="starter")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as album:
        os.environ["PHOTO_ORGANIZER_HOME"] = home
        cv2.setNumThreads(1)
        paths = make_photos(Path(album), arguments.photos)
        megabytes = sum(p.stat().st_size for p in paths) / len(paths) / 1e6
        print(f"{len(paths)} photos, {megabytes:.1f} MB each, {JOBS} cores")

        from photo_organizer.engine.analysis.events import Cancelled, Finished
        from photo_organizer.engine.analysis.run import Options, analyze
        from photo_organizer.engine.proving.opening import open_encoder

        options = Options(
            (Path(album),), model=arguments.model, use_cache=False, partial_results=False
        )
        encoder = open_encoder(arguments.model)
        prepared = np.random.default_rng(0).integers(
            0, 255, (encoder.batch_size, *_input_shape(encoder)), np.uint8
        )
        encoder.embed_images(prepared)

        def embed_all() -> int:
            def batches(count: int) -> None:
                for _ in range(count):
                    encoder.embed_images(prepared)

            workers = min(JOBS, encoder.embed_threads)
            each = max(1, len(paths) // len(prepared) // workers)
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(batches, [each] * workers))
            return each * workers * encoder.batch_size

        def analyze_all() -> int:
            for event in analyze(options, threading.Event()):
                if isinstance(event, Finished):
                    return len(event.result.photos)
            raise AssertionError("the run did not finish")

        def seconds_to_cancel(after: float) -> float:
            cancel = threading.Event()
            asked = time.perf_counter() + after
            threading.Timer(after, cancel.set).start()
            last = list(analyze(options, cancel))[-1]
            assert isinstance(last, Cancelled), "too few photos: the run was over before"
            return time.perf_counter() - asked

        stages = {
            "decoder alone": lambda: decode_all(paths),
            "encoder alone": embed_all,
            "whole run": analyze_all,
        }
        rates: dict[str, list[float]] = {name: [] for name in stages}
        for _ in range(arguments.repeats):
            for name, work in stages.items():
                rates[name].append(rate(work))
        decoder, embedder, whole = (statistics.median(values) for values in rates.values())
        for name, value in zip(rates, (decoder, embedder, whole), strict=True):
            print(f"{name:14s} {value:6.1f} photos/s")
        print(f"whole run / decoder alone: {whole / decoder:.2f}")
        print(f"whole run / encoder alone: {whole / embedder:.2f}")
        if encoder.device == "cpu":
            bound = 1 / (1 / decoder + 1 / embedder)
            print(f"whole run / both on the same cores ({bound:.1f} photos/s): {whole / bound:.2f}")
        slowest = max(map(seconds_to_cancel, CANCELLED_AFTER))
        print(f"cancelled within {slowest:.2f} s")


def _input_shape(encoder: object) -> tuple[int, ...]:
    from photo_organizer.engine.pixels.picture import Picture

    blank = Picture(np.zeros((600, 800, 3), np.uint8), 800, 600, "JPEG")
    return encoder.prepare(blank).shape  # type: ignore[attr-defined, no-any-return]


if __name__ == "__main__":
    main()
