"""How surely somebody's eyes are closed, told with restraint."""

from __future__ import annotations

import numpy as np

from photo_organizer.engine import assets
from photo_organizer.engine.domain.faces import Eyes, SeenFace


def surely_closed(seen: SeenFace) -> float:
    """How surely the eyes of a face are closed, 0 to 1.

    0 where nobody says that they are, and in a small, a soft or a turned face, where narrow eyes
    say little. Who laughs has narrow eyes: the wider one counts then, and must be narrower by far.
    Numbers: ``[closed]`` of ``resources/thresholds/people.toml``.
    """
    rule, face = assets.toml("thresholds/people.toml")["closed"], seen.face
    if seen.eyes is not Eyes.CLOSED:
        return 0.0
    if face.size < rule["size"] or abs(face.yaw) > rule["yaw"]:
        return 0.0
    if face.sharpness < rule["sharpness"]:
        return 0.0
    if face.smile < rule["smile"]:
        return float(np.interp(face.openness, rule["openness"], (1, 0)))
    wider = max(eye.openness for eye in face.eyes)
    return float(np.interp(wider, rule["laughing"], (1, 0)))
