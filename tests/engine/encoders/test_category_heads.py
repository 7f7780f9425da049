from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from photo_organizer.engine.categories.catalog import built_in
from photo_organizer.engine.encoders import category_heads
from photo_organizer.engine.encoders.category_heads import CategoryHeads
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.starter import DIMENSION, StarterEncoder


def heads() -> CategoryHeads:
    """Of two categories on three numbers; the classes count for the second only."""
    return CategoryHeads(
        keys=["cat", "dog"],
        weights=np.array([[8, 0, 0], [0, 8, 0]], np.float32),
        biases=np.array([-4, -4], np.float32),
        trust=np.array([0, 0.5], np.float32),
        encoder="toy",
        encoder_version="1",
        fitted_on={"photos": 2},
        left_out={"right": 0.5},
    )


def test_shipped_heads_read_the_starter_and_know_what_its_classes_do_not() -> None:
    shipped, starter = category_heads.shipped(), StarterEncoder(device="cpu")
    assert shipped.fits(starter)
    categories = built_in()
    assert set(shipped.keys) <= {category.key for category in categories}
    assert set(shipped.keys) >= {category.key for category in categories if category.needs_text}
    assert shipped.weights.shape == (len(shipped.keys), DIMENSION)
    assert shipped.weights.dtype == np.float32
    assert all(np.isfinite(part).all() for part in (shipped.weights, shipped.biases, shipped.trust))
    trust = dict(zip(shipped.keys, shipped.trust.tolist(), strict=True))
    assert min(trust["animal"], trust["vehicle"]) > max(trust["people"], trust["art"])
    assert starter.learned == set(shipped.keys)


def test_shipped_heads_say_what_they_were_fitted_on_and_how_well() -> None:
    shipped = category_heads.shipped()
    assert shipped.fitted_on["photos"] > 6000
    assert shipped.fitted_on["sources"] > 90
    left_out = shipped.left_out
    assert left_out["right"] + left_out["wrong"] + left_out["others"] == pytest.approx(1, abs=2e-3)
    assert left_out["right"] > 0.8
    assert left_out["recall"].keys() == left_out["precision"].keys() == set(shipped.keys)
    assert left_out["recall"]["people"] > 0.93
    assert left_out["precision"]["people"] > 0.93


@pytest.mark.parametrize(
    "other", [{"encoder": "another"}, {"encoder_version": "another"}, {"weights": np.zeros((2, 3))}]
)
def test_heads_of_another_encoder_are_left_aside(
    other: dict[str, object], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shipped = category_heads.shipped()
    monkeypatch.setattr(category_heads, "shipped", lambda: replace(shipped, **other))  # type: ignore[arg-type]
    starter = StarterEncoder(device="cpu")
    with caplog.at_level(logging.WARNING):
        assert starter.heads is None
    assert "fit_heads" in caplog.text
    assert starter.learned == set()


def test_heads_come_back_from_their_file_as_they_were(tmp_path: Path) -> None:
    before = replace(heads(), weights=np.asfortranarray(heads().weights))
    before.save(tmp_path / "heads")
    after = CategoryHeads.load(tmp_path / "heads")
    for name in ("weights", "biases", "trust"):
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name))
    for name in ("keys", "encoder", "encoder_version", "fitted_on", "left_out"):
        assert getattr(after, name) == getattr(before, name)


def test_the_same_heads_make_the_same_file(tmp_path: Path) -> None:
    heads().save(tmp_path / "first")
    heads().save(tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_what_is_no_file_of_heads_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        CategoryHeads.load(tmp_path / "missing")
    (tmp_path / "broken").write_bytes(b"nothing of the kind")
    with pytest.raises(ModelError, match="broken"):
        CategoryHeads.load(tmp_path / "broken")


def test_a_head_and_the_classes_are_one_chance() -> None:
    photos = np.eye(3, dtype=np.float32)
    found = heads().found(photos)
    unsure = np.full((3, 2), 0.5, np.float32)
    chances = heads().chances(found, unsure, [0, 1])
    assert chances.dtype == np.float32
    np.testing.assert_array_equal(chances > 0.5, [[1, 0], [0, 1], [0, 0]])
    # Of one category alone it is the same, whatever its place.
    np.testing.assert_array_equal(heads().chances(found, unsure[:, :1], [1])[:, 0], chances[:, 1])
    # Cats are told by the head alone as long as the classes doubt, dogs by the classes too.
    doubted = heads().chances(found, unsure / 2, [0, 1])
    np.testing.assert_array_equal(doubted[:, 0], chances[:, 0])
    assert (doubted[:, 1] < chances[:, 1]).all()
    certain = heads().chances(found, np.ones_like(unsure), [0, 1])
    assert (certain > chances).all()


def test_clothes_that_the_classes_are_sure_of_count_no_more() -> None:
    worn = replace(heads(), keys=["clothing", "dog"])
    found = worn.found(np.eye(3, dtype=np.float32))
    certain = worn.chances(found, np.ones((3, 2), np.float32), [0, 1])
    doubted = worn.chances(found, np.full((3, 2), 0.5, np.float32), [0, 1])
    np.testing.assert_array_equal(certain[:, 0], doubted[:, 0])


@given(arrays(np.float32, (5, 2), elements=st.floats(0, 1.125, width=32)))
def test_chances_are_chances_whatever_the_classes_say(by_classes: np.ndarray) -> None:
    found = heads().found(np.eye(5, 3, dtype=np.float32))
    chances = heads().chances(found, by_classes, [0, 1])
    assert ((chances >= 0) & (chances <= 1)).all()
    more = heads().chances(found, by_classes + np.float32(0.01), [0, 1])
    assert (more >= chances - 1e-6).all()
