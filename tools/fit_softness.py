"""Fit what tells photos that are out of focus or shaken; writes ``resources/quality/softness/``.

    python -m tools.fit_softness PHOTOS REAL SHOWN OTHERS [--measured FILE]

PHOTOS is a folder of photos without flaws, REAL one of photos that nobody damaged, with their
labels in ``truth.json``. SHOWN is a file of measured photos that people chose to show, OTHERS one
of photos of all kinds, both with the starter's features. With ``--measured`` everything is measured
once and kept. See `soft_photos`.

Fitted are the heads that say how blurred and how shaken a photo looks; the models of what is out of
focus and of what is shaken, which weigh that with the measures; and both without a look
(*measured*), for photos that another model has seen. What is printed, stored and calibrated on
comes from models that have seen neither the photo nor its source.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit
from threadpoolctl import threadpool_limits

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality.evidence import BLURRED_LOOK, LOOKS, PIXELS
from photo_organizer.engine.quality.softness import LOOK_OF, MEASURES
from tools import additive, leaving_out, looks
from tools.additive import Additive
from tools.fit_quality import stored, written
from tools.flaw_photos import MADE, REAL, SHOWN
from tools.looks import Look
from tools.soft_kinds import AS_IT_IS, PIECES
from tools.soft_photos import SoftPhotos, gather

OUTPUT = Path(__file__).parents[1] / "resources" / "quality" / "softness"
FOLDS = 6
UNCHANGED = 0.3
"""What all photos that nobody changed weigh in the head, against all that were made."""
PENALTY = 0.3
"""Of the additive models, see `additive.fit`."""
WEIGHTS = {"damaged": 350, "harmless": 350, "bad": 60, "good": 350, "graphic": 20, "shown": 350}
"""How many photos each group stands for, all together; the other of the two flaws, `OTHER_FLAW`."""
OTHER_FLAW = 60
LOOKS_FOR = {Flaw.BLUR: (BLURRED_LOOK,), Flaw.MOTION: LOOKS}
"""Which looks each model weighs."""
MOST = 0.01
"""Share of good photos that may be flagged where nobody looked."""
UNTOLD = (*PIECES, "light painting")
"""Harmless changes that can be told by looks alone."""

Array = NDArray[Any]


def folds(photos: SoftPhotos) -> Array:
    """In which fold each photo is left out, (N,): whole sources, the sets of bad ones apart."""
    return leaving_out.folds(photos.part, photos.source, photos.flaw != "", FOLDS)


def fit_look(photos: SoftPhotos, flaw: Flaw, chosen: Array) -> Look:
    """The head that tells copies with this flaw from everything else.

    Copies with the other one have no part in it, nor have real labelled photos, so that what it
    says of them is news.
    """
    chosen = chosen & (photos.part != REAL) & np.isin(photos.flaw, ("", flaw.value))
    made = photos.part[chosen] == MADE
    weights = np.where(made, 1.0, UNCHANGED * made.sum() / max(1, (~made).sum()))
    return looks.fit(photos.embeddings[chosen], photos.flaw[chosen] != "", weights)


def look_unseen(photos: SoftPhotos, flaw: Flaw, fold: Array) -> Array:
    """How much photos look as if they had this flaw, by heads without their source, (N,)."""
    return looks.unseen(
        lambda chosen: fit_look(photos, flaw, chosen), photos.embeddings, fold, photos.part == REAL
    )


def sizes(photos: SoftPhotos) -> Array:
    """log2 of how many pixels each has, (N,).

    Half of what was blurred gets the size of a photo that somebody shows: in the view, in which
    blur is measured, photos of any size are alike.
    """
    random = np.random.default_rng(5)
    pixels = np.log2(np.maximum(photos.pixels, 1))
    blurred = np.flatnonzero((photos.part == MADE) & (photos.flaw != ""))
    chosen = blurred[random.random(len(blurred)) < 0.5]
    pixels[chosen] = random.choice(pixels[photos.part == SHOWN], len(chosen))
    return pixels


def weigh(photos: SoftPhotos, flaw: Flaw, without: Sequence[str] = ()) -> Array:
    """How many photos each stands for while this flaw is fitted, (N,).

    A set of many photos counts as one taste.
    """
    made, real = photos.part == MADE, photos.part == REAL
    sharp, has = photos.flaw == "", photos.flaw == flaw.value
    groups = (
        (made & has, WEIGHTS["damaged"]),
        (made & ~has & ~sharp, OTHER_FLAW),
        (made & sharp & ~np.isin(photos.name, without), WEIGHTS["harmless"]),
        (real & has, WEIGHTS["bad"]),
        (real & sharp & ~photos.graphic, WEIGHTS["good"]),
        (photos.graphic, WEIGHTS["graphic"]),
        (photos.part == SHOWN, WEIGHTS["shown"]),
    )
    each = np.where(made, 1.0, leaving_out.as_one_taste(photos.source))
    return leaving_out.all_together(groups, each)


def columns(photos: SoftPhotos, names: Sequence[str], extra: Mapping[str, Array]) -> Array:
    """(N, names): measures, and what is handed over, (N,) each: `LOOKS` and `PIXELS`."""
    return np.stack(
        [extra[n] if n in extra else measures.column(photos.measures, n) for n in names], axis=1
    ).astype(np.float64)


def way(flaw: Flaw, name: str) -> int:
    """The more detail the sharper; the more pixels there are, the more detail should be.

    Detail across the smear speaks for motion: there it may speak either way.
    """
    ends = "detail_worst" if flaw is Flaw.MOTION else "detail"
    return {LOOK_OF[flaw]: 1, PIXELS: 1}.get(name, -1 if name.startswith(ends) else 0)


def fit_flaw(  # noqa: PLR0917 - each of them says what it is
    photos: SoftPhotos, flaw: Flaw, table: Array, ways: Sequence[int], weights: Array, fold: Array
) -> tuple[Additive, Array]:
    """The model of one flaw, calibrated; and its scores of what was left out, (N,)."""
    truth = photos.flaw == flaw.value

    def fit_on(chosen: Array) -> Additive:
        chosen = chosen & (weights > 0)
        return additive.fit(table[chosen], truth[chosen], weights[chosen], ways, PENALTY)

    unseen = leaving_out.unseen(fit_on, table, fold)
    slope, shift = calibrate(photos, flaw, unseen, weights)
    model = fit_on(np.ones(len(photos), bool)).rescaled(slope, shift)
    return model, expit(slope * unseen + shift)


def calibrate(
    photos: SoftPhotos, flaw: Flaw, log_odds: Array, weights: Array
) -> tuple[float, float]:
    """Slope and shift that make chances of log-odds, see `leaving_out.calibration`.

    Half of the flawed ones are real, half made: the real ones alone are too few. The good ones are
    real, shown, or as they were before they were blurred.
    """
    made, truth = photos.part == MADE, photos.flaw == flaw.value
    as_they_are = made & (photos.name == AS_IT_IS)
    good = (
        (photos.flaw == "") & ~photos.graphic & (np.isin(photos.part, (REAL, SHOWN)) | as_they_are)
    )
    flawed = [made & truth, (photos.part == REAL) & truth]
    return leaving_out.calibration(log_odds, truth, weights, good, flawed)


def strictness(photos: SoftPhotos, scores: Array, threshold: float) -> float:
    """What is added to log-odds so that no more than `MOST` of good photos are flagged: 0 or less.

    Where nobody looked, some of them cannot be told from soft ones at all.
    """
    good = (photos.flaw == "") & ~photos.graphic & np.isin(photos.part, (REAL, SHOWN))
    highest = np.quantile(scores[good], 1 - MOST)
    return min(0.0, float(logit(threshold) - logit(highest)))


def report(photos: SoftPhotos, flaw: Flaw, scores: Array, threshold: float) -> dict[str, Any]:
    """How well photos are told that were left out; printed, and stored beside the model."""
    flawed, found = photos.flaw == flaw.value, scores >= threshold
    made, real = photos.part == MADE, photos.part == REAL
    good = (photos.flaw == "") & ~photos.graphic
    groups = {
        "real, flawed": real & flawed,
        "real, good": real & good,
        "real, graphic": photos.graphic,
        "shown": photos.part == SHOWN,
        "made, damaged": made & flawed,
        "made, harmless": made & good & ~np.isin(photos.name, PIECES),
        "made, pieces": made & np.isin(photos.name, PIECES),
    }
    shares = leaving_out.shares(found, groups)
    print(f"from {threshold:g}:", leaving_out.said(shares))
    leaving_out.print_kinds(found, photos.name, made & flawed, made & good)
    for source in np.unique(photos.source[real & flawed]):
        bad = real & flawed & (photos.source == source)
        print(f"    {source}: found {found[bad].sum()}/{bad.sum()}")
    rates = {}
    for rate in (100, 200, 500):
        score = float(np.quantile(scores[(real | (photos.part == SHOWN)) & good], 1 - 1 / rate))
        rates[f"one in {rate}"] = round(score, 3)
        print(
            f"  one good photo in {rate} from {score:.3f}:"
            f" real {(scores[real & flawed] >= score).mean():.2f}"
            f", made {(scores[made & flawed] >= score).mean():.3f}"
        )
    return {"at": threshold, "left out": shares, "false alarms from": rates}


def named(photos: SoftPhotos) -> SoftPhotos:
    """The same with one flaw a real soft photo, where the labels leave open which: "blur, motion".

    What tells the two apart is learned from made photos.
    """
    truth, real = photos.flaw == Flaw.MOTION.value, (photos.part == REAL) & (photos.flaw != "")
    made = (photos.part == MADE) & (photos.flaw != "")
    table = columns(photos, MEASURES[Flaw.MOTION], {})
    weights = np.where(truth[made], 1 / truth[made].sum(), 1 / (~truth[made]).sum()) * 350
    ways = [0] * table.shape[1]
    smeared = additive.fit(table[made], truth[made], weights, ways, PENALTY).log_odds(table) > 0
    which = np.where(smeared, Flaw.MOTION.value, Flaw.BLUR.value)
    return replace(photos, flaw=np.where(real, which, photos.flaw))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("photos", type=Path, help="folder of photos without flaws")
    parser.add_argument("real", type=Path, help="folder of labelled photos and truth.json")
    parser.add_argument("shown", type=Path, help="file of measured photos that people show")
    parser.add_argument("others", type=Path, help="file of features of photos of all kinds")
    parser.add_argument("--measured", type=Path, help="kept from another time, or to be kept")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder for the models")
    call = parser.parse_args()
    photos = SoftPhotos.kept(
        call.measured, lambda: gather(call.photos, call.real, call.shown, call.others)
    )
    call.output.mkdir(parents=True, exist_ok=True)
    # Sums in another order end in other digits.
    with threadpool_limits(1):
        fit(photos, call.output)


def fit(photos: SoftPhotos, output: Path) -> None:
    """Fit all heads and models, print how well they do, and write them to a folder."""
    photos, fold = named(photos), folds(photos)
    seen = {flaw: look_unseen(photos, flaw, fold) for flaw in LOOK_OF}
    extra = {LOOK_OF[flaw]: said for flaw, said in seen.items()} | {PIXELS: sizes(photos)}
    for flaw, measured in MEASURES.items():
        threshold = Thresholds()[flaw.threshold]
        for suffix, looked, without in (("", LOOKS_FOR[flaw], ()), ("_measured", (), UNTOLD)):
            print(flaw.value + suffix)
            names = (*measured, PIXELS, *looked)
            model, unseen = fit_flaw(
                photos,
                flaw,
                columns(photos, names, extra),
                [way(flaw, name) for name in names],
                weigh(photos, flaw, without),
                fold,
            )
            if not looked:
                shift = strictness(photos, unseen, threshold)
                model, unseen = model.rescaled(1, shift), expit(logit(unseen) + shift)
            known = report(photos, flaw, unseen, threshold)
            text = written(stored(names, model, known))
            (output / f"{flaw.value}{suffix}.json").write_text(text, encoding="utf-8")
    everything = np.ones(len(photos), bool)
    for flaw, said in seen.items():
        head = fit_look(photos, flaw, everything)
        looks.save(head, said, {}, output / f"{flaw.value}.safetensors")


if __name__ == "__main__":
    main()
