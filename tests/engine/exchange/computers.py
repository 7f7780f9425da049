"""Stores of two computers between which files are carried, and what such files say."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from pyarrow import Table, parquet

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, FACES_VERSION
from photo_organizer.engine.domain.faces import Eye, Face
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.domain.holdings import PLAIN
from photo_organizer.engine.exchange.events import Exported, Imported
from photo_organizer.engine.exchange.exporting import ExportWish, export_library
from photo_organizer.engine.exchange.importing import ImportWish, import_library
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.pixels import fingerprints, measures
from photo_organizer.engine.storage.store import Content, Store

FACTS = ("content", "embedding", "faces")
"""Tables of what is known of contents."""

FACE = Face(
    (0.1, 0.2, 0.3, 0.4),
    (Eye((0.2, 0.3), 12.5, 0.3), Eye((0.4, 0.3), 11.0, 0.25)),
    size=80.0,
    score=0.9,
    presence=0.8,
    yaw=-10.0,
    sharpness=0.5,
    look=bytes(range(108)),
)


@contextmanager
def computer(home: Path) -> Iterator[None]:
    """Everything the program remembers is here meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(home))
        yield


def digest(number: int) -> bytes:
    return number.to_bytes(16, "big")


def fingerprint(aspect: float = 1.5) -> np.ndarray:
    row = np.zeros(1, fingerprints.FIELDS)
    row["aspect"] = aspect
    return row.view(np.uint8)


def unit(seed: int, length: int = 8) -> np.ndarray:
    vector = np.random.default_rng(seed).standard_normal(length)
    return (vector / np.linalg.norm(vector)).astype(np.float16)


def content(number: int, exif: Exif | None = None) -> Content:
    numbers = np.linspace(number, number + 1, len(measures.NAMES), dtype=np.float32)
    return Content(
        digest(number), "JPEG", 40, 30, exif or Exif(iso=100), numbers, fingerprint(), PLAIN
    )


def learn(number: int, change: Callable[[Store], None] = lambda _: None) -> None:
    """Let this computer know a content, its embedding and its face; then change something."""
    with Store(paths.store_path()) as store:
        store.add_content(content(number), CONTENT_VERSION)
        store.add_embedding(digest(number), "fake", "1", unit(number))
        store.add_faces(digest(number), [FACE], FACES_VERSION)
        change(store)


def place(path: Path, number: int) -> Path:
    """Let this computer know of a file with that content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(digest(number))
    with Store(paths.store_path()) as store:
        store.add_photo(photo_files.identify(path), digest(number))
    return path


def known() -> dict[str, list[tuple]]:
    """Everything that this computer knows of contents."""
    with Store(paths.store_path()) as store:
        return {
            table: sorted(store.connection.execute(f"SELECT * FROM {table}"), key=repr)
            for table in FACTS
        }


def export(file: Path, *folders: Path, faces: bool = True) -> Exported:
    wish = ExportWish(file, folders, faces=faces)
    done = list(export_library(wish, threading.Event()))[-1]
    assert isinstance(done, Exported)
    return done


def take(file: Path, *roots: Path, faces: bool = True) -> Imported:
    wish = ImportWish(file, roots, faces=faces)
    done = list(import_library(wish, threading.Event()))[-1]
    assert isinstance(done, Imported)
    return done


def rewrite(file: Path, change: Callable[[list[dict]], None]) -> None:
    """Let a file say something else, in the same form."""
    table = parquet.read_table(file)
    rows = table.to_pylist()
    change(rows)
    parquet.write_table(Table.from_pylist(rows, schema=table.schema), file)


def with_metadata(file: Path, key: bytes, value: str) -> None:
    table = parquet.read_table(file)
    said = {**(table.schema.metadata or {}), key: value.encode()}
    parquet.write_table(table.replace_schema_metadata(said), file)


def said(file: Path, names: Sequence[str] = ()) -> list[dict]:
    return parquet.read_table(file, columns=list(names) or None).to_pylist()
