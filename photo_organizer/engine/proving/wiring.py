"""How a model is put together where its file does not say: what works best on the check is taken.

Weights alone do not tell which activation they were trained with, nor how colours were scaled and
photos cut. Of a published training open_clip knows all of it; of a file of unknown origin nobody
does. Put together wrongly it works, only worse.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from photo_organizer.engine.categories import assign
from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.proofs import UNPROVED
from photo_organizer.engine.proving.calibration import area
from photo_organizer.engine.proving.check import Remembered, answers, is_named
from photo_organizer.engine.proving.pictures import CHECKED, picture_of

_COLOURS: Mapping[str, Mapping[str, Any]] = {
    "CLIP": {},
    "SigLIP": {"mean": [0.5] * 3, "std": [0.5] * 3, "resize_mode": "squash"},
    "ImageNet": {"mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
}
"""How each family scales colours and cuts photos; as it is for the first."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """One way to put a model together."""

    quick: bool
    """With the other activation than its architecture says."""
    colours: str
    """Of `_COLOURS`."""

    @property
    def name(self) -> str:
        """What is told of it; empty where all is as the architecture says."""
        told = ["the other GELU"] if self.quick else []
        return ", ".join(
            [*told, *([f"colours of {self.colours}"] if self.colours != "CLIP" else [])]
        )


def choose_wiring(folder: Path, cancel: threading.Event | None = None) -> None:
    """Put the model in a folder together in the way in which it names most pictures.

    Where several do as well, the way of its architecture is kept. The model's version tells which
    way it is: its embeddings differ.

    Raises:
        CancelledError: `cancel` was set.
        OSError: the folder cannot be written.
    """
    usual = json.loads((folder / checkpoints.CONFIG).read_text(encoding="utf-8"))
    tried = {wiring: _config(usual, wiring) for wiring in _ways()}
    best, most = Wiring(quick=False, colours="CLIP"), (-1, -1.0)
    texts: dict[bool, Remembered] = {}
    for wiring, config in tried.items():
        if cancel is not None and cancel.is_set():
            raise CancelledError
        _write(folder / checkpoints.CONFIG, config)
        found = _names(folder, texts.setdefault(wiring.quick, Remembered(None)))
        if found > most:
            best, most = wiring, found
    _write(folder / checkpoints.CONFIG, tried[best])
    meta = replace(checkpoints.read_meta(folder), wiring=best.name)
    _write(folder / checkpoints.META, asdict(meta))


def _ways() -> Iterator[Wiring]:
    for quick in (False, True):
        for colours in _COLOURS:
            yield Wiring(quick, colours)


def _config(usual: Mapping[str, Any], wiring: Wiring) -> dict[str, Any]:
    model, preprocessing = dict(usual["model_cfg"]), dict(usual["preprocess_cfg"])
    if wiring.quick:
        model["quick_gelu"] = not model.get("quick_gelu", False)
    return {"model_cfg": model, "preprocess_cfg": {**preprocessing, **_COLOURS[wiring.colours]}}


def _names(folder: Path, texts: Remembered) -> tuple[int, float]:
    """How many pictures it names, and how far fitting pairs are above the others."""
    encoder = ClipEncoder(folder, proof=UNPROVED, texts=texts)
    shown = [checked for checked in CHECKED if checked.keys]
    categories = built_in()
    right, wrong = answers([category.key for category in categories], shown)
    try:
        prepared = np.stack([encoder.prepare(picture_of(each.name)) for each in shown])
        vectors = np.concatenate([encoder.embed_images(part) for part in _parts(prepared)])
        scores = assign.match(encoder.comparable(vectors), encoder, categories)
    except (RuntimeError, AssertionError, KeyError, ValueError):
        return -1, -1.0  # it cannot be put together so
    if not np.isfinite(scores).all():
        return -1, -1.0
    # Rounded: a hair's breadth is no reason to leave the usual way.
    return int(is_named(scores, right).sum()), round(area(scores[right], scores[wrong]), 2)


def _parts(prepared: np.ndarray) -> Sequence[np.ndarray]:
    return np.array_split(prepared, 3)


def _write(file: Path, content: Mapping[str, Any]) -> None:
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
