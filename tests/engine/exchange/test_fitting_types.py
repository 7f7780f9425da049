from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest

from photo_organizer.engine.exchange.fitting_types import fits


class Colour(StrEnum):
    RED = "red"


@dataclass
class Thing:
    name: str
    parts: tuple[int, ...] = ()
    colour: Colour | None = None


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, int),
        (2**32 - 1, int),
        (1, float),
        (1e300, float),
        (None, int | None),
        ("", str),
        (b"", bytes),
        (datetime(2024, 1, 1), datetime),
        ((1, 0.5), tuple[int, float]),
        ((), tuple[int, ...]),
        (Colour.RED, Colour),
        (Thing("a", (1, 2), Colour.RED), Thing),
    ],
)
def test_what_fits(value, kind):
    assert fits(value, kind)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, int),
        (1, bool),
        (0.5, int),
        (2**63, int),
        (float("nan"), float),
        (10**400, float),
        (float("-inf"), float),
        (None, int),
        ("\ud800", str),
        ("x" * 300_000, str),
        ([1], tuple[int, ...]),
        ((1,), tuple[int, float]),
        ((1, "2"), tuple[int, ...]),
        (datetime(2024, 1, 1, tzinfo=UTC), datetime),
        ("red", Colour),
        (Thing("a", (0.5,)), Thing),
        (Thing(1), Thing),
        ({"name": "a"}, Thing),
    ],
)
def test_what_does_not(value, kind):
    assert not fits(value, kind)


def test_a_type_that_nobody_thought_of_is_not_taken_for_fitting():
    with pytest.raises(TypeError):
        fits(Path(), Path)
