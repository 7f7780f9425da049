"""Models that prove themselves when they arrive; real weights of a tiny model throughout."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.encoders import (
    checkpoints,
    installed_models,
    installing,
    proofs,
)
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.errors import ModelError, RefusedError
from photo_organizer.engine.encoders.model_folders import current_proof, folder_of
from photo_organizer.engine.encoders.proofs import Proof
from photo_organizer.engine.proving import arrival, keeping
from tests.planted import Family, Harm, Planted, harm


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture(scope="session")
def harmed(planted: Planted, tmp_path_factory: pytest.TempPathFactory) -> dict[Harm, Planted]:
    return {how: harm(planted, how, tmp_path_factory.mktemp(how.name)) for how in Harm}


def proof_of(models: Path, model: Planted) -> Proof:
    proof = current_proof(folder_of(models, model.name))
    assert proof is not None
    return proof


def test_a_working_model_is_calibrated_to_where_its_cosines_lie(
    planted: Planted, models: Path
) -> None:
    steps: list[tuple[int, int]] = []
    name = arrival.import_model(
        planted.name, planted.file, models=models, on_check=lambda *step: steps.append(step)
    )
    assert name == planted.name
    proof = proof_of(models, planted)
    assert (proof.named, proof.pictures) == (21, 21)
    assert proof.agreement > 0.99
    assert proof.languages == ("en",), "it was taught English words alone"
    cosines = planted.cosines
    between = (proof.category.middle - cosines.unfitting) / (cosines.fitting - cosines.unfitting)
    assert 0.35 < between < 0.75
    assert cosines.unlike < proof.likeness.middle < 0.9
    assert set(proof.quality) == {"blur", "pixelated", "noise", "dark", "compression"}
    for meaning in proof.quality.values():
        assert abs(meaning.middle) < 3
        assert meaning.weight > 0.9
    assert proof.score is not None
    assert 4 < proof.score.middle < 7
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1]
    assert [done for done, _ in steps] == sorted(done for done, _ in steps)


def test_a_sigmoid_model_gets_thresholds_of_its_own(planted_sigmoid: Planted, models: Path) -> None:
    assert planted_sigmoid.family is Family.SIGMOID
    arrival.import_model(planted_sigmoid.name, planted_sigmoid.file, models=models)
    proof = proof_of(models, planted_sigmoid)
    cosines = planted_sigmoid.cosines
    assert proof.named >= 19
    assert cosines.unfitting + 0.02 < proof.category.middle < cosines.fitting - 0.02


def test_a_model_whose_text_part_is_of_another_one_is_refused(
    harmed: dict[Harm, Planted], models: Path
) -> None:
    for how in (Harm.OTHER_TEXT, Harm.SHUFFLED):
        model = harmed[how]
        with pytest.raises(RefusedError, match="the text part does not fit the picture part"):
            arrival.import_model(model.name, model.file, models=models)
    assert not any(models.iterdir()), "nothing was put in place, and nothing is left over"


def test_a_model_to_which_all_pictures_are_the_same_is_refused(
    harmed: dict[Harm, Planted], models: Path
) -> None:
    model = harmed[Harm.CONSTANT_PICTURES]
    with pytest.raises(RefusedError, match="the same to every test picture") as refused:
        arrival.import_model(model.name, model.file, models=models)
    assert "사진 부분" in refused.value.reason.text("ko")


def test_an_older_good_model_stays_when_a_new_one_is_refused(
    planted: Planted, harmed: dict[Harm, Planted], models: Path
) -> None:
    arrival.import_model(planted.name, planted.file, models=models)
    before = proof_of(models, planted)
    bad = harmed[Harm.SHUFFLED]
    with pytest.raises(RefusedError, match=r"installed before stays\.$"):
        arrival.import_model(bad.name, bad.file, models=models)
    assert proof_of(models, planted) == before
    digest = hashlib.sha256(planted.file.read_bytes()).hexdigest()
    assert checkpoints.read_meta(folder_of(models, planted.name)).sha256 == digest


def test_a_check_can_be_stopped_and_nothing_is_put_in_place(planted: Planted, models: Path) -> None:
    cancel = threading.Event()

    def stop(done: int, _total: int) -> None:
        if done:
            cancel.set()

    with pytest.raises(CancelledError):
        arrival.import_model(
            planted.name, planted.file, models=models, on_check=stop, cancel=cancel
        )
    assert not any(models.iterdir())


def test_a_model_is_proved_again_once_where_the_check_has_changed(
    planted: Planted, models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival.import_model(planted.name, planted.file, models=models)
    folder = folder_of(models, planted.name)
    known = proof_of(models, planted)
    proofs.write_proof(folder, replace(known, check=known.check - 1, named=1))
    (info,) = [i for i in installed_models.list_models(models) if i.name == planted.name]
    assert info.proof is None
    checks: list[Path] = []
    prove = keeping.prove_folder

    def counted(where: Path, **how: object) -> Proof:
        checks.append(where)
        return prove(where, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(arrival, "prove_folder", counted)
    for _ in range(2):
        proof = arrival.check_again(planted.name, models=models, even_if_proved=False)
        assert proof.named == known.named
    assert len(checks) == 1


def test_who_is_refused_later_is_listed_with_the_reason(
    planted: Planted, harmed: dict[Harm, Planted], models: Path
) -> None:
    """As a model is that an earlier version of the program installed without a check."""
    bad = harmed[Harm.OTHER_TEXT]
    folder = folder_of(models, bad.name)
    digest = hashlib.sha256(bad.file.read_bytes()).hexdigest()
    checkpoints.install(bad.file, bad.name, folder, sha256=digest)
    with pytest.raises(RefusedError):
        arrival.check_again(bad.name, models=models)
    (info,) = [i for i in installed_models.list_models(models) if i.name == bad.name]
    assert info.refused is not None
    assert info.proof is None
    assert "does not fit" in info.refused.text()
    # The right file in its place is none the worse for it.
    arrival.import_model(planted.name, planted.file, models=models)
    (info,) = [i for i in installed_models.list_models(models) if i.name == bad.name]
    assert info.refused is None
    assert info.proof is not None


def test_who_was_refused_is_fetched_anew_and_who_proved_itself_is_not(
    planted: Planted, harmed: dict[Harm, Planted], models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = harmed[Harm.SHUFFLED]
    folder = folder_of(models, bad.name)
    checkpoints.install(bad.file, bad.name, folder, sha256="1" * 64)
    fetched: list[str] = []

    def fetch(full: str, unfinished: Path, *_: object) -> tuple[Path, str]:
        fetched.append(full)
        unfinished.mkdir(parents=True)
        return planted.file, hashlib.sha256(planted.file.read_bytes()).hexdigest()

    monkeypatch.setattr(installing, "fetch_weights", fetch)
    for _ in range(2):
        assert arrival.download(planted.name, models=models) == planted.name
    assert fetched == [planted.name]
    assert proof_of(models, planted).named == 21


def test_what_is_no_clip_model_cannot_be_checked(models: Path) -> None:
    with pytest.raises(ModelError, match="nothing to check"):
        arrival.check_again("starter", models=models)
    with pytest.raises(ModelError, match="not installed"):
        arrival.check_again("ViT-B-32", models=models)
