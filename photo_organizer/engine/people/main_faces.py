"""Whom a photo is of: the faces that count when it is judged."""

from __future__ import annotations

from collections.abc import Sequence

from photo_organizer.engine import assets
from photo_organizer.engine.domain.faces import Face, SeenFace


def main_faces(faces: Sequence[Face]) -> tuple[Face, ...]:
    """The first few of a photo's faces: the largest, and those of people about as near.

    Whoever passes in the background is none, and somebody small in a wide view neither: there are
    none then. Numbers: ``[main]`` of ``resources/thresholds/people.toml``.

    Args:
        faces: the largest first.
    """
    rule = assets.toml("thresholds/people.toml")["main"]
    if not faces:
        return ()
    least = rule["share"] * faces[0].size
    return tuple(face for face in faces if face.size >= least and width(face) >= rule["least"])


def seen_main_faces(faces: Sequence[SeenFace]) -> Sequence[SeenFace]:
    """The same of faces with what is judged of them."""
    return faces[: len(main_faces([seen.face for seen in faces]))]


def width(face: Face) -> float:
    """How wide a face is, in shares of the longer side of the photo."""
    _, _, width, height = face.box
    return min(width, height)  # boxes are squares: the longer side has the smaller share
