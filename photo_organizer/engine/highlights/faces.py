"""What the faces that a photo is of add to its score: sharp ones with open eyes, and closed eyes.

Bounded and small: a photo of somebody is not better than another because of that. Of two takes of
one person it is the one with open eyes that people show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.faces import Eyes, SeenFace
from photo_organizer.engine.domain.facts import Scores
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.people.closed_eyes import surely_closed
from photo_organizer.engine.people.main_faces import seen_main_faces

OPEN: Final = Reason("highlights.good_faces")
CLOSED: Final = Reason("highlights.bad_faces")


def shifts(people: Sequence[Sequence[SeenFace]]) -> Scores:
    """What is added to the scores of N photos, (N,): 0 where nobody is in one.

    Numbers: ``[faces]`` of ``resources/thresholds/highlights.toml``.

    Args:
        people: the faces in each photo, the largest first.
    """
    found = np.zeros(len(people), np.float32)
    for row, faces in enumerate(people):
        if faces:
            found[row] = _shift(faces)
    return found


def with_faces(reasons: Sequence[Reason], added: Scores) -> list[Reason]:
    """The reasons of N scores, told what faces added where that is worth a word.

    Args:
        reasons: (N,) why each has its score.
        added: (N,) what `shifts` answered.
    """
    worth = assets.toml("thresholds/highlights.toml")["faces"]["told"]
    told: dict[tuple[int, bool], Reason] = {}
    answers = []
    for reason, shift in zip(reasons, added.tolist(), strict=True):
        if abs(shift) < worth or not reason.items:
            answers.append(reason)
            continue
        key = id(reason), shift > 0
        if key not in told:  # equal ones are one object: they are kept once
            said = OPEN if shift > 0 else CLOSED
            told[key] = replace(reason, items=(*reason.items, said))
        answers.append(told[key])
    return answers


def _shift(faces: Sequence[SeenFace]) -> float:
    rule = assets.toml("thresholds/highlights.toml")["faces"]
    main = seen_main_faces(faces)
    if not main:
        return 0.0
    shut = max(map(surely_closed, main))
    if shut:
        return float(-rule["closed"] * shut)
    if any(seen.eyes is not Eyes.OPEN for seen in main):
        return 0.0
    softest = min(seen.face.sharpness for seen in main)
    return float(rule["open"] * np.interp(softest, rule["sharpness"], (0, 1)))
