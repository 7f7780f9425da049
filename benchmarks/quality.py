"""How well do measures tell flawed photos from others, and what do they cost?

    python -m benchmarks.quality FOLDER --truth TRUTH.json

TRUTH.json names the flawed photos: ``{"low": {"name.jpg": "blur", …}}``. For each flaw the table
gives the area under the ROC curve of single measures, of the candidates from libraries that they
were chosen over, and of the fitted model; then precision, recall and F1 of the whole judgement; at
last the milliseconds that each takes, on one core, for a 12-megapixel photo decoded to half size.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.domain.facts import Pixels, UnreadableError
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.pixels import decode, measures
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.quality import models

NAMES = {"jpeg": "compression"}
"""What a truth file may call a flaw, and its name here."""

Table = NDArray[Any]


def gray(pixels: Pixels) -> Table:
    return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)


def blur_effect(pixels: Pixels) -> float:
    from skimage.measure import blur_effect

    return float(blur_effect(gray(pixels)))


def estimate_sigma(pixels: Pixels) -> float:
    from skimage.restoration import estimate_sigma

    return float(estimate_sigma(gray(pixels)))


def tenengrad(pixels: Pixels) -> float:
    level = gray(pixels)
    x, y = (cv2.Sobel(level, cv2.CV_32F, *axis) for axis in ((1, 0), (0, 1)))
    return float((x * x + y * y).mean())


def local_deviation(pixels: Pixels) -> float:
    from scipy.ndimage import generic_gradient_magnitude, sobel

    return float(generic_gradient_magnitude(gray(pixels).astype(np.float32), sobel).std())


CANDIDATES: dict[str, Callable[[Pixels], float]] = {
    "skimage blur_effect": blur_effect,
    "skimage estimate_sigma": estimate_sigma,
    "OpenCV variance of Laplacian": lambda p: float(cv2.Laplacian(gray(p), cv2.CV_32F).var()),
    "OpenCV Tenengrad": tenengrad,
    "SciPy gradient deviation": local_deviation,
    "mean brightness": lambda p: float(gray(p).mean()),
}


def auc(values: Table, flawed: Table) -> float:
    """Area under the ROC curve; 1 is perfect, whichever way the measure points."""
    from sklearn.metrics import roc_auc_score

    area = float(roc_auc_score(flawed, values))
    return max(area, 1 - area)


def milliseconds(function: Callable[[Pixels], object], pixels: Pixels) -> float:
    """Processor time of one call: the median of five after one to warm up."""
    function(pixels)
    times = []
    for _ in range(5):
        start = time.thread_time()
        function(pixels)
        times.append(time.thread_time() - start)
    return 1000 * float(np.median(times))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--truth", type=Path, required=True)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    low = json.loads(arguments.truth.read_text(encoding="utf-8"))["low"]
    names, rows, tried = [], [], []
    for path in sorted(arguments.folder.iterdir()):
        try:
            picture = decode.decode(path.read_bytes(), path.suffix)
        except UnreadableError:
            continue
        names.append(path.name)
        rows.append(measures.measure(picture))
        tried.append([candidate(picture.pixels) for candidate in CANDIDATES.values()])
    table, others = np.array(rows), np.array(tried)
    truth = np.array([NAMES.get(low.get(name, ""), low.get(name, "")) for name in names])
    found = np.zeros(len(names), bool)
    thresholds = Thresholds()
    for flaw, model in models.flaw_models().items():
        scores = model.score(table)
        flagged = scores >= thresholds[flaw.threshold]
        found |= flagged
        chosen = (truth == flaw.value) | (truth == "")
        flawed = truth[chosen] == flaw.value
        if not flawed.any():
            continue
        areas = {
            name: auc(measures.column(table, name)[chosen], flawed)
            for name in model.curves
            if name in measures.NAMES
        }
        areas |= {
            name: auc(others[chosen, column], flawed) for column, name in enumerate(CANDIDATES)
        }
        print(f"\n{flaw.value}: model {auc(scores[chosen], flawed):.4f}")
        for name, area in sorted(areas.items(), key=lambda item: -item[1]):
            print(f"    {area:.4f}  {name}")
    wrong = truth != ""
    hits = int((found & wrong).sum())
    precision, recall = hits / max(1, int(found.sum())), hits / max(1, int(wrong.sum()))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"\nprecision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}")
    for flaw in Flaw:
        of_kind = truth == flaw.value
        if of_kind.any():
            print(f"    {flaw.value:12s} {int((found & of_kind).sum())} of {int(of_kind.sum())}")
    print(
        "wrongly flagged:", *(n for n, f, w in zip(names, found, wrong, strict=True) if f and not w)
    )
    grain = np.random.default_rng(0).integers(0, 255, (95, 126, 3), np.uint8)
    pixels = cv2.resize(grain, (2016, 1512), interpolation=cv2.INTER_CUBIC)
    print("\nmilliseconds for a 12-megapixel photo")
    whole = milliseconds(lambda p: measures.measure(Picture(p, 4032, 3024, "JPEG")), pixels)
    print(f"    {whole:7.1f}  all {len(measures.NAMES)} measures together")
    for name, candidate in CANDIDATES.items():
        print(f"    {milliseconds(candidate, pixels):7.1f}  {name}")


if __name__ == "__main__":
    main()
