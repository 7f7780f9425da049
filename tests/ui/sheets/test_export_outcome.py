"""What is said of an export that is over."""

from pathlib import Path

import pytest

from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.export.job import ExportJob, ExportKind
from photo_organizer.ui.sheets.export_outcome import Outcome, outcome_of

COPIES = ExportJob(ExportKind.COPIES, Path("/photos/best"))
SHEET = ExportJob(ExportKind.SHEET, Path("/photos/sheet.pdf"))
ONE = Path("/photos/best/1.jpg")


def outcome(
    job: ExportJob,
    made: int = 0,
    *,
    problems: int = 0,
    refused: Reason | None = None,
    stopped: bool = False,
    unfinished: bool = False,
) -> Outcome:
    return outcome_of(
        job,
        made=[ONE] * made,
        problems=problems,
        refused=refused,
        stopped=stopped,
        unfinished=unfinished,
        language="en",
    )


def test_what_was_made_is_counted_and_can_be_shown() -> None:
    told = outcome(COPIES, 2)
    assert (told.title, told.text, told.show) == ("2 photos are copied", "/photos/best", ONE)
    assert told.sentence == "2 photos are copied."


def test_the_own_folder_is_a_tilde_as_everywhere() -> None:
    job = ExportJob(ExportKind.COPIES, Path.home() / "Pictures" / "Best photos")
    assert outcome(job, 1).text == str(Path("~/Pictures/Best photos"))


def test_problems_are_counted_for_those_who_are_elsewhere() -> None:
    assert outcome(COPIES, 1, problems=2).sentence == (
        "1 photo is copied. 2 photos have a problem."
    )


def test_a_refusal_says_why() -> None:
    told = outcome(COPIES, refused=Reason("export.no_drive", {"folder": "/media/card"}))
    assert told.title == "Nothing was made"
    assert told.text == "There is no drive for /media/card: is it plugged in?"
    assert told.show is None


@pytest.mark.parametrize(("stopped", "unfinished"), [(True, False), (False, True)])
def test_half_a_contact_sheet_is_none(stopped: bool, unfinished: bool) -> None:
    told = outcome(SHEET, 3, stopped=stopped, unfinished=unfinished)
    assert told.title == "The contact sheet was not made"
    assert told.show is None


def test_copies_made_before_the_end_came_early_stay() -> None:
    assert "Stopped: what was made until then stays." in outcome(COPIES, 1, stopped=True).text
    assert "because of an error" in outcome(COPIES, 1, unfinished=True).text
