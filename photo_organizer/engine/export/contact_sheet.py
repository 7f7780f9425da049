"""Draws chosen photos with captions onto one picture (PNG) or the pages of a PDF.

One photo and one page are in memory at a time, however many there are.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from photo_organizer.engine import assets
from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.files import own_writes, unfinished
from photo_organizer.engine.files.renaming import rename_new
from photo_organizer.engine.highlights.selection import Chosen, Selection
from photo_organizer.engine.isolation import views

SUFFIXES = (".png", ".pdf")

_BACKGROUND, _TEXT, _MUTED, _MISSING = "white", "#202020", "#6a6a6a", "#e0e0e0"
_DOTS_AN_INCH = 150


class SheetError(ExportError):
    """The sheet cannot be made; `reason` says why."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A photo that is on the sheet."""

    path: Path


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """A photo whose place on the sheet is grey, and why."""

    path: Path
    reason: Reason


Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True, slots=True)
class _Line:
    """What stands side by side: a heading, or up to a row of photos."""

    heading: str = ""
    photos: tuple[Chosen, ...] = ()


def draw(
    selections: Sequence[Selection], file: Path, cancel: threading.Event | None = None
) -> Iterator[Drawn | NotDrawn]:
    """Draw a contact sheet photo by photo; its kind is that of the suffix. Nothing is overwritten.

    Args:
        selections: what `selection.best` chose; their names become headings.
        file: ".png" or ".pdf", not there yet.
        cancel: once it is set nothing more is drawn, and there is no sheet.

    Yields:
        Each photo when it is drawn, or why it could not be: its place is grey then. The sheet is
        there when the last one came.

    Raises:
        SheetError: another suffix, nothing to draw, too much for a PNG, or the file exists
            or cannot be written.
    """
    rule = _rule()
    check(file)
    lines = list(_lines(selections, rule["columns"]))
    if not lines:
        raise SheetError("export.sheet_empty")
    is_pdf = file.suffix.lower() == ".pdf"
    height = 2 * rule["margin"] + sum(_height(line, rule) for line in lines)
    if not is_pdf and height > rule["highest_png"]:
        raise SheetError("export.sheet_too_high")
    pages = list(_pages(lines, rule)) if is_pdf else [lines]
    unfinished.tidy()  # of sheets that were interrupted
    try:
        with unfinished.beside(file) as part:
            for number, page in enumerate(pages):
                picture = yield from _draw(page, rule["height"] if is_pdf else height, cancel)
                if picture is None:
                    return
                if is_pdf:
                    # Appending page by page keeps one of them in memory.
                    picture.save(
                        part, "PDF", append=number > 0, resolution=_DOTS_AN_INCH, quality=88
                    )
                else:
                    picture.save(part, "PNG")
            rename_new(part, file)
            own_writes.note(file)
    except OSError as error:
        message = system_message(error)
        raise SheetError("export.sheet_failed", file=str(file), message=message) from error


def check(file: Path) -> None:
    """Make sure that a sheet may be written there, before an hour of work.

    Raises:
        SheetError: see `draw`.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise SheetError("export.sheet_suffix", name=file.name)
    if os.path.lexists(file):
        raise SheetError("export.sheet_exists", file=str(file))
    if not file.absolute().parent.is_dir():
        raise SheetError("export.sheet_no_folder", file=str(file))


def _rule() -> dict[str, Any]:
    rule: dict[str, Any] = assets.toml("thresholds/export.toml")["sheet"]
    return rule


def _lines(selections: Sequence[Selection], columns: int) -> Iterator[_Line]:
    for selection in selections:
        if selection.name != LIBRARY:
            yield _Line(heading=selection.name)
        for start in range(0, len(selection.photos), columns):
            yield _Line(photos=selection.photos[start : start + columns])


def _height(line: _Line, rule: dict[str, Any]) -> int:
    if line.heading:
        return int(2 * rule["font"] + rule["gap"])
    return int(rule["photo"] + 3 * rule["font"] + rule["gap"])


def _pages(lines: Sequence[_Line], rule: dict[str, Any]) -> Iterator[list[_Line]]:
    """As many lines as a page holds; a heading never stands alone at its end."""
    room = rule["height"] - 2 * rule["margin"]
    page: list[_Line] = []
    used = 0
    for place, line in enumerate(lines):
        needed = _height(line, rule)
        if line.heading:
            needed += _height(lines[place + 1], rule)
        if page and used + needed > room:
            yield page
            page, used = [], 0
        page.append(line)
        used += _height(line, rule)
    yield page


def _draw(
    lines: Sequence[_Line], height: int, cancel: threading.Event | None
) -> Generator[Drawn | NotDrawn, None, Image.Image | None]:
    """Draw a page; None when cancelled."""
    rule = _rule()
    margin, gap = rule["margin"], rule["gap"]
    page = Image.new("RGB", (rule["width"], height), _BACKGROUND)
    pen = ImageDraw.Draw(page)
    width = (rule["width"] - 2 * margin + gap) // rule["columns"] - gap
    top = margin
    for line in lines:
        if line.heading:
            pen.text((margin, top), _plain(line.heading), _TEXT, _font(int(1.5 * rule["font"])))
        for column, chosen in enumerate(line.photos):
            if cancel is not None and cancel.is_set():
                return None
            left = margin + column * (width + gap)
            _caption(pen, chosen, (left, top + rule["photo"] + rule["font"] // 3), width)
            yield _place(page, chosen, (left, top, width, rule["photo"]))
        top += _height(line, rule)
    return page


def _place(page: Image.Image, chosen: Chosen, box: tuple[int, int, int, int]) -> Drawn | NotDrawn:
    """Draw a photo into the middle of left, top, width and height; grey where there is none."""
    left, top, width, height = box
    path = chosen.photo.path
    try:
        pixels = views.view(path, 2 * max(width, height))
    except UnreadableError as error:
        page.paste(_MISSING, (left, top, left + width, top + height))
        return NotDrawn(path, error.reason)
    picture = Image.fromarray(pixels)
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    page.paste(picture, (left + (width - picture.width) // 2, top + height - picture.height))
    return Drawn(path)


def _caption(pen: ImageDraw.ImageDraw, chosen: Chosen, at: tuple[int, int], width: int) -> None:
    size = _rule()["font"]
    left, top = at
    taken = chosen.photo.taken
    name = _fitting(f"{chosen.rank}  {_plain(chosen.photo.path.name)}", _font(size), width)
    pen.text((left, top), name, _TEXT, _font(size))
    when = f"{taken.text()[: len('2024-08-10T12:34')].replace('T', ' ')}  " if taken else ""
    pen.text((left, top + round(1.25 * size)), f"{when}{chosen.score:.2f}", _MUTED, _font(size))


def _fitting(text: str, font: Font, width: int) -> str:
    """The text, its middle left out where it is too long: names differ at their ends."""
    if font.getlength(text) <= width:
        return text
    for kept in range(len(text) - 1, 2, -1):
        shorter = f"{text[: kept - kept // 2]}…{text[len(text) - kept // 2 :]}"
        if font.getlength(shorter) <= width:
            return shorter
    return "…"


def _plain(name: str) -> str:
    """A file name that can be drawn: invalid bytes and control characters are shown as �."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "�" for c in text)


@cache
def _font(size: int) -> Font:
    for name in _rule()["fonts"]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:  # not installed
            continue
    return ImageFont.load_default(size)
