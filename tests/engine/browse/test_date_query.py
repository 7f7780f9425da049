"""Dates in what people search."""

from datetime import datetime

import pytest

from photo_organizer.engine.browse.date_query import DateQuery, date_in
from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("2024-08-10", (2024, 8, 10, "")),
        ("2024-08", (2024, 8, None, "")),
        ("2024.8.10", (2024, 8, 10, "")),
        ("2024. 8. 10.", (2024, 8, 10, "")),
        ("2024/08", (2024, 8, None, "")),
        ("10.8.2024", (2024, 8, 10, "")),
        ("August 2024", (2024, 8, None, "")),
        ("august 2024 rome", (2024, 8, None, "rome")),
        ("Aug 2024", (2024, 8, None, "")),
        ("2024 August", (2024, 8, None, "")),
        ("10 August 2024", (2024, 8, 10, "")),
        ("10th August 2024", (2024, 8, 10, "")),
        ("August 10, 2024", (2024, 8, 10, "")),
        ("August 10", (None, 8, 10, "")),
        ("10 August", (None, 8, 10, "")),
        ("2024년 8월", (2024, 8, None, "")),
        ("2024년 8월 10일", (2024, 8, 10, "")),
        ("2024년8월 제주", (2024, 8, None, "제주")),
        ("2024년", (2024, None, None, "")),
        ("8월", (None, 8, None, "")),
        ("8월 10일", (None, 8, 10, "")),
        ("2024", (2024, None, None, "")),
        ("Rome 2024", (2024, None, None, "rome")),
        ("1931", (1931, None, None, "")),
    ],
)
def test_a_text_may_ask_for_a_date(text, asked):
    found = date_in(text)
    year, month, day, rest = asked
    assert found == DateQuery(year, month, day, found.rest)
    assert found.rest.casefold() == rest


@pytest.mark.parametrize(
    "text",
    ["", "dog", "IMG_2024", "IMG_1234", "1234", "march", "may", "3.5", "2024-08-10-11", "9999"],
)
def test_other_texts_ask_for_none(text):
    assert date_in(text) is None


def test_a_day_is_met_only_by_what_is_known_to_the_day():
    day, month = date_in("2024-08-01"), date_in("August 2024")
    taken = TakenDate(datetime(2024, 8, 1), DateSource.FOLDER, DatePrecision.MONTH)
    assert month.is_met_by(taken)
    assert not day.is_met_by(taken)
    assert day.is_met_by(TakenDate(datetime(2024, 8, 1, 9), DateSource.SHUTTER))
    assert not month.is_met_by(TakenDate(datetime(2023, 8, 1, 9), DateSource.SHUTTER))
    assert not month.is_met_by(None)
