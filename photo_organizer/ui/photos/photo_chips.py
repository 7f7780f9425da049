"""What is known and decided of a photo, as chips over it."""

from __future__ import annotations

from photo_organizer.engine.domain.faces import Eyes
from photo_organizer.engine.domain.facts import XMP_REJECTED, Photo
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.session.stars import REJECTED
from photo_organizer.ui.widgets.overlays import Chip
from photo_organizer.ui.words.faces_text import closed_text, count_doubts, eyes_icon
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.translation import translate


def photo_chips(session: Session, photo: Photo) -> list[Chip]:
    """Mark, stars, duplicates and flaws of a photo, what was decided first."""
    chips: list[Chip] = []
    if photo.id in session.marks:
        chips.append(Chip("trash-2", translate("PhotoChips", "Marked for the trash"), "danger"))
    stars = session.stars.of(photo.id)
    if stars == REJECTED:
        chips.append(Chip("ban", translate("PhotoChips", "Rejected"), "danger"))
    elif stars is None and photo.exif.rating == XMP_REJECTED:
        chips.append(Chip("ban", translate("PhotoChips", "Rejected in its file"), "danger"))
    elif stars:
        chips.append(Chip("star", str(stars), "warning", filled=True))
    group = session.shown.group_of(photo.id)
    if group is not None and group.keeper == photo.id and photo.id not in session.marks:
        chips.append(Chip("crown", translate("PhotoChips", "Suggested keeper"), "ok"))
    elif group is not None:
        chips.append(
            Chip("copy", translate("PhotoChips", "One of {0} alike").format(len(group.photos)))
        )
    flags = session.shown.flags_of(photo.id)
    closed, _ = count_doubts(session.shown.faces_of(photo.id))
    if closed and not any(flag.flaw is Flaw.EYES_CLOSED for flag in flags):
        # Somebody's among others: no flaw of the photo, and yet worth a look.
        chips.append(Chip(eyes_icon(Eyes.CLOSED), closed_text(closed)))
    for flag in flags:
        text = flag.reason.text(session.choices.language).partition(": ")[0]
        said = visible(text[:1].upper() + text[1:])
        chips.append(Chip("triangle-alert", said, "warning"))
    return chips
