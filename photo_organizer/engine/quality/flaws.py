"""Low quality: mechanical flaws of a photo, apart from taste, each with a score and a reason.

Scores come from stored measures alone, so thresholds move without touching a pixel. What each flaw
is, and how it is scored, told and shown: `photo_organizer.engine.quality.descriptions`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.faces import SeenFace
from photo_organizer.engine.domain.facts import Facts, Scores, Vectors
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Flag, Flaw
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.protocols import Matcher
from photo_organizer.engine.quality.descriptions import Measured, Sign, describe
from photo_organizer.engine.quality.evidence import Evidence
from photo_organizer.engine.quality.models import FlawModel, flaw_models, logistic

FLAWS: tuple[Flaw, ...] = tuple(Flaw)
"""The columns of every table of flaw scores."""

PROMPTED: tuple[Flaw, ...] = tuple(map(Flaw, assets.toml("prompts.toml")["quality"]))
"""The columns of `prompt_differences`: the flaws that ``resources/prompts.toml`` has prompts of."""

NOT_OF_GRAPHICS: tuple[Flaw, ...] = tuple(flaw for flaw in Flaw if flaw is not Flaw.SMALL)
"""The photographic flaws: graphics have none of them."""

People = Sequence[Sequence[SeenFace]]
"""The faces of people in each of N photos, the largest first; empty: nobody is in any."""


def flaw_scores(
    facts: Facts,
    prompts: Mapping[Flaw, Scores] | None = None,
    fitted: Mapping[Flaw, FlawModel] | None = None,
    *,
    looks: Vectors | None = None,
    seen: Mapping[str, Scores] | None = None,
    graphic: NDArray[np.bool_] | None = None,
    faces: People = (),
) -> Vectors:
    """Scores of N photos for every flaw: (N, len(FLAWS)) float32, 0 (none) to 1 (certain).

    Where `prompts` are given they are added to the log-odds of the measures: they tip what the
    pixels leave open and cannot overrule what the pixels show.

    Some flaws have several signs (see `descriptions`): the highest score counts.

    Args:
        facts: of all photos.
        prompts: what `prompt_odds` answered.
        fitted: instead of the shipped `flaw_models`.
        looks: what `softness.looks` answered, (N, len(LOOKS)).
        seen: what `looks.seen` answered.
        graphic: which of them are graphics, (N,): see `graphics.are_graphics`. They have score 0
            for all flaws `NOT_OF_GRAPHICS`.
        faces: see `People`.
    """
    evidence = Evidence(facts.photos, facts.measures, looks, seen or {}, faces)
    models = flaw_models(looked=bool(seen)) if fitted is None else fitted
    scores = np.zeros((len(facts), len(FLAWS)), np.float32)
    for column, flaw in enumerate(FLAWS):
        for sign in describe(flaw).signs:
            found = _scores(sign, flaw, evidence, models)
            scores[:, column] = np.maximum(scores[:, column], found)
    for flaw, odds in (prompts or {}).items():
        column = FLAWS.index(flaw)
        scores[:, column] = logistic(_log_odds(scores[:, column]) + odds)
    if graphic is not None:
        for flaw in NOT_OF_GRAPHICS:
            scores[graphic, FLAWS.index(flaw)] = 0
    return scores


def with_eyes(scores: Vectors, facts: Facts, faces: People) -> Vectors:
    """The same scores, with those of `Flaw.EYES_CLOSED` by what is judged of everybody's eyes.

    Args:
        scores: what `flaw_scores` answered.
        facts: of all photos.
        faces: see `People`.
    """
    found = scores.copy()
    (sign,) = describe(Flaw.EYES_CLOSED).signs
    evidence = Evidence(facts.photos, facts.measures, faces=faces)
    found[:, FLAWS.index(Flaw.EYES_CLOSED)] = _scores(sign, Flaw.EYES_CLOSED, evidence, {})
    return found


def prompt_odds(matcher: Matcher, embeddings: Vectors) -> dict[Flaw, Scores]:
    """What a text model adds to the log-odds that N photos are flawed: by flaw, (N,).

    The log-odds of `prompt_differences` by the model's own proof, limited to ± ``limit`` (table
    ``[prompts]`` of ``resources/thresholds/quality.toml``), times the weight that the pair has
    proved. A pair that told nothing says nothing: its flaw is missing.

    Raises:
        NotImplementedError: the model does not understand text.
    """
    proved = matcher.proof.quality if matcher.proof is not None else {}
    if not any(flaw.value in proved for flaw in PROMPTED):
        return {}
    limit = assets.toml("thresholds/quality.toml")["prompts"]["limit"]
    odds: dict[Flaw, Scores] = {}
    for flaw, numbers in zip(PROMPTED, prompt_differences(matcher, embeddings).T, strict=True):
        pair = proved.get(flaw.value)
        if pair is not None:
            said = np.clip(pair.log_odds(numbers), -limit, limit)
            odds[flaw] = np.asarray(pair.weight * said, np.float32)
    return odds


def prompt_differences(matcher: Matcher, embeddings: Vectors) -> Vectors:
    """By how much N photos are rather like the bad one of two prompts: (N, len(PROMPTED)) float32.

    ``logit scale · (cosine with the bad prompt − with the good one)``, the logit of the softmax
    over the pair (CLIP-IQA, Wang et al., AAAI 2023).

    Raises:
        NotImplementedError: the model does not understand text.
    """
    differences: Vectors = np.asarray(
        matcher.logit_scale * cosine_differences(matcher, embeddings), np.float32
    )
    return differences


def cosine_differences(matcher: Matcher, embeddings: Vectors) -> Vectors:
    """The cosine with the bad prompt minus that with the good one: (N, len(PROMPTED)) float32.

    The pairs are in ``resources/prompts.toml``.

    Raises:
        NotImplementedError: the model does not understand text.
    """
    pairs = assets.toml("prompts.toml")["quality"]
    texts = [pairs[flaw.value][side] for flaw in PROMPTED for side in ("good", "bad")]
    similarities = matcher.text_similarities(embeddings, texts)
    good, bad = similarities[:, 0::2], similarities[:, 1::2]
    return np.asarray(bad - good, np.float32)


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags of a library, the most certain first; equals in the order of `FLAWS`."""

    standing: Sequence[Flag]
    fine: Sequence[Flag]
    """Those that the user called fine."""


def judge(
    facts: Facts,
    scores: Vectors,
    thresholds: Thresholds,
    decisions: Decisions | None = None,
    faces: People = (),
) -> Flags:
    """The flags of a library.

    Args:
        facts: of all photos.
        scores: what `flaw_scores` answered.
        thresholds: `Flaw.threshold` of each flaw is the score from which photos are flagged.
        decisions: flaws that the user called fine.
        faces: see `People`.
    """
    found = [flag for flaw in FLAWS for flag in judge_one(facts, scores, flaw, thresholds, faces)]
    called: set[tuple[int, Flaw]] = set()
    if decisions is not None and decisions.fine:
        called = {
            (photo.id, flaw)
            for photo in facts.photos
            for flaw in FLAWS
            if (photo.content_hash, flaw) in decisions.fine
        }
    return sort_flags(found, called)


def judge_one(
    facts: Facts, scores: Vectors, flaw: Flaw, thresholds: Thresholds, faces: People = ()
) -> list[Flag]:
    """The flags of one flaw, whether or not it was called fine; arguments as of `judge`."""
    column, threshold = FLAWS.index(flaw), thresholds[flaw.threshold]
    rows = np.flatnonzero(scores[:, column] >= threshold)
    chosen = [faces[row] for row in rows.tolist()] if faces else ()
    photos = [facts.photos[row] for row in rows.tolist()]
    evidence = Evidence(photos, facts.measures[rows], faces=chosen)
    speakers = _speakers(evidence, flaw, threshold)
    flags = []
    for place, (photo, sign) in enumerate(zip(photos, speakers, strict=True)):
        alone = evidence.table[place, None]
        flag = Flag(
            photo.id,
            flaw,
            float(scores[rows[place], column]),
            threshold,
            Reason(f"flaws.{sign.code}", sign.values(Measured(photo, alone))),
            sign.region(chosen[place] if chosen else ()) if sign.region else None,
        )
        flags.append(flag)
    return flags


def sort_flags(flags: Sequence[Flag], called: Collection[tuple[int, Flaw]]) -> Flags:
    """Flags in order, apart from those that the user called fine.

    Args:
        flags: those of each flaw in the order of photos.
        called: the flaws called fine, by photo id.
    """
    standing = sorted(flags, key=lambda flag: flag.rank)
    if not called:
        return Flags(standing, [])
    fine = [flag for flag in standing if (flag.photo, flag.flaw) in called]
    standing = [flag for flag in standing if (flag.photo, flag.flaw) not in called]
    return Flags(standing, fine)


def _speakers(evidence: Evidence, flaw: Flaw, threshold: float) -> list[Sign]:
    """What gives away the flaw of each photo in `evidence`; all of them are flagged.

    What is said first of a flaw is said of most; another sign speaks where it is loud enough by
    itself, and louder.
    """
    signs = describe(flaw).signs
    if len(signs) == 1 or not evidence.photos:
        return [signs[0]] * len(evidence.photos)
    loud = np.stack([_scores(sign, flaw, evidence, flaw_models()) for sign in signs])
    loudest = 1 + loud[1:].argmax(axis=0)
    at = loud[loudest, np.arange(len(evidence.photos))]
    speaks = np.where((at >= threshold) & (at > loud[0]), loudest, 0)
    return [signs[number] for number in speaks.tolist()]


def _scores(sign: Sign, flaw: Flaw, evidence: Evidence, models: Mapping[Flaw, FlawModel]) -> Scores:
    if sign.score is not None:
        return sign.score(evidence)
    return logistic(models[flaw].log_odds(evidence.column))


def _log_odds(chances: NDArray[np.float32]) -> NDArray[np.float32]:
    inside = np.clip(chances, 1e-6, 1 - 1e-6)
    odds: NDArray[np.float32] = np.log(inside / (1 - inside))
    return odds
