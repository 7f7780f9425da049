"""Reads all metadata of a file into statements."""

from __future__ import annotations

import logging
from collections.abc import Callable

from photo_organizer.engine.files.containers.contents import Contents, digest_of
from photo_organizer.engine.files.statements import (
    exif_tags,
    iptc_records,
    texts,
    xmp_properties,
)
from photo_organizer.engine.files.statements.gathering import Statements

_log = logging.getLogger(__name__)


def read(contents: Contents) -> Statements:
    """What the metadata in a container says; never raises.

    What cannot be read is one statement by its bytes. Depth maps, pictures and sounds in XMP are
    added to the contents.
    """
    said = Statements()
    for block in contents.exif:
        _take(said, "exif", block, lambda block: exif_tags.read(said, block))
    for block in contents.xmp:
        _take(said, "xmp", block, lambda block: xmp_properties.read(said, contents, block))
    for block in contents.iptc:
        _take(said, "iptc", block, lambda block: iptc_records.read(said, block))
    for name, text in contents.texts:
        texts.read(said, name, text)
    for place, digest in contents.opaque:
        said.fact(place, digest)
    return said


def _take(said: Statements, kind: str, block: bytes, reader: Callable[[bytes], bool]) -> None:
    try:
        done = reader(block)
    except Exception as error:  # noqa: BLE001 - broken metadata breaks readers in any way
        _log.info("%s left unread: %s", kind, error)
        done = False
    if not done and block.strip(b"\0 \r\n"):
        said.fact(f"unread {kind}", digest_of(block))
