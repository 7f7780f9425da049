"""Which version of a model a service has, by what it answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from photo_organizer.engine.encoders.remote_versions import FOLDER, SAMPLE, Sample, version_of


def vector(seed: int, dimension: int = 512) -> NDArray[np.float32]:
    numbers = np.random.default_rng(seed).normal(size=dimension)
    return np.asarray(numbers / np.linalg.norm(numbers), np.float32)


def noisy(sample: Sample, much: float) -> Sample:
    rng = np.random.default_rng(9)
    parts = [v + rng.normal(0, much / v.size**0.5, v.size) for v in (sample.picture, sample.text)]
    return Sample(*(np.asarray(part / np.linalg.norm(part), np.float32) for part in parts))


SEEN = Sample(vector(1), vector(2))


def test_who_answers_as_before_is_the_same_version(tmp_path: Path) -> None:
    first = version_of(tmp_path, "m", SEEN)
    assert version_of(tmp_path, "m", SEEN) == first
    assert version_of(tmp_path, "m", noisy(SEEN, 0.02)) == first
    assert first.folder.parent == tmp_path / FOLDER / "m"


@pytest.mark.parametrize(
    "other",
    [
        Sample(vector(3), SEEN.text),
        Sample(SEEN.picture, vector(3)),
        Sample(vector(1, 768), SEEN.text),
        noisy(SEEN, 0.1),
    ],
)
def test_who_answers_something_else_is_another_and_both_stay_known(
    tmp_path: Path, other: Sample
) -> None:
    first, second = version_of(tmp_path, "m", SEEN), version_of(tmp_path, "m", other)
    assert first.name != second.name
    assert version_of(tmp_path, "m", SEEN) == first
    assert version_of(tmp_path, "m", other) == second


def test_another_computer_finds_the_same_name(tmp_path: Path) -> None:
    here, there = version_of(tmp_path / "a", "m", SEEN), version_of(tmp_path / "b", "m", SEEN)
    assert here.name == there.name
    # What is rounded away does not matter, nor which zero it is rounded to.
    low, high = (Sample(SEEN.picture, np.array([x, 1, 0], np.float32)) for x in (-0.001, 0.001))
    names = {version_of(tmp_path / n, "m", s).name for n, s in (("c", low), ("d", high))}
    assert len(names) == 1


def test_what_cannot_be_read_is_found_out_anew(tmp_path: Path) -> None:
    first = version_of(tmp_path, "m", SEEN)
    for damaged in ("", "{}", '{"picture": "x", "text": []}', '{"picture": 1, "text": 2}'):
        (first.folder / SAMPLE).write_text(damaged)
        assert version_of(tmp_path, "m", SEEN) == first


def test_what_cannot_be_kept_holds_until_the_program_ends(tmp_path: Path) -> None:
    root = tmp_path / "models"
    root.write_text("no folder")
    first = version_of(root, "m", SEEN)
    assert version_of(root, "m", noisy(SEEN, 0.02)) == first
