"""Copies or links chosen photos into a folder under names made from a template.

Nothing that exists is ever overwritten, and no name leads out of the folder.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import string
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from photo_organizer.engine import photos, sidecars
from photo_organizer.engine.facts import Photo, UnreadableError
from photo_organizer.engine.outputs import Chosen, Selection
from photo_organizer.engine.renaming import rename_new
from photo_organizer.engine.results import LIBRARY, Reason
from photo_organizer.engine.sidecars import SidecarError

FIELDS = ("rank", "name", "stem", "group", "date", "score")
"""What a template may name."""

NAME_BYTES = 240
"""Of a file name; systems allow 255, the rest is for what programs add."""

_FORBIDDEN = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class TemplateError(ValueError):
    """A name template that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A photo that is there now."""

    photo: Photo
    path: Path


@dataclass(frozen=True, slots=True)
class NotExported:
    """A photo that is not, and why."""

    photo: Photo
    reason: Reason


@dataclass(frozen=True, slots=True)
class Target:
    """Where a photo is to go."""

    chosen: Chosen
    path: Path


def plan(selections: Sequence[Selection], folder: Path, template: str) -> list[Target]:
    """Name the copies: several selections get a folder each, the library none.

    Args:
        selections: what `outputs.best` chose.
        folder: where to.
        template: as of `str.format` over `FIELDS`: "{rank:03}_{name}". `name` is the photo's file
            name, `stem` the same without its suffix, `group` the selection, `date` the day
            ("2024-05-06" or "undated"), `score` 0 to 1. A missing suffix is added.

    Raises:
        TemplateError: the template is none, names something else, or gives one name to two photos.
    """
    check_template(template)
    targets: list[Target] = []
    taken: dict[str, str] = {}
    for selection in selections:
        below = folder if selection.name == LIBRARY else folder / safe_name(selection.name)
        for chosen in selection.photos:
            path = below / _name(template, chosen, selection.name)
            # Drives that tell no case apart, or normalise names, would take two for one.
            key = unicodedata.normalize("NFC", str(path)).casefold()
            if key in taken:
                raise TemplateError(
                    f"the template {template!r} names both {taken[key]} and "
                    f"{chosen.photo.path.name} {path.name}: add {{rank}}"
                )
            taken[key] = chosen.photo.path.name
            targets.append(Target(chosen, path))
    return targets


def export(targets: Sequence[Target], *, link: bool = False) -> Iterator[Exported | NotExported]:
    """Copy (or hard-link) photos, one after the other; the originals are only read.

    A photo that changed since it was judged is not taken. A copy has its name only once it is
    whole.
    """
    for target in targets:
        photo = target.chosen.photo
        try:
            unchanged = photos.identify(photo.path) == photo.identity
        except UnreadableError:
            unchanged = False
        if not unchanged:
            yield NotExported(photo, Reason("export.changed"))
            continue
        try:
            target.path.parent.mkdir(parents=True, exist_ok=True)
            (_link if link else _copy)(photo.path, target.path)
        except FileExistsError:
            yield NotExported(photo, Reason("export.exists", {"name": target.path.name}))
        except OSError as error:
            yield NotExported(photo, _failure(error))
        else:
            yield Exported(photo, target.path)


def rate(photo: Photo, stars: int, at: Path | None = None) -> NotExported | None:
    """Write a rating into the XMP sidecar of a photo that is not rated yet.

    Args:
        photo: the photo; what it and its sidecars say already stays as it is.
        stars: 1 to 5.
        at: the copy whose sidecar to write instead, with all that is known of the photo.

    Returns:
        Why it could not be written; None where it was, or where the photo is rated already.
    """
    try:
        change = sidecars.rating(photo, stars, at)
        if change is not None:
            sidecars.write(change.path, change.content)
    except SidecarError as error:
        return NotExported(photo, Reason("export.sidecar", {"message": str(error)}))
    return None


def safe_name(text: str) -> str:
    """Text as one file name that every system takes; a suffix stays.

    No separators, no control characters, no name that systems keep for themselves; not hidden,
    never empty, at most `NAME_BYTES` long.
    """
    name = _FORBIDDEN.sub("_", text).strip().rstrip(". ").lstrip(".")
    if not name or _RESERVED.match(name):
        name = f"_{name}"
    suffix = PurePath(name).suffix
    if len(suffix) > 20:  # a sentence with a dot in it
        suffix = ""
    stem = name.removesuffix(suffix)
    while len(os.fsencode(stem + suffix)) > NAME_BYTES:
        stem = stem[:-1]
    return stem + suffix


def check_template(template: str) -> None:
    """Make sure that a template is one, before an hour of work.

    Raises:
        TemplateError: see `plan`.
    """
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise TemplateError(f"the template {template!r} is not complete: {error}") from error
    for text, field, spec, _ in parts:
        if "/" in text or "\\" in text:
            raise TemplateError(f"the template {template!r} must be a name, not a path")
        if field is not None and (field not in FIELDS or "{" in (spec or "")):
            raise TemplateError(
                f"the template {template!r} names {{{field}}}; there are: "
                + ", ".join(f"{{{name}}}" for name in FIELDS)
            )


def _name(template: str, chosen: Chosen, group: str) -> str:
    path, taken = chosen.photo.path, chosen.photo.exif.taken_at
    values = {
        "rank": chosen.rank,
        "name": path.name,
        "stem": path.stem,
        "group": group,
        "date": f"{taken:%Y-%m-%d}" if taken else "undated",
        "score": chosen.score,
    }
    try:
        name = template.format(**values)
    except ValueError as error:
        raise TemplateError(f"the template {template!r} cannot be used: {error}") from error
    if not name.lower().endswith(path.suffix.lower()):
        name += path.suffix
    return safe_name(name)


def _copy(source: Path, target: Path) -> None:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        shutil.copyfile(source, part)
        with suppress(OSError):  # some drives keep no times
            shutil.copystat(source, part)
        rename_new(part, target)
    finally:
        part.unlink(missing_ok=True)


def _link(source: Path, target: Path) -> None:
    os.link(os.path.realpath(source), target)


def _failure(error: OSError) -> Reason:
    if error.errno == errno.EXDEV:
        return Reason("export.other_drive")
    return Reason("export.failed", {"message": error.strerror or str(error)})
