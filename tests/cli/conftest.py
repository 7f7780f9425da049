"""Shared by the tests of the commands: a quick model and small albums."""

import pytest

from photo_organizer.engine.analysis import run as analysis
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save, scene

RATED = 60
"""Photos that `rated` has."""


@pytest.fixture
def encoder(monkeypatch):
    fake = FakeEncoder()
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: fake)
    return fake


@pytest.fixture
def album(tmp_path):
    folder = tmp_path / "album"
    for number in range(4):
        save(folder / f"{number}.jpg", width=320, height=240, seed=number)
    (folder / "copy of 0.jpg").write_bytes((folder / "0.jpg").read_bytes())
    (folder / "empty.jpg").touch()
    return folder


@pytest.fixture
def album_of_copies(tmp_path):
    """Two exact copies of photo 0 in a folder of their own, and three other photos."""
    folder = tmp_path / "album"
    for number in range(4):
        save(folder / f"{number}.jpg", width=320, height=240, seed=number)
    for name in ("copy of 0.jpg", "0 (2).jpg"):
        (folder / "copies" / name).parent.mkdir(exist_ok=True)
        (folder / "copies" / name).write_bytes((folder / "0.jpg").read_bytes())
    return folder


@pytest.fixture(scope="module")
def rated(tmp_path_factory):
    """Photos rated by how red they are, with the list beside them."""
    folder = tmp_path_factory.mktemp("rated")
    lines = ["image,score"]
    for number in range(RATED):
        save(folder / f"{number}.jpg", seed=number)
        lines.append(f"{number}.jpg,{scene(seed=number)[..., 0].mean() / 25:.3f}")
    (folder / "ratings.csv").write_text("\n".join(lines))
    return folder
