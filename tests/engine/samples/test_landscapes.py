import numpy as np
import pytest

from photo_organizer.demo.album import LANDSCAPES
from photo_organizer.engine.samples.landscapes import SCENES, SIZE, draw


@pytest.mark.parametrize("name", LANDSCAPES)
def test_a_landscape_is_bright_above_and_dark_below(name: str) -> None:
    picture = draw(SCENES[name])
    assert picture.size == SIZE
    pixels = np.asarray(picture.convert("L"), np.float32)
    above, below = pixels[: SIZE[1] // 3].mean(), pixels[-SIZE[1] // 4 :].mean()
    assert above > below + 8
    assert pixels.std() > 15


def test_a_landscape_is_the_same_each_time() -> None:
    scene = SCENES["Morning fog.jpg"]
    assert draw(scene).tobytes() == draw(scene).tobytes()
