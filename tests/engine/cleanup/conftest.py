"""Where the clean-ups of these tests happen."""

from pathlib import Path

import pytest


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The store with the journal; not made yet."""
    return tmp_path / "library.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The album; not made yet."""
    return tmp_path / "album"
