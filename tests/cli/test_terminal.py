import pytest

from photo_organizer.cli import terminal


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.4, "59 s"), (61, "1 min"), (3590, "1 h 00 min"), (7500, "2 h 05 min")],
)
def test_durations_read_like_speech(seconds, text):
    assert terminal.duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (3_400_000, "3.4 MB"),
        (5e13, "50.0 TB"),
    ],
)
def test_sizes_use_decimal_units(count, text):
    assert terminal.size(count) == text
