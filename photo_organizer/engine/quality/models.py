"""The models that score flaws from measures: additive, logistic, read from a file.

``score = 1 / (1 + exp(-(bias + sum of curve(measure))))``. ``tools/fit_quality.py`` fits them. The
curves are flat beyond what was seen while fitting, so that an extraordinary photo gets no
extraordinary answer.

Of some flaws there is a second model that reads what a photo looks like, too: see `looks`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import measures


@dataclass(frozen=True, slots=True)
class FlawModel:
    """The model of one flaw: a curve over each of a few measures, added up to log-odds."""

    bias: float
    curves: Mapping[str, Sequence[tuple[float, float]]]
    """Feature to points (value, what it adds), rising; straight between, flat beyond the ends."""
    fitted: Mapping[str, Any] = field(default_factory=dict)
    """How well it told photos that were left out while fitting."""

    def score(self, table: Vectors) -> NDArray[np.float32]:
        """Scores 0 to 1 of N photos, (N,) float32, from their (N, len(measures.NAMES)) table."""
        return logistic(self.log_odds(partial(feature, table)))

    def log_odds(self, column: Callable[[str], NDArray[np.floating[Any]]]) -> NDArray[np.float64]:
        """Log-odds of N photos, (N,); `column` answers (N,) values of what a curve is over."""
        logits: NDArray[np.float64] = np.array(self.bias)
        for name, points in self.curves.items():
            values, added = zip(*points, strict=True)
            logits = logits + np.interp(column(name), values, added)
        return logits


def feature(table: Vectors, name: str) -> NDArray[np.float32]:
    """What a curve is over, of N photos, (N,): a measure, or the difference "one - another".

    Raises:
        KeyError: there is no such measure.
    """
    one, _, another = name.partition(" - ")
    found = measures.column(table, one)
    return found - measures.column(table, another) if another else found


@cache
def flaw_models(*, looked: bool = False) -> dict[Flaw, FlawModel]:
    """The shipped models, one for each flaw whose description names `features`.

    Args:
        looked: those that read what photos look like too, where there are such.
    """
    return read_flaw_models(assets.resource("quality"), looked=looked)


def read_flaw_models(folder: Traversable, *, looked: bool = False) -> dict[Flaw, FlawModel]:
    """The models that ``tools/fit_quality.py`` wrote: a file for each flaw that has one."""
    found = {}
    for flaw in Flaw:
        names = (f"{flaw.value}_looked.json", f"{flaw.value}.json")[0 if looked else 1 :]
        file = next((file for file in (folder / name for name in names) if file.is_file()), None)
        if file is not None:
            found[flaw] = read_flaw_model(file)
    return found


def read_flaw_model(file: Traversable) -> FlawModel:
    """One of them."""
    return FlawModel(**json.loads(file.read_text(encoding="utf-8")))


@cache
def typical() -> dict[str, float]:
    """The median of each measure over flawless photos, for the sentences."""
    stored = assets.resource("quality", "typical.json").read_text(encoding="utf-8")
    values: dict[str, float] = json.loads(stored)
    return values


def logistic(logits: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    """Chances, 0 to 1, from log-odds."""
    chances: NDArray[np.float32] = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
    return chances
