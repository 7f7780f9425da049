"""What exports and imports of a library tell while they run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is; photos that are copies of one another count once."""

    done: int
    """Photos dealt with so far."""
    total: int


@dataclass(frozen=True, slots=True)
class Exported:
    """The last event of an export that was not cancelled: the file is there, and whole."""

    file: Path
    photos: int
    """Copies count once."""
    embeddings: int
    faces: int
    """Photos of which the file says what faces are in them, if any."""
    files: int
    """Files of these photos that it names, by their paths below the folders."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; the last event of one that was not cancelled."""

    photos: int = 0
    """That the file told of; copies count once."""
    added: int = 0
    """Of them, those about which nothing was known here, or only by another version."""
    embeddings: int = 0
    """That were new here."""
    faces: int = 0
    """Photos of which it was not known here what faces are in them."""
    files: int = 0
    """Files that are where the file says, as it says: they need no look at all."""
    elsewhere: int = 0
    """Files that are not there, or have changed: they are read when their folder is analysed."""
    other_version: int = 0
    """Photos that were measured by another version of the program: not taken."""
    other_faces: int = 0
    """Photos whose faces were found by another version of the program: those were not taken."""
    refused: Mapping[str, int] = field(default_factory=dict)
    """How much was left out because something is wrong with it, by the code of its sentence."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The last event of one that was cancelled."""

    imported: Imported | None = None
    """What was taken until then, and stays; None: it was an export, and there is no file."""


ExportEvent = Progress | Exported | Cancelled
ImportEvent = Progress | Imported | Cancelled
