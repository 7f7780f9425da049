"""Reads lists of rated photos: CSV with the columns image and score, or the layout of AVA.

AVA (Murray, Marchesotti and Perronnin, CVPR 2012) has one line a photo, separated by spaces:
index, image id, and how many people gave 1, 2, … 10 points; what follows is not read.
"""

from __future__ import annotations

import csv
import math
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from photo_organizer.engine.domain.reasons import Reason, SpokenError, system_message

AVA_POINTS = range(1, 11)

_AVA_FIELDS = 2 + len(AVA_POINTS)


@dataclass(frozen=True, slots=True)
class RatedPhoto:
    """One rated photo."""

    row: int
    """Line of the list, from 1."""
    path: Path
    """Absolute."""
    score: float


@dataclass(frozen=True, slots=True)
class RatedList:
    """A list of different photos and what people gave them."""

    rows: tuple[RatedPhoto, ...]
    low: float
    """Lower end of the scale."""
    high: float
    """Upper end of the scale."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A row that cannot be used."""

    row: int
    image: str
    reason: Reason

    def sentence(self) -> Reason:
        """The row and what is wrong with it."""
        if not self.image:
            return Reason("ratings.row_of_none", {"row": self.row}, self.reason)
        return Reason("ratings.row", {"row": self.row, "image": self.image}, self.reason)


class RatedListError(SpokenError, ValueError):
    """A list of ratings that cannot be used; told with every row that is wrong."""

    def __init__(
        self, code: str, /, *, problems: Sequence[BadLine] = (), **values: str | int | float
    ) -> None:
        super().__init__(code, why=None, **values)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        rows = (f"  {problem.sentence()}" for problem in self.problems)
        return "\n".join([self.reason.text(), *rows])


def read_rated_list(file: Path, folder: Path | None = None) -> RatedList:
    """Read and check a whole list; nothing is left out silently.

    Args:
        file: UTF-8 text. CSV is separated by commas, semicolons or tabs, and its first line names
            the columns.
        folder: where the images lie; the folder of `file` when None.

    Raises:
        RatedListError: it cannot be read, or some row has no finite score, names a missing file or
            an image that another row names already.
    """
    lines = _lines(file)
    first = next((line for line in lines if line.strip()), "")
    is_ava = _is_ava(first)
    base = (folder or file.parent).absolute()
    rows: list[RatedPhoto] = []
    problems: list[BadLine] = []
    seen: dict[str, int] = {}
    for row, image, score in _ava(lines) if is_ava else _csv(file, lines, first):
        if isinstance(score, Reason):
            problems.append(BadLine(row, image, score))
        elif reason := _wrong(image, base / image, score, seen):
            problems.append(BadLine(row, image, reason))
        else:
            seen[os.path.realpath(base / image)] = row
            rows.append(RatedPhoto(row, base / image, score))
    if problems:
        raise RatedListError("ratings.rows", count=len(problems), file=str(file), problems=problems)
    if not rows:
        raise RatedListError("ratings.none", file=str(file))
    scale = AVA_POINTS if is_ava else [rating.score for rating in rows]
    return RatedList(tuple(rows), float(min(scale)), float(max(scale)))


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RatedListError(
            "ratings.unreadable", file=str(file), message=system_message(error)
        ) from error
    except UnicodeDecodeError as error:
        raise RatedListError("ratings.no_text", file=str(file)) from error
    return text.splitlines()


def _wrong(image: str, path: Path, score: float, seen: Mapping[str, int]) -> Reason | None:
    if not image:
        return Reason("ratings.no_image")
    if not math.isfinite(score):
        return Reason("ratings.not_finite", {"score": score})
    if not path.is_file():
        return Reason("ratings.no_file")
    before = seen.get(os.path.realpath(path))
    return None if before is None else Reason("ratings.twice", {"row": before})


def _is_ava(line: str) -> bool:
    fields = line.split()
    return len(fields) >= _AVA_FIELDS and all(field.isdecimal() for field in fields)


def _ava(lines: Sequence[str]) -> Iterator[tuple[int, str, float | Reason]]:
    """Row, image and mean score, or what is wrong with it."""
    for row, line in enumerate(lines, 1):
        fields = line.split()
        if not fields:
            continue
        image = f"{fields[1]}.jpg" if len(fields) > 1 else ""
        votes = fields[2:_AVA_FIELDS]
        if len(votes) < len(AVA_POINTS) or not all(vote.isdecimal() for vote in votes):
            yield row, image, Reason("ratings.votes")
            continue
        counts = [int(vote) for vote in votes]
        total = sum(n * points for n, points in zip(counts, AVA_POINTS, strict=True))
        yield row, image, total / sum(counts) if sum(counts) else Reason("ratings.nobody")


def _csv(
    file: Path, lines: Sequence[str], header: str
) -> Iterator[tuple[int, str, float | Reason]]:
    """Row, image and score, or what is wrong with it."""
    separator = max(",;\t", key=header.count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        names = next((fields for fields in reader if fields), [])
        columns = [name.strip().casefold() for name in names]
        if "image" not in columns or "score" not in columns:
            raise RatedListError("ratings.columns", file=str(file))
        image_at, score_at = columns.index("image"), columns.index("score")
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            image = fields[image_at].strip() if image_at < len(fields) else ""
            score = fields[score_at].strip() if score_at < len(fields) else ""
            yield reader.line_num, image, _number(score)
    except csv.Error as error:
        raise RatedListError(
            "ratings.no_csv", row=reader.line_num, file=str(file), message=str(error)
        ) from error


def _number(text: str) -> float | Reason:
    if not text:
        return Reason("ratings.no_score")
    try:
        return float(text)
    except ValueError:
        return Reason("ratings.no_number", {"score": text})
