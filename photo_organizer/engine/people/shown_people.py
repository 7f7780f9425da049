"""How much a photo's faces say that it is a photo of people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import Scores
from photo_organizer.engine.people.main_faces import width


def people_odds(faces: Sequence[Sequence[Face]]) -> Scores:
    """What is added to the log-odds that N photos are of people, (N,): nothing without a face.

    Only faces that are sure count, and somebody small in a wide view hardly does. That no face was
    found says nothing: people turn away. Numbers: ``[category]`` of
    ``resources/thresholds/people.toml``.

    Args:
        faces: of people in each photo.
    """
    rule = assets.toml("thresholds/people.toml")["category"]
    widest = [
        max(
            (
                width(face)
                for face in found
                if face.score >= rule["score"] and face.presence >= rule["presence"]
            ),
            default=0.0,
        )
        for found in faces
    ]
    return np.asarray(rule["more"] * np.interp(widest, rule["width"], (0, 1)), np.float32)
