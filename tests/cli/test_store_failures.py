"""Whatever the store answers, a command ends with a sentence for people and the right status."""

import sqlite3

import pytest

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.storage.store import Store
from tests.cli.cleaning import needs_freedesktop_trash
from tests.engine.albums import contents
from tests.engine.storage.failing import CODES, at, at_random, let_statements_fail

pytestmark = [needs_freedesktop_trash, pytest.mark.usefixtures("encoder")]

TECHNICAL = ("sqlite", "Traceback", "Error", "0x7f", "SELECT", "INSERT", "PRAGMA")


def spoken(capsys) -> str:
    """What a command told of its failure; no word of it is the program's own."""
    told = capsys.readouterr().err
    assert told.strip()
    assert_no_technical_word(told)
    return told


def assert_no_technical_word(told):
    assert not [word for word in TECHNICAL if word in told.replace("library.sqlite", "")]


def calls(album):
    return {
        "analyze": ["analyze", str(album), "--json", str(album.parent / "result.json")],
        "best": ["best", str(album)],
        "clean": ["clean", str(album), "--yes"],
        "undo": ["undo"],
        "forget": ["aesthetic", "taste", "--forget"],
    }


@pytest.mark.parametrize("name", ["analyze", "best", "clean", "undo", "forget"])
@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 7, 10, 15, 25])
def test_a_statement_that_fails_is_told_in_words(
    name, number, album_of_copies, capsys, monkeypatch
):
    with Store(paths.store_path()):
        pass
    words = calls(album_of_copies)[name]
    with monkeypatch.context() as patch:
        failed = let_statements_fail(patch, at(number, CODES[number % len(CODES)]))
        status = run_command(words)
    if failed and number < 2:  # the opening; what is met later may be mended, or a backup's
        assert status == 1
    if status:
        assert failed
        assert status == 1
        spoken(capsys)
    else:
        assert_no_technical_word(capsys.readouterr().err)


@pytest.mark.parametrize("seed", range(6))
def test_statements_that_fail_at_random_lose_no_photo(seed, album_of_copies, capsys, monkeypatch):
    before = sorted(contents(album_of_copies).values())
    with monkeypatch.context() as patch:
        let_statements_fail(patch, at_random(seed, 0.04))
        for name in ("clean", "undo", "clean", "undo"):
            if run_command(calls(album_of_copies)[name]) == 1:
                spoken(capsys)
    for _ in range(3):  # each brings back the newest clean-up that can be brought back
        assert run_command(["undo"]) == 0
    assert sorted(contents(album_of_copies).values()) == before


def test_a_store_that_may_not_be_opened_is_told_in_words(capsys, monkeypatch):
    def refuse(*_words, **_more):
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert run_command(["undo"]) == 1
    spoken(capsys)


@pytest.mark.parametrize(("name", "status"), [("analyze", 0), ("best", 0), ("clean", 1)])
def test_without_a_folder_to_write_into_everything_is_shown_and_nothing_moved(
    name, status, album_of_copies, tmp_path, capsys, monkeypatch
):
    (tmp_path / "file").touch()
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "file" / "home"))
    before = contents(album_of_copies)
    assert run_command(calls(album_of_copies)[name]) == status
    told = spoken(capsys)
    assert "cannot write into its folder" in told
    assert ("Nothing was moved" in told) == (name == "clean")
    assert contents(album_of_copies) == before
