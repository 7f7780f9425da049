"""Which files are pictures, and how a picture's container is opened: by its bytes, within bounds.

Only the formats listed here are ever opened. Formats that another program interprets (SVG, EPS,
PDF) are not among them.
"""

from __future__ import annotations

import io
import warnings
from functools import cache

from PIL import Image

from photo_organizer.engine.domain.facts import UnreadableError

MAX_PIXELS = 400_000_000
"""The largest photo that is decoded: about 1.6 GB as RGBA, more than any camera or scanner."""

# fmt: off
RAW_SUFFIXES = frozenset((
    ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".iiq", ".kdc",
    ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl",
    ".sr2", ".srf", ".srw", ".x3f",
))
PICTURE_SUFFIXES = RAW_SUFFIXES | frozenset((
    ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".gif", ".bmp",
    ".dib", ".heic", ".heif", ".hif", ".avif",
))
# fmt: on
"""Lower case, with the dot."""

_TIFF_MAGIC = (b"II*\0", b"MM\0*")
_MAGIC = (
    (b"\xff\xd8\xff", b"", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", b"", "PNG"),
    (b"RIFF", b"WEBP", "WEBP"),
    (b"II*\0", b"", "TIFF"),
    (b"MM\0*", b"", "TIFF"),
    (b"GIF87a", b"", "GIF"),
    (b"GIF89a", b"", "GIF"),
    (b"BM", bytes(2), "BMP"),
)
"""First bytes, bytes from the eighth on, Pillow's name."""
_RAW_MAGIC = (b"IIU\0", b"IIRO", b"IIRS", b"MMOR", b"FUJIFILMCCD-RAW", b"FOVb", b"\0MRM")

# Pillow only warns up to twice its limit; as an error it is refused like everything above.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)
# Remarks about odd tags of one of many thousand files help nobody on a terminal.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


@cache
def _register_heif() -> None:
    """Teach Pillow HEIC and HEIF; registering twice from two threads is harmless."""
    import pillow_heif

    pillow_heif.register_heif_opener()


def kind(data: bytes) -> str | None:
    """Pillow's name of the format that the first bytes announce, None where they announce none."""
    if data[4:8] == b"ftyp":
        # The brands a file is compatible with fill the rest of its first box.
        brands = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
        return "AVIF" if b"avif" in brands or b"avis" in brands else "HEIF"
    for start, rest, name in _MAGIC:
        if data.startswith(start) and data[8:12].startswith(rest):
            return name
    return None


def is_raw(data: bytes, suffix: str) -> bool:
    """Whether this is a camera raw file.

    Many raw formats (NEF, ARW, DNG…) are TIFF files to the first byte: for those alone the suffix
    decides.
    """
    if data.startswith(_RAW_MAGIC) or data[4:12] == b"ftypcrx ":
        return True
    if data.startswith(_TIFF_MAGIC):
        return data[8:10] == b"CR" or suffix.lower() in RAW_SUFFIXES
    return False


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
    if format_ == "HEIF":
        _register_heif()
    try:
        image = Image.open(io.BytesIO(data), formats=[format_])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large() from error
    except Exception as error:
        # A broken header may break a parser in any way; whoever called names file and reason.
        raise UnreadableError("files.corrupt", format=format_) from error
    if image.width * image.height > MAX_PIXELS:
        raise too_large()
    return image
