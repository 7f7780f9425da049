"""A burst of two persons, made on the spot of a public-domain portrait, with its faces by hand.

Four frames: everybody's eyes open; one with closed eyes; one out of focus; one in which the second
person turned out of the frame.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter
from skimage import data

from photo_organizer.engine.domain.faces import Eye, Eyes, Face, SeenFace
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.engine.files.photo_files import content_hash

Place = tuple[float, float]

SIDE = 512
"""Of the portrait."""
WIDTH, HEIGHT = 2 * SIDE, SIDE + 128
"""Of a frame."""
WALL = (52, 60, 78)
EYES = ((203.0, 102.0), (246.0, 103.5))
"""Of the portrait, in pixels."""
BOX = (174.0, 68.0, 106.0, 106.0)
SHIFTS = ((0, 0), (14, 6), (-10, 10), (8, -8))
"""How the hand moved from frame to frame, in pixels."""
TURNS = (0.0, 4.0, -3.0, 2.0)
"""How the camera was held, in degrees."""


def with_burst(result: Result, folder: Path) -> tuple[Result, Group]:
    """A result with the burst as one more group.

    Args:
        result: any.
        folder: where the frames are written.
    """
    first = max(result.photos, default=0) + 1
    photos: dict[int, Photo] = dict(result.photos)
    faces = dict(result.faces)
    for number in range(len(SHIFTS)):
        image, seen = _frame(number)
        photos[first + number] = _photo(image, first + number, number, folder)
        faces[first + number] = seen
    ids = tuple(range(first, first + len(SHIFTS)))
    group = Group(
        GroupKind.SIMILAR,
        first,
        ids,
        Reason("keepers.equal"),
        (1.0, 0.97, 0.95, 0.94),
        (False,) * len(ids),
    )
    more = replace(result, photos=PhotoDict(photos), faces=faces, groups=(*result.groups, group))
    return more, group


def _frame(number: int) -> tuple[Image.Image, tuple[SeenFace, ...]]:
    portrait = Image.fromarray(data.astronaut())
    closed = portrait.copy()
    _close_eyes(closed)
    # Somebody else: mirrored, and in other colours.
    other = Image.fromarray(np.ascontiguousarray(data.astronaut()[:, ::-1, ::-1]))
    if number == 2:
        portrait = portrait.filter(ImageFilter.GaussianBlur(4))
    canvas = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    canvas.paste(closed if number == 1 else portrait, (0, 64))
    if number != 3:
        canvas.paste(other, (SIDE, 64))
    turned = canvas.rotate(
        TURNS[number], Image.Resampling.BICUBIC, translate=SHIFTS[number], fillcolor=WALL
    )
    told = Eyes.OPEN if number in (0, 3) else Eyes.CLOSED if number == 1 else Eyes.CANT_TELL
    eyes = [(x, y + 64) for x, y in EYES]
    corner = (BOX[0], BOX[1] + 64)
    persons = [_seen(eyes, corner, number, told, person=1)]
    if number != 3:
        mirrored = [(2 * SIDE - x, y) for x, y in reversed(eyes)]
        corner = (2 * SIDE - corner[0] - BOX[2], corner[1])
        persons.append(_seen(mirrored, corner, number, Eyes.OPEN, person=2))
    return turned, tuple(persons)


def _close_eyes(portrait: Image.Image) -> None:
    """Lids over the eyes, in the colours around them."""
    draw = ImageDraw.Draw(portrait)
    for x, y in EYES:
        skin = portrait.getpixel((int(x), int(y) + 14))
        draw.ellipse((x - 12, y - 7, x + 12, y + 6), fill=skin)
        draw.arc((x - 12, y - 8, x + 12, y + 6), 15, 165, fill=(82, 50, 40), width=2)


def _seen(
    eyes: Sequence[Place], corner: Place, number: int, told: Eyes, *, person: int
) -> SeenFace:
    def moved(place: Place) -> Place:
        """As fractions of the frame, after it was turned around its middle and shifted."""
        angle = math.radians(TURNS[number])
        x, y = place[0] - WIDTH / 2, place[1] - HEIGHT / 2
        x, y = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
        dx, dy = SHIFTS[number]
        return (x + dx) / WIDTH + 0.5, (y + dy) / HEIGHT + 0.5

    openness = {Eyes.OPEN: 0.38, Eyes.CANT_TELL: 0.22, Eyes.CLOSED: 0.05}[told]
    left, right = (Eye(moved(eye), 19.0, openness) for eye in eyes)
    x, y = moved(corner)
    face = Face(
        box=(x, y, BOX[2] / WIDTH, BOX[3] / HEIGHT),
        eyes=(left, right),
        size=BOX[2],
        score=0.95,
        presence=0.98,
        yaw=2.0,
        sharpness=0.02 if told is Eyes.CANT_TELL else 0.14,
        look=bytes(108),
    )
    return SeenFace(face, told, person)


def _photo(image: Image.Image, photo_id: int, number: int, folder: Path) -> Photo:
    path = folder / f"photo {91 + number}.jpg"
    image.save(path, quality=92)
    status = path.stat()
    identity = FileIdentity(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    taken = datetime(2024, 5, 4, 11, 45) + timedelta(seconds=number)
    return Photo(
        photo_id,
        identity,
        content_hash(path.read_bytes()),
        "JPEG",
        image.width,
        image.height,
        Exif(taken_at=taken, camera="Camera X"),
    )
