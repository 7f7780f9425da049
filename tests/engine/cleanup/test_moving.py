"""A move counts only when the file is gone from its place, whatever the mover says."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup import system_trash
from photo_organizer.engine.cleanup.events import CleanedUp, Stayed, Undone
from photo_organizer.engine.cleanup.journal import MoveState
from photo_organizer.engine.cleanup.moving import Mover
from photo_organizer.engine.cleanup.planning import Plan, plan
from photo_organizer.engine.cleanup.system_trash import move_to_trash
from photo_organizer.engine.cleanup.trash import Trash
from photo_organizer.engine.domain.facts import Photo
from tests.engine.albums import contents, group, photo, result

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only this trash lies in a folder of our choice"
)


NOBODY = 65534
AS_NOBODY = """
import os, sys
from pathlib import Path
from photo_organizer.engine.cleanup import checks, journal, moving, system_trash
from photo_organizer.engine.files import photo_files
os.setgroups([]); os.setgid(65534); os.setuid(65534)
path = Path(sys.argv[1])
move = journal.Move(1, 1, checks.identity(path, path.stat()), checks.content_of(path))
try:
    moving.move_away(system_trash.move_to_trash, move)
except system_trash.TrashError as error:
    print(error.reason.code)
"""


@pytest.fixture
def clean_up(folder: Path) -> Plan:
    """Photo 2 and its film go, photo 1 stays for it."""
    photos = [photo(folder / f"{i}.jpg", i, b"the same photo") for i in (1, 2)]
    (folder / "2.mov").write_bytes(b"film")
    return plan([2], result(photos, group(1, 2)), unit_files={2: [folder / "2.mov"]})


def photos_of(clean_up: Plan) -> list[Photo]:
    (removal,) = clean_up.removals
    return [removal.photo, *removal.kept]


def run(store: Path, clean_up: Plan, mover: Mover) -> tuple[dict[str, str], CleanedUp]:
    """What stayed, and why; and the end of the clean-up."""
    *events, last = Trash(store, mover).clean_up(clean_up, threading.Event())
    assert isinstance(last, CleanedUp)
    return {e.path.name: e.reason.code for e in events if isinstance(e, Stayed)}, last


def undo(store: Path) -> Undone:
    *_, last = Trash(store).undo(None, threading.Event())
    assert isinstance(last, Undone)
    return last


def states(store: Path) -> dict[str, MoveState]:
    return {move.path.name: move.state for move in Trash(store).moves(1)}


def only(name: str, instead: Mover) -> Mover:
    """A mover that does something else with the file of this name."""
    return lambda path: instead(path) if path.name == name else move_to_trash(path)


def link(path: Path) -> Path:
    """As Qt does in a folder that it cannot write: a second name in the trash, and success."""
    moved = move_to_trash(path)
    assert moved is not None
    os.link(moved, path)
    return moved


def link_silently(path: Path) -> None:
    link(path)


def copy(path: Path) -> Path:
    moved = link(path)
    shutil.copy2(moved, path.with_suffix(".new"))
    path.unlink()
    path.with_suffix(".new").rename(path)
    original, copied = moved.with_name("original"), moved
    moved.rename(original)
    shutil.copy2(path, copied)  # the trash holds the copy, its place the file that was judged
    path.unlink()
    original.rename(path)
    return copied


def do_nothing(path: Path) -> Path:
    return path.with_name("nowhere")


LIARS: dict[str, Mover] = {
    "a link": link,
    "a link at an unknown place": link_silently,
    "a copy": copy,
    "nothing": do_nothing,
}


@pytest.mark.parametrize("name", ["2.jpg", "2.mov"])
@pytest.mark.parametrize("liar", LIARS)
def test_a_file_that_is_still_there_was_not_moved(
    store: Path, home: Path, folder: Path, clean_up: Plan, liar: str, name: str
) -> None:
    before = contents(folder)

    stayed, last = run(store, clean_up, only(name, LIARS[liar]))

    assert stayed == {"2.jpg": "trash.stayed"}
    assert (last.moved, last.stayed, last.size) == (0, 1, 0)
    assert contents(folder) == before
    assert contents(home / "share" / "Trash") == {}  # neither a second name nor a record
    assert set(states(store).values()) == {MoveState.REFUSED}
    assert undo(store).batch is None


def test_the_disk_says_why_a_file_stayed(
    store: Path, clean_up: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    stayed, _ = run(store, clean_up, only("2.jpg", link))
    assert stayed == {"2.jpg": "trash.no_permission"}


def test_a_second_name_in_the_trash_that_is_someone_elses_stays(
    store: Path, home: Path, folder: Path, clean_up: Plan
) -> None:
    (folder / "mine.jpg").hardlink_to(folder / "2.jpg")
    move_to_trash(folder / "mine.jpg")
    run(store, clean_up, only("2.jpg", link_silently))
    assert list(contents(home / "share" / "Trash" / "files").values()) == [b"the same photo"]


def test_a_mover_that_names_another_way_to_the_file_itself_costs_nothing(
    store: Path, folder: Path, clean_up: Plan, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.jpg").hardlink_to(folder / "2.jpg")
    before = contents(folder)
    (tmp_path / "other").symlink_to(folder)
    trash = Trash(store, lambda path: tmp_path / "other" / path.name)

    list(trash.clean_up(clean_up, threading.Event()))

    assert contents(folder) == before


def test_a_name_that_comes_back_at_once_is_told_and_nothing_is_lost(
    store: Path, home: Path, folder: Path, clean_up: Plan
) -> None:
    before = contents(folder)

    def made_again(path: Path) -> Path | None:
        data = path.read_bytes()
        place = move_to_trash(path)
        path.write_bytes(data)
        return place

    stayed, _ = run(store, clean_up, only("2.jpg", made_again))

    assert stayed == {"2.jpg": "trash.came_back"}
    assert contents(folder) == before
    assert list(contents(home / "share" / "Trash" / "files").values()) == [b"the same photo"]
    undo(store)
    assert contents(folder).items() >= before.items()


def test_another_file_of_the_name_is_no_sign_that_it_stayed(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    def next_shot(path: Path) -> Path | None:
        place = move_to_trash(path)
        path.write_bytes(b"what the camera wrote next")
        return place

    stayed, last = run(store, clean_up, only("2.jpg", next_shot))

    assert (stayed, last.moved) == ({}, 1)
    assert undo(store).restored == 2
    assert (folder / "2 (restored).jpg").read_bytes() == b"the same photo"
    assert (folder / "2.jpg").read_bytes() == b"what the camera wrote next"


@pytest.mark.parametrize("name", ["2.jpg", "2.mov"])
def test_what_changes_at_the_last_moment_comes_back(
    store: Path, folder: Path, clean_up: Plan, name: str
) -> None:
    def edited(path: Path) -> Path | None:
        path.write_bytes(b"edited at the last moment")
        return move_to_trash(path)

    assert run(store, clean_up, only(name, edited))[0] == {"2.jpg": "trash.changed"}
    assert (folder / name).read_bytes() == b"edited at the last moment"
    assert len(contents(folder)) == 3


def test_a_film_that_changed_while_others_went_keeps_its_photo(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    events = Trash(store).clean_up(
        plan(
            [3, 2],
            result([*photos_of(clean_up), photo(folder / "3.jpg", 3, b"third")]),
            unit_files={2: [folder / "2.mov"]},
        ),
        threading.Event(),
    )
    next(events)
    (folder / "2.mov").write_bytes(b"edited")
    assert {e.path.name: e.reason.code for e in events if isinstance(e, Stayed)} == {
        "2.jpg": "trash.changed"
    }
    assert (folder / "2.mov").read_bytes() == b"edited"


def test_what_was_kept_and_went_too_brings_the_photo_back(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    """One folder that is seen through two file systems: with one name the other goes."""
    before = contents(folder)
    hidden = folder / "1.hidden"

    def both(path: Path) -> Path | None:
        place = move_to_trash(path)
        (folder / "1.jpg").rename(hidden)
        return place

    stayed, last = run(store, clean_up, only("2.jpg", both))

    assert stayed == {"2.jpg": "trash.kept_went"}
    assert (last.moved, last.size) == (0, 0)
    hidden.rename(folder / "1.jpg")
    assert contents(folder) == before


def test_what_was_kept_and_became_another_file_brings_the_photo_back(
    store: Path, folder: Path, clean_up: Plan
) -> None:
    def overwrite(path: Path) -> Path | None:
        place = move_to_trash(path)
        (folder / "1.jpg").write_bytes(b"another photo")
        return place

    assert run(store, clean_up, only("2.jpg", overwrite))[0] == {"2.jpg": "trash.kept_went"}
    assert (folder / "2.jpg").read_bytes() == b"the same photo"
    assert (folder / "2.mov").read_bytes() == b"film"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs another user")
def test_an_ordinary_user_in_a_read_only_folder_is_told_the_truth() -> None:
    """Qt's own trash, as the user nobody: it reports success and leaves the file."""
    with tempfile.TemporaryDirectory() as temporary:  # pytest's is closed to other users
        top = Path(temporary)
        top.chmod(0o755)
        folder, share = top / "locked", top / "share"
        folder.mkdir()
        share.mkdir()
        (folder / "a.jpg").write_bytes(b"photo")
        for path in (folder / "a.jpg", folder, share):
            os.chown(path, NOBODY, NOBODY)
        folder.chmod(0o500)
        told = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(folder / "a.jpg")],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"XDG_DATA_HOME": str(share), "HOME": str(top)},
        )
        assert told.stdout.split() == ["trash.no_permission"]
        assert (folder / "a.jpg").read_bytes() == b"photo"
        assert contents(share) == {}


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    codes: Sequence[str] = ("stayed", "came_back", "kept_went", "kept_link", "relied_on")
    for code in codes:
        reason = system_trash.TrashError(f"trash.{code}").reason
        assert reason.text("en") != reason.text("ko")
