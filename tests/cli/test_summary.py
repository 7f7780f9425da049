from dataclasses import replace
from pathlib import Path

from photo_organizer.cli.summary import print_summary
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import Result, Skipped


def test_an_empty_answer_has_its_tables_too(capsys):
    print_summary(Result.empty())
    out = capsys.readouterr().out
    for word in ("0 photos", "Category", "Duplicates", "Highlights", "None found"):
        assert word in out
    assert "Skipped" not in out


def test_only_the_wanted_answers_are_printed(capsys):
    print_summary(Result.empty(), ["duplicates"])
    out = capsys.readouterr().out
    assert "exact copies" in out
    assert "Category" not in out


def test_of_many_skipped_files_the_first_are_named(capsys):
    skipped = tuple(
        Skipped(Path(f"/a/{number}.jpg"), Reason("files.empty")) for number in range(12)
    )
    print_summary(Result(PhotoDict(), {}, (), {}, (), skipped), ["categories"])
    out = capsys.readouterr().out
    assert "9.jpg" in out
    assert "10.jpg" not in out
    assert "… and 2 more" in out


def test_a_skipped_file_is_told_in_english_with_readable_names(capsys):
    reason = Reason("files.hard_link", {"name": "\udcff.jpg"})
    print_summary(Result(PhotoDict(), {}, (), {}, (), (Skipped(Path("/a/b.jpg"), reason),)))
    assert "same file as �.jpg (hard link)" in capsys.readouterr().out


def test_where_faces_cannot_be_looked_for_one_line_says_so(capsys):
    print_summary(replace(Result.empty(), without_faces=Reason("faces.no_networks")))
    assert "Faces cannot be looked for" in capsys.readouterr().out


def test_where_the_starter_stands_in_the_summary_says_so(capsys):
    why = Reason("full.instead")
    print_summary(replace(Result.empty(), stand_in=why))
    assert "The starter did the work" in capsys.readouterr().out
