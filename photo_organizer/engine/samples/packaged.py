"""Where the sample photos lie that dependencies ship."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from photo_organizer.engine.domain.reasons import SpokenError


def sample_photo(package: str, file: str) -> Path:
    """The file of a sample photo, without the seconds that importing its package takes.

    Args:
        package: that ships it, "skimage".
        file: within the package, "data/chelsea.png".

    Raises:
        SpokenError: the package is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SpokenError("failures.no_sample_photos", package=package)
    return Path(spec.submodule_search_locations[0]) / file
