"""Sentence vectors of the program's own keywords: nobody has to wait for a text model for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets

TABLE = ("minilm", "known.npz")
"""Made by ``tools/build_known_texts.py``: what `SentenceEncoder` makes of them."""


@cache
def known_texts() -> Mapping[str, NDArray[np.float32]]:
    """The vectors by text, unit rows of 384."""
    with as_file(assets.resource(*TABLE)) as path, np.load(path) as table:
        return dict(zip(table["texts"].tolist(), table["vectors"], strict=True))
