"""Reads what a file holds beside the picture that is judged: see `domain.holdings`."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.domain.holdings import Extra, Holdings
from photo_organizer.engine.files import exif, formats, repairs, xmp
from photo_organizer.engine.files.containers import reading, tiff
from photo_organizer.engine.files.containers.contents import digest_of
from photo_organizer.engine.files.statements import reading as statements
from photo_organizer.engine.files.statements.gathering import packed_together
from photo_organizer.engine.pixels import declared_colours, full_depth
from photo_organizer.engine.pixels.colour_profiles import ColourProfile
from photo_organizer.engine.pixels.picture import Picture

_log = logging.getLogger(__name__)

VERSION: Final = 5
"""Raise it when the same file would be said to hold something else."""

_PROFILE_HEAD: Final = 128
"""Bytes. The head of a profile (date, maker, version) says nothing about colours."""


def holdings(data: bytes, picture: Picture) -> Holdings:
    """What a file holds. Never raises.

    A raw file holds what the sensor saw: nothing but equal bytes is equal to it. Its depth is told;
    its metadata is not read, because nothing else is compared with it.

    Args:
        data: the whole file.
        picture: what was decoded of it.
    """
    if picture.format == "RAW":
        return Holdings(bits=tiff.bits_of_raw(data))
    contents = reading.read(data, picture.format)
    try:
        image = formats.open_image(repairs.readable(data, formats.kind(data)))
    except UnreadableError as error:
        _log.info("what a %s holds is not known: %s", picture.format, error)
        return Holdings(extras=((Extra.APPENDED, digest_of(data)),))
    profile = _profile(image, data)
    turn = exif.orientation(image)
    seen = full_depth.look(data, image, picture, contents, profile)
    said = statements.read(contents)
    if seen.durations:
        said.fact("durations", " ".join(map(str, seen.durations)))
    facts, words = said.facts(), said.words()
    if contents.xmp and not xmp.has_packet(data):
        # Compressed, or in a form of its own: a clean-up would not find what to carry over.
        facts, words = packed_together(facts, words), b""
    held = Holdings(
        pictures=seen.count,
        animated=seen.animated,
        bits=seen.bits,
        alpha=seen.alpha,
        profile=profile.digest,
        wide=profile.wide,
        pixels=seen.pixels,
        extras=tuple(sorted(set(contents.extras))),
        facts=facts,
        words=words,
    )
    if contents.coded:
        how = f"{picture.format} {turn}".encode()
        held = replace(held, coded=digest_of(how, contents.coded))
    return held


def _profile(image: Image.Image, data: bytes) -> ColourProfile:
    """What the colours of a picture are said to be. A profile that nobody understands is one."""
    try:
        said = declared_colours.of_image(image, data)
    except Exception as error:  # noqa: BLE001 - strangers' numbers
        _log.info("colours of a %s not understood: %s", image.format, error)
        said = ColourProfile()
    embedded = image.info.get("icc_profile")
    if not said.space and isinstance(embedded, bytes) and embedded:
        return ColourProfile(digest=digest_of(embedded[_PROFILE_HEAD:]))
    return said
