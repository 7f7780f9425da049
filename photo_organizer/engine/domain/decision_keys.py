"""What decisions are called in the history: keys that are as true after a restart."""

from __future__ import annotations

import os
from pathlib import Path

from photo_organizer.engine.domain.decisions import Contents, Mark
from photo_organizer.engine.domain.results import Flaw


def content_key(content_hash: bytes) -> str:
    """Names a content."""
    return content_hash.hex()


def content_of(key: str) -> bytes:
    """The content that `content_key` named."""
    return bytes.fromhex(key)


def mark_key(mark: Mark) -> str:
    """Names a file that may be marked."""
    return file_key(mark.content_hash, str(mark.path))


def file_key(content_hash: bytes, path: str) -> str:
    """The same of a content and a path as text: for thousands of files at once."""
    return f"{content_hash.hex()} {path}"


def mark_of(key: str) -> Mark:
    """The mark that `mark_key` named."""
    content, _, path = key.partition(" ")
    return Mark(bytes.fromhex(content), Path(path))


def fine_key(content_hash: bytes, flaw: Flaw) -> str:
    """Names a flaw of a content."""
    return f"{content_hash.hex()} {flaw.value}"


def fine_of(key: str) -> tuple[bytes, Flaw]:
    """The content and flaw that `fine_key` named."""
    content, _, flaw = key.partition(" ")
    return bytes.fromhex(content), Flaw(flaw)


def pair_key(first: bytes, second: bytes) -> str:
    """Names two contents, in either order."""
    return " ".join(sorted((first.hex(), second.hex())))


def pair_of(key: str) -> tuple[bytes, bytes]:
    """The two contents that `pair_key` named, the smaller first."""
    first, _, second = key.partition(" ")
    return bytes.fromhex(first), bytes.fromhex(second)


def review_key(contents: Contents) -> str:
    """Names what a group consists of."""
    return " ".join(content.hex() for content in contents)


def review_of(key: str) -> Contents:
    """The contents that `review_key` named."""
    return tuple(map(bytes.fromhex, key.split()))


def folder_key(folder: Path) -> str:
    """Names a folder."""
    return os.fspath(folder)
