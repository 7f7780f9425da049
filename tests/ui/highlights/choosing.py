"""Chooses in the highlights as a user does."""

from __future__ import annotations

from photo_organizer.engine.highlights.selection import Per
from photo_organizer.ui.highlights.view import ALL, COUNT, HighlightsView


def choose_best(view: HighlightsView, per: Per | None, count: int = COUNT) -> None:
    """Ask for the best `count` of each of something; None: the whole ranking."""
    view.count.setValue(count)
    view.per.setCurrentIndex(view.per.findData(per.value if per else ALL))
