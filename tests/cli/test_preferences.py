"""What was chosen in the window holds for the commands; their flags come first."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest

from photo_organizer.cli.command import WrongCallError
from photo_organizer.cli.main import run_command
from photo_organizer.cli.preferences import preferences
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.files.xmp import Metadata, merged
from photo_organizer.engine.proving import opening
from photo_organizer.engine.storage import preferences_file
from tests.cli.cleaning import COPIES, answer, names, needs_freedesktop_trash
from tests.engine.fakes import FakeEncoder


def choose(**choices: object) -> None:
    preferences_file.save(replace(Preferences(), **choices))


def write(text: str) -> Path:
    file = preferences_file.file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


@pytest.fixture
def asked(monkeypatch):
    """The models and devices that encoders were asked for."""
    asked = []

    def open_encoder(model="auto", device="auto", **_):
        asked.append((model, device))
        return FakeEncoder()

    monkeypatch.setattr(analysis, "open_encoder", open_encoder)
    monkeypatch.setattr(opening, "open_encoder", open_encoder)
    return asked


# ---------------------------------------------------------------------- flags


def test_without_a_file_and_flags_everything_is_as_usual():
    assert preferences() == Preferences()


def test_a_flag_is_followed_rather_than_the_file():
    choose(model="ViT-B-32/openai", device="cpu")
    assert preferences().model == "ViT-B-32/openai"
    chosen = preferences(model="auto", device="cuda")
    assert (chosen.model, chosen.device) == ("auto", "cuda")


def test_folders_and_criteria_of_a_call_are_added():
    best, more = Path("/photos/best").absolute(), Path("/photos/more").absolute()
    usual = Preferences()
    turned = tuple(reversed(usual.order[GroupKind.SIMILAR]))
    choose(protected=(best,), order={**usual.order, GroupKind.SIMILAR: turned})
    chosen = preferences(protect=[more, best], prefer=["older"])
    assert chosen.protected == (best, more)
    rest = [name for name in turned if name != "older"]
    assert chosen.order[GroupKind.SIMILAR] == ("older", *rest)


def test_without_taste_the_stars_have_no_share():
    preferences_file.save(Preferences().with_threshold("taste.share", 0.4))
    assert preferences().thresholds["taste.share"] == 0.4
    assert preferences(takes_taste=False).thresholds["taste.share"] == 0


# ---------------------------------------------------------------------- what cannot be read


@pytest.mark.parametrize("text", ["model = ", 'protected = "/photos"'])
def test_what_cannot_be_read_is_one_line_and_the_file_stays(text, capsys):
    file = write(text)
    assert preferences() == Preferences()
    out, err = capsys.readouterr()
    assert out == ""
    assert str(file) in err
    assert err.count("\n") == 1
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_text() == text


def test_a_command_that_needs_all_of_them_refuses():
    file = write('cache_mib = "much"')
    with pytest.raises(WrongCallError, match="cache_mib") as refused:
        preferences(needs_all=True)
    assert str(file) in str(refused.value)


def test_analyze_goes_on_without_them(encoder, album, capsys):
    write("model = ")
    assert run_command(["analyze", str(album), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["duplicates"]
    assert "preferences.toml" in err


@needs_freedesktop_trash
@pytest.mark.parametrize("decision", ["--dry-run", "--yes"])
def test_nothing_is_cleaned_up_while_it_is_unknown_what_is_protected(
    encoder, album_of_copies, decision, capsys
):
    write("protected = [")
    before = names(album_of_copies)
    assert run_command(["clean", str(album_of_copies), decision]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Nothing was done" in err
    assert err.count("\n") == 1
    assert names(album_of_copies) == before


# ---------------------------------------------------------------------- every command


def test_analyze_and_best_follow_model_and_device(asked, album):
    choose(model="chosen", device="cpu")
    for command in ("analyze", "best"):
        asked.clear()
        assert run_command([command, str(album)]) == 0
        assert run_command([command, str(album), "--model", "auto", "--device", "auto"]) == 0
        assert asked == [("chosen", "cpu"), ("auto", "auto")]


def test_aesthetic_follows_the_model(asked):
    choose(model="chosen")
    assert run_command(["aesthetic", "taste"]) == 0
    assert run_command(["aesthetic", "taste", "--model", "starter"]) == 0
    assert [model for model, _ in asked] == ["chosen", "starter"]


def test_analyze_follows_thresholds(encoder, album, capsys):
    def flagged() -> int:
        assert run_command(["analyze", str(album), "--json", "-"]) == 0
        return len(json.loads(capsys.readouterr().out)["low_quality"])

    preferences_file.save(Preferences().with_threshold("quality.certainty.blur", 0.0))
    all_flagged = flagged()
    preferences_file.save(Preferences().with_threshold("quality.certainty.blur", 1.0))
    assert flagged() < all_flagged


@pytest.mark.parametrize("command", ["analyze", "best"])
def test_left_out_folders_hold_and_are_said_when_asked_for(
    command, encoder, album_of_copies, capsys
):
    copies = album_of_copies / "copies"
    choose(excluded=(copies,))
    words = [command, str(album_of_copies), "--json"] + (["-"] if command == "analyze" else [])
    assert run_command(words) == 0
    out, err = capsys.readouterr()
    assert "3.jpg" in out
    assert "copies" not in out
    assert err == ""
    assert run_command([command, str(copies)]) == 0
    assert f"{copies} is left out" in capsys.readouterr().err


# ---------------------------------------------------------------------- protected folders


def listed(folder: Path, capsys, *words: str) -> set[str]:
    """What `clean` would move."""
    plan = answer(capsys, "clean", str(folder), "--dry-run", *words)
    return {Path(unquote(image["image"])).name for image in plan["images"]}


@needs_freedesktop_trash
def test_clean_lists_no_photo_of_a_folder_that_the_window_protects(
    encoder, album_of_copies, capsys
):
    assert listed(album_of_copies, capsys) == {Path(name).name for name in COPIES}
    choose(protected=(album_of_copies / "copies",))
    assert listed(album_of_copies, capsys) == {"0.jpg"}
    # A further folder is added, it does not take the place of the first.
    (album_of_copies / "more").mkdir()
    protect = ("--protect", str(album_of_copies / "more"))
    assert listed(album_of_copies, capsys, *protect) == {"0.jpg"}
    choose(protected=(album_of_copies,))
    assert listed(album_of_copies, capsys, *protect) == set()


@needs_freedesktop_trash
def test_a_protected_folder_may_be_named_by_a_link_or_from_here(
    encoder, album_of_copies, monkeypatch, capsys
):
    (album_of_copies.parent / "link").symlink_to(album_of_copies / "copies")
    monkeypatch.chdir(album_of_copies / "copies")
    for protected in (".", "../copies", "../../link", str(album_of_copies.parent / "link")):
        assert listed(album_of_copies, capsys, "--protect", protected) == {"0.jpg"}


@needs_freedesktop_trash
def test_sidecars_are_written_as_chosen_or_as_the_call_says(encoder, album_of_copies, capsys):
    copy = album_of_copies / "copies" / "0 (2).jpg"
    beside = copy.with_name(copy.name + ".xmp")
    beside.write_bytes(merged(None, Metadata(rating=4)))
    kept = album_of_copies / "0.jpg.xmp"
    choose(sidecars=False)
    answer(capsys, "clean", str(album_of_copies), "--yes")
    assert not kept.exists()
    answer(capsys, "undo")
    answer(capsys, "clean", str(album_of_copies), "--yes", "--sidecars")
    assert kept.exists()


@needs_freedesktop_trash
def test_the_real_command_moves_nothing_out_of_a_folder_that_the_window_protects(album_of_copies):
    protected = Path(os.fsdecode(os.fsencode(album_of_copies) + b"/caf\xe9"))
    (album_of_copies / "copies").rename(protected)
    choose(protected=(protected,), model="starter", device="cpu")
    words = ("clean", str(album_of_copies), "--yes", "--json")
    command = [sys.executable, "-m", "photo_organizer", *words]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["moved"] == 1
    assert len(list(protected.iterdir())) == 2
    assert not (album_of_copies / "0.jpg").exists()
