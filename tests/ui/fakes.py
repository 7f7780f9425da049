"""A small library of real photos with a `Result` made by hand: no analysis, no model."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis.events import Finished, Progress, Stage
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.faces import Eye, Eyes, Face, SeenFace
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.keeper_criteria import Order
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import (
    LIBRARY,
    OTHERS,
    Flag,
    Flaw,
    Group,
    GroupKind,
    Ranked,
    Result,
    Skipped,
)
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.files.photo_files import content_hash
from photo_organizer.ui.session.analysis_request import Analyze, Request
from photo_organizer.ui.session.session import Session


def photo(path: Path, photo_id: int, size: tuple[int, int] = (96, 64), **exif: object) -> Photo:
    """Write a picture of one hue with a gradient to `path`; the `Photo` of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width, height = size
    ramp = np.linspace(0.4, 1.0, width, dtype=np.float32)[None, :, None]
    hue = np.array([(photo_id * 67) % 200, (photo_id * 131) % 200, (photo_id * 29) % 200]) + 55
    pixels = np.broadcast_to(ramp * hue, (height, width, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(path, quality=90)
    status = path.stat()
    identity = FileIdentity(path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    digest = content_hash(path.read_bytes())
    facts = Exif(**exif)  # type: ignore[arg-type]
    return Photo(photo_id, identity, digest, "JPEG", width, height, facts)


def library(folder: Path, count: int = 12) -> Result:
    """Photos 1 to `count` (at least 8), and of them:

    1 and 2 food, 3 to 6 animals, the rest others; 3, 4, 5 one burst with keeper 3 (5 may be
    marked safely), 7 and 8 exact copies with keeper 7 (8 safe); 6 blurred, 2 dark; one file
    skipped.
    """
    taken = datetime(2026, 5, 1, 9, 30)
    photos = {
        i: photo(
            folder / f"photo {i:02}.jpg",
            i,
            (64, 96) if i % 4 == 1 else (96, 64),
            taken_at=taken + timedelta(minutes=i),
            camera="Camera X",
        )
        for i in range(1, count + 1)
    }
    ranked = [Ranked(i, 1 - i / (2 * count), 10 - 5 * i / count) for i in photos]
    return Result(
        photos=PhotoDict(photos),
        categories={"food": (1, 2), "animal": (3, 4, 5, 6), OTHERS: tuple(range(7, count + 1))},
        groups=(
            Group(
                GroupKind.SIMILAR,
                3,
                (3, 4, 5),
                Reason("duplicates.next_keeper"),
                (1.0, 0.95, 0.93),
                (False, False, True),
            ),
            Group(
                GroupKind.EXACT,
                7,
                (7, 8),
                Reason("duplicates.next_keeper"),
                (1.0, 1.0),
                (False, True),
            ),
        ),
        highlights={
            LIBRARY: ranked,
            "food": [r for r in ranked if r.photo in (1, 2)],
            "animal": [r for r in ranked if r.photo in (3, 4, 5, 6)],
            OTHERS: [r for r in ranked if r.photo >= 7],
        },
        flags=(
            Flag(6, Flaw.BLUR, 0.91, 0.5, Reason("duplicates.next_keeper")),
            Flag(2, Flaw.DARK, 0.72, 0.5, Reason("duplicates.next_keeper")),
        ),
        skipped=(Skipped(folder / "broken.jpg", Reason("files.truncated", {"format": "JPEG"})),),
        scorer=Reason("scorer.technical"),
        model={"name": "starter"},
    )


def face(
    middle: tuple[float, float] = (0.5, 0.4),
    eyes: Eyes = Eyes.OPEN,
    person: int | None = 1,
    width: float = 0.3,
) -> SeenFace:
    """A face that looks at the camera, its eyes around a place of its photo."""
    (x, y), apart = middle, 0.4 * width
    openness = {Eyes.OPEN: 0.35, Eyes.CANT_TELL: 0.22, Eyes.CLOSED: 0.05}[eyes]
    left, right = (Eye((x + side * apart / 2, y), 20.0, openness) for side in (-1, 1))
    box = (x - width / 2, y - width / 2, width, 1.2 * width)
    return SeenFace(Face(box, (left, right), 60.0, 0.9, 0.9, 0.0, 0.1, bytes(108)), eyes, person)


@dataclass
class FakeJudge:
    """Answers the same result whatever is asked, and remembers what was asked."""

    result: Result
    asked: list[tuple[Thresholds, Decisions]] = field(default_factory=list)
    orders: list[Order | None] = field(default_factory=list)
    offered: tuple[Category, ...] = ()
    library: tuple[Path, ...] = ()

    @property
    def facts(self) -> Mapping[int, Photo]:
        """As many as there are photos."""
        return self.result.photos

    def offer(self, categories: Sequence[Category]) -> None:
        """Note what there is to choose from."""
        self.offered = tuple(categories)

    def judge(
        self, thresholds: Thresholds, decisions: Decisions, order: Order | None = None
    ) -> Result:
        """The result, after noting the question."""
        self.asked.append((thresholds, decisions))
        self.orders.append(order)
        return self.result


def analysis(result: Result, judge: FakeJudge | None = None) -> Analyze:
    """An analysis that finishes at once with `result`."""

    def run(request: Request, cancel: threading.Event) -> Iterator[object]:
        total = len(result.photos)
        yield Progress(Stage.ANALYSING, total, total, False, 10.0, 0.0)
        yield from result.skipped
        yield Finished(result, judge or FakeJudge(result))  # type: ignore[arg-type]

    return run


def analysed(session: Session, qtbot: QtBot, folder: Path = Path("/photos")) -> None:
    """Open a folder and wait until it is analysed."""
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.analysis.open([folder])
