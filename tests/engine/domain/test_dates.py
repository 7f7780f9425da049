"""Dates of photos: how exactly they are known, and which of two is to be believed."""

from datetime import datetime, timedelta

import pytest

from photo_organizer.engine.domain.dates import (
    DatePrecision,
    DateSource,
    TakenDate,
    dated,
    is_credible,
)

NAME, SAVED = DateSource.NAME, DateSource.SAVED
DAY = TakenDate(datetime(2024, 8, 10), NAME, DatePrecision.DAY)
MONTH = TakenDate(datetime(2024, 8, 1), NAME, DatePrecision.MONTH)
SECOND = TakenDate(datetime(2024, 8, 10, 9, 30), SAVED)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((2024, 8), "2024-08"),
        ((2024, 8, 10), "2024-08-10"),
        ((2024, 8, 10, 9, 30), "2024-08-10T09:30:00"),
        ((2024, 8, 10, 9, 30, 59), "2024-08-10T09:30:59"),
    ],
)
def test_a_date_says_as_much_as_is_known(numbers, text):
    assert dated(numbers, NAME).text() == text


@pytest.mark.parametrize(
    "numbers",
    [
        (0, 0, 0),
        (2024, 13),
        (2023, 2, 29),
        (1970, 1, 1),
        (1969, 12, 31),
        (1801, 1, 1),
        (2098, 1, 1),
        (2024, 8, 10, 24, 0, 0),
    ],
)
def test_nonsense_is_no_date(numbers):
    assert dated(numbers, NAME) is None


def test_tomorrow_is_a_zone_further_on_and_the_day_after_is_the_future():
    now = datetime.now()
    assert is_credible(now + timedelta(hours=20))
    assert not is_credible(now + timedelta(hours=50))


def test_what_is_told_more_exactly_of_the_same_day_is_closer():
    assert DAY.is_told_closer_by(SECOND)
    assert MONTH.is_told_closer_by(DAY)
    assert not SECOND.is_told_closer_by(DAY)
    assert not DAY.is_told_closer_by(DAY)
    another = TakenDate(datetime(2024, 8, 11, 0, 0, 1), SAVED)
    assert not DAY.is_told_closer_by(another)


def test_no_photo_is_taken_after_it_was_saved():
    before = TakenDate(datetime(2024, 8, 8), SAVED)
    assert DAY.is_refuted_by(before)
    assert not DAY.is_refuted_by(SECOND)
    # Clocks of two zones may be a day apart.
    assert not DAY.is_refuted_by(TakenDate(datetime(2024, 8, 9, 1), SAVED))


def test_a_month_ends_with_its_last_day():
    assert MONTH.last == datetime(2024, 8, 31, 23, 59, 59, 999_999)
    december = TakenDate(datetime(2023, 12, 1), NAME, DatePrecision.MONTH)
    assert december.last.date() == datetime(2023, 12, 31).date()
