"""How far an analysis is, in words."""

from __future__ import annotations

from photo_organizer.engine.analysis.events import Progress, Stage
from photo_organizer.ui.words.computer_text import working
from photo_organizer.ui.words.names import duration
from photo_organizer.ui.words.translation import PLURAL, translate

SLOW = 1.5
"""Photos a second below which they are counted by the minute: 1 and 2 a second differ much."""


def stage_title(stage: Stage) -> str:
    """What the analysis is doing."""
    match stage:
        case Stage.READING:
            title = translate("progress", "Reading folders…")
        case Stage.LOADING:
            title = translate("progress", "Loading the model…")
        case Stage.CHECKING:
            title = translate("progress", "Checking the model, once…")
        case Stage.ANALYSING:
            title = translate("progress", "Analysing photos…")
        case Stage.FACES:
            title = translate("progress", "Looking for faces…")
        case Stage.COMPARING:
            title = translate("progress", "Comparing photos…")
        case Stage.JUDGING:
            title = translate("progress", "Sorting and ranking photos…")
    return title


def title(progress: Progress) -> str:
    """What the analysis is doing, and on how many other computers."""
    count = working(progress.cluster) if progress.cluster else 0
    if progress.stage is Stage.ANALYSING and count:
        return translate("progress", "Analysing on %Ln computers…", "", PLURAL, count)
    return stage_title(progress.stage)


def figures(progress: Progress) -> str:
    """Counts, speed and time left, as far as they are known."""
    parts = [_count(progress)]
    if progress.rate and progress.stage.measures:
        parts.append(rate_text(progress.rate))
    if progress.seconds_left is not None:
        parts.append(translate("progress", "{} left").format(duration(progress.seconds_left)))
    return "  ·  ".join(parts)


def _count(progress: Progress) -> str:
    """How much is done of what is done now: photos looked at, photos found, or a share."""
    if progress.compared is not None:
        return translate("progress", "{} %").format(progress.percent)
    if not progress.stage.measures:
        total = progress.total
        return translate("progress", "%Ln photos", "", PLURAL, total)
    if progress.scanning:
        return translate("progress", "{done:,} of {total:,} found so far").format(
            done=progress.done, total=progress.total
        )
    count = translate("progress", "{done:,} of {total:,}")
    return count.format(done=progress.done, total=progress.total)


def rate_text(a_second: float) -> str:
    """Photos a second, or a minute where they are few."""
    if a_second < SLOW:
        return translate("progress", "{:.0f} photos/min").format(60 * a_second)
    return translate("progress", "{:.0f} photos/s").format(a_second)
