"""Fitting what tells graphics from photos, on small made data."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality.graphics import FEATURES
from photo_organizer.engine.quality.models import FlawModel
from tests.engine.fakes import FakeEncoder
from tools import fit_graphics
from tools.fit_graphics import FOLDS, Part, Pictures


def made(name: str, graphic: np.ndarray, weight: float = 100, head_weight: float = 1) -> Part:
    """Graphics are still, and look like it; each source has four pictures."""
    count = len(graphic)
    random = np.random.default_rng(len(name))
    table = random.normal(0, 0.3, (count, len(measures.NAMES)))
    table[:, measures.NAMES.index("still")] += graphic
    rows = random.normal(0, 0.2, (count, 4))
    rows[:, 0] += np.where(graphic, 1, -1)
    source = np.array([f"{name} {number // 4}" for number in range(count)])
    return Part(name, fit_graphics.unit(rows), table, graphic, source, weight, head_weight)


@pytest.fixture
def pictures() -> Pictures:
    both = np.arange(80) % 2 == 0
    return Pictures(
        [made("real", both), made("photos", np.zeros(48, bool)), made("named", both, 0, 0)]
    )


def test_sources_are_left_out_whole_and_all_folds_are_used(pictures: Pictures) -> None:
    for source in np.unique(pictures.source):
        assert len(set(pictures.fold[pictures.source == source])) == 1
    assert set(pictures.fold) == set(range(FOLDS))


def test_parts_count_what_they_stand_for_half_of_it_for_their_graphics(pictures: Pictures) -> None:
    real = pictures.part == "real"
    assert pictures.weight[real & pictures.graphic].sum() == pytest.approx(50)
    assert pictures.weight[real & ~pictures.graphic].sum() == pytest.approx(50)
    assert pictures.weight[pictures.part == "photos"].sum() == pytest.approx(100)
    # Of these nobody measured anything: only the head learns from them.
    assert not pictures.weight[pictures.part == "named"].any()
    assert pictures.head_weight[pictures.part == "named"].sum() == pytest.approx(2000)


def test_what_is_stored_tells_graphics_and_says_how_well(pictures: Pictures) -> None:
    stored = fit_graphics.fit_all(pictures)
    assert set(stored["measured"]["curves"]) == set(FEATURES)
    assert set(stored["looked"]["curves"]) == {*FEATURES, "look"}
    FlawModel(**stored["looked"])
    told = stored["fitted"]["looked"]
    assert told["real, graphics"]["0.5"] > 0.95
    assert told["photos, photos"]["0.5"] < 0.05
    said = pictures.embeddings @ np.array(stored["head"][:-1]) + stored["head"][-1]
    assert ((said > 0) == pictures.graphic).mean() > 0.95


def test_the_same_pictures_make_the_same_text(pictures: Pictures) -> None:
    first, again = (fit_graphics.written(fit_graphics.fit_all(pictures)) for _ in range(2))
    assert first == again
    assert set(json.loads(first)) == {"looked", "measured", "fitted", "head"}


def test_a_file_that_cannot_be_read_is_named_and_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(file, "PNG")
    files = [("red.png", file.getvalue()), ("broken.jpg", b"nothing of the kind")]
    found = fit_graphics.embedded(iter(files), FakeEncoder())
    assert found["names"].tolist() == ["red.png"]
    assert found["measures"].shape == (1, len(measures.NAMES))
    assert "broken.jpg" in capsys.readouterr().out
