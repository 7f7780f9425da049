"""Says what came out of an export job, for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.export.job import ExportJob, ExportKind
from photo_organizer.ui.words.facts_text import folder_text
from photo_organizer.ui.words.punctuation import sentence
from photo_organizer.ui.words.translation import PLURAL, translate


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of a job, for people."""

    title: str
    text: str
    show: Path | None
    """What to show in its folder."""
    problems: int = 0
    """How many photos have one."""

    @property
    def sentence(self) -> str:
        """In one line, for people who are elsewhere."""
        if not self.problems:
            return f"{self.title}."
        count = self.problems
        problems = translate("export", "%Ln photos have a problem", "", PLURAL, count)
        return f"{self.title}. {problems}."


def outcome_of(
    job: ExportJob,
    *,
    made: Sequence[Path],
    problems: int,
    refused: Reason | None,
    stopped: bool,
    unfinished: bool,
    language: str,
) -> Outcome:
    """Say what came out of a job.

    Args:
        job: what was to be made.
        made: what is there now, one for each photo.
        problems: how many photos have one.
        refused: why nothing was made at all.
        stopped: the user stopped it.
        unfinished: it ended early for a reason that the log has.
        language: of the engine's sentences.
    """
    if refused is not None:
        return Outcome(
            translate("export", "Nothing was made"), sentence(refused.text(language)), None
        )
    if job.kind is ExportKind.SHEET and (stopped or unfinished):
        return Outcome(
            translate("export", "The contact sheet was not made"),
            translate("export", "Nothing was written."),
            None,
        )
    count = len(made)
    match job.kind:
        case ExportKind.COPIES if job.link:
            title = translate("export", "%Ln photos are linked", "", PLURAL, count)
        case ExportKind.COPIES:
            title = translate("export", "%Ln photos are copied", "", PLURAL, count)
        case ExportKind.SHEET:
            title = translate("export", "The contact sheet is there")
        case ExportKind.RATINGS:
            title = translate("export", "%Ln photos have ratings", "", PLURAL, count)
    parts = []
    if stopped:
        parts.append(translate("export", "Stopped: what was made until then stays."))
    elif unfinished:
        parts.append(
            translate(
                "export", "It ended early because of an error; what was made until then stays."
            )
        )
    if job.place is not None:
        parts.append(folder_text(job.place))
    if problems:
        parts.append(translate("export", "%Ln photos have a problem:", "", PLURAL, problems))
    return Outcome(title, "\n".join(parts), made[0] if made else None, problems)
