"""What is wrong with a photo of somebody: closed eyes, and a focus that missed the face.

Both are judged of the faces that a photo is of (see `people.main_faces`), and nobody is accused of
what cannot be told: of small faces, of turned ones, and of eyes in a blurred or a laughing face.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.faces import Face, SeenFace
from photo_organizer.engine.domain.facts import Scores
from photo_organizer.engine.domain.regions import Region
from photo_organizer.engine.people.closed_eyes import surely_closed
from photo_organizer.engine.people.main_faces import seen_main_faces, width
from photo_organizer.engine.quality.evidence import Evidence


def closed_eyes(evidence: Evidence) -> Scores:
    """How surely somebody whom a photo is of has closed eyes, (N,), 0 to 1.

    Only who is said to have closed eyes counts: a person whose eyes are always that narrow, as
    other photos of the group show, is not.
    """
    return _each(
        evidence, lambda faces: max(map(surely_closed, seen_main_faces(faces)), default=0.0)
    )


def most_closed(faces: Sequence[SeenFace]) -> Region | None:
    """The face whose eyes are closed most surely; None where nobody's are."""
    seen = max(seen_main_faces(faces), key=surely_closed, default=None)
    return Region.within(seen.face.box) if seen is not None and surely_closed(seen) else None


def soft_faces(evidence: Evidence) -> Scores:
    """How surely the focus missed everybody whom a photo is of, (N,), 0 to 1.

    Only where something else is sharp: a photo that is soft throughout is out of focus, or old, or
    was made larger, and has signs of its own.
    """
    rule = _rule()
    behind = np.interp(evidence.column("detail_worst_2_top"), rule["behind"], (0, 1))
    return np.asarray(behind * _each(evidence, _missed), np.float32)


def largest(faces: Sequence[SeenFace]) -> Region | None:
    """The face that a photo is of most; None where it is of nobody."""
    return Region.within(faces[0].face.box) if seen_main_faces(faces) else None


def _each(evidence: Evidence, score: Callable[[Sequence[SeenFace]], float]) -> Scores:
    scores = np.zeros(len(evidence.photos), np.float32)
    for row, faces in enumerate(evidence.faces):
        if faces:
            scores[row] = score(faces)
    return scores


def _missed(faces: Sequence[SeenFace]) -> float:
    """How surely even the sharpest of the main faces is soft."""
    rule = _rule()
    main = [seen.face for seen in seen_main_faces(faces)]
    if not main or not all(_can_be_told_soft(face, rule) for face in main):
        return 0.0
    sharpest = max(face.sharpness for face in main)
    return float(np.interp(sharpest, rule["sharpness"], (1, 0)))


def _can_be_told_soft(face: Face, rule: Mapping[str, Any]) -> bool:
    near = face.size >= rule["size"] and width(face) >= rule["width"]
    return bool(near and abs(face.yaw) <= rule["yaw"])


def _rule() -> dict[str, Any]:
    rule: dict[str, Any] = assets.toml("thresholds/quality.toml")["face"]
    return rule
