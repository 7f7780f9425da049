"""Names for the copies of chosen photos, made from a template; nothing is touched."""

from __future__ import annotations

import os
import re
import string
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export.copy_form import AS_THEY_ARE, CopyForm
from photo_organizer.engine.export.errors import ExportError
from photo_organizer.engine.highlights.selection import Chosen, Selection

FIELDS = ("rank", "name", "stem", "group", "date", "score")
"""What a template may name."""

TEMPLATE = "{rank:03}_{name}"
"""The usual one."""

NAME_BYTES = 240
"""Of a file name; systems allow 255, the rest is for what programs add."""

_FORBIDDEN = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


class TemplateError(ExportError):
    """A name template that cannot be used; `reason` says why."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a photo is to go."""

    chosen: Chosen
    path: Path


def targets(
    selections: Sequence[Selection], folder: Path, template: str, form: CopyForm = AS_THEY_ARE
) -> list[Target]:
    """Name the copies: several selections get a folder each, the library none.

    Args:
        selections: what `selection.best` chose.
        folder: where to.
        form: what copies are like: those made as JPEG are called so.
        template: as of `str.format` over `FIELDS`: "{rank:03}_{name}". `name` is the photo's file
            name, `stem` the same without its suffix, `group` the selection, `date` the day
            ("2024-05-06" or "undated"), `score` 0 to 1. A missing suffix is added.

    Raises:
        TemplateError: the template is none, names something else, or gives one name to two photos.
    """
    check_template(template)
    made: list[Target] = []
    taken: dict[str, str] = {}
    for selection in selections:
        below = folder if selection.name == LIBRARY else folder / safe_name(selection.name)
        for chosen in selection.photos:
            path = below / file_name(template, chosen, selection.name, form)
            # Drives that tell no case apart, or normalise names, would take two for one.
            key = unicodedata.normalize("NFC", str(path)).casefold()
            if key in taken:
                raise TemplateError(
                    "export.template_twice",
                    template=template,
                    one=taken[key],
                    other=chosen.photo.path.name,
                    name=path.name,
                )
            taken[key] = chosen.photo.path.name
            made.append(Target(chosen, path))
    return made


def check_template(template: str) -> None:
    """Make sure that a template is one, before an hour of work.

    Raises:
        TemplateError: see `targets`.
    """
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError as error:
        raise TemplateError("export.template_open", template=template) from error
    for text, field, spec, _ in parts:
        if "/" in text or "\\" in text:
            raise TemplateError("export.template_path", template=template)
        if field is not None and (field not in FIELDS or "{" in (spec or "")):
            raise TemplateError(
                "export.template_field",
                template=template,
                field=f"{{{field}}}",
                fields=", ".join(f"{{{name}}}" for name in FIELDS),
            )


def file_name(template: str, chosen: Chosen, group: str, form: CopyForm = AS_THEY_ARE) -> str:
    """The name that a checked template gives one photo.

    Args:
        template: see `targets`.
        chosen: the photo with its rank and score.
        group: the name of its selection.
        form: what copies are like: those made as JPEG are called so.

    Raises:
        TemplateError: the template writes a value in a way that it cannot be written.
    """
    path, taken = form.name(chosen.photo), chosen.photo.taken
    values = {
        "rank": chosen.rank,
        "name": path.name,
        "stem": path.stem,
        "group": group,
        "date": taken.text()[: len("2024-08-10")] if taken else "undated",
        "score": chosen.score,
    }
    try:
        made = template.format(**values)
    except ValueError as error:
        raise TemplateError(
            "export.template_wrong", template=template, message=str(error)
        ) from error
    if not made.lower().endswith(path.suffix.lower()):
        made += path.suffix
    return safe_name(made)


def safe_name(text: str) -> str:
    """Text as one file name that every system takes; a suffix stays.

    No separators, no control characters, no name that systems keep for themselves; not hidden,
    never empty, at most `NAME_BYTES` long.
    """
    made = _FORBIDDEN.sub("_", text).strip().rstrip(". ").lstrip(".")
    if not made or _RESERVED.match(made):
        made = f"_{made}"
    suffix = PurePath(made).suffix
    if len(suffix) > 20:  # a sentence with a dot in it
        suffix = ""
    stem = made.removesuffix(suffix)
    while len(os.fsencode(stem + suffix)) > NAME_BYTES:
        stem = stem[:-1]
    return stem + suffix
