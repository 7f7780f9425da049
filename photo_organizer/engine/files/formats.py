"""Which files are pictures, and how a picture's container is opened: by its bytes, within bounds.

Only the formats listed here are ever opened. Formats that another program interprets (SVG, EPS,
PDF) are not among them.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError
from photo_organizer.engine.files import jpeg_xl, repairs

MAX_PIXELS = 400_000_000
"""The largest photo that is decoded: about 1.6 GB as RGBA, more than any camera or scanner."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the program knows of one format of pictures."""

    suffixes: tuple[str, ...]
    """Lower case, with the dot."""
    starts: tuple[tuple[bytes, bytes], ...] = ()
    """First bytes of a file, and the bytes from the eighth on."""
    brands: tuple[bytes, ...] = ()
    """Of a file in boxes (ISO base media): what it says it is compatible with."""
    lossy: bool = False
    """Something is lost whenever it is saved. TIFF files may lose something, too."""
    from_cameras: bool = False
    """Cameras write it; the others are exports, unless they name a camera."""
    register: Callable[[], None] | None = None
    """Teaches Pillow the format, where it does not know it by itself."""


@cache
def _register_heif() -> None:
    """Registering twice from two threads is harmless."""
    import pillow_heif

    pillow_heif.register_heif_opener()


_TIFF_MAGIC = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
"""The latter two of BigTIFF, whose places have eight bytes."""

FORMATS: Final[Mapping[str, Format]] = {
    "JPEG": Format(
        (".jpg", ".jpeg", ".jpe", ".jfif"),
        starts=((b"\xff\xd8\xff", b""),),
        lossy=True,
        from_cameras=True,
    ),
    "PNG": Format((".png",), starts=((b"\x89PNG\r\n\x1a\n", b""),)),
    "WEBP": Format((".webp",), starts=((b"RIFF", b"WEBP"),), lossy=True),
    "TIFF": Format((".tif", ".tiff"), starts=tuple((magic, b"") for magic in _TIFF_MAGIC)),
    "GIF": Format((".gif",), starts=((b"GIF87a", b""), (b"GIF89a", b""))),
    "BMP": Format((".bmp", ".dib")),  # known by more than its first bytes: `repairs.is_bmp`
    "JPEG2000": Format(
        (".jp2", ".j2k", ".jpx", ".jpf", ".j2c", ".jpc"),
        starts=((b"\0\0\0\x0cjP  ", b"\r\n\x87\n"), (b"\xff\x4f\xff\x51", b"")),
        lossy=True,
    ),
    "JPEGXL": Format(
        (".jxl",),
        starts=((b"\0\0\0\x0cJXL ", b"\r\n\x87\n"), (b"\xff\x0a", b"")),
        lossy=True,
        register=jpeg_xl.register,
    ),
    "AVIF": Format((".avif",), brands=(b"avif", b"avis"), lossy=True),
    # Last: every other file in boxes is tried as HEIF.
    "HEIF": Format(
        (".heic", ".heif", ".hif"),
        brands=(b"",),
        lossy=True,
        from_cameras=True,
        register=_register_heif,
    ),
}
"""Every format but camera raw, by Pillow's name."""

# fmt: off
RAW_SUFFIXES = frozenset((
    ".3fr", ".arw", ".bay", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq",
    ".k25", ".kc2", ".kdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".ori", ".pef", ".ptx",
    ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw", ".x3f",
))
# fmt: on
PICTURE_SUFFIXES = RAW_SUFFIXES.union(*(known.suffixes for known in FORMATS.values()))
"""Lower case, with the dot."""

_RAW_MAGIC = (
    b"IIU\0", b"IIRO", b"IIRS", b"MMOR", b"FUJIFILMCCD-RAW", b"FOVb", b"\0MRM",
    b"II\x1a\0\0\0HEAPCCDR",
)  # fmt: skip

# Pillow only warns up to twice its limit; as an error it is refused like everything above.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
# Remarks about odd tags of one of many thousand files help nobody on a terminal.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


def kind(data: bytes) -> str | None:
    """Pillow's name of the format that the first bytes announce, None where they announce none.

    A little junk before a JPEG is passed over.
    """
    if data[4:8] == b"ftyp":
        # The brands a file is compatible with fill the rest of its first box.
        brands = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
        return next(
            (name for name, known in FORMATS.items() if any(b in brands for b in known.brands)),
            None,
        )
    for name, known in FORMATS.items():
        for start, rest in known.starts:
            if data.startswith(start) and data[8:12].startswith(rest):
                return name
    if repairs.is_bmp(data):
        return "BMP"
    return None if repairs.jpeg_start(data) is None else "JPEG"


def is_raw(data: bytes, suffix: str) -> bool:
    """Whether this is a camera raw file.

    Many raw formats (NEF, ARW, DNG…) are TIFF files to the first byte: for those the suffix
    decides. It does so, too, where the first bytes announce nothing: LibRaw knows many more cameras
    than are listed here, and says whether this is one of them.
    """
    if data.startswith(_RAW_MAGIC) or data[4:12] == b"ftypcrx ":
        return True
    if data.startswith(_TIFF_MAGIC) and data[8:10] == b"CR":
        return True
    return bool(data) and suffix.lower() in RAW_SUFFIXES and kind(data) in ("TIFF", None)


def too_large() -> UnreadableError:
    """The refusal of a picture above `MAX_PIXELS`."""
    return UnreadableError("files.pixels", count=MAX_PIXELS // 1_000_000)


def open_image(data: bytes) -> Image.Image:
    """Read a picture's header: its format, size and metadata, no pixel.

    Raises:
        UnreadableError: empty, not a picture, above `MAX_PIXELS`, or a broken header.
    """
    if not data:
        raise UnreadableError("files.empty")
    format_ = kind(data)
    if format_ is None:
        raise UnreadableError("files.no_picture")
    data = repairs.readable(data, format_)
    register = FORMATS[format_].register
    if register is not None:
        register()
    try:
        image = Image.open(io.BytesIO(data), formats=[format_])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except Exception as error:
        # A broken header may break a parser in any way; whoever called names file and reason.
        code = "files.corrupt"
        if format_ == "JPEG" and repairs.jpeg_bits(data) not in (8, None):
            code = "files.kind"  # twelve bits, for instance: only laboratories write them
        raise UnreadableError(code, format=format_) from error
    if image.width * image.height > MAX_PIXELS:
        raise too_large()
    return image
