import json

import numpy as np
import pytest
from pyarrow import Table, parquet

from photo_organizer.engine.analysis.outcomes import CONTENT_VERSION, FACES_VERSION
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.exchange import rows
from photo_organizer.engine.exchange.rows import Row, Versions
from photo_organizer.engine.pixels import fingerprints, measures
from tests.engine.exchange.computers import FACE, content, digest, unit

HERE = Versions(CONTENT_VERSION, FACES_VERSION)


@pytest.fixture(scope="module")
def table(exchange):
    return parquet.read_table(exchange.file)


def read(table, changes=(), versions=HERE, **options):
    """What the third row tells once something in it is changed."""
    said = table.to_pylist()
    said[2] |= dict(changes)
    (batch,) = Table.from_pylist(said, schema=table.schema).combine_chunks().to_batches()
    told = list(rows.read(batch, versions, **options))
    assert all(isinstance(row, Row) for row in told[:2] + told[3:]) or versions != HERE
    return told[2]


def test_a_row_says_all_that_is_known(table):
    row = read(table)
    assert (row.content_hash, row.content.exif) == (digest(2), content(2).exif)
    np.testing.assert_array_equal(row.content.measures, content(2).measures)
    np.testing.assert_array_equal(row.embeddings["fake", "1"], unit(2))
    assert row.faces == (FACE,)
    assert [(one.folder, one.path, one.size) for one in row.files] == [(0, b"2024/2.jpg", 16)]


def test_what_another_version_found_is_not_told(table):
    assert read(table, versions=Versions("0", FACES_VERSION)) is None
    row = read(table, versions=Versions(CONTENT_VERSION, "0"))
    assert (row.faces, row.other_faces) == (None, True)
    row = read(table, faces=False)
    assert (row.faces, row.other_faces) == (None, False)


NO_SUCH_EYES = [{"box": [0, 0, 1, 1], "eyes": [], "look": ""}]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("measures", [0.5], "facts"),
        ("measures", [float("nan")] * len(measures.NAMES), "facts"),
        ("measures", [float("inf")] * len(measures.NAMES), "facts"),
        ("measures", None, "facts"),
        ("fingerprint", b"short", "facts"),
        ("fingerprint", None, "facts"),
        ("fingerprint", b"\xff" * fingerprints.SIZE, "facts"),
        ("width", 0, "facts"),
        ("height", None, "facts"),
        ("format", "", "facts"),
        ("format", "J" * 300, "facts"),
        ("exif", None, "exif"),
        ("exif", "{", "exif"),
        ("exif", "[]", "exif"),
        ("exif", "null", "exif"),
        ("exif", '{"unknown": 1}', "exif"),
        ("exif", '{"iso": [1]}', "exif"),
        ("exif", '{"iso": 99999999999999999999}', "exif"),
        ("exif", '{"rating": 9}', "exif"),
        ("exif", '{"f_number": NaN}', "exif"),
        ("exif", '{"f_number": 1e999}', "exif"),
        ("exif", '{"camera": "\\ud800"}', "exif"),
        ("exif", '{"gps": [1]}', "exif"),
        ("exif", '{"taken_at": "2024-01-01T00:00:00+00:00"}', "exif"),
        ("exif", '{"taken_from": "hearsay"}', "exif"),
        ("exif", '{"camera": "' + "x" * 1_100_000 + '"}', "exif"),
        ("exif", "[" * 100_000, "exif"),
        ("holdings", "[]", "holdings"),
        ("holdings", '{"pictures": 0}', "holdings"),
        ("holdings", '{"profile": "no hex"}', "holdings"),
        ("holdings", '{"extras": [["unheard of", "00"]]}', "holdings"),
        ("faces", "{", "faces"),
        ("faces", json.dumps(NO_SUCH_EYES), "faces"),
        ("unreadable", '["no.such_sentence", {}]', "reason"),
        ("unreadable", '["files.truncated", {}]', "reason"),
        ("unreadable", '"files.empty"', "reason"),
        ("embeddings", [{"model": "fake", "version": "1", "vector": [3.0, 4.0]}], "embedding"),
        ("embeddings", [{"model": "fake", "version": "1", "vector": []}], "embedding"),
        ("embeddings", [{"model": "fake", "version": "1", "vector": [float("nan")]}], "embedding"),
        ("embeddings", [{"model": "", "version": "1", "vector": [1.0]}], "embedding"),
        ("embeddings", [{"model": "m" * 300, "version": "1", "vector": [1.0]}], "embedding"),
    ],
)
def test_what_the_program_would_not_write_is_not_believed(table, column, value, code):
    if column == "embeddings":
        value = [one | {"vector": np.array(one["vector"], np.float16)} for one in value]
    assert read(table, {column: value}) == f"exchange.bad_{code}"
    assert Reason(f"exchange.bad_{code}").text("ko")


def test_lists_have_an_end(table):
    file = {"folder": 0, "path": "1.jpg", "path_bytes": None, "size": 1, "mtime_ns": 1}
    assert read(table, {"files": [file] * (rows.MOST_FILES + 1)}) == "exchange.bad_path"
    vector = {"model": "fake", "version": "1", "vector": unit(0)}
    many = {"embeddings": [vector] * (rows.MOST_EMBEDDINGS + 1)}
    assert read(table, many) == "exchange.bad_embedding"
