"""What it costs to carry a library to another computer, and that it survives being killed.

    uv run --no-sync python -m benchmarks.exchange [--photos 100000] [--dimension 768] [--kills 20]

Makes a library of that many small files of which a store knows all that is measured (invented, with
thumbnails that compress as those of photos do), exports it, imports it into an empty store where
the folder has another name, and imports it once more. Prints seconds, processor seconds, the most
memory held and the size of the file. With ``--kills`` further imports into empty stores are killed
at random moments until one comes to its end; what each store then knows is compared, row by row.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.measuring import Cost, cost_of

COMMAND = (sys.executable, "-m", "photo_organizer", "library")
TABLES = ("content", "embedding", "faces", "photo")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--dimension", type=int, default=768)
    parser.add_argument("--kills", type=int, default=0)
    call = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        root = Path(place)
        photos, file = root / "photos", root / "photos.parquet"
        make_library(root / "there", photos, call.photos, call.dimension)
        moved = photos.rename(root / "moved")
        photos.symlink_to(moved)  # an export asks for the folder, and for none of its files
        tell("export", run(root / "there", "export", file, photos))
        print(f"{file.stat().st_size / call.photos * 1000 / 1e6:.2f} MB for 1,000 photos")
        took = run(root / "here", "import", file, "--root", moved)
        tell("import", took)
        tell("import again", run(root / "here", "import", file, "--root", moved))
        whole = known(root / "here")
        print(f"known: {', '.join(f'{len(rows):,} {name}' for name, rows in whole.items())}")
        for number in range(call.kills):
            home = root / f"killed-{number}"
            killed = kill_until_done(home, file, moved, took.wall, seed=number)
            same = known(home) == whole
            print(f"killed {killed} times: {'the same' if same else 'ANOTHER STORE'}")
            if not same:
                return 1
    return 0


def run(home: Path, *words: object) -> Cost:
    cost = cost_of([*COMMAND, *map(str, words)], {"PHOTO_ORGANIZER_HOME": str(home)})
    if cost.status:
        raise SystemExit(cost.output)
    return cost


def tell(name: str, cost: Cost) -> None:
    print(f"{name:13} {cost.wall:6.1f} s, {cost.cpu:6.1f} processor s, {cost.main:.0f} MiB")


def kill_until_done(home: Path, file: Path, moved: Path, usual: float, seed: int) -> int:
    """Import, killed at random moments, until it comes to its end; how often it was killed."""
    chance, killed = random.Random(seed), 0
    while True:
        process = subprocess.Popen(
            [*COMMAND, "import", str(file), "--root", str(moved)],
            env={**os.environ, "PHOTO_ORGANIZER_HOME": str(home)},
            stdout=subprocess.DEVNULL,
        )
        try:
            process.wait(chance.uniform(0.2, 0.9) * usual)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        else:
            if process.returncode:
                raise SystemExit(f"the import failed: {process.returncode}")
            return killed


def known(home: Path) -> dict[str, list[bytes]]:
    """Digests of all rows of a store, but for the numbers that it gave to photos."""
    with closing(sqlite3.connect(home / "library.sqlite")) as store:
        return {
            table: sorted(
                hashlib.sha256(repr(row[1:] if table == "photo" else row).encode()).digest()
                for row in store.execute(f"SELECT * FROM {table}")
            )
            for table in TABLES
        }


def make_library(home: Path, folder: Path, count: int, dimension: int) -> None:
    """Write files into a folder, and what is known of them into a store."""
    import numpy as np

    from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, FACES_VERSION
    from photo_organizer.engine.domain.faces import Eye, Face
    from photo_organizer.engine.domain.facts import Exif
    from photo_organizer.engine.domain.holdings import Holdings
    from photo_organizer.engine.files import photo_files
    from photo_organizer.engine.pixels import fingerprints, measures
    from photo_organizer.engine.storage.store import Content, Store

    begin, start = time.perf_counter(), datetime(2016, 1, 1)
    noise = np.random.default_rng(7)
    with Store(home / "library.sqlite") as store, store.batch():
        for i in range(count):
            path = folder / f"{i // 500:04}" / f"IMG_{i:06}.jpg"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(i.to_bytes(8, "big"))
            content_hash = photo_files.content_hash(path.read_bytes())
            row = np.zeros(1, fingerprints.FIELDS)
            scene = noise.integers(0, 255, (6, 6)).astype(np.float32).repeat(8, 0).repeat(8, 1)
            row["grey"] = np.clip(scene + noise.normal(0, 6, (48, 48)), 0, 255)
            row["colour"] = noise.integers(100, 156, (8, 8, 2))
            row["aspect"] = 1.5
            vector = noise.standard_normal(dimension, np.float32)
            content = Content(
                content_hash,
                "JPEG",
                6000,
                4000,
                Exif(start + timedelta(hours=i), camera="Camera X", iso=400, fields=40),
                noise.random(len(measures.NAMES), np.float32),
                row.view(np.uint8),
                Holdings(coded=noise.bytes(12), facts=noise.bytes(120), words=noise.bytes(12)),
            )
            store.add_content(content, CONTENT_VERSION)
            store.add_embedding(content_hash, "invented", "1", vector / np.linalg.norm(vector))
            if i % 3 == 0:
                eyes = (Eye((0.4, 0.4), 20.0, 0.3), Eye((0.5, 0.4), 20.0, 0.3))
                face = Face((0.3, 0.3, 0.3, 0.3), eyes, 90.0, 0.9, 0.9, 5.0, 0.5, noise.bytes(108))
                store.add_faces(content_hash, [face], FACES_VERSION)
            store.add_photo(photo_files.identify(path), content_hash)
    print(f"{count:,} photos made in {time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
