"""How far an analysis is, in words."""

from __future__ import annotations

from photo_organizer.engine.analysis.events import Progress, Stage
from photo_organizer.ui.words.names import duration
from photo_organizer.ui.words.translation import translate


def stage_title(stage: Stage) -> str:
    """What the analysis is doing."""
    match stage:
        case Stage.LOADING:
            return translate("progress", "Loading the model…")
        case Stage.ANALYSING:
            return translate("progress", "Analysing photos…")
        case Stage.JUDGING:
            return translate("progress", "Comparing photos…")


def figures(progress: Progress) -> str:
    """Counts, speed and time left, as far as they are known."""
    count = translate("progress", "{done:,} of {total:,}")
    parts = [count.format(done=progress.done, total=progress.total)]
    if progress.rate:
        parts.append(translate("progress", "{:.0f} photos/s").format(progress.rate))
    if progress.seconds_left is not None:
        parts.append(translate("progress", "{} left").format(duration(progress.seconds_left)))
    return "  ·  ".join(parts)
