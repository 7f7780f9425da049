"""What each flaw is, in one place: how it is scored, told in numbers, and shown in a photo.

Its words stand in ``resources/flaws.toml``, the score from which photos are flagged in
``resources/thresholds/quality.toml``, what its model learned in a file of ``resources/quality/``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.faces import SeenFace
from photo_organizer.engine.domain.facts import Photo, Pixels, Scores, Vectors
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality import maps, portraits, softness
from photo_organizer.engine.quality.evidence import Evidence
from photo_organizer.engine.quality.models import typical


@dataclass(frozen=True, slots=True)
class Measured:
    """One photo with its measures, for the numbers of a sentence."""

    photo: Photo
    table: Vectors
    """(1, len(measures.NAMES))"""

    def value(self, measure: str) -> float:
        """What was measured."""
        return float(measures.column(self.table, measure)[0])

    def percent(self, measure: str) -> int:
        """A share as a percentage."""
        return round(100 * self.value(measure))

    def detail(self, measure: str) -> int:
        """Contrast of fine detail in percent of what flawless photos have."""
        return min(100, round(100 * 2 ** ((self.value(measure) - typical()[measure]) / 2)))


@dataclass(frozen=True, slots=True)
class Sign:
    """What gives a flaw away: a score, and a sentence that says so."""

    code: str
    """Of the sentence: a table of ``resources/flaws.toml``."""
    values: Callable[[Measured], Mapping[str, int | float]]
    """The numbers of the sentence."""
    score: Callable[[Evidence], Scores] | None = None
    """Scores (N,), 0 to 1, of N photos; None: what the flaw's model says of their measures."""
    region: Callable[[Sequence[SeenFace]], Region | None] | None = None
    """Where it shows in a photo with these faces; None: it is found in the pixels."""


@dataclass(frozen=True, slots=True)
class Description:
    """All that the program knows of one flaw."""

    signs: tuple[Sign, ...]
    """The highest score counts; of equal ones the first is told."""
    features: tuple[str, ...] = ()
    """What the flaw's model reads: measures, few, and such as a person would name, or the
    difference of two, as "noise_mid - noise_flat". See `models.feature`."""
    shown: Callable[[Pixels], maps.Map] | None = None
    """How much each cell shows of it; None: the flaw is the whole photo's, or that of a face."""
    outlined: Callable[[Pixels], maps.Mask] | None = None
    """What is outlined in the whole photo."""


def _missed(evidence: Evidence) -> Scores:
    """A focus that is missed at full size only, where a small picture hides it; 0 when small."""
    focus = assets.toml("thresholds/quality.toml")["focus"]
    found = evidence.column("focus")
    scores: Scores = np.interp(found, (focus["missed"], focus["sharp"]), (1, 0)).astype(np.float32)
    return scores


def _crushed(evidence: Evidence) -> Scores:
    """Files that say themselves how strongly they are compressed."""
    saved = assets.toml("thresholds/quality.toml")["saved"]
    found = evidence.column("saved_quality")
    scores: Scores = np.interp(found, (saved["crushed"], saved["fine"]), (1, 0)).astype(np.float32)
    return scores


def _smallness(evidence: Evidence) -> Scores:
    """0.5 at ``[size] pixels`` of the thresholds, 0.09 at a hundred times as many."""
    half = assets.toml("thresholds/quality.toml")["size"]["pixels"]
    pixels = np.array([photo.width * photo.height for photo in evidence.photos], np.float64)
    return np.asarray(1 / (1 + (pixels / half) ** 0.5), np.float32)


_BLUR: Final = Description(
    signs=(
        Sign(
            "blur",
            lambda of: {"percent": of.detail("detail_worst_4_top")},
            softness.out_of_focus,
        ),
        Sign("missed", lambda _: {}, _missed),
        Sign("soft_face", lambda _: {}, portraits.soft_faces, portraits.largest),
    ),
    shown=maps.sharpness,
)

_MOTION: Final = Description(
    signs=(
        Sign(
            "motion",
            lambda of: {
                "along": of.detail("detail_worst_4_all"),
                "across": of.detail("detail_best_4_all"),
            },
            softness.shaken,
        ),
    ),
    shown=maps.smear,
)

_NOISE: Final = Description(
    signs=(Sign("noise", lambda of: {"levels": round(2 ** of.value("noise_flat"))}),),
    features=(
        "noise_flat",
        "noise_chroma_flat",
        "noise_half_flat",
        # Noise is as strong where nothing is to be seen; sand, leaves and cloth are not.
        "noise_mid - noise_flat",
        "noise_chroma_mid - noise_chroma_flat",
        "noise_half_mid - noise_half_flat",
        # It has every colour; what is fine and sharp has the colour of the thing.
        "noise_flat - noise_chroma_flat",
        "still",
        "fine_calm",
    ),
    shown=maps.flicker,
)

_DARK: Final = Description(
    signs=(Sign("dark", lambda of: {"percent": of.percent("bright_99")}),),
    features=("bright_50", "bright_75", "bright_95", "bright_99", "bright_999", "black"),
    shown=maps.brightness,
    outlined=maps.black,
)

_OVEREXPOSED: Final = Description(
    signs=(Sign("overexposed", lambda of: {"percent": of.percent("clipped_any")}),),
    features=(
        "clipped_any",
        "clipped_all",
        "clipped_centre",
        "clipped_border",
        "bright_01",
        "bright_05",
        "bright_25",
        "bright_75",
        "midtones",
        "entropy",
    ),
    shown=maps.whiteness,
    outlined=maps.burnt_out,
)

_PIXELATED: Final = Description(
    signs=(Sign("pixelated", lambda of: {"percent": of.percent("lattice")}),),
    features=("lattice", "lattice_low", "lattice_bend", "still_busy", "beat"),
    shown=maps.squares,
)

_COMPRESSION: Final = Description(
    signs=(
        Sign("compression", lambda of: {"times": round(2 ** of.value("blocks_any_phase"), 1)}),
        Sign("saved", lambda of: {"quality": round(of.value("saved_quality"))}, _crushed),
    ),
    features=(
        "blocks",
        "blocks_any_phase",
        "blocks_busy",
        "lattice_bend",
        "lattice",
        "still_busy",
        "beat",
        "fine_top",
        "fine_mid",
        "fine_calm",
    ),
    shown=maps.squares,
)

_SMALL: Final = Description(
    signs=(
        Sign(
            "small",
            lambda of: {"width": of.photo.width, "height": of.photo.height},
            _smallness,
        ),
    ),
)

_EYES_CLOSED: Final = Description(
    signs=(Sign("eyes_closed", lambda _: {}, portraits.closed_eyes, portraits.most_closed),),
)


def describe(flaw: Flaw) -> Description:  # noqa: PLR0911 - one line a flaw
    """What a flaw is; the type checker misses a new one here."""
    match flaw:
        case Flaw.BLUR:
            return _BLUR
        case Flaw.MOTION:
            return _MOTION
        case Flaw.NOISE:
            return _NOISE
        case Flaw.DARK:
            return _DARK
        case Flaw.OVEREXPOSED:
            return _OVEREXPOSED
        case Flaw.PIXELATED:
            return _PIXELATED
        case Flaw.COMPRESSION:
            return _COMPRESSION
        case Flaw.SMALL:
            return _SMALL
        case Flaw.EYES_CLOSED:
            return _EYES_CLOSED
        case _:
            assert_never(flaw)
