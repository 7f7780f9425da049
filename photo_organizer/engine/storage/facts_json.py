"""Facts as JSON: how the store, and files that other programs read, keep what has many parts.

Values that are as usual are left out, so that most photos take little room.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, Final

from photo_organizer.engine.domain.dates import DatePrecision, DateSource
from photo_organizer.engine.domain.faces import Eye, Face
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.domain.holdings import PLAIN, Extra, Holdings

_OF_EXIF: Final = tuple(part.name for part in fields(Exif))
_OF_HOLDINGS: Final = tuple(part.name for part in fields(Holdings))


def _parts(whole: object, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Names and values; `asdict` copies each value, which takes ten times as long."""
    return ((name, getattr(whole, name)) for name in names)


def exif_to_json(exif: Exif) -> str:
    """What the file says of itself; what it does not say is left out."""
    values = {name: value for name, value in _parts(exif, _OF_EXIF) if value is not None}
    if exif.taken_at is not None:
        values["taken_at"] = exif.taken_at.isoformat()
    return json.dumps(values)


def exif_from_json(text: str) -> Exif:
    """What `exif_to_json` wrote.

    Raises:
        ValueError, TypeError: it did not write this.
    """
    values = json.loads(text)
    if "taken_at" in values:
        values["taken_at"] = datetime.fromisoformat(values["taken_at"])
    for name, kind in (("taken_from", DateSource), ("taken_precision", DatePrecision)):
        if name in values:
            values[name] = kind(values[name])
    if "gps" in values:
        values["gps"] = tuple(values["gps"])
    return Exif(**values)


def faces_to_json(faces: Sequence[Face]) -> str:
    """The faces of one photo, in their order."""
    return json.dumps([{**asdict(face), "look": face.look.hex()} for face in faces])


def faces_from_json(text: str) -> tuple[Face, ...]:
    """What `faces_to_json` wrote.

    Raises:
        ValueError, TypeError, LookupError: it did not write this.
    """
    return tuple(map(_face, json.loads(text)))


def _face(values: dict[str, Any]) -> Face:
    eyes = [Eye(**{**eye, "place": tuple(eye["place"])}) for eye in values["eyes"]]
    given = {
        "box": tuple(values["box"]),
        "eyes": (eyes[0], eyes[1]),
        "look": bytes.fromhex(values["look"]),
    }
    return Face(**{**values, **given})


def holdings_to_json(holdings: Holdings) -> str | None:
    """Only what is not as usual; None: all of it is."""
    parts = _parts(holdings, _OF_HOLDINGS)
    values = {name: value for name, value in parts if value != getattr(PLAIN, name)}
    if "extras" in values:
        values["extras"] = [[kind.value, digest.hex()] for kind, digest in holdings.extras]
    return json.dumps(values, default=bytes.hex) if values else None


def holdings_from_json(text: str | None) -> Holdings:
    """What `holdings_to_json` wrote.

    Raises:
        ValueError, TypeError: it did not write this.
    """
    values = json.loads(text) if text else {}
    if "extras" in values:
        values["extras"] = tuple((Extra(k), bytes.fromhex(d)) for k, d in values["extras"])
    for name in {"profile", "pixels", "coded", "facts", "words"} & values.keys():
        values[name] = bytes.fromhex(values[name])
    return Holdings(**values)
