"""Cleaning up from the command line, with real files and a real trash."""

import os
from pathlib import Path

import pytest

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.files.xmp import Metadata, merged
from photo_organizer.engine.storage.store import Store
from tests.cli.cleaning import COPIES, answer, names, needs_freedesktop_trash, trashed
from tests.engine.albums import contents
from tests.engine.pictures import save

pytestmark = [needs_freedesktop_trash, pytest.mark.usefixtures("encoder")]


@pytest.fixture
def album(album_of_copies):
    return album_of_copies


def test_a_dry_run_lists_what_would_go_and_touches_nothing(album, home, capsys):
    before = contents(album)
    assert run_command(["clean", str(album), "--dry-run"]) == 0
    out = capsys.readouterr().out
    for name in COPIES:
        assert str(album / name) in out
    assert "0.jpg" in out
    assert "2 of 6 photos" in out
    assert "from 1 folder\n" in out
    assert contents(album) == before
    assert trashed(home) == {}


def test_a_dry_run_as_json_names_the_keeper(album, capsys):
    plan = answer(capsys, "clean", str(album), "--dry-run")
    assert {image["image"] for image in plan["images"]} == {(album / n).as_uri() for n in COPIES}
    assert {image["keeper"] for image in plan["images"]} == {(album / "0.jpg").as_uri()}
    assert {image["kind"] for image in plan["images"]} == {"exact"}
    assert plan["count"] == 2
    assert plan["bytes"] == 2 * (album / "0.jpg").stat().st_size


def test_what_is_preferred_stays(album, capsys):
    os.utime(album / "0.jpg", (3_000_000, 3_000_000))
    os.utime(album / "copies" / "copy of 0.jpg", (1_000_000, 1_000_000))
    plan = answer(capsys, "clean", str(album), "--dry-run", "--prefer", "older")
    assert {i["keeper"] for i in plan["images"]} == {(album / "copies" / "copy of 0.jpg").as_uri()}


def test_only_safe_copies_go_and_undo_brings_them_back(album, home, capsys):
    before = contents(album)
    done = answer(capsys, "clean", str(album), "--yes")
    assert (done["moved"], done["stayed"]) == (2, [])
    assert names(album) == {"0.jpg", "1.jpg", "2.jpg", "3.jpg"}
    assert set(trashed(home).values()) == {before[album / "0.jpg"]}

    back = answer(capsys, "undo")
    assert back["batch"] == done["batch"]
    assert {r["now"] for r in back["restored"]} == {(album / n).as_uri() for n in COPIES}
    assert contents(album) == before
    assert trashed(home) == {}


def test_nothing_goes_from_a_protected_folder(album, capsys):
    done = answer(capsys, "clean", str(album), "--yes", "--protect", str(album / "copies"))
    assert done["moved"] == 1  # the copy outside goes, since the protected ones stay
    assert names(album) == {*COPIES, "1.jpg", "2.jpg", "3.jpg"}


@pytest.mark.parametrize("way", ["../album", "link", "./../album/", "link/../album"])
def test_a_folder_is_cleaned_whatever_it_is_called(album, capsys, monkeypatch, way):
    (album.parent / "elsewhere").mkdir()
    monkeypatch.chdir(album.parent / "elsewhere")
    (album.parent / "elsewhere/link").symlink_to(album)
    before = contents(album)
    done = answer(capsys, "clean", way, "--yes", "--use-folder")
    assert (done["moved"], done["stayed"]) == (2, [])
    assert sorted(contents(album).values()) == sorted(before.values())  # in a folder in it
    assert answer(capsys, "undo")["stayed"] == []
    assert contents(album) == before


def test_overlapping_folders_are_cleaned_once(album, capsys):
    done = answer(capsys, "clean", str(album), str(album / "copies"), "--yes", "--use-folder")
    assert (done["moved"], done["stayed"]) == (2, [])


@pytest.mark.parametrize(
    "way", ["copies", "../album/copies/", "x/../copies", "link", "../link/copies"]
)
def test_a_folder_is_protected_whatever_it_is_called(album, capsys, monkeypatch, way):
    monkeypatch.chdir(album)
    (album / "x").mkdir()
    (album / "link").symlink_to("copies")
    (album.parent / "link").symlink_to(album)
    for opened in (".", str(album), "../link"):
        plan = answer(capsys, "clean", opened, "--dry-run", "--protect", way)
        gone = [image["image"].rpartition("/")[2] for image in plan["images"]]
        assert gone == ["0.jpg"]
        assert plan["refused"] == []


def test_a_folder_to_protect_that_is_not_there_is_a_wrong_call(album, capsys):
    assert run_command(["clean", str(album), "--dry-run", "--protect", str(album / "no")]) == 2
    assert "is not a folder" in capsys.readouterr().err


def test_an_earlier_name_of_a_criterion_is_understood(album, capsys):
    assert answer(capsys, "clean", str(album), "--dry-run", "--prefer", "shallow")["count"] == 2


def test_nothing_to_do_is_said(tmp_path, capsys):
    folder = tmp_path / "album"
    save(folder / "one.jpg", width=320, height=240)
    assert run_command(["clean", str(folder), "--dry-run"]) == 0
    assert "Nothing to clean up" in capsys.readouterr().out
    assert answer(capsys, "clean", str(folder), "--yes")["moved"] == 0
    assert names(folder) == {"one.jpg"}


def test_the_last_copy_stays_however_often_it_is_called(album, capsys):
    for _ in range(3):
        run_command(["clean", str(album), "--kind", "exact", "--kind", "same", "--yes"])
    assert names(album) == {"0.jpg", "1.jpg", "2.jpg", "3.jpg"}


def test_hard_links_of_one_photo_are_no_copies(tmp_path, capsys):
    folder = tmp_path / "album"
    save(folder / "one.jpg", width=320, height=240)
    (folder / "two.jpg").hardlink_to(folder / "one.jpg")
    run_command(["clean", str(folder), "--yes"])
    assert names(folder) == {"one.jpg", "two.jpg"}


def test_a_reviewed_group_is_left_alone(album, capsys):
    digests = {p.content_hash for _, p in known(album)}
    (digest,) = digests
    with Store(paths.data_dir() / "library.sqlite") as store:
        store.decide_reviewed((digest,) * 3)
    assert answer(capsys, "clean", str(album), "--yes")["moved"] == 0
    # A fourth copy makes it a new group.
    (album / "again.jpg").write_bytes((album / "0.jpg").read_bytes())
    assert answer(capsys, "clean", str(album), "--yes")["moved"] == 3


def known(album: Path):
    """The three copies as the store knows them after a run."""
    run_command(["analyze", str(album), "--json", str(album.parent / "result.json")])
    from photo_organizer.engine.files import photo_files

    copies = {album / "0.jpg", *(album / name for name in COPIES)}
    with Store(paths.data_dir() / "library.sqlite") as store:
        yield from store.known([i for i in photo_files.walk([album]) if i.path in copies])


def test_words_of_a_copy_are_carried_to_a_sidecar(album, capsys):
    copy = album / "copies" / "0 (2).jpg"
    beside = copy.with_name(copy.name + ".xmp")
    beside.write_bytes(merged(None, Metadata(rating=4, keywords=("sea",))))
    before = contents(album)

    # Not carried over they would be lost: then this copy is not safe, and the others are.
    answer(capsys, "clean", str(album), "--yes", "--no-sidecars")
    assert {copy, beside} <= contents(album).keys()
    assert len(contents(album)) == len(before) - 1
    answer(capsys, "undo")
    assert contents(album) == before

    answer(capsys, "clean", str(album), "--yes")
    assert names(album) == {"0.jpg", "0.jpg.xmp", "1.jpg", "2.jpg", "3.jpg"}
    assert b"sea" in (album / "0.jpg.xmp").read_bytes()
    answer(capsys, "undo")
    assert contents(album) == before


def test_whole_sidecars_of_a_copy_are_copied_to_the_kept_photo(album, capsys):
    copy = album / "copies" / "0 (2).jpg"
    for suffix in ("pp3", "json"):
        copy.with_name(f"{copy.name}.{suffix}").write_text(f"only {suffix}")
    before = contents(album)
    assert answer(capsys, "clean", str(album), "--dry-run")["sidecars"] == 2
    assert answer(capsys, "clean", str(album), "--dry-run", "--no-sidecars")["sidecars"] == 0
    run_command(["clean", str(album), "--dry-run"])
    assert "2 sidecars are copied to the photos that stay." in capsys.readouterr().out
    answer(capsys, "clean", str(album), "--yes")
    assert (album / "0.jpg.pp3").read_text() == "only pp3"
    assert (album / "0.jpg.json").read_text() == "only json"
    answer(capsys, "undo")
    assert contents(album) == before


def test_a_copy_with_other_edits_than_the_kept_photo_never_goes(album, capsys):
    copy = album / "copies" / "0 (2).jpg"
    copy.with_name(f"{copy.name}.pp3").write_text("these edits")
    (album / "0.jpg.pp3").write_text("those edits")
    before = contents(album)
    answer(capsys, "clean", str(album), "--yes")
    after = contents(album)
    assert {copy, copy.with_name(f"{copy.name}.pp3")} <= after.keys()
    assert set(before.values()) == set(after.values())


def test_a_live_photo_goes_and_comes_back_as_a_whole(album, capsys):
    for photo in (album / "0.jpg", album / "copies" / "0 (2).jpg"):
        photo.with_suffix(".mov").write_bytes(b"film")
    before = contents(album)
    plan = answer(capsys, "clean", str(album), "--dry-run")
    assert [image["with"] for image in plan["images"] if image["with"]] == [
        [(album / "copies" / "0 (2).mov").as_uri()]
    ]
    answer(capsys, "clean", str(album), "--yes")
    assert names(album) == {"0.jpg", "0.mov", "1.jpg", "2.jpg", "3.jpg"}
    answer(capsys, "undo")
    assert contents(album) == before


def test_the_only_film_of_a_photo_never_goes(album, capsys):
    (album / "copies" / "0 (2).mov").write_bytes(b"the only one")
    run_command(["clean", str(album), "--yes"])
    assert names(album) == {
        *("0.jpg", "1.jpg", "2.jpg", "3.jpg"),
        *("copies/0 (2).jpg", "copies/0 (2).mov"),
    }


def test_it_must_be_said_whether_to_do_it(album, capsys):
    with pytest.raises(SystemExit) as ended:
        run_command(["clean", str(album)])
    assert ended.value.code == 2
    assert "--dry-run" in capsys.readouterr().err
