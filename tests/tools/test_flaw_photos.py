"""What is done to flawless photos, so that flaws can be learned from them."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from tests.engine import scenes
from tools import damage, flaw_photos, light
from tools.damage import rounded


def test_of_three_photos_each_kind_is_done_to_one() -> None:
    done = Counter(
        (flaw, name) for number in range(3) for flaw, name, _ in flaw_photos.kinds_of(number)
    )
    assert set(done.values()) == {1}
    assert done.keys() == {
        (flaw, name)
        for flaw, name, _ in (*damage.kinds(), *light.kinds())
        if flaw not in flaw_photos.ELSEWHERE
    }


@pytest.mark.parametrize(
    ("flaw", "name", "change"), [*light.kinds()], ids=lambda part: str(part)[:20]
)
def test_light_changes_a_photo_and_keeps_its_size(
    flaw: str, name: str, change: damage.Change
) -> None:
    scene = scenes.street_life()
    made = rounded(change(scene, np.random.default_rng(1)))
    assert made.shape == scene.shape
    assert not np.array_equal(made, scene)
    assert np.array_equal(made, rounded(change(scene, np.random.default_rng(1))))
    if flaw == "overexposed":
        assert made.mean() > scene.mean()
