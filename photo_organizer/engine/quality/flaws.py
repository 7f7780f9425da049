"""Low quality: mechanical flaws of a photo, apart from taste, each with a score and a reason.

Scores come from stored measures alone, so thresholds move without touching a pixel. Each flaw but
the size has a small additive logistic model over a few named measures, fitted by
``tools/fit_quality.py``: ``score = 1 / (1 + exp(-(bias + sum of curve(measure))))``. The curves
are flat beyond what was seen while fitting, so that an extraordinary photo gets no extraordinary
answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Facts, Photo, Vectors
from photo_organizer.engine.domain.results import Flag, Flaw, Reason
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.protocols import Matcher
from photo_organizer.engine.pixels import measures

FLAWS: tuple[Flaw, ...] = tuple(Flaw)
"""The columns of every table of flaw scores."""

PROMPTED: tuple[Flaw, ...] = (
    Flaw.BLUR,
    Flaw.PIXELATED,
    Flaw.NOISE,
    Flaw.DARK,
    Flaw.COMPRESSION,
)
"""The columns of `prompt_flaws`."""


@dataclass(frozen=True, slots=True)
class FlawModel:
    """The model of one flaw: a curve over each of a few measures, added up to log-odds."""

    bias: float
    curves: Mapping[str, Sequence[tuple[float, float]]]
    """Measure to points (value, what it adds), rising; straight between, flat beyond the ends."""

    def score(self, table: Vectors) -> NDArray[np.float32]:
        """Scores 0 to 1 of N photos, (N,) float32, from their (N, len(measures.NAMES)) table."""
        logits = np.full(len(table), self.bias)
        for name, points in self.curves.items():
            values, added = zip(*points, strict=True)
            logits += np.interp(measures.column(table, name), values, added)
        return _logistic(logits)


@cache
def flaw_models() -> dict[Flaw, FlawModel]:
    """The shipped models, one a flaw; `Flaw.SMALL` needs none."""
    return read_flaw_models(assets.resource("quality", "models.json"))


def read_flaw_models(file: Traversable) -> dict[Flaw, FlawModel]:
    """The models that ``tools/fit_quality.py`` wrote."""
    stored = json.loads(file.read_text(encoding="utf-8"))
    return {Flaw(name): FlawModel(**model) for name, model in stored["models"].items()}


@cache
def typical() -> dict[str, float]:
    """The median of each measure over flawless photos, for the sentences."""
    stored = json.loads(assets.resource("quality", "models.json").read_text(encoding="utf-8"))
    values: dict[str, float] = stored["typical"]
    return values


def flaw_scores(
    facts: Facts, prompts: Vectors | None = None, fitted: Mapping[Flaw, FlawModel] | None = None
) -> Vectors:
    """Scores of N photos for every flaw: (N, len(FLAWS)) float32, 0 (none) to 1 (certain).

    Where `prompts` are given, their log-odds, limited to ± `limit` and times `weight` (table
    ``[prompts]`` of ``resources/thresholds/quality.toml``), are added to those of the measures:
    they tip what the pixels leave open and cannot overrule what the pixels show.

    Blur is judged twice: in the view, and for large photos at full size, where a missed focus is
    seen that a small picture hides (table ``[focus]``). Compression is judged by what it left in
    the pixels, and by the quality that the file says it was saved with (table ``[saved]``). The
    higher score counts.

    Args:
        facts: of all photos.
        prompts: what `prompt_flaws` answered, (N, len(PROMPTED)).
        fitted: instead of the shipped `flaw_models`.
    """
    scores = np.zeros((len(facts), len(FLAWS)), np.float32)
    for flaw, model in (flaw_models() if fitted is None else fitted).items():
        scores[:, FLAWS.index(flaw)] = model.score(facts.measures)
    blur = FLAWS.index(Flaw.BLUR)
    scores[:, blur] = np.maximum(scores[:, blur], _missed(facts.measures))
    compression = FLAWS.index(Flaw.COMPRESSION)
    scores[:, compression] = np.maximum(scores[:, compression], _crushed(facts.measures))
    scores[:, FLAWS.index(Flaw.SMALL)] = [_smallness(photo) for photo in facts.photos]
    if prompts is not None:
        rule = assets.toml("thresholds/quality.toml")["prompts"]
        columns = [FLAWS.index(flaw) for flaw in PROMPTED]
        shift = np.clip(_log_odds(prompts), -rule["limit"], rule["limit"])
        scores[:, columns] = _logistic(_log_odds(scores[:, columns]) + rule["weight"] * shift)
    return scores


def prompt_flaws(matcher: Matcher, embeddings: Vectors) -> Vectors:
    """What a text model says of N photos: (N, len(PROMPTED)) float32, 0 (fine) to 1 (flawed).

    The softmax over each pair of opposite prompts at the model's temperature (CLIP-IQA, Wang et
    al., AAAI 2023); the pairs are in ``resources/prompts.toml``.

    Raises:
        NotImplementedError: the model does not understand text.
    """
    pairs = assets.toml("prompts.toml")["quality"]
    texts = [pairs[flaw.value][side] for flaw in PROMPTED for side in ("good", "bad")]
    similarities = matcher.text_similarities(embeddings, texts)
    good, bad = similarities[:, 0::2], similarities[:, 1::2]
    return _logistic(matcher.logit_scale * (bad - good))


def judge(
    facts: Facts, scores: Vectors, thresholds: Thresholds, decisions: Decisions | None = None
) -> list[Flag]:
    """The flags of a library, worst first within each flaw, flaws in the order of `FLAWS`.

    Args:
        facts: of all photos.
        scores: what `flaw_scores` answered.
        thresholds: "quality.blur", "quality.motion" … are the scores from which photos are flagged.
        decisions: flaws that the user called fine are left out.
    """
    return [flag for flag, fine in _flags(facts, scores, thresholds, decisions) if not fine]


def called_fine(
    facts: Facts, scores: Vectors, thresholds: Thresholds, decisions: Decisions
) -> list[Flag]:
    """The flags that `judge` leaves out because the user called them fine; in the same order."""
    return [flag for flag, fine in _flags(facts, scores, thresholds, decisions) if fine]


def _flags(
    facts: Facts, scores: Vectors, thresholds: Thresholds, decisions: Decisions | None
) -> Iterator[tuple[Flag, bool]]:
    """Every flag, and whether the user called it fine."""
    fine = decisions.fine if decisions is not None else frozenset()
    for column, flaw in enumerate(FLAWS):
        threshold = thresholds[f"quality.{flaw.value}"]
        found = np.flatnonzero(scores[:, column] >= threshold)
        for row in found[np.argsort(-scores[found, column], kind="stable")]:
            photo = facts.photos[row]
            score = float(scores[row, column])
            reason = _reason(flaw, photo, facts.measures[row])
            flag = Flag(photo.id, flaw, score, threshold, reason)
            yield flag, (photo.content_hash, flaw) in fine


def _missed(table: Vectors) -> NDArray[np.float32]:
    """Scores for a focus that is missed at full size only, (N,); 0 for smaller photos."""
    focus = assets.toml("thresholds/quality.toml")["focus"]
    found = measures.column(table, "focus")
    return np.interp(found, (focus["missed"], focus["sharp"]), (1, 0)).astype(np.float32)


def _crushed(table: Vectors) -> NDArray[np.float32]:
    """Scores for files that say themselves how strongly they are compressed, (N,)."""
    saved = assets.toml("thresholds/quality.toml")["saved"]
    found = measures.column(table, "saved_quality")
    return np.interp(found, (saved["crushed"], saved["fine"]), (1, 0)).astype(np.float32)


def _smallness(photo: Photo) -> float:
    """0.5 at ``[small] pixels`` of the thresholds, 0.09 at a hundred times as many."""
    half = assets.toml("thresholds/quality.toml")["size"]["pixels"]
    return float(1 / (1 + (photo.width * photo.height / half) ** 0.5))


def _reason(flaw: Flaw, photo: Photo, measured: NDArray[np.float32]) -> Reason:
    """The sentence of one flag, with the number that speaks for it."""

    def value(name: str) -> float:
        return float(measures.column(measured[None], name)[0])

    def detail(name: str) -> int:
        """Contrast of fine detail in percent of what flawless photos have."""
        return min(100, round(100 * 2 ** ((value(name) - typical()[name]) / 2)))

    values: dict[Flaw, Callable[[], dict[str, Any]]] = {
        Flaw.BLUR: lambda: {"percent": detail("detail_worst_4_top")},
        Flaw.MOTION: lambda: {
            "along": detail("detail_worst_4_all"),
            "across": detail("detail_best_4_all"),
        },
        Flaw.NOISE: lambda: {"levels": round(2 ** value("noise_flat"))},
        Flaw.DARK: lambda: {"percent": round(100 * value("bright_99"))},
        Flaw.OVEREXPOSED: lambda: {"percent": round(100 * value("clipped_any"))},
        Flaw.PIXELATED: lambda: {"percent": round(100 * value("lattice"))},
        Flaw.COMPRESSION: lambda: {"times": round(2 ** value("blocks_any_phase"), 1)},
        Flaw.SMALL: lambda: {"width": photo.width, "height": photo.height},
    }
    table = measured[None]
    if flaw is Flaw.BLUR and _missed(table)[0] > flaw_models()[flaw].score(table)[0]:
        return Reason("quality.missed")
    if flaw is Flaw.COMPRESSION and _crushed(table)[0] > flaw_models()[flaw].score(table)[0]:
        return Reason("quality.saved", {"quality": round(value("saved_quality"))})
    return Reason(f"quality.{flaw.value}", values[flaw]())


def _logistic(logits: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
    chances: NDArray[np.float32] = (1 / (1 + np.exp(-np.clip(logits, -30, 30)))).astype(np.float32)
    return chances


def _log_odds(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    inside = np.clip(chances, 1e-6, 1 - 1e-6)
    odds: NDArray[np.float32] = np.log(inside / (1 - inside))
    return odds
