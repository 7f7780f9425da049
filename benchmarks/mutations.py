"""Damages photos of every format at random, and lets the program look at them.

    uv run benchmarks/mutations.py --count 5000

Every file must come to an answer: decoded, or left out with a reason. Prints how many of each, the
slowest file and the most memory that a process took; keeps what crashed or took too long.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.files import formats, photo_files
from photo_organizer.engine.isolation.examination import Wanted
from photo_organizer.engine.isolation.pool import Looks, close, processes
from photo_organizer.engine.isolation.process import Process

SUSPICIOUS = frozenset(("files.crashed", "files.slow", "files.killed", "files.failed"))


def sources() -> dict[str, bytes]:
    """A small whole photo of each format, by the suffix that its file gets."""
    rng = np.random.default_rng(2)
    coarse = rng.integers(0, 256, (9, 12, 3), dtype=np.uint8)
    photo = Image.fromarray(coarse).resize((480, 360), Image.Resampling.BICUBIC)
    frames = [photo.rotate(angle) for angle in (5, 10)]
    exif = Image.Exif()
    exif.update({271: "Maker", 272: "Model", 274: 6, 306: "2026:01:02 03:04:05"})
    for format_ in ("HEIF", "AVIF"):
        register = formats.FORMATS[format_].register
        if register is not None:
            register()
    plans = {
        "baseline.jpg": ("JPEG", {"exif": exif}),
        "progressive.jpg": ("JPEG", {"progressive": True}),
        "plain.png": ("PNG", {"exif": exif}),
        "plain.webp": ("WEBP", {}),
        "film.gif": ("GIF", {"save_all": True, "append_images": frames}),
        "packed.tif": ("TIFF", {"compression": "tiff_lzw", "exif": exif}),
        "jpeg.tif": ("TIFF", {"compression": "jpeg"}),
        "plain.bmp": ("BMP", {}),
        "plain.heic": ("HEIF", {}),
        "plain.avif": ("AVIF", {}),
    }
    made = {}
    for name, (format_, options) in plans.items():
        file = io.BytesIO()
        photo.save(file, format_, **options)
        made[name] = file.getvalue()
    made["raw.dng"] = _raw(rng)
    return made


def _raw(rng: np.random.Generator) -> bytes:
    """A little digital negative with a Bayer pattern."""
    file = io.BytesIO()
    matrix = [value for i in range(9) for value in (int(i % 4 == 0), 1)]
    tags = [
        (33421, "H", 2, (2, 2), True),
        (33422, "B", 4, bytes((0, 1, 1, 2)), True),
        (50706, "B", 4, bytes((1, 4, 0, 0)), True),
        (50708, "s", 0, "Camera", True),
        (50714, "H", 1, 0, True),
        (50717, "I", 1, 4095, True),
        (50721, "2i", 9, matrix, True),
        (50728, "2I", 3, (1, 1, 1, 1, 1, 1), True),
        (50778, "H", 1, 21, True),
    ]
    tifffile.imwrite(
        file,
        rng.integers(0, 4096, (120, 160), dtype=np.uint16),
        photometric=32803,
        extratags=tags,
        metadata=None,
    )
    return file.getvalue()


def mutated(data: bytes, other: bytes, rng: random.Random) -> bytes:
    """A damaged version: bits, cuts, splices, moved pieces, huge lengths; one to three of them."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 3)):
        # Headers are where damage does most: half of it goes there.
        reach = len(changed) if rng.random() < 0.5 else min(len(changed), 600)
        at = rng.randrange(max(1, reach))
        length = rng.randint(1, 64)
        match rng.randrange(8):
            case 0:
                for _ in range(rng.randint(1, 20)):
                    changed[rng.randrange(max(1, reach)) % len(changed)] ^= 1 << rng.randrange(8)
            case 1:
                del changed[max(4, at) :]
            case 2:
                start = rng.randrange(len(other))
                changed[at : at + length] = other[start : start + rng.randint(1, 2000)]
            case 3:
                target = rng.randrange(len(changed))
                piece = changed[at : at + length]
                changed[target : target + length] = piece
            case 4:
                huge = rng.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0"))
                changed[at : at + 4] = huge
            case 5:
                changed[at:at] = rng.randbytes(length)
            case 6:
                del changed[at : at + length]
            case _:
                changed[at : at + length] = bytes([rng.randrange(256)]) * length
        if len(changed) < 5:
            break
    return bytes(changed)


class Tally:
    """What became of the files; for several threads."""

    def __init__(self, kept: Path) -> None:
        self.answers: Counter[tuple[str, str]] = Counter()
        self.slowest = (0.0, "")
        self.memory = (0, "")
        self._kept = kept
        self._lock = threading.Lock()

    def look(self, folder: Path, name: str, number: int, data: bytes) -> None:
        """Let the program look at one damaged file."""
        path = folder / f"{number}-{name}"
        path.write_bytes(data)
        code, memory = "decoded", 0

        def work(process: Looks) -> None:
            nonlocal memory
            try:
                for told in process.read_all([photo_files.identify(path)]):
                    if isinstance(told, UnreadableError):
                        raise told
                for seen in process.examine([0], Wanted()):
                    if isinstance(seen, UnreadableError):
                        raise seen
            finally:
                if isinstance(process, Process):
                    memory = _peak(process)

        begun = time.perf_counter()
        try:
            processes().ask(work)
        except UnreadableError as error:
            code = error.reason.code
        took = time.perf_counter() - begun
        with self._lock:
            self.answers[name, code] += 1
            self.slowest = max(self.slowest, (took, path.name))
            self.memory = max(self.memory, (memory, path.name))
            if code in SUSPICIOUS:
                self._kept.mkdir(parents=True, exist_ok=True)
                (self._kept / path.name).write_bytes(data)
        path.unlink()


def _peak(process: Process) -> int:
    """MiB that a process took at most, where the system says so."""
    try:
        status = Path(f"/proc/{process.number}/status").read_text()
    except OSError:
        return 0
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if "VmHWM" in line)


def main() -> None:
    """Run it and print what happened."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("mutations"))
    given = parser.parse_args()
    whole, rng = sources(), random.Random(given.seed)
    tally = Tally(given.keep)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(given.jobs) as threads:
        names = list(whole)
        for number in range(given.count):
            name = names[number % len(names)]
            data = mutated(whole[name], whole[rng.choice(names)], rng)
            threads.submit(tally.look, Path(folder), name, number, data)
    close()
    for (name, code), count in sorted(tally.answers.items()):
        print(f"{name:18} {code:20} {count}")
    answered = tally.answers.total()
    print(f"{answered} of {given.count} files came to an answer")
    print(f"slowest {tally.slowest[0]:.1f} s ({tally.slowest[1]})")
    print(f"most memory {tally.memory[0]} MiB ({tally.memory[1]})")
    sys.exit(answered != given.count)


if __name__ == "__main__":
    main()
