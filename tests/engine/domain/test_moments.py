"""Moments as numbers."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.moments import moment, moment_number


@given(st.datetimes(), st.datetimes())
def test_moments_grow_with_time(first: datetime, second: datetime) -> None:
    assert moment(moment_number(first)) == first
    assert (moment_number(first) < moment_number(second)) == (first < second)
