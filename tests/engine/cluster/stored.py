"""What a store knows, for comparing two."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

TABLES = {
    "photo": "SELECT path, size, mtime_ns, content_hash FROM photo",
    "content": "SELECT * FROM content",
    "embedding": "SELECT * FROM embedding",
    "faces": "SELECT * FROM faces",
}


def everything(store: Path) -> dict[str, list[Any]]:
    """Rows of every table that an analysis fills, sorted; numbers of rows do not count."""
    connection = sqlite3.connect(store)
    try:
        return {
            table: sorted(connection.execute(query).fetchall(), key=repr)
            for table, query in TABLES.items()
        }
    finally:
        connection.close()


def names(store: Path) -> list[str]:
    """Names of the photos that it knows."""
    return sorted(Path(os.fsdecode(row[0])).name for row in everything(store)["photo"])
