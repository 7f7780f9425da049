"""The networks that come with the program run on the libraries that are installed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from photo_organizer.engine import assets
from photo_organizer.engine.faces import detector, networks
from photo_organizer.engine.faces.networks import Network, NetworksError, OnnxNetwork

SIDES = {"detector": 192, "mesh": 192, "iris": 64}
OUTPUTS = {
    "detector": ((1, 2304, 1), (1, 2304, 16)),
    "mesh": ((1, 1, 1, 1), (1, 1404, 1, 1)),
    "iris": ((1, 213), (1, 15)),
}


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the program's resources."""
    monkeypatch.setattr(assets, "resource", tmp_path.joinpath)
    (tmp_path / "faces").mkdir()
    return tmp_path / "faces"


@pytest.mark.parametrize("name", SIDES)
def test_a_network_answers_the_shapes_it_is_known_for(name: str) -> None:
    side = SIDES[name]
    answers = Network(f"{name}.tflite", side, 0, OUTPUTS[name]).answers(
        np.full((side, side, 3), 120, np.uint8)
    )
    assert set(answers) == set(OUTPUTS[name])
    assert all(np.isfinite(answer).all() for answer in answers.values())


@pytest.mark.parametrize("name", SIDES)
def test_the_engine_opencv_takes_by_itself_returns_only_one_output(name: str) -> None:
    """Once this fails, `Network` need not ask for the classic engine any more."""
    file = str(assets.resource("faces", f"{name}.tflite"))
    blank = np.zeros((1, 3, SIDES[name], SIDES[name]), np.float32)
    shapes = {}
    for engine in (cv2.dnn.ENGINE_AUTO, cv2.dnn.ENGINE_CLASSIC):
        network = cv2.dnn.readNetFromTFLite(file, engine)
        network.setInput(blank)
        outputs = network.forward(network.getUnconnectedOutLayersNames())
        shapes[engine] = [output.shape for output in outputs]
    assert len(shapes[cv2.dnn.ENGINE_AUTO]) == 1
    assert sorted(shapes[cv2.dnn.ENGINE_CLASSIC]) == sorted(OUTPUTS[name])


def test_a_network_runs_again_with_the_same_answer() -> None:
    network = Network("iris.tflite", 64, 0, OUTPUTS["iris"])
    one = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    first = network.answers(one)[1, 213].copy()
    other = network.answers(255 - one)[1, 213].copy()
    assert not np.array_equal(first, other)
    assert np.array_equal(network.answers(one)[1, 213], first)


def test_a_missing_file_is_told(elsewhere: Path) -> None:
    with pytest.raises(NetworksError, match=r"mesh\.tflite"):
        Network("mesh.tflite", 192, 0, OUTPUTS["mesh"])


@pytest.mark.parametrize("data", [b"", b"no network", bytes(10_000)])
def test_a_file_that_is_no_network_is_told(elsewhere: Path, data: bytes) -> None:
    (elsewhere / "mesh.tflite").write_bytes(data)
    with pytest.raises(NetworksError, match=r"mesh\.tflite"):
        Network("mesh.tflite", 192, 0, OUTPUTS["mesh"])


def test_a_network_that_answers_something_else_is_told() -> None:
    with pytest.raises(NetworksError, match="instead of"):
        Network("iris.tflite", 64, 0, OUTPUTS["mesh"])


def test_an_opencv_without_that_engine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(networks.cv2.dnn, "ENGINE_CLASSIC")
    with pytest.raises(NetworksError, match=r"iris\.tflite"):
        Network("iris.tflite", 64, 0, OUTPUTS["iris"])


def test_only_what_is_wanted_is_answered() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    everything = Network("iris.tflite", 64, 0, OUTPUTS["iris"]).answers(pixels)
    lids = Network("iris.tflite", 64, 0, OUTPUTS["iris"], wanted=[(1, 213)]).answers(pixels)
    assert list(lids) == [(1, 213)]
    assert np.array_equal(lids[1, 213], everything[1, 213])


@pytest.mark.parametrize(("darkest", "expected"), [(0, [0, 0.2, 1]), (-1, [-1, -0.6, 1])])
def test_pixels_reach_a_network_in_its_range(
    monkeypatch: pytest.MonkeyPatch, darkest: float, expected: list[float]
) -> None:
    network = Network("iris.tflite", 64, darkest, OUTPUTS["iris"])
    given = []
    heard = SimpleNamespace(setInput=given.append, forward=lambda names: [])
    monkeypatch.setattr(network, "_network", heard)
    pixels = np.zeros((64, 64, 3), np.uint8)
    pixels[0, :3] = [[0, 51, 255]] * 3
    network.answers(pixels)
    assert given[0].shape == (1, 3, 64, 64)
    assert given[0][0, :, 0, 0] == pytest.approx(expected, abs=1e-6)


def test_the_detector_answers_the_same_in_both_formats() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (192, 192, 3), np.uint8)
    quick = OnnxNetwork("detector.onnx", 192, -1, OUTPUTS["detector"]).answers(pixels)
    plain = Network("detector.tflite", 192, -1, OUTPUTS["detector"]).answers(pixels)
    for shape in OUTPUTS["detector"]:
        np.testing.assert_allclose(quick[shape], plain[shape], rtol=1e-3, atol=1e-3)


def test_a_missing_onnx_file_is_told(elsewhere: Path) -> None:
    with pytest.raises(NetworksError, match=r"detector\.onnx"):
        OnnxNetwork("detector.onnx", 192, -1, OUTPUTS["detector"])


@pytest.mark.parametrize("data", [b"", b"no network", bytes(10_000)])
def test_an_onnx_file_that_is_no_network_is_told(elsewhere: Path, data: bytes) -> None:
    (elsewhere / "detector.onnx").write_bytes(data)
    with pytest.raises(NetworksError, match=r"detector\.onnx"):
        OnnxNetwork("detector.onnx", 192, -1, OUTPUTS["detector"])


def test_an_onnx_network_that_answers_something_else_is_told() -> None:
    with pytest.raises(NetworksError, match="instead of"):
        OnnxNetwork("detector.onnx", 192, -1, OUTPUTS["mesh"])


def test_without_the_quicker_runtime_opencv_looks_for_faces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise NetworksError("no library")

    monkeypatch.setattr(detector, "OnnxNetwork", refuse)
    blank = np.zeros((300, 200, 3), np.uint8)
    assert detector.Detector().detect(blank) == []
