"""Where the program keeps its own files; the user's folders are never among them."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "photo-organizer"
HOME_VARIABLE = "PHOTO_ORGANIZER_HOME"
"""Environment variable: when set, everything lies below this one folder."""


TRASH_BESIDE = "Photo Organizer trash"
"""Beginning of the names of dated folders that stand in where a place has no system trash."""


def data_dir() -> Path:
    """The folder of what must not be lost: store, models, preferences. May not exist yet."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) if home else platformdirs.user_data_path(APP, appauthor=False)


def cache_dir() -> Path:
    """The folder of what can be made again: thumbnails. May not exist yet."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / "cache" if home else platformdirs.user_cache_path(APP, appauthor=False)


def models_dir() -> Path:
    """The folder with one subfolder for each installed model. May not exist yet."""
    return data_dir() / "models"


def store_path() -> Path:
    """The file of the store: see `photo_organizer.engine.storage.store`."""
    return data_dir() / "library.sqlite"
