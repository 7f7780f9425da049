"""What of dragged things lies on this machine, and what of it is a picture by its name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QMimeDatabase


def local_paths(data: QMimeData) -> list[Path]:
    """The files and folders of this machine among dragged things."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def is_picture(path: Path) -> bool:
    """Whether a file is called as pictures are; it is not looked at."""
    types = QMimeDatabase().mimeTypesForFileName(path.name)
    return any(kind.name().startswith("image/") for kind in types)
