"""Models of services on other computers prove themselves, too."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from photo_organizer.engine import assets
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.encoders import installing, opening, remote_versions
from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.errors import RefusedError, ServiceError
from photo_organizer.engine.encoders.model_folders import folder_of
from photo_organizer.engine.encoders.proofs import PROOF, REFUSAL, UNPROVED
from photo_organizer.engine.encoders.remote import RemoteEncoder
from photo_organizer.engine.proving import looking, remote
from photo_organizer.engine.proving.opening import instead_of, open_again, open_encoder
from photo_organizer.engine.proving.remote import open_remote
from tests.engine.encoders.remote_server import MODEL, QUICK, ClipModel, Server, TinyModel, serve
from tests.planted import Planted

OPENAI = "ViT-B-32__openai"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def clip(planted: Planted, tmp_path: Path) -> ClipModel:
    """A model that works, somewhere else."""
    elsewhere = tmp_path / "elsewhere"
    name = installing.import_model(planted.name, planted.file, models=elsewhere)
    return ClipModel(ClipEncoder(folder_of(elsewhere, name), proof=UNPROVED, device="cpu"))


def test_a_model_proves_itself_once_wherever_it_computes(
    clip: ClipModel, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "languages", lambda: ("en",))  # half of the texts
    monkeypatch.setattr(looking, "damages", lambda: (Flaw.BLUR,))  # half of the pictures
    steps: list[int] = []

    def opened(server: Server) -> tuple[str, int]:
        encoder = open_remote(
            server.name, models=models, on_check=lambda done, _: steps.append(done), patience=QUICK
        )
        assert encoder.proof.named > 15
        assert list(encoder.proof.quality) == [Flaw.BLUR.value]
        assert 0.15 < encoder.category_threshold < 0.35
        return encoder.version, encoder.dimension

    with serve(clip, called=OPENAI) as server:
        first = opened(server)
        assert steps
        steps.clear()
        server.forget()
        assert opened(server) == first
        assert (len(server.pictures), len(server.texts)) == (1, 1)
    with serve(clip, called=OPENAI) as other:
        assert opened(other) == first
    assert not steps
    (folder,) = (models / remote_versions.FOLDER / OPENAI).iterdir()
    assert (folder / PROOF).exists()


def test_a_model_that_does_not_work_is_refused_once(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(encoder: RemoteEncoder, *_: object) -> None:
        raise RefusedError("models.refused_same_texts", model=encoder.name)

    monkeypatch.setattr(remote, "check", fails)
    with serve(TinyModel()) as server:
        with pytest.raises(RefusedError, match=f"immich:{MODEL} is not used"):
            open_remote(server.name, models=models, patience=QUICK)
        (refused,) = models.rglob(REFUSAL)
        server.forget()
        with pytest.raises(RefusedError, match="is not used"):
            open_encoder(server.name, models=models)
        assert server.asked == 2
    assert refused.exists()


@pytest.mark.usefixtures("light_program")
def test_it_is_opened_by_its_address_and_never_by_itself(models: Path) -> None:
    with serve() as server:
        server.trust(models)
        encoder = open_encoder(server.name, models=models)
        assert encoder.name == f"immich:{MODEL}"
        assert instead_of(server.name, encoder, models=models) is None
        assert open_again(encoder).version == encoder.version
        assert opening.stand_in(server.name) is None
        assert not opening.asks_for_clip(server.name)
        server.forget()
        assert open_encoder("auto", "cpu", models=models).name == "starter"
        assert server.asked == 0


def test_another_model_under_the_same_name_is_another_version(models: Path) -> None:
    class Other(TinyModel):
        def picture(self, pixels):
            return super().picture(255 - pixels[::-1])

    versions = []
    for model in (TinyModel(), Other(), TinyModel()):
        with serve(model) as server:
            server.trust(models)
            versions.append(open_encoder(server.name, models=models).version)
    assert versions[0] == versions[2] != versions[1]


def test_a_service_that_refuses_a_good_picture_is_of_no_use(models: Path) -> None:
    with serve() as server:
        server.refuses = lambda _: True
        with pytest.raises(ServiceError, match="400 Bad Request"):
            open_remote(server.name, models=models, patience=QUICK)


def test_a_check_that_hangs_can_be_stopped(models: Path) -> None:
    with serve() as server:
        cancel = threading.Event()
        server.faults.extend(["", ""])  # what tells the version
        server.broken = "hang"
        threading.Thread(target=lambda: server.hanging.wait(30) and cancel.set()).start()
        with pytest.raises(CancelledError):
            open_remote(server.name, models=models, cancel=cancel)
    assert not list(models.rglob(PROOF))
