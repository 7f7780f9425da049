"""Fit the models of the mechanical flaws and write them to ``resources/quality/``, a file a flaw.

    python -m tools.fit_quality PHOTOS REAL SHOWN [--measured FILE] [--flaw FLAW …] [--jobs N]

PHOTOS is a folder of photos without flaws, a few hundred of all kinds: they are damaged in the ways
of `damage.DAMAGE` and changed in the harmless ways of `damage.HARMLESS`. REAL is a folder of
photos that nobody damaged, with their labels in ``truth.json``. SHOWN is a file of measured photos
that people chose to show. See `flaw_photos`; with ``--measured`` they are measured once and kept.

Of each flaw, an additive logistic model learns to tell it from the rest by its measures, and of
some flaws a second one that reads what the photo looks like to the starter, too; for noise, a head
that sees how noisy photos look is fitted as well. How much it knows of
photos that it has not seen is asked by leaving whole sets out, with all that was made of a photo;
these answers calibrate the score, so that it is the chance that a photo has the flaw where one of
`USUAL` photos has it. What is printed, and stored beside the model, comes from them too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality.descriptions import describe
from photo_organizer.engine.quality.evidence import DRAWN, NOISY
from photo_organizer.engine.quality.looks import drawn
from photo_organizer.engine.quality.models import feature
from tools import additive, leaving_out, looks
from tools.additive import Additive
from tools.flaw_photos import BAD, GOOD, GRAPHIC, MADE, REAL, SHOWN, UNTOUCHED, KnownPhotos, gather
from tools.looks import Look

OUTPUT = Path(__file__).parents[1] / "resources" / "quality"
FOLDS = 8

Array = NDArray[Any]


@dataclass(frozen=True)
class Recipe:
    """How the model of one flaw is fitted. Weights are in photos, each part all together."""

    rising: tuple[str, ...] = ()
    """Measures that may only speak for the flaw as they grow."""
    falling: tuple[str, ...] = ()
    """Measures that may only speak against it as they grow."""
    damaged: float = 350
    """Photos that were given this flaw."""
    harmless: float = 350
    """Photos that were changed harmlessly."""
    other: float = 100
    """Photos that were given another flaw: they help to name the right one, no more."""
    real_bad: float = 60
    real_good: float = 350
    graphic: float = 20
    shown: float = 350
    left_out: frozenset[str] = frozenset()
    """Kinds of damage and change that say nothing about this flaw."""
    times: Mapping[str, float] = field(default_factory=dict)
    """Kinds of damage and change that count more often than others."""
    at_least: Mapping[str, float] = field(default_factory=dict)
    """A damaged photo counts only from these values of its measures on."""
    penalty: float = 0.3
    """See `additive.fit`."""
    looked: str = ""
    """What a second model reads beside the measures: see `looks`."""
    looked_times: Mapping[str, float] = field(default_factory=dict)
    """What counts more often for that one, which can tell more: `times`, and these."""
    looked_bad: float = 60
    """`real_bad` of that one."""

    def of_looked(self) -> Recipe:
        """The recipe of the second model."""
        return replace(self, times={**self.times, **self.looked_times}, real_bad=self.looked_bad)


# Colour noise as strong as what cameras give at high sensitivity is noise, however it came about,
# and what cameras give is what there is most of.
_NOISE = Recipe(
    rising=("noise_flat", "noise_chroma_flat", "noise_half_flat", NOISY),
    falling=(
        "noise_mid - noise_flat",
        "noise_chroma_mid - noise_chroma_flat",
        "noise_half_mid - noise_half_flat",
        "noise_flat - noise_chroma_flat",
    ),
    left_out=frozenset({"grain"}),
    times={
        "high sensitivity": 4,
        "high sensitivity, saved": 4,
        "night": 3,
        "night, saved": 3,
        "stars": 3,
    },
    looked=NOISY,
)

# A few bright points are a made night's stars, or the date that a camera printed on a photo of
# which nothing else can be seen.
_DARK = Recipe(
    rising=("black",),
    left_out=frozenset({"stars", "stars, little grain"}),
    falling=("bright_50", "bright_75", "bright_95", "bright_99", "bright_999"),
)

# Much light alone is no flaw: a dark photo may gain by it. What is burnt as cameras burn it counts
# more often, and so does white that was meant.
_OVEREXPOSED = Recipe(
    falling=(DRAWN,),
    at_least={"clipped_any": 0.2},
    times={
        "brightest part": 2,
        "brightest part, saved": 2,
        "subject": 2,
        "a stop or two": 2,
        "in the sun": 2,
        "a little softly": 2,
    },
    looked_times={"on white": 12, "high key": 4, "in the sky": 4, "vivid": 3, "snow": 2},
    looked_bad=150,
    looked=DRAWN,
)

_PIXELATED = Recipe(rising=("lattice", "lattice_low", "lattice_bend", "beat"))

_COMPRESSION = Recipe()

VISIBLE = {"noise_flat": 0.8, "noise_half_flat": 1.3}
"""From here on made noise can be seen in a small picture: its look is learned from no less."""
SLIGHT = ("grain", "grain of film", "another take")
"""Harmless changes that look a little noisy: they say nothing about looks."""
LOOKS = {"damaged": 500.0, "others": 500.0, "shown": 200.0}
"""How many photos each group stands for, all together, while the look of noise is learned."""

RECIPES: dict[Flaw, Recipe] = {
    Flaw.NOISE: _NOISE,
    Flaw.DARK: _DARK,
    Flaw.OVEREXPOSED: _OVEREXPOSED,
    Flaw.PIXELATED: _PIXELATED,
    Flaw.COMPRESSION: _COMPRESSION,
}


def weigh(flaw: Flaw, recipe: Recipe, photos: KnownPhotos) -> Array:
    """How many photos each photo stands for while fitting: (N,).

    A set of many photos counts as one taste.
    """
    has, bad = photos.has(flaw), photos.label == BAD
    of_made, of_real = photos.part == MADE, photos.part == REAL
    groups = (
        (of_made & has, recipe.damaged),
        (of_made & ~bad, recipe.harmless),
        (of_made & bad & ~has, recipe.other),
        (of_real & has, recipe.real_bad),
        (of_real & (photos.label == GOOD), recipe.real_good),
        (of_real & (photos.label == GRAPHIC), recipe.graphic),
        (photos.part == SHOWN, recipe.shown),
    )
    each = np.ones(len(photos))
    each[of_made & np.isin(photos.name, list(recipe.left_out))] = 0
    for kind, times in recipe.times.items():
        each[of_made & (photos.name == kind)] *= times
    for measure, least in recipe.at_least.items():
        each[of_made & has & (measures.column(photos.measures, measure) < least)] = 0
    each = np.where(of_made, each, each * leaving_out.as_one_taste(photos.source))
    return leaving_out.all_together(groups, each)


def folds(photos: KnownPhotos) -> Array:
    """In which fold each photo is left out, (N,): whole sources, the sets of bad ones apart."""
    return leaving_out.folds(photos.part, photos.source, photos.label == BAD, FOLDS)


@dataclass(frozen=True)
class Fitted:
    """The model of one flaw, and what it says of photos that it had not seen."""

    model: Additive
    unseen: Array
    """(N,) scores by models that were fitted without the photo's source."""


def fit_look(photos: KnownPhotos, chosen: Array) -> Look:
    """The head that says how noisy some of the photos look, (N,) bool."""
    noisy, made = photos.has(Flaw.NOISE), photos.part == MADE
    visible = np.all(
        [measures.column(photos.measures, name) >= least for name, least in VISIBLE.items()], axis=0
    )
    others = made & ~noisy & ~np.isin(photos.name, SLIGHT)
    groups = {"damaged": made & noisy & visible, "others": others, "shown": photos.part == SHOWN}
    weights = leaving_out.all_together(
        [(group & chosen, LOOKS[name]) for name, group in groups.items()], np.ones(len(photos))
    )
    used = weights > 0
    return looks.fit(photos.embeddings[used], noisy[used], weights[used])


def what_is_seen(photos: KnownPhotos) -> dict[str, Array]:
    """`NOISY`, by heads that have not seen a photo's source, and `DRAWN` of each photo, (N,).

    Real labelled photos teach no head how noise looks, so that what it says of them is news.
    """
    return {
        NOISY: looks.unseen(
            partial(fit_look, photos), photos.embeddings, folds(photos), photos.part == REAL
        ),
        DRAWN: drawn(photos.embeddings.astype(np.float32)),
    }


def fit_flaw(
    flaw: Flaw,
    recipe: Recipe,
    photos: KnownPhotos,
    features: Sequence[str],
    seen: Mapping[str, Array],
) -> Fitted:
    """Fit one flaw over some features and calibrate it on what was left out."""
    table = np.stack(
        [seen[name] if name in seen else feature(photos.measures, name) for name in features],
        axis=1,
    ).astype(float)
    directions = [(name in recipe.rising) - (name in recipe.falling) for name in features]
    truth, weights, fold = photos.has(flaw), weigh(flaw, recipe, photos), folds(photos)

    def fit_on(chosen: Array) -> Additive:
        return additive.fit(
            table[chosen], truth[chosen], weights[chosen], directions, recipe.penalty
        )

    unseen = leaving_out.unseen(fit_on, table, fold)
    slope, shift = calibration(unseen, truth, weights, photos)
    return Fitted(
        fit_on(np.ones(len(photos), bool)).rescaled(slope, shift), expit(slope * unseen + shift)
    )


def calibration(
    log_odds: Array, truth: Array, weights: Array, photos: KnownPhotos
) -> tuple[float, float]:
    """Slope and shift that make chances of log-odds, see `leaving_out.calibration`.

    Real and shown photos, and photos as they were before they were damaged, stand for good ones;
    for flawed ones real photos do, half and half with damaged ones: they are too few alone.
    """
    as_they_are = (photos.part == MADE) & (photos.name == UNTOUCHED)
    good = (~truth & (photos.part != MADE) & (photos.label == GOOD)) | as_they_are
    flawed = [truth & (photos.part == part) for part in (REAL, MADE)]
    return leaving_out.calibration(log_odds, truth, weights, good, flawed)


def report(flaw: Flaw, unseen: Array, photos: KnownPhotos, threshold: float) -> dict[str, Any]:
    """How well photos are told that were left out; printed, and stored beside the model."""
    has, flagged = photos.has(flaw), unseen >= threshold

    is_real, good, made = photos.part == REAL, photos.label == GOOD, photos.part == MADE
    as_they_are = made & (photos.name == UNTOUCHED)
    clean = (good & ~as_they_are & ~made) | as_they_are
    shares = leaving_out.shares(
        flagged,
        {
            "real, flawed": is_real & has,
            "real, good": is_real & good,
            "real, graphic": is_real & (photos.label == GRAPHIC),
            "shown": photos.part == SHOWN,
            "made, damaged": made & has,
            "made, harmless": made & good,
        },
    )
    print(f"{flaw.value} from {threshold:g}:", leaving_out.said(shares))
    rates = {}
    for rate in (100, 300, 1000):
        score = float(np.quantile(unseen[clean], 1 - 1 / rate))
        rates[f"one in {rate}"] = round(score, 3)
        print(
            f"  one good photo in {rate} from {score:.3f}: real"
            f" {(is_real & has & (unseen >= score)).sum()}, made"
            f" {(unseen[made & has] >= score).mean():.3f}"
        )
    leaving_out.print_kinds(flagged, photos.name, made & has, made & good)
    for source in np.unique(photos.source[is_real]):
        here = is_real & (photos.source == source)
        if (here & has).any() or flagged[here].any():
            print(
                f"    {source}: found {(flagged & here & has).sum()}/{(here & has).sum()}"
                f", of good ones {(flagged & here & good).sum()}/{(here & good).sum()}"
            )
    return {"at": threshold, "left out": shares, "false alarms from": rates}


def stored(features: Sequence[str], model: Additive, known: dict[str, Any]) -> dict[str, Any]:
    """As `FlawModel` takes it."""
    return {"fitted": known, **model.stored(features)}


def written(model: Mapping[str, Any]) -> str:
    """As JSON, a curve a line."""
    curves = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(points)}" for name, points in model["curves"].items()
    )
    others = json.dumps({k: v for k, v in model.items() if k != "curves"}, indent=1)
    return f'{others[:-2]},\n "curves": {{\n{curves}\n }}\n}}\n'


def typical(photos: KnownPhotos) -> dict[str, float]:
    """The median of each measure over flawless photos, for the sentences."""
    plain = photos.measures[(photos.part == MADE) & (photos.name == UNTOUCHED)]
    middle = np.median(plain, axis=0)
    return {
        name: round(float(value), 4) for name, value in zip(measures.NAMES, middle, strict=True)
    }


def fit_all(photos: KnownPhotos, chosen: Sequence[Flaw], output: Path) -> None:
    """Fit these flaws, say how well, and write the models."""
    seen = what_is_seen(photos)
    for flaw in chosen:
        recipe = RECIPES[flaw]
        models: list[tuple[str, tuple[str, ...], Recipe]] = [("", (), recipe)]
        if recipe.looked:
            models.append(("_looked", (recipe.looked,), recipe.of_looked()))
        for suffix, extra, followed in models:
            features = (*describe(flaw).features, *extra)
            print(f"{flaw.value}{suffix}")
            fitted = fit_flaw(flaw, followed, photos, features, seen)
            how_well = report(flaw, fitted.unseen, photos, Thresholds()[flaw.threshold])
            text = written(stored(features, fitted.model, how_well))
            (output / f"{flaw.value}{suffix}.json").write_text(text, encoding="utf-8")
    if Flaw.NOISE in chosen:
        known = told_apart(photos, seen[NOISY])
        print("how noisy photos look, area under the curve:", known)
        look = fit_look(photos, np.ones(len(photos), bool))
        looks.save(look, seen[NOISY], known, output / "noise_look.safetensors")


def told_apart(photos: KnownPhotos, noisy: Array) -> dict[str, float]:
    """How well looks alone tell noisy photos that were left out: areas under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    has, known = photos.has(Flaw.NOISE), {}
    for part in (MADE, REAL):
        of_part = (photos.part == part) & (has | (photos.label == GOOD))
        if len(set(has[of_part])) > 1:
            known[part] = round(float(roc_auc_score(has[of_part], noisy[of_part])), 3)
    return known


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("photos", type=Path, help="folder of photos without flaws")
    parser.add_argument("real", type=Path, help="folder of labelled photos and truth.json")
    parser.add_argument("shown", type=Path, help="file of measured photos that people show")
    parser.add_argument("--measured", type=Path, help="kept from another time, or to be kept")
    parser.add_argument("--flaw", action="append", type=Flaw, help="fit no other than these")
    parser.add_argument("--jobs", type=int, default=1, help="processes that measure")
    parser.add_argument(
        "--without-every", type=int, metavar="N", help="leave photo 0, N, 2 N… aside, to ask later"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder for the models")
    arguments = parser.parse_args()
    photos = KnownPhotos.kept(
        arguments.measured,
        lambda: gather(arguments.photos, arguments.real, arguments.shown, arguments.jobs),
    )
    if arguments.without_every:
        aside = np.unique(photos.source[photos.part == MADE])[:: arguments.without_every]
        photos = photos.only((photos.part != MADE) | ~np.isin(photos.source, aside))
    arguments.output.mkdir(parents=True, exist_ok=True)
    fit_all(photos, arguments.flaw or list(RECIPES), arguments.output)
    if not arguments.flaw:
        (arguments.output / "typical.json").write_text(
            json.dumps(typical(photos), indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
