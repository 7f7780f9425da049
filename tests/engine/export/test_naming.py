"""Names made from templates."""

import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.dates import DatePrecision, DateSource, TakenDate
from photo_organizer.engine.domain.results import LIBRARY
from photo_organizer.engine.export import naming
from photo_organizer.engine.export.naming import TemplateError, safe_name
from photo_organizer.engine.highlights.selection import Selection


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{date} {stem}", "undated a.jpg"),
        ("{group}-{rank}-{score:.1f}", "library-1-0.5.jpg"),
        ("{name}", "a.jpg"),
        ("..{name}", "a.jpg"),
        ("con", "_con.jpg"),
        ("{{x}}", "{x}.jpg"),
    ],
)
def test_templates(album, tmp_path, template, name):
    (target,) = naming.targets([Selection(LIBRARY, (album[0],))], tmp_path, template)
    assert target.path == tmp_path / name


@pytest.mark.parametrize(
    ("precision", "name"),
    [
        (DatePrecision.SECOND, "2024-08-10.jpg"),
        (DatePrecision.DAY, "2024-08-10.jpg"),
        (DatePrecision.MONTH, "2024-08.jpg"),
    ],
)
def test_the_date_is_the_best_one_and_no_more_than_is_known(album, tmp_path, precision, name):
    date = TakenDate(datetime(2024, 8, 10, 9, 30), DateSource.NAME, precision)
    chosen = replace(album[0], photo=replace(album[0].photo, better_date=date))
    (target,) = naming.targets([Selection(LIBRARY, (chosen,))], tmp_path, "{date}")
    assert target.path == tmp_path / name


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("../{name}", "not a path"),
        ("a\\{name}", "not a path"),
        ("{name", "not complete"),
        ("{0}", "there are: {rank}"),
        ("{}", "there are: {rank}"),
        ("{path}", "there are: {rank}"),
        ("{name.__class__}", "there are: {rank}"),
        ("{rank:{score}}", "there are: {rank}"),
        ("{name:03d}", "cannot be used"),
        ("{name}", "names both a.jpg and a.jpg"),
        ("fixed", "add {rank}"),
    ],
)
def test_templates_that_are_refused(album, tmp_path, template, told):
    with pytest.raises(TemplateError) as refused:
        naming.targets([Selection(LIBRARY, tuple(album))], tmp_path, template)
    assert told in str(refused.value)
    assert not list(tmp_path.glob("*.jpg"))


@given(text=st.text(max_size=400))
def test_a_safe_name_stays_in_its_folder(text):
    name = safe_name(text)
    assert Path("/folder", name).parent == Path("/folder")
    assert name not in (".", "..", "")
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert not name.startswith(".")
    assert len(os.fsencode(name.encode("utf-8", "replace").decode())) <= 255
    assert safe_name(name) == name


def test_a_long_name_keeps_its_suffix():
    name = safe_name("사" * 300 + ".jpeg")
    assert name.endswith("사.jpeg")
    assert len(name.encode()) <= naming.NAME_BYTES
