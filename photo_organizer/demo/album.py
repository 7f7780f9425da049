"""A demo album, made on the spot: sample photos that dependencies ship, and calculated landscapes.

Nothing is downloaded.

Every view has something true to show: exact copies, resized and edited versions, takes of one
moment, and one damaged version of each kind.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter
from PIL.ExifTags import IFD, Base

from photo_organizer.engine import assets
from photo_organizer.engine.samples.landscapes import SCENES, draw
from photo_organizer.engine.samples.packaged import packaged

SAMPLES = {
    "Chelsea the cat.jpg": ("chelsea", "2024-02-11 16:20"),
    "Morning coffee.jpg": ("coffee", "2024-02-18 08:05"),
    "Photographer.jpg": ("camera", "2024-03-09 14:10"),
    "Temple.jpg": ("china", "2024-04-02 10:45"),
    "Astronaut.jpg": ("astronaut", "2024-05-04 11:30"),
    "Rocket launch.jpg": ("rocket", "2024-05-04 21:15"),
    "Motorcycle garage.jpg": ("motorcycle_left", "2024-06-15 15:00"),
    "Dahlia.jpg": ("flower", "2024-08-20 12:30"),
    "Deep field.jpg": ("hubble_deep_field", ""),
    "Old coins.png": ("coins", ""),
    "Page of a book.png": ("page", ""),
}
"""Name in the album: which of `packaged.PHOTOS` it is, and when it is said to have been taken."""

LANDSCAPES = {
    "Hills at sunrise.jpg": "2024-04-03 06:40",
    "Blue mountains.jpg": "2024-06-16 10:20",
    "Lake in the evening.jpg": "2024-07-21 20:50",
    "Summer lake.jpg": "2024-07-21 13:15",
    "Stars over the valley.jpg": "2024-09-17 23:40",
    "Morning fog.jpg": "2024-10-27 08:00",
}
"""Name of a scene of `landscapes.SCENES`: when it is said to have been taken."""


FOLDER, LANDSCAPE_FOLDER, DAMAGED_FOLDER = "Demo album", "Landscapes", "To sort"


def demo_album_in(folder: Path, language: str) -> Path:
    """The demo album in one of the program's own folders, made where it is not there yet.

    Args:
        folder: of the program.
        language: what its files are called in, a key of ``resources/languages.toml``.

    Raises:
        OSError: the folder cannot be written.
        SpokenError: the sample photos are not installed.
    """
    name = _called(FOLDER, language)
    place = folder / FOLDER if name == FOLDER else folder / "demo" / name
    return make_demo_album(place, language)


def make_demo_album(folder: Path, language: str = "en") -> Path:
    """Fill `folder` with the demo album, unless it is there already; return it.

    Args:
        folder: made where it is missing.
        language: what the files are called in.

    Raises:
        OSError: the folder cannot be written.
        SpokenError: the sample photos are not installed.
    """
    done = folder / ".complete"
    if done.exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, (photo, taken) in SAMPLES.items():
        with Image.open(packaged(photo)) as image:
            _save(image.convert("RGB"), folder / name, taken_at=_time(taken))
    scenery = folder / LANDSCAPE_FOLDER
    scenery.mkdir(exist_ok=True)
    for name, taken in LANDSCAPES.items():
        _save(draw(SCENES[name]), scenery / name, taken_at=_time(taken))
    _add_copies(folder)
    _add_damage(folder)
    (folder / "Not a photo.jpg").write_text("This file only pretends to be a picture.\n")
    _translate(folder, language)
    done.touch()
    return folder


def _called(name: str, language: str) -> str:
    words = assets.toml("demo.toml").get(name, {})
    return str(words.get(language, name))


def _translate(folder: Path, language: str) -> None:
    """Call files and folders as the language does, what lies in a folder before the folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        translated = path.with_name(_called(path.stem, language) + path.suffix)
        if path.is_dir() and translated.is_dir() and translated != path:
            for file in path.iterdir():  # an album that was interrupted
                file.replace(translated / file.name)
            path.rmdir()
        else:
            path.rename(translated)


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _save(
    image: Image.Image, path: Path, quality: int = 92, taken_at: datetime | None = None
) -> None:
    exif = Image.Exif()
    if taken_at is not None:
        exif[Base.Make], exif[Base.Model] = "Demo", "Camera"
        detail = exif.get_ifd(IFD.Exif)
        detail[Base.DateTimeOriginal] = f"{taken_at:%Y:%m:%d %H:%M:%S}"
        detail[Base.SubsecTimeOriginal] = f"{taken_at:%f}"[:2]
    image.save(path, quality=quality, exif=exif)  # PNG passes the quality over


def _open(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def _add_copies(folder: Path) -> None:
    shutil.copyfile(folder / "Chelsea the cat.jpg", folder / "Chelsea the cat (1).jpg")
    shutil.copyfile(folder / "Temple.jpg", folder / "Temple - Copy.jpg")
    coffee = _open(folder / "Morning coffee.jpg")
    _save(coffee.resize((coffee.width // 2, coffee.height // 2)), folder / "coffee-chat.jpg", 70)
    dahlia = _open(folder / "Dahlia.jpg")
    taken = _time(SAMPLES["Dahlia.jpg"][1])
    _save(ImageEnhance.Color(dahlia).enhance(1.25), folder / "Dahlia edited.jpg", taken_at=taken)
    _save(dahlia, folder / "Dahlia export.png")
    # Three takes of one moment: the camera moved a little and its sensor's noise differs.
    astronaut = _open(folder / "Astronaut.jpg")
    moment = datetime.fromisoformat(SAMPLES["Astronaut.jpg"][1])
    rng = np.random.default_rng(1)
    for take, (x, y) in enumerate(((9, 6), (14, 11)), 2):
        moved = astronaut.crop((x, y, astronaut.width, astronaut.height)).resize(astronaut.size)
        noisy = np.asarray(moved, np.float32) + rng.normal(0, 3, (*moved.size[::-1], 3))
        take_path = folder / f"Astronaut take {take}.jpg"
        take_pixels = np.clip(noisy, 0, 255).astype(np.uint8)
        later = moment + timedelta(seconds=0.6 * (take - 1))
        _save(Image.fromarray(take_pixels), take_path, taken_at=later)


def _add_damage(folder: Path) -> None:
    def change(make: Callable[[np.ndarray], np.ndarray]) -> Callable[[Image.Image], Image.Image]:
        def apply(image: Image.Image) -> Image.Image:
            changed = make(np.asarray(image, np.float32))
            return Image.fromarray(np.clip(changed, 0, 255).astype(np.uint8))

        return apply

    (folder / DAMAGED_FOLDER).mkdir(exist_ok=True)
    rng = np.random.default_rng(2)
    # Mirrored or cropped, so that these are photos of their own and not versions of a good one.
    versions: list[tuple[str, str, Callable[[Image.Image], Image.Image]]] = [
        ("Motorcycle garage.jpg", "Out of focus", lambda i: i.filter(ImageFilter.GaussianBlur(7))),
        (
            "Temple.jpg",
            "Shaken",
            change(lambda a: np.mean([np.roll(a, s, 1) for s in range(24)], 0)),
        ),
        ("Morning coffee.jpg", "Too dark", change(lambda a: a * 0.09)),
        ("Rocket launch.jpg", "Overexposed", change(lambda a: a * 3 + 60)),
        ("Deep field.jpg", "Noisy", change(lambda a: a + rng.normal(0, 60, a.shape))),
        (
            "Old coins.png",
            "Enlarged",
            lambda i: i.resize((i.width // 14, i.height // 14)).resize(
                i.size, Image.Resampling.NEAREST
            ),
        ),
    ]
    for source, name, damage in versions:
        image = _open(folder / source)
        part = image.crop((image.width // 4, image.height // 5, image.width, image.height))
        damaged = damage(part.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
        _save(damaged, folder / DAMAGED_FOLDER / f"{name}.jpg", 95)
    cat = _open(folder / "Chelsea the cat.jpg").crop((60, 0, 451, 260))
    squeezed = folder / DAMAGED_FOLDER / "Squeezed.jpg"
    _save(cat.transpose(Image.Transpose.FLIP_LEFT_RIGHT), squeezed, 3)
