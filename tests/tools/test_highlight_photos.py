"""Reading and making what the highlights' head learns from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import measures
from tests.engine.fakes import FakeEncoder
from tools.highlight_photos import Damaged, Kinds, Pages, Shown, unit

FEATURES = np.array([[2, 0, 0], [0, 2, 0], [0, 0, 2], [2, 2, 0], [0, 0, 1]], np.float16)


@pytest.fixture
def categories(tmp_path: Path) -> Path:
    file = tmp_path / "categories.npz"
    names = np.array(["cat", "document", "dog", "screenshot", "unseen"])
    # A cat, a page, a dog, a cat on a screen, a cat.
    labels = np.array(
        [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [1, 0, 0, 1, 0], [1, 0, 0, 0, 0]]
    )
    np.savez(file, features=FEATURES, names=names, labels=labels, source=np.arange(5))
    return file


def test_pages_are_documents_and_screens(categories: Path) -> None:
    pages = Pages.load(categories)
    assert pages.source.tolist() == [1, 3]
    assert pages.rows.tolist() == unit(FEATURES[[1, 3]]).tolist()


def test_kinds_are_the_other_categories_on_average_without_screens(categories: Path) -> None:
    kinds = Kinds.load(categories)
    assert kinds.rows.tolist() == [[0.5, 0, 0.5], [0, 0, 1]]
    assert kinds.counts.sum() == pytest.approx(1)
    assert kinds.counts[0] / kinds.counts[1] == pytest.approx(2**0.5)


def shown_file(file: Path, names: tuple[str, ...]) -> Path:
    np.savez(
        file,
        features=FEATURES,
        shown=np.array([1, 0, 1, 0, 1]),
        subject=np.array(list("abcde")),
        source=np.arange(5),
        measures=np.zeros((5, len(measures.NAMES)), np.float32),
        measure_names=np.array(names),
        size=np.full((5, 2), 20),
    )
    return file


def test_shown_photos_are_read_and_chosen_from(tmp_path: Path) -> None:
    shown = Shown.load(shown_file(tmp_path / "shown.npz", measures.NAMES))
    assert np.linalg.norm(shown.rows, axis=1) == pytest.approx(np.ones(5))
    assert shown.pixels.tolist() == [400] * 5
    assert shown.only(shown.shown).subject.tolist() == ["a", "c", "e"]


def test_other_measures_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="other measures"):
        Shown.load(shown_file(tmp_path / "shown.npz", ("another", *measures.NAMES[1:])))


def test_damaged_copies_are_the_same_every_time_and_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    pixels = np.random.default_rng(1).integers(0, 256, (48, 64, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(folder / "one.png")
    first, again = (Damaged.of(folder, FakeEncoder()) for _ in range(2))
    assert first.copies.shape == (1, len(Damaged.flaws()), FakeEncoder().dimension)
    nobody_makes = {Flaw.SMALL, Flaw.EYES_CLOSED}
    assert set(Damaged.flaws()) == set(Flaw) - nobody_makes
    assert np.array_equal(first.copies, again.copies)
    assert not (first.copies == first.photos[:, None]).all(axis=2).any()
    first.save(tmp_path / "kept.npz")
    assert np.array_equal(Damaged.load(tmp_path / "kept.npz").copies, first.copies)
