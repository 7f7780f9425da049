"""Shared by the tests of exports: an album."""

import pytest

from tests.engine.export.chosen import chosen
from tests.engine.pictures import save


@pytest.fixture
def album(tmp_path):
    """Three photos, two of them of one name."""
    paths = [tmp_path / "album" / n for n in ("a.jpg", "b.JPG", "below/a.jpg")]
    return [chosen(save(path, seed=i), i + 1) for i, path in enumerate(paths)]
