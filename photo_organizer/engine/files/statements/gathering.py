"""Statements, gathered as digests of name and value: the same one in Exif, XMP and IPTC is one."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence
from typing import Final

from photo_organizer.engine.domain.holdings import ITEM_BYTES, PLACE, items

MOST_ITEMS: Final = 1024
"""Statements of one file that are kept one by one; all others are one together."""

_MOMENT: Final = re.compile(
    r"(\d{4})\D(\d\d)\D(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*"
    r"(Z|[+-]\d\d:?\d\d)?"
)
_SPACES: Final = re.compile(r"\s+")
_LONG: Final = 65536


class Statements:
    """What the metadata of one file says."""

    def __init__(self) -> None:
        self._facts: set[bytes] = set()
        self._words: set[bytes] = set()
        self._captions: dict[str, bool] = {}
        self._stars: dict[str, bool] = {}
        self.camera = False
        """A camera is named."""
        self.dated = False
        """It is said when the photo was taken."""
        self.saved_at = ""
        """When the file was last saved, as its camera or a program says."""

    def facts(self) -> bytes:
        """All statements but those that a clean-up carries over, packed as `Holdings.facts`."""
        if self.saved_at and self.camera and not self.dated:
            # A camera that gives no other date means the moment of the shot.
            self.date(self.saved_at)
        left = {_item("stars", stars.encode()) for stars in self._not_carried(self._stars)}
        left |= {_item("caption", _encoded(text)) for text in self._not_carried(self._captions)}
        return _packed(self._facts | left)

    def words(self) -> bytes:
        """The statements that a clean-up carries over, packed as `Holdings.words`."""
        words = set(self._words)
        for name, said in (("stars", self._stars), ("caption", self._captions)):
            carried = said.keys() - self._not_carried(said)
            words |= {_item(name, _encoded(text)) for text in carried}
        return _packed(words)

    def fact(self, name: str, value: str | bytes) -> None:
        """Anything; what is blank says nothing."""
        if isinstance(value, str):
            value = text_in_one_form(value).encode("utf-8", "surrogatepass")
        if value.strip(b"\0 \xff"):
            self._facts.add(_item(name, value))

    def date(self, text: str) -> None:
        """When the photo was taken, in any of the usual forms."""
        found = _MOMENT.match(text.strip())
        if not found:
            self.fact("date", text)
            return
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        if not int(year) or not int(month):
            return  # the clock was never set
        self.dated = True
        time = f"T{hour}:{minute}:{second or '00'}" if hour else ""
        self.fact("date", f"{year}-{month}-{day}{time}")
        self.fraction(fraction or "")
        self.zone(zone or "")

    def fraction(self, digits: str) -> None:
        """Of the second in which the photo was taken."""
        self.fact("date fraction", digits.strip("\0 ").rstrip("0"))

    def zone(self, text: str) -> None:
        """The time zone in which the photo was taken."""
        text = text.strip("\0 ")
        self.fact("date zone", "+00:00" if text == "Z" else text)

    def stars(self, number: float, *, carried: bool = True) -> None:
        """1 to 5; a rejection is not carried over.

        Args:
            number: the stars.
            carried: they stand where a clean-up looks for them; otherwise they are a fact, unless
                they stand there, too.
        """
        if math.isfinite(number) and round(number) > 0:
            stars = str(min(round(number), 5))
            self._stars[stars] = carried or self._stars.get(stars, False)

    def caption(self, text: str, *, carried: bool = True) -> None:
        """What the photo shows, in a sentence; `carried` as for `stars`."""
        if text := text_in_one_form(text):
            self._captions[text] = carried or self._captions.get(text, False)

    def keyword(self, text: str) -> None:
        """One word of those by which the photo is found."""
        self._word("keyword", text)

    def place(self, latitude: float, longitude: float) -> None:
        """Degrees, south and west negative."""
        if math.isfinite(latitude) and math.isfinite(longitude) and (latitude or longitude):
            where = _item("place", f"{latitude:.4f} {longitude:.4f}".encode())
            self._words.add(bytes((PLACE,)) + where[1:])

    @staticmethod
    def _not_carried(said: dict[str, bool]) -> set[str]:
        """What a clean-up would leave behind: it carries one of each kind, so none of several."""
        carried = {text for text, found in said.items() if found}
        return set(said) if len(carried) > 1 else said.keys() - carried

    def _word(self, name: str, text: str) -> None:
        text = text_in_one_form(text)
        if text:
            self._words.add(_item(name, _encoded(text)))


def packed_together(one: bytes, other: bytes) -> bytes:
    """Two packed lists of statements as one."""
    return b"".join(sorted(items(one) | items(other)))


def text_in_one_form(text: str) -> str:
    """Without what the places of storage do to a text: padding, ends of lines, more blanks."""
    return _SPACES.sub(" ", text.split("\0", maxsplit=1)[0] if text.strip("\0") else "").strip()


def number_in_one_form(number: float) -> str:
    """A number as text, to six digits: fractions are rounded in many ways."""
    return f"{number:.6g}"


def numbers_in_one_form(numbers: Sequence[float]) -> str:
    """Several numbers as one text."""
    return " ".join(map(number_in_one_form, numbers))


def decoded(data: bytes) -> str:
    """Text of unknown encoding."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _item(name: str, value: bytes) -> bytes:
    named = name.encode("utf-8", "surrogatepass") + b"\0" + value
    item = hashlib.sha256(named).digest()[:ITEM_BYTES]
    return item if item[0] != PLACE else bytes((PLACE + 1,)) + item[1:]


def _packed(items: set[bytes]) -> bytes:
    ordered = sorted(items)
    if len(ordered) > MOST_ITEMS:
        rest = b"".join(ordered[MOST_ITEMS - 1 :])
        ordered = sorted({*ordered[: MOST_ITEMS - 1], _item("further", rest)})
    return b"".join(ordered)
