"""Whether a file on disk is the one of a move."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.cleanup.checks import (
    COARSEST_TIME,
    content_of,
    identity,
    is_file_of,
)
from photo_organizer.engine.cleanup.journal import Move


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"the photo")
    return path


@pytest.fixture
def move(path: Path) -> Move:
    return Move(1, 1, identity(path, path.stat()), content_of(path))


def let_time_pass(path: Path, nanoseconds: int) -> None:
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + nanoseconds))


def test_a_file_that_is_written_in_place_is_another_one(path: Path, move: Move) -> None:
    with path.open("r+b") as file:
        file.write(b"THE")
    let_time_pass(path, 10)
    assert not is_file_of(move, path)


def test_another_time_and_number_of_the_same_content_is_the_file(path: Path, move: Move) -> None:
    copy = path.with_name("copy.jpg")
    copy.write_bytes(path.read_bytes())
    let_time_pass(copy, 10 * COARSEST_TIME)
    assert is_file_of(move, copy)


def test_a_link_to_the_file_is_not_the_file(path: Path, move: Move) -> None:
    link = path.with_name("link.jpg")
    link.symlink_to(path)
    assert not is_file_of(move, link)


def test_where_no_content_was_written_down_place_size_and_about_the_time_decide(
    path: Path, move: Move
) -> None:
    old = replace(move, content_hash=b"", identity=replace(move.identity, inode=0))
    assert is_file_of(old, path)
    let_time_pass(path, COARSEST_TIME)
    assert is_file_of(old, path)
    let_time_pass(path, 1)
    assert not is_file_of(old, path)
    moved = path.rename(path.with_name("b.jpg"))
    let_time_pass(moved, -COARSEST_TIME)
    assert not is_file_of(old, moved)
    assert is_file_of(replace(old, place=moved), moved)
