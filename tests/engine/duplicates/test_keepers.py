"""Which photo is kept, criterion by criterion."""

from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.facts import Exif, FileIdentity, Photo
from photo_organizer.engine.domain.keeper_criteria import CRITERIA, default_order
from photo_organizer.engine.domain.results import Flaw, GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.face_merits import FACE_CRITERIA
from photo_organizer.engine.duplicates.keepers import MEASURES, Merits, traits
from photo_organizer.engine.pixels.fingerprints import FIELDS


def photo(number, name="a.jpg", *, width=1000, size=500_000, format_="JPEG", mtime=5, **exif):
    return Photo(
        id=number,
        identity=FileIdentity(Path("/photos") / name, 1, number, size, mtime * 10**9),
        content_hash=bytes([number] * 16),
        format=format_,
        width=width,
        height=1000,
        exif=Exif(**exif),
    )


def merits(photos, *, flaws=None, scores=None, focus=None, decisions=None):
    count = len(photos)
    fields = np.zeros(count, FIELDS)
    if focus is not None:
        fields["focus"] = np.array(focus, np.uint8)[:, None, None]
    rows = np.arange(count, dtype=np.int32)
    return Merits(
        rows,
        photos,
        traits(photos, rows, np.full(count, np.nan), fields),
        flaws=np.zeros((count, len(Flaw)), np.float32) if flaws is None else np.float32(flaws),
        scores=np.zeros(count, np.float32) if scores is None else np.float32(scores),
        decisions=decisions or Decisions(),
        thresholds=Thresholds(),
    )


def blurred(value):
    return [value if flaw is Flaw.BLUR else 0.0 for flaw in Flaw]


BETTER = {
    "rated": ({}, {"rating": 4}),
    "pixels": ({}, {"width": 1500}),
    "compression": ({}, {"size": 1_000_000}),
    "original": ({}, {"camera": "Canon"}),
    "exif": ({}, {"fields": 9}),
    "older": ({}, {"mtime": 2}),
    "plain_name": ({"name": "a (1).jpg"}, {}),
    "organised": ({"name": "Downloads/a.jpg"}, {"name": "Rome/a.jpg"}),
}


@pytest.mark.parametrize("criterion", BETTER)
def test_the_better_one_wins_and_the_reason_says_why(criterion):
    worse, better = BETTER[criterion]
    judged = merits([photo(1, **worse), photo(2, **better)])
    assert judged.ranks([criterion]).tolist() == [1, 0]
    one, two = np.array([1], np.int32), np.array([0], np.int32)
    assert judged.reasons(one, two, [criterion])[0].code == f"keepers.{criterion}"


def test_what_the_other_flows_say_counts():
    pair = [photo(1), photo(2)]
    assert merits(pair, flaws=[blurred(0.9), blurred(0.0)]).ranks(["unflawed"])[0] == 1
    assert merits(pair, scores=[0.2, 0.8]).ranks(["highlight"])[0] == 1
    assert merits(pair, focus=[40, 60]).ranks(["sharper"])[0] == 1
    protected = Decisions(protected=(Path("/photos/safe"),))
    places = [photo(1), photo(2, "safe/a.jpg")]
    assert merits(places, decisions=protected).ranks(["protected"])[0] == 1


def test_chance_does_not_choose():
    close = merits([photo(1), photo(2)], flaws=[blurred(0.04), blurred(0.0)], scores=[0.51, 0.52])
    assert close.ranks(["unflawed", "highlight"]).tolist() == [0, 1]


def test_the_first_criterion_that_differs_decides():
    judged = merits([photo(1, width=4000), photo(2, rating=1)])
    assert judged.ranks(["rated", "pixels"]).tolist() == [1, 0]
    assert judged.ranks(["pixels", "rated"]).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("width", "text"),
    [(1000, "sharper"), (3000, "sharper, 3 times the pixels"), (500, "sharper")],
)
def test_sharpness_and_pixels_make_one_sentence(width, text):
    judged = merits([photo(1, width=width), photo(2)], flaws=[blurred(0.0), blurred(0.9)])
    one, two = np.array([0], np.int32), np.array([1], np.int32)
    assert judged.reasons(one, two, ["unflawed"])[0].text() == text


def test_equals_say_so():
    judged = merits([photo(1), photo(2)])
    one, two = np.array([0], np.int32), np.array([1], np.int32)
    assert judged.reasons(one, two, ["pixels"])[0].code == "keepers.equal"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("DSC_1.jpg", True),
        ("DSC_1 (1).jpg", False),
        ("DSC_1 - Copy.jpg", False),
        ("DSC_1 copy 2.jpg", False),
        ("사진 복사본.jpg", False),
        ("copyright.jpg", True),
    ],
)
def test_names_of_copies(name, plain):
    rows = np.zeros(1, np.int32)
    known = traits([photo(1, name)], rows, np.array([np.nan]), np.zeros(1, FIELDS))
    assert known.plain_name.tolist() == [plain]


def test_a_raw_file_counts_for_its_leader():
    photos = [photo(1), photo(2, "a.CR2", format_="RAW")]
    known = traits(photos, np.zeros(2, np.int32), np.full(2, np.nan), np.zeros(2, FIELDS))
    assert known.original[0] == 3


def test_the_shipped_order_names_known_criteria():
    order = default_order()
    assert set(order) == set(GroupKind)
    assert all(set(names) <= set(CRITERIA) for names in order.values())


def test_every_criterion_is_measured_and_no_other():
    """``resources/keepers.toml`` and the tables of measures name the same."""
    assert sorted([*MEASURES, *FACE_CRITERIA]) == sorted(CRITERIA)
