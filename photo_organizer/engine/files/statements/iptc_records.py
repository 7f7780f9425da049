"""What the records of IPTC say (IPTC-IIM 4.2), apart from those that describe the file itself."""

from __future__ import annotations

from typing import Final

from photo_organizer.engine.files.statements.gathering import Statements, decoded

_CAPTION, _KEYWORD = 120, 25
_DAY, _TIME = 55, 60
_OF_FILE: Final = frozenset((0, 62, 63, 65, 70, 75))
"""Versions, the program, the cycle, and when the picture became numbers."""

NAMES: Final = {
    5: "title", 10: "urgency", 15: "category", 20: "further category", 40: "instructions",
    80: "creator", 85: "creator's position", 90: "city", 92: "sublocation", 95: "state",
    100: "country code", 101: "country", 103: "transmission", 105: "headline", 110: "credit",
    115: "source", 116: "rights", 118: "contact", 122: "writer",
}  # fmt: skip
"""Names of what XMP says, too."""


def read(said: Statements, block: bytes) -> bool:
    """Take over what a block of IPTC says; whether all of it could be read."""
    at = 0
    day = time = ""
    while block[at : at + 1] == b"\x1c" and at + 5 <= len(block):
        record, number = block[at + 1], block[at + 2]
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        if size & 0x8000:
            return False  # longer than any text of a photo
        text = decoded(block[at + 5 : at + 5 + size])
        at += 5 + size
        if record != 2 or number in _OF_FILE:
            continue
        if number == _CAPTION:
            said.caption(text)
        elif number == _KEYWORD:
            said.keyword(text)
        elif number == _DAY:
            day = text
        elif number == _TIME:
            time = text
        else:
            said.fact(NAMES.get(number, f"iptc {number}"), text)
    if len(day) == 8 and day.isdecimal() and day.strip("0"):
        moment = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        if len(time) >= 6 and time[:6].isdecimal():
            moment += f"T{time[:2]}:{time[2:4]}:{time[4:6]}{time[6:]}"
        said.date(moment)
    return not block[at:].strip(b"\0")
