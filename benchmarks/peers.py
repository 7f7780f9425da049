"""What a look at an album costs here and with other programs: processor time, seconds, memory.

    uv run python -m benchmarks.peers FOLDER [--only NAME …] [--repeats 1]

Each program runs in a process and an environment of its own (uv installs the others, the newest
there are; the first time that downloads about 4 GB), on the same photos, one after the other; all
of a command counts: its start, its imports, its child processes. Trust processor time more than
seconds, and ratios more than either. A run before the clock starts has everything installed and
compiled; it is given three photos.

Other programs find duplicates, or flaws by a few numbers. Ours answers all four questions; the
line with ``--only duplicates`` is the one to hold beside them. *rclip* stands for the shape of its
pipeline (decode with Pillow, embed by a CLIP of open_clip in batches, store in SQLite) with a model
of random weights, since its own cannot be fetched everywhere.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import compare
from benchmarks.measuring import Cost, cost_of

RCLIP_MODEL = "ViT-B-32"
RCLIP_BATCH = 8
"""As rclip has it where nobody chooses."""

OTHERS = ("imagehash", "imagededup", "cleanvision", "czkawka", "fastdup")
"""Those of `compare.PROGRAMS` that are asked; imagededup's network would need a download."""

OURS = {"ours": (), "ours, duplicates": ("--only", "duplicates")}
NAMES = (*OURS, *OTHERS, "rclip")


def command(name: str, album: Path, scratch: Path) -> list[str | Path]:
    """The whole command that has a program look at an album."""
    if name in OURS:
        analyze = ["-m", "photo_organizer", "analyze", album, "--json", scratch / "answer.json"]
        return [sys.executable, *analyze, *OURS[name]]
    if name == "rclip":
        return [sys.executable, "-m", "benchmarks.peers", album, "--as-rclip"]
    return [*compare.question(name, album, scratch / "answer.json")]


def once(name: str, album: Path) -> Cost:
    """Run a program on an album, from nothing."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        home = {"PHOTO_ORGANIZER_HOME": str(scratch / "home")}
        return cost_of(command(name, album, scratch), home, compare.PATIENCE)


def as_rclip(album: Path) -> None:
    """Embed an album as rclip does: the shape of its work, with a model of random weights."""
    import open_clip
    import torch
    from PIL import Image, ImageOps

    model, _, prepare = open_clip.create_model_and_transforms(RCLIP_MODEL, pretrained=None)
    model.eval()
    paths = sorted(path for path in album.rglob("*") if path.is_file())
    with tempfile.TemporaryDirectory() as folder:
        store = sqlite3.connect(Path(folder) / "db.sqlite3")
        store.execute("CREATE TABLE images (path TEXT PRIMARY KEY, vector BLOB)")
        for start in range(0, len(paths), RCLIP_BATCH):
            some, names = [], []
            for path in paths[start : start + RCLIP_BATCH]:
                try:
                    with Image.open(path) as image:
                        some.append(prepare(ImageOps.exif_transpose(image).convert("RGB")))
                        names.append(str(path))
                except OSError:
                    continue
            if some:
                with torch.no_grad():
                    rows = model.encode_image(torch.stack(some))
                rows /= rows.norm(dim=-1, keepdim=True)
                vectors = [row.numpy().tobytes() for row in rows]
                store.executemany(
                    "INSERT INTO images VALUES (?, ?)", zip(names, vectors, strict=True)
                )
                store.commit()
        store.close()


def flat(folder: Path, into: Path) -> list[Path]:
    """All photos of a folder in one: some programs do not look into the folders of a folder."""
    into.mkdir()
    photos = []
    for number, path in enumerate(sorted(path for path in folder.rglob("*") if path.is_file())):
        photos.append(into / f"{number:06}{path.suffix.lower()}")
        try:
            os.link(path, photos[-1])
        except OSError:  # another drive
            shutil.copyfile(path, photos[-1])
    return photos


def show(costs: dict[str, list[Cost]], photos: int) -> None:
    """Print the table; ratios above 1: the other program needs as many times what ours needs."""
    print(f"{photos} photos\n")
    print("| program | CPU s | ms a photo | × ours, duplicates | × ours | seconds | MiB |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    reference = {name: _cpu(costs[name]) for name in OURS if costs.get(name)}
    for name, some in costs.items():
        if not some:
            continue
        cpu = _cpu(some)
        ratios = [f"{cpu / reference[o]:.2f}" if o in reference else "" for o in reversed(OURS)]
        wall, memory = (
            statistics.median(getattr(c, field) for c in some) for field in ("wall", "memory")
        )
        cells = [
            f"{cpu:.1f}",
            f"{1000 * cpu / photos:.0f}",
            *ratios,
            f"{wall:.1f}",
            f"{memory:.0f}",
        ]
        print("|", " | ".join([name, *cells]), "|")


def _cpu(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.cpu for cost in costs)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--repeats", type=int, default=1, help="taking turns; medians are printed")
    parser.add_argument("--as-rclip", action="store_true", help=argparse.SUPPRESS)
    call = parser.parse_args()
    folder = call.folder.resolve()
    if call.as_rclip:
        as_rclip(folder)
        return
    with tempfile.TemporaryDirectory() as scratch:
        photos = flat(folder, Path(scratch) / "album")
        few = Path(scratch) / "few"
        few.mkdir()
        for photo in photos[:3]:
            shutil.copyfile(photo, few / photo.name)
        costs: dict[str, list[Cost]] = {}
        for name in call.only:
            first = once(name, few)
            if first.status:
                print(f"{name} does not run here: {compare.last_line(first.output)}", flush=True)
            else:
                costs[name] = []
        for _ in range(call.repeats):
            for name, some in costs.items():
                cost = once(name, photos[0].parent)
                if cost.status:
                    print(f"{name} stopped: {compare.last_line(cost.output)}", flush=True)
                else:
                    some.append(cost)
                    print(f"{name}: {cost.cpu:.1f} CPU s", file=sys.stderr, flush=True)
        show(costs, len(photos))


if __name__ == "__main__":
    main()
