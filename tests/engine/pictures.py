"""Makers of small pictures for tests, and of the files that programs choke on."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import tifffile
from PIL import Image, ImageCms

from photo_organizer.engine.domain.facts import Pixels


def scene(width: int = 96, height: int = 64, seed: int = 0) -> Pixels:
    """A smooth picture that differs with `seed` and looks different from every side."""
    rng = np.random.default_rng(seed)
    small = rng.integers(0, 256, (4, 6, 3), dtype=np.uint8)
    return np.array(Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC))


def encoded(picture: Pixels | Image.Image, format_: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a picture file; `options` go to Pillow's `save`."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    if format_ == "HEIF":
        pillow_heif.register_heif_opener()
    if format_ == "JPEG":
        options = {"quality": 90, **options}
    file = io.BytesIO()
    image.save(file, format_, **options)
    return file.getvalue()


def save(path: Path, width: int = 96, height: int = 64, seed: int = 0, **options: Any) -> Path:
    """Write a JPEG of `scene` and return its path, folders made as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(scene(width, height, seed), **options))
    return path


def exif(base: dict[int, Any], detail: dict[int, Any], gps: dict[int, Any] | None = None) -> bytes:
    """An Exif block: tags of the first directory, of the Exif directory and of the GPS one."""
    tags = Image.Exif()
    tags.update(base)
    tags.get_ifd(0x8769).update(detail)
    tags.get_ifd(0x8825).update(gps or {})
    return tags.tobytes()


def wide_gamut_profile() -> bytes:
    """A colour profile like Display P3: sRGB's own with P3's primaries (ICC.1, tags rXYZ…)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    primaries = {
        b"rXYZ": (0.51512, 0.2412, -0.00105),
        b"gXYZ": (0.29198, 0.69225, 0.04189),
        b"bXYZ": (0.1571, 0.06657, 0.78407),
    }
    (count,) = struct.unpack_from(">I", profile, 128)
    for entry in range(132, 132 + 12 * count, 12):
        tag, offset = struct.unpack_from(">4sI", profile, entry)
        if tag in primaries:
            struct.pack_into(
                ">3i", profile, offset + 8, *(round(v * 65_536) for v in primaries[tag])
            )
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of about 100 KB that claims, and would unpack to, `width` x `height` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(100 * 1024 * 1024), 9)
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def dng(
    width: int = 320, height: int = 240, *, preview: bytes = b"", orientation: int = 1
) -> bytes:
    """A camera raw file (DNG): a mosaic that grows brighter to the right, and a JPEG preview."""
    weights = np.tile([[0.5, 1.0], [1.0, 0.7]], (height // 2, width // 2))  # red green, green blue
    mosaic = (np.linspace(2_000, 60_000, width) * weights).astype(np.uint16)

    tags = [
        (50706, "B", 4, (1, 4, 0, 0), True),  # DNGVersion
        (33421, "H", 2, (2, 2), True),  # CFARepeatPatternDim
        (33422, "B", 4, (0, 1, 1, 2), True),  # CFAPattern
        (50717, "H", 1, 65_535, True),  # WhiteLevel
        (50721, "2i", 9, (1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1), True),  # identity
        (50778, "H", 1, 21, True),  # CalibrationIlluminant1: daylight
        (271, "s", 0, "Test", True),
        (272, "s", 0, "Camera", True),
        (274, "H", 1, orientation, True),
        (306, "s", 0, "2024:05:06 07:08:09", True),
    ]
    file = io.BytesIO()
    tifffile.imwrite(file, mosaic, photometric="CFA", extratags=tags, metadata=None, software=False)
    return _with_preview(file.getvalue(), preview) if preview else file.getvalue()


def monochrome_dng(values: np.ndarray) -> bytes:
    """A camera raw file (DNG) of a sensor that sees no colours: (H, W) of sixteen bits."""
    tags = [
        (50706, "B", 4, (1, 4, 0, 0), True),  # DNGVersion
        (50717, "H", 1, 65_535, True),  # WhiteLevel
        (271, "s", 0, "Test", True),
        (272, "s", 0, "Monochrome", True),
    ]
    file = io.BytesIO()
    tifffile.imwrite(file, values, photometric="CFA", extratags=tags, metadata=None, software=False)
    mosaic, linear = (struct.pack("<HHII", 262, 3, 1, code) for code in (32_803, 34_892))
    return file.getvalue().replace(mosaic, linear)


def _with_preview(raw: bytes, preview: bytes) -> bytes:
    """Chain a second directory, a reduced picture in JPEG, behind the only one of a TIFF file."""
    size = Image.open(io.BytesIO(preview)).size
    (first,) = struct.unpack_from("<I", raw, 4)
    (count,) = struct.unpack_from("<H", raw, first)
    link = first + 2 + 12 * count
    start = len(raw)
    tags = {254: 1, 256: size[0], 257: size[1], 258: 8, 259: 7, 262: 6, 277: 3, 278: size[1]}
    tags |= {273: start + 2 + 12 * (len(tags) + 2) + 4, 279: len(preview)}
    directory = struct.pack("<H", len(tags))
    directory += b"".join(struct.pack("<HHII", tag, 4, 1, tags[tag]) for tag in sorted(tags))
    return raw[:link] + struct.pack("<I", start) + raw[link + 4 :] + directory + bytes(4) + preview
