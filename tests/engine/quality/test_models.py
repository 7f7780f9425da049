"""The models that come with the program."""

from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.quality import models


def test_models_read_existing_measures_and_their_curves_rise_along_the_axis():
    assert set(models.flaw_models()) == set(Flaw) - {
        Flaw.SMALL,
        Flaw.BLUR,
        Flaw.MOTION,
        Flaw.EYES_CLOSED,
    }
    for model in models.flaw_models().values():
        for name, points in model.curves.items():
            assert set(name.split(" - ")) <= set(measures.NAMES)
            values = [value for value, _ in points]
            assert values == sorted(values)
