"""Large pictures arrive from the background; what nobody waits for is never decoded."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.domain.facts import Pixels, UnreadableError
from photo_organizer.ui.session.image_loader import RESERVED, WORKERS, ImageLoader
from tests.ui import fakes


class Reader:
    """Answers a grey picture of the size asked, once the gate is open; notes what it was asked."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[Path] = []

    def __call__(self, path: Path, max_side: int) -> Pixels:
        self.asked.append(path)
        assert self.gate.wait(30)
        return np.full((max_side // 2, max_side, 3), 128, np.uint8)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def loader(qapp: object, reader: Reader) -> Iterator[ImageLoader]:
    loader = ImageLoader(reader)
    yield loader
    reader.gate.set()
    loader.close()


def test_a_picture_arrives_with_its_ticket_and_is_kept(
    loader: ImageLoader, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    assert loader.cached(photo, 64) is None
    with qtbot.waitSignal(loader.loaded) as arrived:
        ticket = loader.load(photo, 64)
    assert arrived.args[0] == ticket
    assert (arrived.args[1].width(), arrived.args[1].height()) == (64, 32)
    kept = loader.cached(photo, 64)
    assert kept is not None
    assert kept.width() == 64


def test_a_real_file_keeps_its_colours(qtbot: QtBot, tmp_path: Path) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1, size=(97, 65))
    loader = ImageLoader()
    with qtbot.waitSignal(loader.loaded) as arrived:
        loader.load(photo, 97)
    loader.close()
    image = arrived.args[1]
    assert (image.width(), image.height()) == (97, 65)
    # The picture of id 1 at its bright end: its hue times one, see `fakes.photo`.
    colour = image.pixelColor(96, 32)
    expected = (67 + 55, 131 + 55, 29 + 55)
    assert np.allclose((colour.red(), colour.green(), colour.blue()), expected, atol=6)


def test_dropped_requests_are_not_even_read(
    loader: ImageLoader, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    photos = [fakes.photo(tmp_path / f"{i}.jpg", i) for i in range(WORKERS + 2)]
    reader.gate.clear()
    tickets = [loader.load(photo, 64) for photo in photos]
    qtbot.waitUntil(lambda: len(reader.asked) == WORKERS)
    seen: list[int] = []
    loader.loaded.connect(lambda ticket, _: seen.append(ticket))
    # The first is being read, the last but one still waits: neither may arrive.
    loader.drop(tickets[0])
    loader.drop(tickets[-2])
    reader.gate.set()
    qtbot.waitUntil(lambda: tickets[-1] in seen)
    assert tickets[0] not in seen
    assert photos[-2].path not in reader.asked


def test_a_picture_dropped_while_it_was_read_is_kept_for_the_next_time(
    loader: ImageLoader, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    reader.gate.clear()
    ticket = loader.load(photo, 64)
    qtbot.waitUntil(lambda: len(reader.asked) == 1)
    loader.drop(ticket)
    reader.gate.set()
    qtbot.waitUntil(lambda: loader.cached(photo, 64) is not None)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            UnreadableError("files.truncated", format="JPEG"),
            "truncated JPEG",
        ),
        (FileNotFoundError(2, "No such file"), "the file is no longer there"),
        (PermissionError(13, "Permission denied"), "Permission denied"),
        (MemoryError(), "too large for the memory"),
    ],
)
def test_failures_say_why(error: Exception, reason: str, qtbot: QtBot, tmp_path: Path) -> None:
    def fail(path: Path, max_side: int) -> Pixels:
        raise error

    loader = ImageLoader(fail)
    with qtbot.waitSignal(loader.failed) as failed:
        ticket = loader.load(fakes.photo(tmp_path / "a.jpg", 1), 64)
    loader.close()
    told, why = failed.args
    assert (told, why.text()) == (ticket, reason)


def test_the_memory_is_bounded_and_the_oldest_goes_first(
    reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second, third = (fakes.photo(tmp_path / f"{i}.jpg", i) for i in range(3))
    loader = ImageLoader(reader, cache_bytes=2 * 64 * 32 * 4)
    for photo in (first, second):
        with qtbot.waitSignal(loader.loaded):
            loader.load(photo, 64)
    assert loader.cached(first, 64) is not None  # used now: the second is the oldest
    with qtbot.waitSignal(loader.loaded):
        loader.load(third, 64)
    loader.close()
    assert loader.cached(first, 64) is not None
    assert loader.cached(second, 64) is None
    assert loader.cached(third, 64) is not None


def test_what_is_looked_at_comes_before_what_may_be_looked_at_next(
    loader: ImageLoader, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    ahead = [fakes.photo(tmp_path / f"ahead {i}.jpg", i) for i in range(WORKERS + 1)]
    seen = fakes.photo(tmp_path / "seen.jpg", 99)
    reader.gate.clear()
    for photo in ahead:
        loader.load(photo, 64, ahead=True)
    qtbot.waitUntil(lambda: len(reader.asked) == WORKERS - RESERVED)
    # A thread is free although photos wait that nobody looks at yet.
    loader.load(seen, 64)
    qtbot.waitUntil(lambda: seen.path in reader.asked)
    assert len(reader.asked) == WORKERS - RESERVED + 1
    reader.gate.set()
    qtbot.waitUntil(lambda: all(loader.cached(photo, 64) for photo in ahead))


def test_a_photo_that_waits_ahead_is_hurried_when_it_is_looked_at(
    loader: ImageLoader, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    photos = [fakes.photo(tmp_path / f"{i}.jpg", i) for i in range(WORKERS + 2)]
    reader.gate.clear()
    for photo in photos:
        loader.load(photo, 64, ahead=True)
    qtbot.waitUntil(lambda: len(reader.asked) == WORKERS - RESERVED)
    loader.load(photos[-1], 64)
    qtbot.waitUntil(lambda: photos[-1].path in reader.asked)


def test_two_who_wait_for_one_picture_share_one_decoding(
    loader: ImageLoader, reader: Reader, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    reader.gate.clear()
    seen: list[int] = []
    loader.loaded.connect(lambda ticket, _: seen.append(ticket))
    first = loader.load(photo, 64, ahead=True)
    qtbot.waitUntil(lambda: len(reader.asked) == 1)
    second, third = loader.load(photo, 64), loader.load(photo, 64)
    loader.drop(second)
    reader.gate.set()
    qtbot.waitUntil(lambda: seen == [first, third])
    assert reader.asked == [photo.path]


def test_the_best_picture_in_memory_stands_in(
    loader: ImageLoader, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    assert loader.best(photo) is None
    for side in (64, 128, 32):
        with qtbot.waitSignal(loader.loaded):
            loader.load(photo, side)
    best = loader.best(photo)
    assert best is not None
    assert best.width() == 128
    assert loader.memory == sum(4 * side * side // 2 for side in (32, 64, 128))
