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
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.image or '(no image)'}: {self.reason}"


class RatedListError(ValueError):
    """A list of ratings that cannot be used; the message names every row that is wrong."""

    def __init__(self, message: str, problems: Sequence[BadLine] = ()) -> None:
        super().__init__("\n".join([message, *(f"  {problem}" for problem in problems)]))
        self.problems = tuple(problems)


def read_rated_list(file: Path, folder: Path | None = None) -> RatedList:
    """Read and check a whole list; nothing is left out silently.

    Args:
        file: UTF-8 text. CSV is separated by commas, semicolons or tabs, and its first line names
            the columns.
        folder: where the images lie; the folder of `file` when None.

    Raises:
        RatingsError: it cannot be read, or some row has no finite score, names a missing file or
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
        if isinstance(score, str):
            problems.append(BadLine(row, image, score))
        elif reason := _wrong(image, base / image, score, seen):
            problems.append(BadLine(row, image, reason))
        else:
            seen[os.path.realpath(base / image)] = row
            rows.append(RatedPhoto(row, base / image, score))
    if problems:
        raise RatedListError(f"{len(problems)} rows of {file} cannot be used:", problems)
    if not rows:
        raise RatedListError(f"{file} rates no photo")
    scale = AVA_POINTS if is_ava else [rating.score for rating in rows]
    return RatedList(tuple(rows), float(min(scale)), float(max(scale)))


def _lines(file: Path) -> list[str]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise RatedListError(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RatedListError(f"{file} is not UTF-8 text: save it as CSV in UTF-8") from error
    return text.splitlines()


def _wrong(image: str, path: Path, score: float, seen: Mapping[str, int]) -> str | None:
    if not image:
        return "no image"
    if not math.isfinite(score):
        return f"the score is not a finite number: {score}"
    if not path.is_file():
        return "no such file"
    before = seen.get(os.path.realpath(path))
    return None if before is None else f"rated already in row {before}"


def _is_ava(line: str) -> bool:
    fields = line.split()
    return len(fields) >= _AVA_FIELDS and all(field.isdecimal() for field in fields)


def _ava(lines: Sequence[str]) -> Iterator[tuple[int, str, float | str]]:
    """Row, image and mean score, or what is wrong with it."""
    for row, line in enumerate(lines, 1):
        fields = line.split()
        if not fields:
            continue
        image = f"{fields[1]}.jpg" if len(fields) > 1 else ""
        votes = fields[2:_AVA_FIELDS]
        if len(votes) < len(AVA_POINTS) or not all(vote.isdecimal() for vote in votes):
            yield row, image, "ten counts of votes are needed"
            continue
        counts = [int(vote) for vote in votes]
        total = sum(n * points for n, points in zip(counts, AVA_POINTS, strict=True))
        yield row, image, total / sum(counts) if sum(counts) else "nobody voted"


def _csv(file: Path, lines: Sequence[str], header: str) -> Iterator[tuple[int, str, float | str]]:
    """Row, image and score, or what is wrong with it."""
    separator = max(",;\t", key=header.count)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        names = next((fields for fields in reader if fields), [])
        columns = [name.strip().casefold() for name in names]
        if "image" not in columns or "score" not in columns:
            raise RatedListError(f"the first line of {file} must name the columns image and score")
        image_at, score_at = columns.index("image"), columns.index("score")
        for fields in reader:
            if not any(field.strip() for field in fields):
                continue
            image = fields[image_at].strip() if image_at < len(fields) else ""
            score = fields[score_at].strip() if score_at < len(fields) else ""
            yield reader.line_num, image, _number(score)
    except csv.Error as error:
        raise RatedListError(f"row {reader.line_num} of {file} is no CSV: {error}") from error


def _number(text: str) -> float | str:
    if not text:
        return "no score"
    try:
        return float(text)
    except ValueError:
        return f"the score is not a number: {text}"
