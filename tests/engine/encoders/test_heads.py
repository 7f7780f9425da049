"""Linear heads on embeddings."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead, load_laion
from tests.engine.fakes import FakeEncoder

WEIGHTS = np.linspace(-1, 1, 8, dtype=np.float32)


def linear(bias: float = 5.0) -> LinearHead:
    return LinearHead(WEIGHTS, bias, "tiny/test", "1", 1.0, 10.0)


def unit_rows(count: int) -> Vectors:
    rows = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_a_head_is_linear() -> None:
    rows = unit_rows(4)
    scores = linear().score(rows)
    assert scores.dtype == np.float32
    expected = [sum(x * w for x, w in zip(row, WEIGHTS, strict=True)) + 5 for row in rows]
    np.testing.assert_allclose(scores, expected, rtol=1e-5)


def test_a_head_keeps_what_it_was_fitted_on_and_how_well(tmp_path: Path) -> None:
    told = replace(linear(), fitted_on={"photos": 7}, left_out={"auc": 0.8, "of": {"food": 0.9}})
    told.save(tmp_path / "head.safetensors")
    read = LinearHead.load(tmp_path / "head.safetensors")
    assert (read.fitted_on, read.left_out) == (told.fitted_on, told.left_out)
    linear().save(tmp_path / "head.safetensors")
    assert b"fitted_on" not in (tmp_path / "head.safetensors").read_bytes()


def test_no_photos_no_scores() -> None:
    assert linear().score(np.empty((0, 8), np.float32)).shape == (0,)


def test_embeddings_of_another_model_are_refused() -> None:
    with pytest.raises(ModelError, match=r"made for tiny/test with 8 numbers.*not for 9"):
        linear().score(np.zeros((2, 9), np.float32))


@given(bias=st.floats(-100, 100, width=32), low=st.floats(0, 1), version=st.text(max_size=9))
def test_a_saved_head_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, bias: float, low: float, version: str
) -> None:
    file = tmp_path_factory.mktemp("probe") / "probe.safetensors"
    saved = LinearHead(WEIGHTS, bias, "tiny/테스트", version, low, 10.0)
    saved.save(file)
    loaded = LinearHead.load(file)
    np.testing.assert_array_equal(loaded.weights, saved.weights)
    assert (loaded.bias, loaded.encoder, loaded.version, loaded.low, loaded.high) == (
        bias,
        "tiny/테스트",
        version,
        low,
        10.0,
    )


def test_a_file_that_is_no_head_is_named(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    save_file({"weights": WEIGHTS}, tmp_path / "other.safetensors")
    (tmp_path / "text.safetensors").write_text("text")
    with pytest.raises(ModelError, match="there is no file"):
        LinearHead.load(tmp_path / "missing.safetensors")
    for name in ("other", "text"):
        with pytest.raises(ModelError, match=rf"{name}\.safetensors is not a scorer"):
            LinearHead.load(tmp_path / f"{name}.safetensors")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"encoder": "another/model"}, "was made for the model another/model, not for fake"),
        ({"weights": np.ones(40, np.float32)}, "reads 40 numbers a photo, but fake gives 48"),
        ({"encoder_version": "0"}, "for version 0 of fake, not for 1: train it again"),
        ({"encoder_version": ""}, ""),
    ],
)
def test_a_head_is_checked_against_its_encoder(change: dict[str, Any], told: str) -> None:
    head = replace(LinearHead(np.ones(48, np.float32), 0.0, "fake", "mine", 1, 10, "1"), **change)
    if told:
        with pytest.raises(ModelError, match=told):
            head.check(FakeEncoder())
    else:
        head.check(FakeEncoder())


@pytest.fixture
def head(tmp_path: Path) -> Path:
    """A file like LAION's: the state of a torch Linear."""
    import torch

    layer = torch.nn.Linear(8, 1)
    torch.nn.init.constant_(layer.bias, 4.5)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(WEIGHTS)[None])
    file = tmp_path / "sa_tiny_linear.pth"
    torch.save(layer.state_dict(), file)
    return file


def load(head: Path, dimension: int = 8) -> LinearHead:
    return load_laion(head, encoder="tiny/test", dimension=dimension, low=1.0, high=10.0)


def test_laions_head_scores_as_the_layer_does(head: Path) -> None:
    loaded = load(head)
    np.testing.assert_allclose(loaded.score(unit_rows(3)), linear(4.5).score(unit_rows(3)))
    assert loaded.version == "laion-sa_tiny_linear"


def test_a_head_for_another_model_is_refused(head: Path) -> None:
    with pytest.raises(ModelError, match=r"reads 8 numbers a photo, but tiny/test gives 512"):
        load(head, dimension=512)


class Malicious:
    """Unpickling it would run `print`."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("code from a head",))


def test_a_head_that_could_run_code_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import torch

    file = tmp_path / "evil.pth"
    torch.save(OrderedDict(weight=Malicious()), file)
    with pytest.raises(ModelError, match=r"evil\.pth is not a linear head"):
        load(file)
    assert capsys.readouterr().out == ""
