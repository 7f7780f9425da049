"""Faces made by hand, and portraits with something wrong, for whatever judges them."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from photo_organizer.engine.domain.faces import Eye, Eyes, Face, SeenFace
from photo_organizer.engine.domain.facts import Pixels
from photo_organizer.engine.faces.finder import FaceFinder


def face(
    left: float = 0.4,
    top: float = 0.3,
    width: float = 0.2,
    *,
    openness: float = 0.35,
    size: float = 150,
    **more: Any,
) -> Face:
    """A sharp face that looks at the camera, in a square photo; `more` are fields of `Face`."""
    places = (left + width / 3, top + width / 3), (left + 2 * width / 3, top + width / 3)
    known: dict[str, Any] = {
        "score": 0.9,
        "presence": 1.0,
        "yaw": 0.0,
        "sharpness": 0.3,
        "look": bytes(108),
        "smile": 0.57,
    }
    return Face(
        box=(left, top, width, width),
        eyes=(Eye(places[0], size / 5, openness), Eye(places[1], size / 5, openness)),
        size=size,
        **known | more,
    )


def seen(face: Face, eyes: Eyes | None = None) -> SeenFace:
    """A face with what is judged of it: closed eyes are narrower than 0.2."""
    said = Eyes.CLOSED if face.openness < 0.2 else Eyes.OPEN
    return SeenFace(face, eyes or said)


def portrait(pixels: Pixels, change: Callable[[Pixels, Face], Pixels]) -> Pixels:
    """A photo of somebody whose face is changed."""
    (found,) = FaceFinder().find(pixels)
    return change(pixels, found)


def with_closed_eyes(pixels: Pixels, face: Face) -> Pixels:
    """Lids painted over both eyes."""
    height, width = pixels.shape[:2]
    painted = pixels.copy()
    for eye in face.eyes:
        x, y = round(eye.place[0] * width), round(eye.place[1] * height)
        wide = eye.width
        above = pixels[y - round(0.9 * wide) : y - round(0.6 * wide), x - 6 : x + 6]
        skin = [float(level) for level in above.reshape(-1, 3).mean(axis=0)]
        lid, lashes = (round(wide * 0.75), round(wide * 0.42)), (round(wide * 0.55), 2)
        cv2.ellipse(painted, (x, y), lid, 0, 0, 360, skin, -1, cv2.LINE_AA)
        cv2.ellipse(painted, (x, y + 4), lashes, 0, 15, 165, (60, 35, 30), 2, cv2.LINE_AA)
    return painted


def out_of_focus(pixels: Pixels, face: Face, share: float = 0.025) -> Pixels:
    """The face blurred by a share of its width; everything else stays sharp."""
    height, width = pixels.shape[:2]
    left, top, wide, high = face.box
    blurred = cv2.GaussianBlur(pixels, (0, 0), share * face.size)
    mask = np.zeros((height, width), np.float32)
    middle = round((left + wide / 2) * width), round((top + high / 2) * height)
    cv2.ellipse(mask, middle, (round(0.7 * face.size), round(0.8 * face.size)), 0, 0, 360, 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), 0.08 * face.size)[..., None]
    return np.asarray(pixels * (1 - mask) + blurred * mask, np.uint8)
