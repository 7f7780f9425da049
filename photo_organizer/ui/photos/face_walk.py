"""Going from face to face in a large photo, and staying with a person in other shots of a group."""

from __future__ import annotations

from photo_organizer.engine.domain.faces import SeenFace
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group
from photo_organizer.engine.people.closeups import closeup, in_order
from photo_organizer.ui.photos.canvas import PhotoCanvas
from photo_organizer.ui.photos.viewport import Viewport
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.words.faces_text import eyes_text
from photo_organizer.ui.words.translation import translate

WHOLE = -1
"""In place of a face: the whole photo is seen."""

Held = tuple[Group, int]
"""Somebody who is looked at: the group, and the number of the person in it."""


class FaceWalk:
    """Zooms a canvas to the faces of its photo; the sentences say what is seen.

    Args:
        canvas: what is zoomed.
        shown: knows the faces.
    """

    def __init__(self, canvas: PhotoCanvas, shown: ShownResult) -> None:
        self._canvas = canvas
        self._shown = shown
        self._place = WHOLE
        self._view = Viewport()

    def step(self, steps: int) -> str:
        """Zoom to another face; after the last one the whole photo is seen."""
        faces = self._faces()
        if not faces:
            return translate("FaceWalk", "No face was found in this photo")
        if self._canvas.viewport == Viewport() != self._view:
            self._place = WHOLE  # the whole photo was asked for meanwhile
        # The whole photo stands between the last and the first face.
        place = (self._place + 1 + steps) % (len(faces) + 1) - 1
        if place == WHOLE:
            self.leave()
            self._canvas.fit()
            return translate("FaceWalk", "The whole photo")
        return self._look_at(place, faces)

    def leave(self) -> None:
        """Begin with the first face again."""
        self._place, self._view = WHOLE, Viewport()

    @property
    def held(self) -> Held | None:
        """Who is looked at; None where the user went elsewhere, or nobody would be found again."""
        photo, faces = self._canvas.photo, self._faces()
        if photo is None or not 0 <= self._place < len(faces):
            return None
        group, person = self._shown.group_of(photo.id), faces[self._place].person
        stays = self._canvas.viewport == self._view != Viewport()
        return (group, person) if stays and group is not None and person is not None else None

    def stay_with(self, held: Held | None) -> str:
        """Another photo is on the canvas: zoom to the same person, where they are in it."""
        self.leave()
        photo, faces = self._canvas.photo, self._faces()
        if held is None or photo is None or self._shown.group_of(photo.id) != held[0]:
            return ""
        places = (place for place, seen in enumerate(faces) if seen.person == held[1])
        place = next(places, None)
        return "" if place is None else self._look_at(place, faces)

    def _faces(self) -> list[SeenFace]:
        """The faces in the order that they are gone through."""
        photo = self._canvas.photo
        faces = self._shown.faces_of(photo.id) if photo else ()
        return [faces[place] for place in in_order([seen.face.box for seen in faces])]

    def _look_at(self, place: int, faces: list[SeenFace]) -> str:
        photo, seen = self._canvas.photo, faces[place]
        assert photo is not None
        self._canvas.show_closeup(closeup(seen.face, _size(photo)))
        self._place, self._view = place, self._canvas.viewport
        told = translate("FaceWalk", "Face {0} of {1}: {2}")
        return told.format(place + 1, len(faces), eyes_text(seen.eyes))


def _size(photo: Photo) -> tuple[int, int]:
    return photo.width, photo.height
