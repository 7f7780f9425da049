"""Faces made by hand, for tests of what judges them."""

from __future__ import annotations

import numpy as np

from photo_organizer.engine.domain.faces import Eye, Face

OPEN, HALF, CLOSED = 0.35, 0.22, 0.08
"""How far eyes are open."""


def look_of(person: int) -> bytes:
    """What somebody looks like: other numbers look quite otherwise."""
    return np.random.default_rng(person).integers(0, 256, 108, np.uint8).tobytes()


def face(
    person: int = 0,
    *,
    at: tuple[float, float] = (0.4, 0.3),
    wide: float = 0.2,
    openness: float = OPEN,
    sharpness: float = 0.2,
    yaw: float = 0.0,
    size: float | None = None,
) -> Face:
    """Somebody's face in a photo of 1,000 × 1,000 pixels, its upper left corner `at` a place."""
    x, y = at
    eyes = (
        Eye((x + wide * 0.3, y + wide * 0.4), wide * 200, openness),
        Eye((x + wide * 0.7, y + wide * 0.4), wide * 200, openness),
    )
    return Face(
        box=(x, y, wide, wide),
        eyes=eyes,
        size=wide * 1000 if size is None else size,
        score=0.9,
        presence=0.99,
        yaw=yaw,
        sharpness=sharpness,
        look=look_of(person),
    )
