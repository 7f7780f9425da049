"""Shared by the tests of exchange: two computers, of which the first knows something."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.engine.exchange.computers import computer, export, learn, place


class Exchange(NamedTuple):
    """What the first computer has; not to be changed."""

    home: Path
    photos: Path
    file: Path


def make(folder: Path) -> Exchange:
    """Photos 0 to 5 in a folder below `photos`, and a file with all that is known of them."""
    made = Exchange(folder / "there", folder / "photos", folder / "photos.parquet")
    with computer(made.home):
        for number in range(6):
            learn(number)
            place(made.photos / "2024" / f"{number}.jpg", number)
        export(made.file, made.photos)
    return made


@pytest.fixture(scope="session")
def exchange(tmp_path_factory):
    return make(tmp_path_factory.mktemp("exchange"))


@pytest.fixture
def file(exchange, tmp_path):
    """The file, on the other computer."""
    return Path(shutil.copy(exchange.file, tmp_path))


@pytest.fixture
def moved(exchange, tmp_path):
    """The photos on the other computer, where their folder has another name."""
    return shutil.copytree(exchange.photos, tmp_path / "moved")


@pytest.fixture
def here(tmp_path):
    """The folder of the other computer, which knows nothing."""
    return tmp_path / "here"


@pytest.fixture
def there(tmp_path):
    """The folder of another first computer, which may be changed, and may know `photos`."""
    return tmp_path / "there"


@pytest.fixture
def photos(tmp_path, there):
    return make(tmp_path).photos
