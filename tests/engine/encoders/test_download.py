"""Downloads, against a server on this machine."""

from __future__ import annotations

import errno
import hashlib
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

import numpy as np
import pytest

from photo_organizer.engine.encoders import download
from photo_organizer.engine.encoders.download import (
    CancelledError,
    ChecksumError,
    DownloadError,
    MissingError,
    UnreachableError,
    fetch,
    file_sha256,
)
from tests.engine.encoders.server import Server, serve

CONTENT = np.random.default_rng(0).bytes(3_000_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        running.files["/weights.bin"] = CONTENT
        yield running


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "new folder" / "weights.bin"


def part(target: Path) -> Path:
    return target.with_name("weights.bin.part")


def test_a_file_arrives_whole_and_progress_ends_at_its_size(server: Server, target: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    digest = fetch(
        f"{server.url}/weights.bin", target, sha256=SHA256, progress=lambda *p: seen.append(p)
    )
    assert target.read_bytes() == CONTENT
    assert digest == SHA256 == file_sha256(target)
    assert seen[0] == (0, len(CONTENT))
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert seen == sorted(seen)
    assert list(target.parent.iterdir()) == [target]


def test_a_cut_connection_is_taken_up_where_it_broke(server: Server, target: Path) -> None:
    server.cut_after = 1_000_000
    fetch(f"{server.url}/weights.bin", target, sha256=SHA256)
    assert target.read_bytes() == CONTENT
    assert server.asked == [("/weights.bin", None), ("/weights.bin", "bytes=1000000-")]


def begin(server: Server, target: Path, bytes_: int, **expected: str) -> None:
    """A download that is stopped after so many bytes."""
    cancel = threading.Event()
    server.cut_after = bytes_
    with pytest.raises(CancelledError):
        fetch(
            f"{server.url}/weights.bin",
            target,
            progress=lambda done, _: cancel.set() if done >= bytes_ else None,
            cancel=cancel,
            **expected,
        )
    assert part(target).stat().st_size == bytes_


OTHER = CONTENT[::-1]
"""Another file of the same length."""


@pytest.mark.parametrize("known_by", ["etag", "checksum that is expected", "announced checksum"])
def test_an_earlier_try_is_continued_where_it_is_the_same_file(
    server: Server, target: Path, known_by: str
) -> None:
    expected = {"sha256": SHA256} if known_by == "checksum that is expected" else {}
    if known_by == "etag":
        server.etags["/weights.bin"] = '"one"'
    if known_by == "announced checksum":
        server.announced["/weights.bin"] = SHA256
    begin(server, target, 1234, **expected)
    seen: list[tuple[int, int | None]] = []
    url = f"{server.url}/weights.bin"
    fetch(url, target, progress=lambda *p: seen.append(p), **expected)
    assert target.read_bytes() == CONTENT
    assert seen[0] == (1234, len(CONTENT))
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("careless", [False, True])
@pytest.mark.parametrize("known_by", ["etag", "announced checksum", "nothing", "weak etag"])
def test_of_another_file_nothing_is_continued(
    server: Server, target: Path, known_by: str, careless: bool
) -> None:
    digests = [hashlib.sha256(content).hexdigest() for content in (CONTENT, OTHER)]
    versions = {"etag": ['"one"', '"two"'], "weak etag": ['W/"one"', 'W/"one"']}.get(known_by)
    for number, content in enumerate((CONTENT, OTHER)):
        server.files["/weights.bin"] = content
        if versions:
            server.etags["/weights.bin"] = versions[number]
        if known_by == "announced checksum":
            server.announced["/weights.bin"] = digests[number]
        if number == 0:
            begin(server, target, 1234)
    server.careless = careless
    fetch(f"{server.url}/weights.bin", target)
    assert target.read_bytes() == OTHER
    assert list(target.parent.iterdir()) == [target]


def test_of_a_file_that_nobody_knows_nothing_is_continued(server: Server, target: Path) -> None:
    target.parent.mkdir()
    part(target).write_bytes(b"of an earlier version of the program")
    fetch(f"{server.url}/weights.bin", target, sha256=SHA256)
    assert target.read_bytes() == CONTENT
    assert server.asked == [("/weights.bin", None)]


def test_another_checksum_is_another_file(server: Server, target: Path) -> None:
    begin(server, target, 1234, sha256=SHA256)
    server.files["/weights.bin"] = OTHER
    fetch(f"{server.url}/weights.bin", target, sha256=hashlib.sha256(OTHER).hexdigest())
    assert target.read_bytes() == OTHER


def test_a_finished_part_is_only_checked(server: Server, target: Path) -> None:
    begin(server, target, 1234, sha256=SHA256)
    part(target).write_bytes(CONTENT)
    fetch(f"{server.url}/weights.bin", target, sha256=SHA256)
    assert target.read_bytes() == CONTENT
    assert server.asked[-1] == ("/weights.bin", f"bytes={len(CONTENT)}-")


def test_a_part_longer_than_the_file_is_removed(server: Server, target: Path) -> None:
    begin(server, target, 1234, sha256=SHA256)
    part(target).write_bytes(CONTENT + b"more")
    with pytest.raises(ChecksumError, match="does not belong"):
        fetch(f"{server.url}/weights.bin", target, sha256=SHA256)
    assert list(target.parent.iterdir()) == []


def test_a_server_without_ranges_sends_all_of_it_again(server: Server, target: Path) -> None:
    server.ranges = False
    target.parent.mkdir()
    part(target).write_bytes(b"an older beginning")
    fetch(f"{server.url}/weights.bin", target, sha256=SHA256)
    assert target.read_bytes() == CONTENT


def test_a_wrong_checksum_is_refused_and_nothing_stays(server: Server, target: Path) -> None:
    with pytest.raises(ChecksumError, match=r"weights\.bin .*damaged.*try again"):
        fetch(f"{server.url}/weights.bin", target, sha256="0" * 64)
    assert list(target.parent.iterdir()) == []


def test_the_checksum_that_a_hub_announces_is_checked(server: Server, target: Path) -> None:
    server.announced["/weights.bin"] = SHA256
    fetch(f"{server.url}/weights.bin", target)
    assert target.read_bytes() == CONTENT
    target.unlink()
    server.announced["/weights.bin"] = "0" * 64
    with pytest.raises(ChecksumError):
        fetch(f"{server.url}/weights.bin", target)


def test_a_file_that_is_not_there(server: Server, target: Path) -> None:
    with pytest.raises(MissingError, match=r"127\.0\.0\.1.*/other\.bin"):
        fetch(f"{server.url}/other.bin", target)


def test_offline_says_so_and_names_what_is_kept(target: Path) -> None:
    with serve() as gone:
        url = f"{gone.url}/weights.bin"
    with pytest.raises(UnreachableError, match=r"cannot reach 127\.0\.0\.1:\d+.*online\?$"):
        fetch(url, target)
    part(target).write_bytes(CONTENT)
    with pytest.raises(UnreachableError, match=r"3\.0 MB are kept in .*weights\.bin\.part"):
        fetch(url, target)
    assert part(target).read_bytes() == CONTENT


def test_cancelling_keeps_what_has_arrived(server: Server, target: Path) -> None:
    cancel = threading.Event()

    def stop_half_way(done: int, total: int | None) -> None:
        if done > 1_000_000:
            cancel.set()

    with pytest.raises(CancelledError):
        fetch(f"{server.url}/weights.bin", target, progress=stop_half_way, cancel=cancel)
    assert not target.exists()
    kept = part(target).read_bytes()
    assert len(kept) > 1_000_000
    assert CONTENT.startswith(kept)


def test_too_little_room_is_said_before_anything_is_written(
    server: Server, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))
    with pytest.raises(DownloadError, match=r"weights\.bin\.part: 3\.0 MB .*1\.0 MB are free"):
        fetch(f"{server.url}/weights.bin", target)
    assert not part(target).exists()


def test_a_disk_that_fills_up_keeps_the_part(
    server: Server, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class FullDisk:
        def __enter__(self) -> FullDisk:
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def write(self, _: bytes) -> NoReturn:
            raise OSError(errno.ENOSPC, "No space left on device")

    real = download.Path.open

    def opened(path: Path, *how: Any, **more: Any) -> Any:
        return FullDisk() if path.suffix == ".part" else real(path, *how, **more)

    monkeypatch.setattr(download.Path, "open", opened)
    with pytest.raises(DownloadError, match=r"disk is full.*kept in .*weights\.bin\.part"):
        fetch(f"{server.url}/weights.bin", target)
