"""What the properties of XMP say (ISO 16684-1), apart from those that describe the file itself."""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
from typing import Final, NamedTuple
from xml.parsers import expat

from photo_organizer.engine.domain.holdings import Extra
from photo_organizer.engine.files.containers.contents import Contents
from photo_organizer.engine.files.statements.exif_tags import GPS_NAMES, NAMES, fact_name
from photo_organizer.engine.files.statements.gathering import Statements, number_in_one_form
from photo_organizer.engine.files.statements.iptc_records import NAMES as IPTC_NAMES
from photo_organizer.engine.files.xmp_document import (
    DUBLIN_CORE,
    EXIF,
    IPTC_CORE,
    MOST_DEPTH,
    PHOTOSHOP,
    RDF,
    XML,
    XMP,
    degrees,
)

MOST_BYTES: Final = 64 << 20
"""Depth maps lie in XMP, too; a longer document counts as a whole, unread."""
_MOST_NODES: Final = 100_000

_TIFF: Final = "http://ns.adobe.com/tiff/1.0/"
_EXIF_MORE: Final = "http://cipa.jp/exif/1.0/"
_AUX: Final = "http://ns.adobe.com/exif/1.0/aux/"
_MICROSOFT: Final = "http://ns.microsoft.com/photo/1.0/"
_DEPTH: Final = "http://ns.google.com/photos/1.0/depthmap/"
_IMAGE: Final = "http://ns.google.com/photos/1.0/image/"
_AUDIO: Final = "http://ns.google.com/photos/1.0/audio/"
_DATA: Final = {_DEPTH: Extra.DEPTH_MAP, _IMAGE: Extra.PICTURE, _AUDIO: Extra.SOUND}
"""Namespaces whose property "Data" is something, rather than says something."""

_SPACES_OF_FILE: Final = (
    "http://ns.adobe.com/xap/1.0/mm/",
    "http://ns.adobe.com/xmp/note/",
    "http://www.gimp.org/xmp/",
    "http://ns.adobe.com/xap/1.0/g/img/",
    "http://ns.adobe.com/xap/1.0/t/pg/",
)
"""Ids, histories and thumbnails of the file, and what programs say of themselves."""
_OF_FILE: Final = {
    XMP: {"ModifyDate", "MetadataDate", "CreatorTool", "Thumbnails", "Identifier"},
    DUBLIN_CORE: {"format", "Format", "identifier"},
    PHOTOSHOP: {
        "ColorMode", "ICCProfile", "DocumentAncestors", "SidecarForExtension", "LegacyIPTCDigest",
        "History", "EmbeddedXMPDigest",
    },
    EXIF: {
        "PixelXDimension", "PixelYDimension", "ColorSpace", "ExifVersion", "FlashpixVersion",
        "ComponentsConfiguration", "CompressedBitsPerPixel", "GPSVersionID", "NativeDigest",
        "InteroperabilityIndex",
    },
    _EXIF_MORE: {"ExifVersion", "Gamma"},
    _TIFF: {
        "Orientation", "ImageWidth", "ImageLength", "BitsPerSample", "Compression",
        "PhotometricInterpretation", "SamplesPerPixel", "PlanarConfiguration", "YCbCrSubSampling",
        "YCbCrPositioning", "YCbCrCoefficients", "XResolution", "YResolution", "ResolutionUnit",
        "TransferFunction", "WhitePoint", "PrimaryChromaticities", "ReferenceBlackWhite",
        "NativeDigest", "Software", "DateTime",
    },
    _MICROSOFT: {"LastKeywordXMP", "LastKeywordIPTC"},
}  # fmt: skip

_DATES: Final = {
    (XMP, "CreateDate"), (EXIF, "DateTimeOriginal"), (EXIF, "DateTimeDigitized"),
    (PHOTOSHOP, "DateCreated"), (_TIFF, "DateTimeOriginal"),
}  # fmt: skip
_SHARED: Final = {
    (DUBLIN_CORE, "title"): "title", (DUBLIN_CORE, "creator"): "creator",
    (DUBLIN_CORE, "rights"): "rights",
    (_TIFF, "Artist"): "creator", (_TIFF, "Copyright"): "rights", (EXIF, "UserComment"): "comment",
    (PHOTOSHOP, "Urgency"): IPTC_NAMES[10], (PHOTOSHOP, "Category"): IPTC_NAMES[15],
    (PHOTOSHOP, "SupplementalCategories"): IPTC_NAMES[20],
    (PHOTOSHOP, "Instructions"): IPTC_NAMES[40], (PHOTOSHOP, "AuthorsPosition"): IPTC_NAMES[85],
    (PHOTOSHOP, "City"): IPTC_NAMES[90], (IPTC_CORE, "Location"): IPTC_NAMES[92],
    (PHOTOSHOP, "State"): IPTC_NAMES[95], (IPTC_CORE, "CountryCode"): IPTC_NAMES[100],
    (PHOTOSHOP, "Country"): IPTC_NAMES[101],
    (PHOTOSHOP, "TransmissionReference"): IPTC_NAMES[103],
    (PHOTOSHOP, "Headline"): IPTC_NAMES[105], (PHOTOSHOP, "Credit"): IPTC_NAMES[110],
    (PHOTOSHOP, "Source"): IPTC_NAMES[115], (PHOTOSHOP, "CaptionWriter"): IPTC_NAMES[122],
}  # fmt: skip
"""Names of what Exif and IPTC say, too."""

_FRACTION: Final = re.compile(r"(-?\d{1,12})/(\d{1,12})")
_PACKET: Final = re.compile(rb"<(?:\w{1,64}:)?(?:xmpmeta|xapmeta|RDF)\b")


class _Property(NamedTuple):
    space: str
    name: str
    value: str
    """Of a simple property, or one item of a list; of a structure all that is in it."""


def read(said: Statements, contents: Contents, document: bytes) -> bool:
    """Take over what a document says; whether it could be read.

    Args:
        said: where statements go.
        contents: where pictures and sounds go that lie in the document.
        document: XMP, with or without what surrounds it.
    """
    found = _PACKET.search(document) if len(document) <= MOST_BYTES else None
    if found is None:
        return not document.strip(b"\0 \r\n\t")
    end = document.rfind(b"</" + found[0][1:])
    try:
        properties = _Reader().read(document[found.start() : document.find(b">", end) + 1])
    except (expat.ExpatError, ValueError, LookupError):
        return False
    angles: dict[str, float] = {}
    for each in properties:
        _take(said, contents, each, angles)
    with contextlib.suppress(KeyError):
        said.place(angles["GPSLatitude"], angles["GPSLongitude"])
    return True


def _take(said: Statements, contents: Contents, each: _Property, angles: dict[str, float]) -> None:
    space, name, value = each
    if space.startswith(_SPACES_OF_FILE) or name in _OF_FILE.get(space, ()):
        return
    if space in _DATA and name == "Data":
        with contextlib.suppress(binascii.Error, ValueError):
            contents.add(_DATA[space], base64.b64decode(value))
            return
    if (space, name) in _DATES:
        said.date(value)
    elif (space, name) in _SHARED:
        said.fact(_SHARED[space, name], value)
    elif space == DUBLIN_CORE and name == "subject":
        said.keyword(value)
    elif (space, name) in ((DUBLIN_CORE, "description"), (_TIFF, "ImageDescription")):
        said.caption(value, carried=space == DUBLIN_CORE)
    elif (space, name) in ((XMP, "Rating"), (_MICROSOFT, "Rating")):
        with contextlib.suppress(ValueError):
            number = float(value)
            # Windows counts to 99: 1, 25, 50, 75 and 99 are its stars.
            stars = number if space == XMP else round(number / 25) + 1 if number else 0
            said.stars(stars, carried=space == XMP)
    elif space in (EXIF, _EXIF_MORE, _TIFF, _AUX):
        _take_exif(said, each, angles)
    else:
        said.fact(f"{space}{name}", value)


def _take_exif(said: Statements, each: _Property, angles: dict[str, float]) -> None:
    """A property that mirrors a tag of Exif."""
    _, name, value = each
    if name in ("GPSLatitude", "GPSLongitude") and (angle := degrees(value)):
        angles[name], _ = angle
    elif name == "GPSAltitude":
        said.fact("altitude", f"{_number(value):.1f}" if _number(value) is not None else value)
    elif name == "GPSTimeStamp":
        said.fact("satellite time", value[:19])
    elif name == "GPSAltitudeRef":
        pass
    elif name in GPS_NAMES:
        said.fact(f"gps {GPS_NAMES[name]}", _in_one_form(value))
    elif name in ("Make", "Model"):
        said.camera = True
        said.fact(fact_name(NAMES[name]), value)
    else:
        tag = NAMES.get({"Lens": "LensModel", "SerialNumber": "BodySerialNumber"}.get(name, name))
        said.fact(f"{each.space}{name}" if tag is None else fact_name(tag), _in_one_form(value))


def _number(text: str) -> float | None:
    found = _FRACTION.fullmatch(text)
    try:
        return int(found[1]) / int(found[2]) if found else float(text)
    except (ValueError, ZeroDivisionError):
        return None


def _in_one_form(value: str) -> str:
    """Numbers as for Exif; texts as they are."""
    numbers = [_number(part) for part in value.split()]
    if numbers and None not in numbers:
        return " ".join(number_in_one_form(n) for n in numbers if n is not None)
    return value


class _Reader:
    """Reads a document into properties: those at the top, and each item of a list, on its own."""

    def __init__(self) -> None:
        self._path: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._inside: list[tuple[str, str]] = []
        """What a structure holds that is being read."""
        self._top = 0
        """How deep the property being read lies; 0: none is."""
        self._item = 0
        """How deep the item of its list lies; 0: none is."""
        self._language = ""
        self._properties: list[_Property] = []
        self._nodes = 0

    def read(self, document: bytes) -> list[_Property]:
        """The properties; raises ExpatError, ValueError or LookupError for what is no XMP."""
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._enter
        parser.EndElementHandler = self._leave
        parser.CharacterDataHandler = self._text.append
        parser.Parse(document, True)
        return self._properties

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type")

    def _enter(self, name: str, attributes: dict[str, str]) -> None:
        self._nodes += 1 + len(attributes)
        if len(self._path) >= MOST_DEPTH or self._nodes > _MOST_NODES:
            raise ValueError("too deep, or too much")
        parent = self._path[-1] if self._path else ("", "")
        space, _, local = name.rpartition("\n")
        self._path.append((space, local))
        depth = len(self._path)
        self._text.clear()
        if not self._top:
            if space == RDF and local == "Description":
                self._take_attributes(attributes)
            elif parent == (RDF, "Description"):
                self._top = depth
                self._begin()
        elif (space, local) == (RDF, "li") and depth == self._top + 2:
            self._item = depth
            self._begin()
        if self._top:
            for key, value in attributes.items():
                of, _, kind = key.rpartition("\n")
                if (of, kind) == (XML, "lang"):
                    self._language = value
                elif of == RDF and kind in ("parseType", "about", "datatype", "ID"):
                    continue
                elif value.strip():
                    self._inside.append((f"{self._place()}/{of}{kind}", value.strip()))

    def _leave(self, _: str) -> None:
        depth = len(self._path)
        text = "".join(self._text).strip()
        self._text.clear()
        if self._top:
            if text:
                self._inside.append((self._place(), text))
            if depth in (self._item, self._top):
                self._end()
                self._item = 0
            if depth == self._top:
                self._top = 0
        self._path.pop()

    def _take_attributes(self, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            space, _, name = key.rpartition("\n")
            if space and space not in (RDF, XML) and value.strip():
                self._properties.append(_Property(space, name, value.strip()))

    def _begin(self) -> None:
        self._inside.clear()
        self._language = ""

    def _place(self) -> str:
        """Where something lies in the property or in the item that is being read."""
        below = self._path[(self._item or self._top) :]
        return "/".join(f"{space}{name}" for space, name in below if space != RDF)

    def _end(self) -> None:
        """Note what was read of the property or of one item of it."""
        space, name = self._path[self._top - 1]
        inside, self._inside = self._inside, []
        if not inside:
            return
        if len(inside) == 1 and not inside[0][0]:
            value = inside[0][1]
        else:
            value = "\n".join(f"{place}={text}" for place, text in sorted(inside))
        if self._language not in ("", "x-default"):
            name = f"{name} {self._language}"
        self._properties.append(_Property(space, name, value))
