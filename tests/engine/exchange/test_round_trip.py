"""What one computer knows is known on another, number by number."""

import tempfile
from datetime import datetime
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine import paths
from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, FACES_VERSION
from photo_organizer.engine.domain.dates import DatePrecision, DateSource
from photo_organizer.engine.domain.faces import Eye, Face
from photo_organizer.engine.domain.facts import Exif
from photo_organizer.engine.domain.holdings import Extra, Holdings
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.pixels import measures
from photo_organizer.engine.storage.store import Content, Store
from tests.engine.exchange.computers import computer, export, fingerprint, known, take, unit

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.floats(-1e6, 1e6, width=32)
SHARES = st.floats(-1, 2, width=32)
WHOLE = st.integers(0, 2**32)
BYTES = st.binary(max_size=24)


def maybe(values):
    return st.none() | values


EXIFS = st.builds(
    Exif,
    taken_at=maybe(st.datetimes(datetime(1826, 1, 1), datetime(2100, 1, 1))),
    taken_from=st.sampled_from(DateSource),
    taken_precision=st.sampled_from(DatePrecision),
    has_subsecond=st.booleans(),
    camera=maybe(TEXTS),
    lens=maybe(TEXTS),
    exposure_bias=maybe(st.floats(allow_nan=False, allow_infinity=False)),
    iso=maybe(WHOLE),
    gps=maybe(st.tuples(st.floats(-90, 90), st.floats(-180, 180))),
    rating=maybe(st.integers(-1, 5)),
    fields=WHOLE,
)
HOLDINGS = st.builds(
    Holdings,
    pictures=st.integers(1, 9),
    animated=st.booleans(),
    bits=st.sampled_from([8, 12, 16]),
    profile=BYTES,
    pixels=BYTES,
    extras=st.lists(st.tuples(st.sampled_from(Extra), BYTES), max_size=3).map(tuple),
    words=BYTES,
)
EYES = st.builds(Eye, place=st.tuples(SHARES, SHARES), width=NUMBERS, openness=SHARES)
FACES = st.builds(
    Face,
    box=st.tuples(SHARES, SHARES, SHARES, SHARES),
    eyes=st.tuples(EYES, EYES),
    size=NUMBERS,
    score=SHARES,
    presence=SHARES,
    yaw=NUMBERS,
    sharpness=NUMBERS,
    look=st.binary(min_size=108, max_size=108),
)
REASONS = st.just(Reason("files.truncated", {"format": "JPEG"})) | st.builds(
    lambda message: Reason("files.unreadable", {"message": message}), TEXTS
)
MEASURES = st.lists(NUMBERS, min_size=len(measures.NAMES), max_size=len(measures.NAMES)).map(
    lambda numbers: np.array(numbers, np.float32)
)
CONTENTS = st.builds(
    Content,
    content_hash=st.just(b""),
    format=st.sampled_from(["JPEG", "RAW", "HEIF"]),
    width=st.integers(1, 2**31 - 1),
    height=st.integers(1, 2**31 - 1),
    exif=EXIFS,
    measures=MEASURES,
    fingerprint=st.floats(0.125, 8).map(fingerprint),
    holdings=HOLDINGS,
)
EVERYTHING = st.dictionaries(
    st.binary(min_size=16, max_size=16),
    st.tuples(
        CONTENTS | REASONS,
        maybe(st.lists(FACES, max_size=2)),
        st.dictionaries(
            st.sampled_from([("starter", 4), ("ViT-B-32/openai", 6), ("x", 1)]),
            st.integers(0, 99),
            max_size=3,
        ),
    ),
    min_size=1,
    max_size=4,
)


def remember(store, content_hash, measured, faces, models):
    if isinstance(measured, Reason):
        store.add_unreadable(content_hash, measured, CONTENT_VERSION)
    else:
        named = {name: getattr(measured, name) for name in Content.__slots__}
        store.add_content(Content(**{**named, "content_hash": content_hash}), CONTENT_VERSION)
    if faces is not None:
        store.add_faces(content_hash, faces, FACES_VERSION)
    for (model, length), seed in models.items():
        store.add_embedding(content_hash, model, "1", unit(seed, length))


@settings(max_examples=15)
@given(everything=EVERYTHING)
def test_all_that_is_known_arrives_as_it_was(everything):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.parquet"
        with computer(Path(folder) / "there"):
            with Store(paths.store_path()) as store, store.batch():
                for content_hash, (measured, faces, models) in everything.items():
                    remember(store, content_hash, measured, faces, models)
            before = known()
            exported = export(file)
        with computer(Path(folder) / "here"):
            imported = take(file)
            assert known() == before
            assert imported.refused == {}
            assert imported.added == imported.photos == exported.photos == len(everything)
            assert imported.embeddings == exported.embeddings == len(before["embedding"])
            assert imported.faces == exported.faces == len(before["faces"])
            again = take(file)
            assert (again.added, again.embeddings, again.faces) == (0, 0, 0)
            assert known() == before
