"""The sample photos that dependencies ship, and where they lie."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from photo_organizer.engine.domain.reasons import SpokenError

_SKIMAGE, _SKLEARN = "skimage", "sklearn"

PHOTOS = {
    name: (package, f"{folder}/{file}")
    for package, folder, files in (
        (
            _SKIMAGE,
            "data",
            (
                "astronaut.png",
                "brick.png",
                "camera.png",
                "cell.png",
                "chelsea.png",
                "chessboard_RGB.png",
                "clock_motion.png",
                "coffee.png",
                "coins.png",
                "color.png",
                "grass.png",
                "gravel.png",
                "horse.png",
                "hubble_deep_field.jpg",
                "ihc.png",
                "logo.png",
                "moon.png",
                "motorcycle_left.png",
                "page.png",
                "phantom.png",
                "retina.jpg",
                "rocket.jpg",
                "text.png",
            ),
        ),
        (_SKLEARN, "datasets/images", ("china.jpg", "flower.jpg")),
    )
    for file in files
    for name in (file.partition(".")[0],)
}
"""By name, without its suffix: the package, and the file in it. All that the program shows or
checks models with; a bundle carries these and nothing else of their packages."""


def packaged(name: str) -> Path:
    """The file of one of `PHOTOS`.

    Raises:
        SpokenError: its package is not installed.
    """
    return sample_photo(*PHOTOS[name])


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
