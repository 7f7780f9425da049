"""Which vectors a service makes: told by what it makes of a picture and a text that are known here.

A service says how its model is called, not which weights it has, nor how it scales pictures. So it
is asked for one picture and one text whenever it is opened. Where both come out as they did before,
photos do, too; where not, it is another version of the model, which has to prove itself.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine.encoders.remote import WAY

log = logging.getLogger(__name__)

SAME = 0.999
"""The cosine from which two answers are one, computed on another machine or in another number
format: `clip` and `starter` stay above it. Another model, or another way of scaling, lies below."""

FOLDER = "remote"
"""Within the folder of models; no model is called so."""

SAMPLE = "sample.json"


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """What a service makes of the picture and the text."""

    picture: NDArray[np.float32]
    """(D,) of length 1."""
    text: NDArray[np.float32]
    """(D,) of length 1."""

    def is_that_of(self, other: Sample) -> bool:
        """Whether it is an answer of the same version."""
        if self.picture.shape != other.picture.shape or self.text.shape != other.text.shape:
            return False
        return float(min(self.picture @ other.picture, self.text @ other.text)) >= SAME


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a model of services."""

    name: str
    """`Encoder.version`."""
    folder: Path
    """Where its proof is kept; it may not be there, where it cannot be written."""


_unkept: dict[Path, Sample] = {}
"""What could not be kept, by folder: those of models may be read-only."""


def version_of(root: Path, model: str, sample: Sample) -> Version:
    """The version that has answered so before, else a new one, which is remembered.

    Args:
        root: the folder of models.
        model: as the service calls it.
        sample: its answers.
    """
    for folder, known in _known(root / FOLDER / model).items():
        if sample.is_that_of(known):
            return Version(folder.name, folder)
    name = _name(sample)
    folder = root / FOLDER / model / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Of this thread alone: two programs may find out the same at once.
        staged = folder / f".{SAMPLE}.new-{os.getpid()}-{threading.get_ident()}"
        kept = {"picture": sample.picture.tolist(), "text": sample.text.tolist()}
        staged.write_text(json.dumps(kept) + "\n", encoding="utf-8")
        staged.replace(folder / SAMPLE)
    except OSError as error:
        log.warning("which version of %s answers cannot be kept: %s", model, error)
        _unkept[folder] = sample
    return Version(name, folder)


def _known(folder: Path) -> dict[Path, Sample]:
    """The versions of a model that answered before, by their folders; those of this way only."""
    kept = {}
    for file in sorted(folder.glob(f"{WAY}-*/{SAMPLE}")):
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            picture, text = (np.array(found[key], np.float32) for key in ("picture", "text"))
        except (OSError, ValueError, TypeError, KeyError) as error:
            log.warning("%s cannot be read: %s", file, error)
            continue
        if picture.ndim == text.ndim == 1:
            kept[file.parent] = Sample(picture, text)
    return kept | {at: one for at, one in _unkept.items() if at.parent == folder}


def _name(sample: Sample) -> str:
    """Of the vectors, rounded: another computer that asks the same service finds the same name."""
    rounded = np.round(np.concatenate([sample.picture, sample.text]), 2) + 0.0  # no negative zero
    return f"{WAY}-{hashlib.sha256(rounded.astype('<f4').tobytes()).hexdigest()[:16]}"
