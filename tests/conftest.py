"""Shared by all tests: no display, no network, and data folders of their own."""

import gc
import os
import threading
from functools import cache
from pathlib import Path

# Libraries for matrices read this when they are loaded. There is a process of tests for each core
# already: more threads wait for each other, which costs a quarter of what the models take.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from PIL import Image

from photo_organizer.demo import album
from photo_organizer.engine import paths
from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.proving import keeping, looking, pictures, remote
from photo_organizer.engine.samples import landscapes
from tests.planted import Family, Planted, plant

# How long an example takes says how busy the machine is, nothing about the program.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"


def pytest_collection_finish() -> None:
    """What is there before the tests, torch and thousands of tests, is no garbage of theirs.

    Each search for garbage would go through it again: half a second each time.
    """
    gc.freeze()


@pytest.fixture
def light_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this were the light program, which has no torch."""
    monkeypatch.setattr("photo_organizer.engine.encoders.devices.has_torch", lambda: False)


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """A tiny CLIP that works, in the way of OpenAI's."""
    return _planted_once(tmp_path_factory, Family.OPENAI)


@pytest.fixture(scope="session")
def planted_sigmoid(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """A tiny CLIP that works, in the way of SigLIP."""
    return _planted_once(tmp_path_factory, Family.SIGMOID)


def _planted_once(temporary: pytest.TempPathFactory, family: Family) -> Planted:
    """One for all processes that run tests: it takes seconds."""
    root = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder = root / f"planted-{family}"
    with FileLock(f"{folder}.lock"):
        folder.mkdir(exist_ok=True)
        return plant(folder, family)


@pytest.fixture(scope="session", autouse=True)
def pictures_are_shown_once() -> None:
    """Dozens of tests check a model: the same weights are shown the same pictures once."""
    # They take longer to draw than to be looked at.
    keeping.forget_pictures = remote.forget_pictures = lambda: None
    looking._cropped = cache(looking._cropped)
    looking._damaged = cache(looking._damaged)
    seen: dict[tuple[str, str], looking.Seen] = {}
    look = looking.look

    def look_once(
        encoder: ImageEncoder, step: looking.Step, cancel: threading.Event | None = None
    ) -> looking.Seen:
        if not isinstance(encoder, ClipEncoder):
            return look(encoder, step, cancel)
        asked = encoder.version, encoder.dtype
        if asked not in seen or (cancel is not None and cancel.is_set()):
            seen[asked] = look(encoder, step, cancel)
        else:
            step(looking.count())
        return seen[asked]

    looking.look = look_once


@pytest.fixture(scope="session", autouse=True)
def landscapes_are_drawn_once() -> None:
    """They are the same each time, and many tests make a demo album or check a model."""
    drawn = cache(landscapes.draw)

    def draw(scene: landscapes.Scene) -> Image.Image:
        return drawn(scene).copy()

    album.draw = pictures.draw = draw


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything the program remembers goes here; the user's own data is never touched."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("PHOTO_ORGANIZER_HOME", str(folder / "photo-organizer"))
    monkeypatch.setenv("HOME", str(folder))
    paths.use_instead(None)
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "share"))
    return folder
