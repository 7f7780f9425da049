"""When photos were taken, from their files to the result."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from photo_organizer.engine.domain.results import Result
from tests.engine import pictures
from tests.engine.analysis.test_run import run
from tests.engine.files.test_exif import TAKEN, TIME, packet


def save(path: Path, base=None, detail=None, seed=0, **options) -> Path:
    """A photo with what Exif and XMP say."""
    block = pictures.exif(base or {}, detail or {})
    return pictures.save(path, seed=seed, exif=block, **options)


def dates(result: Result) -> dict[str, tuple[str, str]]:
    """By the names of the files."""
    return {
        photo.path.name: (photo.taken.text(), photo.taken.source.value)
        for photo in result.photos.values()
        if photo.taken is not None
    }


@pytest.fixture
def library(tmp_path):
    """Photos whose dates other programs get wrong."""
    folder = tmp_path / "library"
    shutter = packet(exif__DateTimeOriginal="2005-12-17T22:03:32")
    saved = {TIME: "2008:07:31 10:50:00"}
    save(folder / "xmp_says_2005_file_saved_2008.jpg", saved, seed=1, xmp=shutter)
    save(folder / "xmp_only.jpg", seed=2, xmp=shutter)
    save(folder / "IMG-20161224-WA0014.jpg", seed=3)
    save(folder / "future.jpg", {}, {TAKEN: "2098:01:01 00:00:00"}, seed=4)
    save(folder / "never_set_1970.jpg", {}, {TAKEN: "1970:01:01 00:00:00"}, seed=5)
    save(folder / "saved.jpg", saved, seed=6)
    return folder


def test_the_best_evidence_wins_and_nonsense_is_no_date(encoder, library):
    assert dates(run(library)) == {
        "xmp_says_2005_file_saved_2008.jpg": ("2005-12-17T22:03:32", "xmp"),
        "xmp_only.jpg": ("2005-12-17T22:03:32", "xmp"),
        "IMG-20161224-WA0014.jpg": ("2016-12-24", "name"),
        "saved.jpg": ("2008-07-31T10:50:00", "saved"),
    }


def test_known_photos_have_the_same_dates_and_so_does_the_json(encoder, library):
    first, second = run(library), run(library)
    assert second.timing["measured"] == 0
    assert dates(second) == dates(first)
    told = second.to_contract()["details"]["dates"]
    assert {
        "image": (library / "IMG-20161224-WA0014.jpg").as_uri(),
        "taken": "2016-12-24",
        "precision": "day",
        "source": "name",
    } in told
    assert len(told) == 4


def test_a_renamed_photo_and_a_copy_have_their_own_dates(encoder, library):
    run(library)
    old = library / "IMG-20161224-WA0014.jpg"
    (library / "plain.jpg").write_bytes(old.read_bytes())
    old.rename(library / "20150102_101112.jpg")
    result = run(library)
    assert result.timing["measured"] == 0
    found = dates(result)
    assert found["20150102_101112.jpg"] == ("2015-01-02T10:11:12", "name")
    assert "plain.jpg" not in found
    assert old.name not in found


def test_what_lies_beside_a_photo_is_read_anew_each_time(encoder, library):
    beside = library / "future.jpg.xmp"
    beside.write_bytes(packet(exif__DateTimeOriginal="2001-02-03T04:05:06"))
    assert dates(run(library))["future.jpg"] == ("2001-02-03T04:05:06", "sidecar")
    beside.unlink()
    stamp = json.dumps({"photoTakenTime": {"timestamp": "1134856800"}})
    (library / "future.jpg.supplemental-metadata.json").write_text(stamp)
    local = datetime.fromtimestamp(1134856800)
    assert dates(run(library))["future.jpg"] == (local.isoformat(), "takeout")
