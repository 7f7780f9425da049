import errno
import os
from pathlib import Path

import pytest

from photo_organizer.engine.files.renaming import drop_second_name, rename_free, rename_new


def test_a_file_gets_its_new_name_and_loses_the_old_one(tmp_path: Path) -> None:
    old = tmp_path / "old.jpg"
    old.write_bytes(b"photo")

    rename_new(old, tmp_path / "new.jpg")

    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("new.jpg", b"photo")]


@pytest.mark.parametrize("hard_links", [True, False])
def test_nothing_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hard_links: bool
) -> None:
    if not hard_links:
        forbid_hard_links(monkeypatch)
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_text(name)

    with pytest.raises(FileExistsError):
        rename_new(tmp_path / "a.jpg", tmp_path / "b.jpg")

    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {
        "a.jpg": "a.jpg",
        "b.jpg": "b.jpg",
    }


def test_drives_without_hard_links_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_hard_links(monkeypatch)
    (tmp_path / "a.jpg").write_bytes(b"photo")

    rename_new(tmp_path / "a.jpg", tmp_path / "b.jpg")

    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("b.jpg", b"photo")]


def test_a_file_that_cannot_lose_its_old_name_does_not_gain_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(b"photo")
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path == source:
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(PermissionError):
        rename_new(source, tmp_path / "b.jpg")

    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


def test_a_file_whose_old_name_is_taken_away_meanwhile_keeps_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(b"photo")
    link = os.link

    def link_late(*names: Path, **options: bool) -> None:
        link(*names, **options)
        source.unlink()

    monkeypatch.setattr(os, "link", link_late)
    rename_new(source, tmp_path / "b.jpg")

    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("b.jpg", b"photo")]


def test_only_a_second_name_is_dropped(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    second, link, copy = (tmp_path / name for name in ("second.jpg", "link.jpg", "copy.jpg"))
    second.hardlink_to(photo)
    link.symlink_to(photo)
    copy.write_bytes(b"photo")

    dropped = [drop_second_name(name, photo) for name in (second, link, copy, photo)]

    assert dropped == [True, False, False, False]
    assert {p.name for p in tmp_path.iterdir()} == {"a.jpg", "link.jpg", "copy.jpg"}


def test_a_taken_name_gives_the_next_free_one(tmp_path: Path) -> None:
    for name in ("a.jpg", "a (again).jpg", "new.jpg"):
        (tmp_path / name).write_text(name)

    place = rename_free(tmp_path / "new.jpg", tmp_path / "a.jpg", "again")

    assert place.name == "a (again 2).jpg"
    assert place.read_text() == "new.jpg"
    assert (tmp_path / "a.jpg").read_text() == "a.jpg"


def forbid_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
