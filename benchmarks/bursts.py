"""How takes of one moment compare by their faces, on bursts made of portraits.

    uv run benchmarks/bursts.py FOLDER... [--side 1440] [--most 50] [--seed 1]

Each photo with a face becomes a burst: takes that differ as takes do in the hand that held the
camera, in light, noise and compression, and one more that is blurred by a hundredth of the width of
its largest face. Told is how many faces were found again, how often two takes were called better
or worse in eyes or faces though they are neither, and how often the blurred one was. Chosen on such
bursts: ``step.face`` of ``resources/thresholds/duplicates.toml``.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np

from photo_organizer.engine.domain.facts import Pixels, UnreadableError
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.face_merits import FACE_CRITERIA, SHARP, FaceMerits
from photo_organizer.engine.faces.finder import FaceFinder
from photo_organizer.engine.people.groups import GroupedFaces
from photo_organizer.engine.pixels import decode

TAKES = 4
"""In a burst, beside the blurred one."""


def taken_again(pixels: Pixels, random: np.random.Generator) -> Pixels:
    """Another take of the same: moved, turned and zoomed by a hand, in a little other light."""
    height, width = pixels.shape[:2]
    turn, zoom = random.normal(0, 1.0), 1 + random.normal(0, 0.01)
    view = cv2.getRotationMatrix2D((width / 2, height / 2), turn, zoom)
    view[:, 2] += random.normal(0, 0.01, 2) * width
    moved = cv2.warpAffine(
        pixels, view, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )
    lit = moved * random.uniform(0.9, 1.1) + random.normal(0, 2, moved.shape)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(85, 96))]
    _, written = cv2.imencode(".jpg", np.clip(lit, 0, 255).astype(np.uint8), quality)
    return np.asarray(cv2.imdecode(written, cv2.IMREAD_COLOR), np.uint8)


def compare(pixels: Pixels, finder: FaceFinder, random: np.random.Generator) -> Counter[str]:
    """What one burst tells: counts of faces and of pairs of takes."""
    takes = [taken_again(pixels, random) for _ in range(TAKES)]
    faces = [finder.find(take) for take in takes]
    if not faces[0]:
        return Counter()
    blurred = cv2.GaussianBlur(pixels, (0, 0), max(faces[0][0].size * 0.01, 0.5))
    faces.append(finder.find(taken_again(np.asarray(blurred, np.uint8), random)))
    thresholds, rows = Thresholds(), range(TAKES + 1)
    seen = GroupedFaces(faces).seen(rows, rows, thresholds)
    merits = FaceMerits(len(faces), [seen], thresholds)

    def better(criterion: str, one: int, two: int) -> int:
        first, second = (np.array([row], np.int32) for row in (one, two))
        return int(merits.between(criterion, first, second)[0])

    count = Counter(bursts=1)
    for row in range(TAKES):
        count["faces"] += len(faces[row])
        count["found again"] += sum(face.person is not None for face in seen.get(row, ()))
        count["sharper than the blurred one"] += better(SHARP, row, TAKES) > 0
        count["softer than the blurred one"] += better(SHARP, row, TAKES) < 0
    for one, two in combinations(range(TAKES), 2):
        count["pairs"] += 1
        for criterion in FACE_CRITERIA:
            count[f"told apart by {criterion}"] += better(criterion, one, two) != 0
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--side", type=int, default=1440)
    parser.add_argument("--most", type=int, default=50, help="so many bursts")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    random, finder = np.random.default_rng(arguments.seed), FaceFinder()
    paths = sorted(p for folder in arguments.folders for p in folder.rglob("*") if p.is_file())
    random.shuffle(paths)
    total: Counter[str] = Counter()
    for path in paths:
        if total["bursts"] >= arguments.most:
            break
        try:
            pixels = decode.decode_view(path.read_bytes(), path.suffix, arguments.side)
        except (UnreadableError, OSError):
            continue
        total += compare(pixels, finder, random)
    takes = total["bursts"] * TAKES
    print(f"{total['bursts']} bursts of {TAKES} takes, and a blurred one")
    print(f"faces found again: {total['found again']} of {total['faces']}")
    for criterion in FACE_CRITERIA:
        told = total[f"told apart by {criterion}"]
        print(f"told apart by {criterion}, wrongly: {told} of {total['pairs']} pairs")
    for name in ("sharper than the blurred one", "softer than the blurred one"):
        print(f"{name}: {total[name]} of {takes}")


if __name__ == "__main__":
    main()
