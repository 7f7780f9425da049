"""What clean-ups have freed so far, in words."""

from __future__ import annotations

from photo_organizer.engine.cleanup.journal import Freed
from photo_organizer.ui.words.facts_text import size_text
from photo_organizer.ui.words.translation import translate


def freed_text(freed: Freed) -> str:
    """As "12.4 GB freed so far", and how much of it waits for the trash to be emptied; "" for none.

    What is in the trash still takes room: nothing else is said of it.
    """
    if not freed.size:
        return ""
    if not freed.in_trash:
        return translate("freed", "{} freed so far").format(size_text(freed.size))
    if freed.in_trash == freed.size:
        told = translate("freed", "{} freed so far, once the trash is emptied")
        return told.format(size_text(freed.size))
    told = translate("freed", "{0} freed so far, {1} of it once the trash is emptied")
    return told.format(size_text(freed.size), size_text(freed.in_trash))
