"""Comments and other texts of a file: what people wrote, not what programs leave behind."""

from __future__ import annotations

import re
from typing import Final

from photo_organizer.engine.files.statements.gathering import Statements, decoded

_OF_FILE: Final = re.compile(
    r"(software|date:.*|(exif|tiff|png|jpeg|icc|xmp|webp|mime|signature):.*|creationtime of file"
    r"|modify-?date|thumb::.*|warning|disclaimer)",
    re.IGNORECASE,
)
"""Names of texts that describe the file, or repeat its other metadata."""
_OF_PROGRAM: Final = re.compile(
    r"\s*((created|edited|optimi[sz]ed|compressed|processed|converted|generated|made|saved|written"
    r"|encoded)\s+(with|by|using)\b|creator: gd-jpeg|file written by|lead technologies|lavc"
    r"|apple ?mark|intel\(r\) jpeg|acd systems|handmade software|software:|xv version"
    r"|jpeg encoder|cs\(|quality\s*=)",
    re.IGNORECASE,
)
"""How the comments begin by which programs name themselves."""

_SHARED: Final = {
    "title": "title", "author": "creator", "copyright": "rights", "comment": "comment",
}  # fmt: skip


def read(said: Statements, name: str, data: bytes) -> None:
    """Take over one text."""
    text = decoded(data)
    if _OF_FILE.fullmatch(name) or _OF_PROGRAM.match(text):
        return
    lowered = name.lower()
    if lowered == "description":
        said.caption(text, carried=False)
    elif lowered == "creation time":
        said.date(text)
    else:
        said.fact(_SHARED.get(lowered, f"text {name}"), text)
