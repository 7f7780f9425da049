"""Facts as people read them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.ui.words import facts_text
from tests.ui import fakes


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1 / 250, "1/250\xa0s"),
        (1 / 3.5, "1/4\xa0s"),
        (0.5, "0.5\xa0s"),
        (2.0, "2\xa0s"),
        (30.0, "30\xa0s"),
        (0.0, ""),
        (float("inf"), ""),
    ],
)
def test_exposure_times_are_written_like_on_a_camera(seconds: float, text: str) -> None:
    assert facts_text.seconds_text(seconds) == text


@given(st.integers(min_value=4, max_value=16000))
def test_a_fraction_of_a_second_is_told_exactly(denominator: int) -> None:
    assert facts_text.seconds_text(1 / denominator) == f"1/{denominator}\xa0s"


def test_an_exposure_names_only_what_the_file_says() -> None:
    exif = Exif(exposure_time=1 / 250, f_number=2.8, iso=400, exposure_bias=-0.7)
    assert facts_text.exposure_text(exif) == "1/250\xa0s, f/2.8, ISO 400, -0.7 EV"
    assert facts_text.exposure_text(Exif(exposure_bias=0.0)) == ""


def test_places_name_their_hemisphere() -> None:
    assert facts_text.place_text(-33.8688, 151.2093) == "33.8688° S, 151.2093° E"
    assert facts_text.place_text(37.5, -122.25) == "37.5000° N, 122.2500° W"


def test_sizes_and_pixels_are_rounded_for_reading() -> None:
    assert facts_text.size_text(4_234_000) == "4.2 MB"
    assert facts_text.size_text(950_400) == "950 kB"
    assert facts_text.pixels_text(4000, 3000) == "4000 × 3000 (12 MP)"
    assert facts_text.pixels_text(200, 150) == "200 × 150"


def test_missing_facts_are_left_out_or_dashed(tmp_path: Path) -> None:
    photo = fakes.photo(tmp_path / "a.jpg", 1)
    assert "camera" not in {fact.key for fact in facts_text.facts(photo)}
    dashed = facts_text.facts(photo, keys={"camera", "name"}, dashes=True)
    assert [(fact.key, fact.text) for fact in dashed] == [
        ("name", "a.jpg"),
        ("camera", facts_text.UNKNOWN),
    ]


def test_photos_differ_in_what_only_one_of_them_says(tmp_path: Path) -> None:
    taken = datetime(2026, 5, 1, 9, 30)
    one = fakes.photo(tmp_path / "a.jpg", 1, taken_at=taken, camera="X")
    other = fakes.photo(tmp_path / "b.jpg", 1, taken_at=taken)
    assert facts_text.shared((one, other), "en").differing == {"name", "camera"}
    assert facts_text.shared((one, one), "en").differing == frozenset()


@pytest.mark.parametrize(
    ("precision", "text"),
    [
        (DatePrecision.SECOND, "8/10/2024 09:30:59"),
        (DatePrecision.DAY, "8/10/2024"),
        (DatePrecision.MONTH, "August 2024"),
    ],
)
def test_a_date_says_no_more_than_is_known(precision: DatePrecision, text: str) -> None:
    at = datetime(2024, 8, 10, 9, 30, 59)
    assert facts_text.taken_text(TakenDate(at, DateSource.NAME, precision)) == text


@pytest.mark.parametrize("source", DateSource)
def test_every_date_says_where_it_is_from(tmp_path: Path, source: DateSource) -> None:
    plain = fakes.photo(tmp_path / "a.jpg", 1)
    dated = replace(plain, better_date=TakenDate(datetime(2024, 8, 10), source))
    said = {fact.key: fact.text for fact in facts_text.facts(dated, dashes=True)}
    assert said["dated"] == facts_text.date_source_name(source)
    assert "dated" not in {fact.key for fact in facts_text.facts(plain)}


def test_the_camera_is_named_only_beside_photos_that_others_date(tmp_path: Path) -> None:
    taken = datetime(2024, 8, 10)
    shot = fakes.photo(tmp_path / "a.jpg", 1, taken_at=taken)
    named = replace(shot, better_date=TakenDate(taken, DateSource.NAME))
    assert "dated" not in {fact.key for fact in facts_text.facts(shot)}
    assert "dated" in facts_text.shared((shot, named), "en").differing
    assert "dated" not in facts_text.shared((shot, shot), "en").differing


@pytest.mark.parametrize(
    ("folders", "short"),
    [
        (["/a/photos/2024/trip", "/a/photos/backup"], ["…/2024/trip", "…/backup"]),
        (["/a/photos/2024", "/a/photos/2024"], ["…/2024", "…/2024"]),
        (["/a/photos", "/a/photos/backup"], ["…/photos", "…/photos/backup"]),
        (["/a/b", "/c/b"], ["a/b", "c/b"]),
    ],
)
def test_folders_are_told_apart_by_what_differs(folders: list[str], short: list[str]) -> None:
    assert facts_text.short_folders([Path(folder) for folder in folders]) == short
