"""Which files of a folder belong to which picture, by their names alone.

Cameras, phones and editors name what belongs to a photo after it, each in a way of its own:

- after its whole name: ``IMG_1.JPG.xmp`` (darktable, digiKam), ``IMG_1.JPG.pp3``;
- after its stem: ``IMG_1.MOV`` (film of a Live Photo), ``IMG_1.AAE``, ``IMG_1.xmp`` (Lightroom);
- ``IMG_1_HEVC.MOV`` and ``IMG_O1.AAE`` (Apple; ``IMG_E1.JPG`` is the edited ``IMG_1.HEIC``);
- ``PXL_1.MP`` and ``PXL_1.MP~2`` (the films of Google's ``PXL_1.MP.jpg`` and ``PXL_1.MP~2.jpg``);
- ``IMG_1_01.JPG.xmp`` (a second version of ``IMG_1.JPG`` in darktable);
- ``IMG_1.jpg.supplemental-metadata.json``, cut at 46 characters, and ``IMG_1.jpg(1).json`` for
  ``IMG_1(1).jpg`` (Google Takeout).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum


class Part(StrEnum):
    """What a unit can have besides its photo."""

    RAW = "raw"
    FILM = "film"
    SOUND = "sound"
    """A note that was spoken into the camera."""
    SIDECAR = "sidecar"
    """Words and edits; makes no sense without the photo."""


_FILMS = frozenset((".mov", ".mp4", ".m4v", ".3gp"))
_GOOGLE_FILM = re.compile(r"\.mp(~\d+)?")
_SOUNDS = frozenset((".wav",))

JSON = ".json"
# fmt: off
EDITS = frozenset((
    ".aae", ".acr", ".arp", ".cof", ".cop", ".cos", ".cot", ".dop", ".dr4", ".nksc", ".on1",
    ".onphoto", ".pp3", ".spd", ".ufraw", ".vrd",
))
# fmt: on
"""Edits that only the program that made them understands: two of them cannot be merged."""
SIDECARS = EDITS | {".xmp", ".thm", JSON}
"""Small files about a photo."""

_TAKEOUT = ".supplemental-metadata"
_TAKEOUT_LENGTH = 46
"""Google cuts the name of a JSON file to so many characters, without its suffix."""

_NUMBERED = re.compile(r"(.+)(\(\d+\))")
_VERSION = re.compile(r"(.+)(_\d\d)(\.[^.]+)")
_APPLE = re.compile(r"(.*_)([eo]?)(\d.*)")
_PIXEL = re.compile(r"(.+?)(?:\.raw-\d\d)?(?:\.mp(?:~\d+)?)?(?:\.(?:cover|original))?")
# fmt: off
_EDITED = (
    "-edited", "-bearbeitet", "-modifié", "-editado", "-modificato", "-bewerkt", "-edytowane",
    "-redigerad", "-redigeret", "-redigert", "-编辑", "-已修改", "-編集済み", "-수정됨",
)
# fmt: on
"""What Google Takeout adds to the name of an edited photo, in the language of the account."""


def suffix_of(name: str) -> str:
    """What a name ends in, from its last dot, lower case; empty for none."""
    stem, dot, end = name.rpartition(".")
    return f".{end}".casefold() if dot and stem else ""


def part_of(name: str) -> Part | None:
    """Which part of a unit a file is by its name; None for pictures and everything else."""
    suffix = suffix_of(name)
    if suffix in SIDECARS:
        return Part.SIDECAR
    if suffix in _FILMS or _GOOGLE_FILM.fullmatch(suffix):
        return Part.FILM
    return Part.SOUND if suffix in _SOUNDS else None


def unit_stem(name: str) -> str:
    """What RAW and picture of one shot have in common, in lower case.

    Most are named alike but for the suffix; Google's phones write ``PXL_1.RAW-01.COVER.jpg`` and
    ``PXL_1.RAW-02.ORIGINAL.dng``.
    """
    stem = _stem(name).casefold()
    if ".raw-" not in stem:
        return stem
    match = _PIXEL.fullmatch(stem)
    return match[1] if match else stem


def belongings(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Which files belong to which pictures of one folder.

    Args:
        names: of all files of the folder.

    Returns:
        The name of each film, sound and sidecar that belongs to a picture, to the names of those
        pictures: one, or all that share it. None of them may go while another stays.
    """
    return _Folder(names).run()


def is_named_after(name: str, picture: str) -> bool:
    """Whether a file is named after the whole name of a picture, so that it is that one's alone."""
    return name.casefold().startswith(picture.casefold() + ".")


def beside(name: str, leaving: str, kept: str, *, alone: bool = True) -> str:
    """What the sidecar of one picture is called beside another.

    Args:
        name: of the sidecar.
        leaving: the picture it belongs to.
        kept: the other picture.
        alone: no further picture has the stem of `kept`; otherwise the sidecar is named after the
            whole name, where it can be.
    """
    base, stem = _stem(name), _stem(kept)
    suffix = name[len(base) :]
    if is_named_after(name, leaving):
        return kept + name[len(leaving) :]
    if suffix.casefold() == JSON:
        return kept + suffix
    version = _VERSION.fullmatch(base)
    if version and (version[1] + version[3]).casefold() == leaving.casefold():
        return stem + version[2] + kept[len(stem) :] + suffix
    own = _APPLE.fullmatch(base.casefold())
    other = _APPLE.fullmatch(stem.casefold())
    if suffix.casefold() == ".aae" and own and own[2] == "o" and other:
        letters = len(other[1])
        digits = stem[letters + len(other[2]) :]
        return f"{stem[:letters]}{base[letters] if len(base) > letters else 'O'}{digits}{suffix}"
    return (stem if alone or suffix.casefold() == ".aae" else kept) + suffix


class _Folder:
    """The pictures of one folder, found by each kind of name."""

    def __init__(self, names: Iterable[str]) -> None:
        # Imported here: clean-ups know sidecars before they can afford to import what reads photos.
        from photo_organizer.engine.files.formats import PICTURE_SUFFIXES

        self._others: list[str] = []
        self._pictures: dict[str, list[str]] = defaultdict(list)
        self._stems: dict[str, list[str]] = defaultdict(list)
        self._units: dict[str, list[str]] = defaultdict(list)
        for name in names:
            if suffix_of(name) in PICTURE_SUFFIXES:
                self._pictures[name.casefold()].append(name)
                self._stems[_stem(name).casefold()].append(name)
                short = _PIXEL.fullmatch(_stem(name).casefold())
                if short and short[1] != _stem(name).casefold():
                    self._units[short[1]].append(name)
            elif part_of(name) is not None:
                self._others.append(name)
        self._sorted = sorted(self._pictures)
        self._found: dict[str, tuple[str, ...]] = {}

    def run(self) -> dict[str, tuple[str, ...]]:
        later = []
        for name in self._others:
            if pictures := self._owners(name):
                self._found[name] = tuple(pictures)
            elif part_of(name) is Part.SIDECAR:
                later.append(name)
        parts = {name.casefold(): owners for name, owners in self._found.items()}
        for name in later:  # of a film: "IMG_1.MOV.json"
            base = _stem(name).casefold()
            owners = parts.get(base) or parts.get(_title(base))
            if owners:
                self._found[name] = owners
        return self._found

    def _owners(self, name: str) -> Sequence[str]:
        base, suffix = _stem(name).casefold(), suffix_of(name)
        if suffix == JSON:
            return self._of_takeout(base)
        if base in self._pictures:
            return self._pictures[base]
        if _GOOGLE_FILM.fullmatch(suffix) and name.casefold() in self._stems:
            return self._stems[name.casefold()]
        if part_of(name) is Part.FILM:
            return self._shared(base) or self._shared(base.removesuffix("_hevc"))
        return self._shared(base) if suffix == ".aae" else self._alike(base)

    def _alike(self, base: str) -> Sequence[str]:
        """The pictures of a stem, or that of which a sidecar describes a version."""
        version = _VERSION.fullmatch(base)
        of_version = self._pictures.get(version[1] + version[3]) if version else None
        return self._stems.get(base) or of_version or self._units.get(base, [])

    def _shared(self, base: str) -> list[str]:
        """The pictures of a stem, and those that an edit made of them."""
        found = [*self._stems.get(base, ()), *self._edited(base)]
        if apple := _APPLE.fullmatch(base):
            names = ["", "e"] if apple[2] in ("", "o") else ["e"]
            for letter in names:
                found += self._stems.get(apple[1] + letter + apple[3], ())
            if not found:
                found = [*self._stems.get(apple[1] + apple[3], ())]
        return list(dict.fromkeys(found)) or self._units.get(base, [])

    def _edited(self, base: str) -> Iterator[str]:
        for word in _EDITED:
            yield from self._stems.get(base + word, ())

    def _of_takeout(self, base: str) -> list[str]:
        found = list(self._titled(base))
        if numbered := _NUMBERED.fullmatch(base):
            # "IMG_1.jpg(1).json" is about "IMG_1(1).jpg".
            found += [
                picture
                for title in self._candidates(numbered[1], numbered[2])
                for picture in self._pictures[title]
            ]
        stems = [_stem(picture).casefold() for picture in found]
        found += [edited for stem in stems for edited in self._edited(stem)]
        for stem in stems:
            if apple := _APPLE.fullmatch(stem):
                found += self._stems.get(f"{apple[1]}e{apple[3]}", ()) if not apple[2] else ()
        return list(dict.fromkeys(found))

    def _titled(self, base: str) -> Iterator[str]:
        """The pictures whose name, with Google's addition, is or was cut to `base`."""
        title = _title(base)
        if title in self._pictures:
            yield from self._pictures[title]
        elif base in self._stems:
            yield from self._stems[base]
        elif _is_cut(base):
            yield from (p for name in self._beginning(base) for p in self._pictures[name])

    def _candidates(self, base: str, number: str) -> Iterator[str]:
        """The names of numbered pictures whose JSON file has its number at the end."""
        title = _title(base)
        stem = _stem(title)
        numbered = f"{stem}{number}{title[len(stem) :]}"
        if numbered in self._pictures:
            yield numbered
        elif _is_cut(base) or _is_cut(base + number):
            yield from (n for n in self._beginning(base) if _stem(n).endswith(number))

    def _beginning(self, base: str) -> Iterator[str]:
        for name in self._sorted[bisect_left(self._sorted, base) :]:
            if not name.startswith(base):
                return
            yield name


def _title(base: str) -> str:
    """`base` without the beginning of Google's addition at its end."""
    dot = base.rfind(".")
    return base[:dot] if dot > 0 and _TAKEOUT.startswith(base[dot:]) else base


def _is_cut(base: str) -> bool:
    """Whether a name has the length at which Google cuts it, however it counts."""
    return any(
        _TAKEOUT_LENGTH - 1 <= length <= _TAKEOUT_LENGTH + 1
        for length in (
            len(base),
            len(base.encode("utf-16-le", "surrogatepass")) // 2,
            len(base.encode("utf-8", "replace")),  # half a pair is no text
        )
    )


def _stem(name: str) -> str:
    stem, dot, _ = name.rpartition(".")
    return stem if dot and stem else name


def by_picture(found: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What `belongings` found, by picture."""
    turned: dict[str, list[str]] = defaultdict(list)
    for name, pictures in found.items():
        for picture in pictures:
            turned[picture].append(name)
    return turned
