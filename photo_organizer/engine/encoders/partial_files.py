"""What a partial download is part of, kept beside it: only of the same file is it gone on with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PartOf:
    """What tells one file from another."""

    url: str
    sha256: str | None = None
    """Of the whole file, where it is known before it is here."""
    etag: str | None = None
    """What the server calls this version of the file, if it vouches for every byte."""
    size: int | None = None

    def can_go_on(self, url: str, sha256: str | None) -> bool:
        """Whether it can be told that `url` is still the same file; `sha256` is expected of it."""
        if sha256 is not None and self.sha256 is not None:
            return sha256 == self.sha256
        return url == self.url and (self.etag is not None or self.sha256 is not None)


def strong_etag(headers: Mapping[str, str]) -> str | None:
    """The version that a server names; None where it is no promise about every byte."""
    etag = headers.get("ETag", "")
    return etag if etag.startswith('"') else None


def read(part: Path) -> PartOf | None:
    """What a partial file is part of; None where nobody knows."""
    try:
        return PartOf(**json.loads(_beside(part).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(part: Path, of: PartOf) -> None:
    """Note what a partial file is part of.

    Raises:
        OSError: it cannot be written.
    """
    _beside(part).write_text(json.dumps(asdict(of)) + "\n", encoding="utf-8")


def forget(part: Path) -> None:
    """Remove a partial file, if it is there, with what was noted of it."""
    part.unlink(missing_ok=True)
    _beside(part).unlink(missing_ok=True)


def _beside(part: Path) -> Path:
    return part.with_name(part.name + ".json")
