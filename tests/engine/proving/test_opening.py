"""Models opened by name, after they have proved themselves."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from photo_organizer.engine.encoders import checkpoints
from photo_organizer.engine.encoders import opening as encoders
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.errors import RefusedError, UnprovedError
from photo_organizer.engine.encoders.model_folders import current_proof, folder_of
from photo_organizer.engine.encoders.proofs import PROOF, REFUSAL
from photo_organizer.engine.proving import keeping, opening
from tests.planted import Harm, Planted, harm


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture(scope="module")
def other_text(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return harm(planted, Harm.OTHER_TEXT, tmp_path_factory.mktemp("other"))


def installed(model: Planted, models: Path) -> Path:
    """As an earlier version of the program has left it: without a check."""
    folder = folder_of(models, model.name)
    digest = hashlib.sha256(model.file.read_bytes()).hexdigest()
    checkpoints.install(model.file, model.name, folder, sha256=digest)
    return folder


def test_a_model_of_an_earlier_version_proves_itself_once(
    planted: Planted, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = installed(planted, models)
    with pytest.raises(UnprovedError, match="models check"):
        encoders.open_encoder(planted.name, "cpu", models=models)
    steps: list[int] = []
    encoder = opening.open_encoder(
        planted.name, "cpu", models=models, on_check=lambda done, _: steps.append(done)
    )
    assert steps
    assert encoder.name == planted.name
    assert encoder.proof == current_proof(folder)
    steps.clear()
    again = opening.open_encoder(
        "auto", "cpu", models=models, on_check=lambda done, _: steps.append(done)
    )
    assert again.name == planted.name
    assert not steps
    assert opening.instead_of("auto", again, models=models) is None


def test_a_refused_model_makes_room_for_the_next_best_and_that_is_told(
    other_text: Planted, models: Path
) -> None:
    folder = installed(other_text, models)
    encoder = opening.open_encoder("auto", "cpu", models=models)
    assert encoder.name == "starter"
    told = opening.instead_of("auto", encoder, models=models)
    assert told is not None
    assert "starter did the work" in told.text()
    assert "does not fit the picture part" in told.text()
    assert (folder / REFUSAL).exists()
    assert encoders.open_encoder("auto", "cpu", models=models).name == "starter"
    with pytest.raises(RefusedError, match="does not fit"):
        opening.open_encoder(other_text.name, "cpu", models=models)


def test_a_refused_model_is_not_checked_at_every_start(
    other_text: Planted, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(other_text, models)
    with pytest.raises(RefusedError):
        opening.open_encoder(other_text.name, "cpu", models=models)

    def check(*_: object) -> None:
        raise AssertionError("checked again")

    monkeypatch.setattr(keeping, "check", check)
    with pytest.raises(RefusedError, match="does not fit"):
        opening.open_encoder(other_text.name, "cpu", models=models)


def test_a_folder_that_cannot_be_written_stops_nothing(
    planted: Planted, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = installed(planted, models)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Read-only file system", str(folder))

    monkeypatch.setattr(keeping, "write_proof", refuse)
    encoder = opening.open_encoder(planted.name, "cpu", models=models)
    assert encoder.proof is not None
    assert not (folder / PROOF).exists()

    def check(*_: object) -> None:
        raise AssertionError("checked again")

    monkeypatch.setattr(keeping, "check", check)
    assert opening.open_encoder("auto", "cpu", models=models).proof == encoder.proof


def test_a_check_can_be_stopped(planted: Planted, models: Path) -> None:
    installed(planted, models)
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        opening.prove_first("auto", "cpu", models=models, cancel=cancel)


def test_two_at_once_keep_one_whole_proof(planted: Planted, models: Path) -> None:
    folder = installed(planted, models)
    both = [
        threading.Thread(
            target=opening.open_encoder, args=(planted.name, "cpu"), kwargs={"models": models}
        )
        for _ in range(2)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert current_proof(folder) is not None
    assert not list(folder.glob(".*"))


def test_where_nothing_is_installed_there_is_nothing_to_prove(models: Path) -> None:
    opening.prove_first("auto", "cpu", models=models)
    opening.prove_first("ViT-B-32", "cpu", models=models)
    assert opening.open_encoder("auto", "cpu", models=models).name == "starter"
