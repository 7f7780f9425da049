"""What the beginning of a safetensors file says of it: names, shapes, and whether it is whole.

Nothing is loaded, and no library that loads: eight bytes with a length, that much JSON, then the
numbers, as https://huggingface.co/docs/safetensors describes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_LONGEST = 100_000_000
"""No header is longer: the library's own limit. Longer ones are other bytes than a length."""


@dataclass(frozen=True, slots=True)
class Header:
    """The beginning of a file."""

    shapes: dict[str, tuple[int, ...]]
    """By the name of each tensor."""
    bytes: int
    """How long the whole file is."""


def read_header(file: Path) -> Header | None:
    """The beginning of a safetensors file; None where it is none.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 2 <= length <= _LONGEST:
            return None
        written = stream.read(length)
    try:
        entries = json.loads(written)
        entries.pop("__metadata__", None)
        shapes = {name: tuple(entry["shape"]) for name, entry in entries.items()}
        end = max((entry["data_offsets"][1] for entry in entries.values()), default=0)
        return Header(shapes, 8 + length + int(end))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return None


def is_whole(file: Path) -> bool:
    """Whether a file is safetensors and as long as its beginning says.

    Raises:
        OSError: it cannot be read.
    """
    header = read_header(file)
    return header is not None and file.stat().st_size == header.bytes
