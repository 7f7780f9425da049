"""Whole sidecars carried from a photo that goes to one that stays; and back by undo."""

import json
import shutil
import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from photo_organizer.engine.cleanup.planning import plan
from photo_organizer.engine.cleanup.trash import Trash
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.duplicates import unit_files
from photo_organizer.engine.duplicates.unit_files import Units, keep_parts
from photo_organizer.engine.files import xmp
from photo_organizer.engine.files.sidecars import carried, heirs
from photo_organizer.engine.files.xmp import Metadata, merged
from photo_organizer.engine.files.xmp_document import SidecarError, parse
from photo_organizer.engine.files.xmp_merging import properties
from tests.engine.albums import contents, group, photo, result

Make = Callable[..., Photo]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a file that stands for a photo, and files beside it."""

    def make(number: int, name: str, data: bytes = b"picture", **beside: bytes) -> Photo:
        made = photo(tmp_path / name, number, data)
        for suffix, content in beside.items():
            made.path.with_name(f"{made.path.name}.{suffix}").write_bytes(content)
        return made

    return make


def beside(one: Photo, *suffixes: str) -> list[Path]:
    return [one.path.with_name(f"{one.path.name}.{suffix}") for suffix in suffixes]


def rated(stars: int, *keywords: str) -> bytes:
    return merged(None, Metadata(stars, keywords=keywords))


def test_where_there_is_none_the_whole_file_is_copied(make: Make) -> None:
    for suffix, data in (
        ("xmp", rated(3)),
        ("pp3", b"\0\xff"),
        ("json", b"no json"),
        ("acr", b"x"),
    ):
        leaving, kept = make(1, "b/1.jpg", **{suffix: data}), make(2, "a/2.jpg")
        (change,) = carried(leaving, beside(leaving, suffix), kept)
        assert (change.path, change.previous) == (kept.path.with_name(f"2.jpg.{suffix}"), None)
        assert change.content == data


def test_what_the_kept_photo_says_itself_comes_first(make: Make, tmp_path: Path) -> None:
    """Programs believe a sidecar rather than the photo."""
    leaving = make(1, "b/1.jpg", xmp=rated(3, "sea"))
    Image.new("RGB", (8, 8)).save(tmp_path / "2.jpg", xmp=rated(5, "own"))
    (change,) = carried(leaving, beside(leaving, "xmp"), photo(tmp_path / "2.jpg", 2))
    said = xmp._metadata(parse(change.content))
    assert said == Metadata(5, keywords=("own", "sea"))


def test_a_rejection_is_not_copied(make: Make) -> None:
    rejected = rated(1, "sea").replace(b'Rating="1"', b'Rating="-1"')
    leaving = make(1, "b/1.jpg", xmp=rejected)
    (change,) = carried(leaving, beside(leaving, "xmp"), make(2, "a/2.jpg"))
    assert xmp._metadata(parse(change.content)) == Metadata(keywords=("sea",))
    leaving = make(1, "b/1.jpg", xmp=rated(1).replace(b'Rating="1"', b'Rating="-1"'))
    assert carried(leaving, beside(leaving, "xmp"), make(2, "a/2.jpg")) == []


def test_a_name_that_is_taken_by_something_else_is_not_written(make: Make) -> None:
    leaving, kept = make(1, "b/1.jpg", xmp=rated(3)), make(2, "a/2.jpg")
    kept.path.with_name("2.jpg.xmp").symlink_to("nowhere")
    with pytest.raises(SidecarError, match=r"2\.jpg\.xmp beside the kept photo is something else"):
        carried(leaving, beside(leaving, "xmp"), kept)


def test_a_stem_that_others_share_is_not_used_for_new_sidecars(make: Make) -> None:
    leaving, kept = make(1, "b/1.jpg"), make(2, "a/2.jpg")
    make(3, "a/2.CR2")
    sidecar = leaving.path.with_suffix(".xmp")
    sidecar.write_bytes(rated(3))
    (change,) = carried(leaving, [sidecar], kept)
    assert change.path.name == "2.jpg.xmp"


def test_sidecars_of_a_raw_go_to_the_kept_raw(make: Make) -> None:
    leaving, kept = make(1, "b/1.jpg"), make(2, "a/2.jpg")
    raw = make(3, "b/1.CR2", b"raw", xmp=rated(3))
    files = [raw.path, *beside(raw, "xmp")]
    with pytest.raises(SidecarError):
        carried(leaving, files, kept)
    make(4, "a/2.CR2", b"raw")
    (change,) = carried(leaving, files, kept)
    assert change.path.name == "2.CR2.xmp"


def test_googles_words_are_united(make: Make) -> None:
    here = {"title": "a.jpg", "description": "", "geoData": {"latitude": 0.0}, "url": "x",
            "people": [{"name": "Anna"}]}  # fmt: skip
    there = {"title": "b.jpg", "description": "Sea", "geoData": {"latitude": 1.5}, "url": "y",
             "people": [{"name": "Ben"}], "favorited": True}  # fmt: skip
    leaving = make(1, "b/1.jpg", json=json.dumps(there).encode())
    kept = make(2, "a/2.jpg", json=json.dumps(here).encode())
    (change,) = carried(leaving, beside(leaving, "json"), kept)
    assert json.loads(change.content) == {
        "title": "a.jpg", "description": "Sea", "geoData": {"latitude": 1.5}, "url": "x",
        "people": [{"name": "Anna"}, {"name": "Ben"}], "favorited": True,
    }  # fmt: skip


@pytest.mark.parametrize("data", [b"[]", b"{", b"[" * 100_000, b"\xff", b'{"a": 1e999}', b""])
def test_no_json_raises_anything_else(make: Make, data: bytes) -> None:
    leaving, kept = make(1, "b/1.jpg", json=data), make(2, "a/2.jpg", json=b'{"a": 1}')
    try:
        changes = carried(leaving, beside(leaving, "json"), kept)
    except SidecarError:
        return
    assert changes == []


def test_what_a_photo_is_a_copy_of_inherits_before_the_keeper(make: Make) -> None:
    photos = [make(1, "1.jpg", b"1"), make(2, "2.jpg", b"2"), make(3, "3.jpg", b"2")]
    similar = group(1, 2, 3, kind=GroupKind.SIMILAR)
    assert heirs(similar, photos[2], photos[:2]) == (photos[1],)
    assert heirs(similar, photos[1], photos[:1]) == ()
    same = replace(group(1, 2, 3, kind=GroupKind.SAME), originals=(1, 1, 2))
    assert heirs(same, photos[2], photos[:2]) == (photos[1], photos[0])
    other = replace(similar, originals=(1, 2, 1))
    assert heirs(other, photos[2], photos[:1]) == (photos[0],)


# ---------------------------------------------------------------------- written


def test_a_sidecar_that_is_a_link_is_written_through(tmp_path: Path) -> None:
    real = tmp_path / "real" / "edits.xmp"
    real.parent.mkdir()
    real.write_bytes(b"before")
    link = tmp_path / "1.jpg.xmp"
    link.symlink_to(real)
    xmp.write(link, b"after")
    assert link.is_symlink()
    assert real.read_bytes() == b"after"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["1.jpg.xmp", "edits.xmp", "real"]


def test_a_large_sidecar_is_copied_and_a_larger_one_is_not_read(make: Make) -> None:
    history = "".join(f"<rdf:li>step {number}</rdf:li>" for number in range(3_000))
    large = rated(3).replace(
        b"<rdf:Description ",
        b'<rdf:Description xmlns:darktable="http://darktable.sf.net/" ',
    ).replace(
        b"</rdf:RDF>",
        f"<rdf:Description><darktable:history xmlns:darktable='http://darktable.sf.net/'><rdf:Seq>"
        f"{history}</rdf:Seq></darktable:history></rdf:Description></rdf:RDF>".encode(),
    )  # fmt: skip
    leaving, kept = make(1, "b/1.jpg", xmp=large), make(2, "a/2.jpg", xmp=rated(4))
    (change,) = carried(leaving, beside(leaving, "xmp"), kept)
    assert properties(parse(change.content)).keys() == properties(parse(large)).keys()
    beside(leaving, "xmp")[0].write_bytes(b" " * (9 << 20))
    with pytest.raises(SidecarError):
        carried(leaving, beside(leaving, "xmp"), kept)


# ---------------------------------------------------------------------- any album

names = st.sampled_from(["xmp", "pp3", "AAE", "json"])
texts = st.sampled_from([b"one", b"two", rated(3), rated(4, "sea"), rated(3, "boat"), b'{"a": 1}',
                         b'{"a": 1, "b": "x"}', b""])  # fmt: skip
sidecars_of = st.dictionaries(names, texts, max_size=3)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(sidecars_of, min_size=2, max_size=4), st.lists(st.booleans(), max_size=4))
def test_nothing_is_lost_and_undo_restores_every_byte(
    tmp_path: Path, albums: list[dict[str, bytes]], also: list[bool]
) -> None:
    folder = tmp_path / uuid.uuid4().hex
    trash = tmp_path / "trashed"
    trash.mkdir(exist_ok=True)
    photos = {}
    for number, files in enumerate(albums):
        photos[number] = photo(folder / f"{number}" / f"IMG_{number}.jpg", number, b"picture")
        for suffix, data in files.items():
            photos[number].path.with_name(f"IMG_{number}.jpg.{suffix}").write_bytes(data)
    (judged,) = keep_parts([group(*photos)], Units(list(photos.values())))
    chosen = [
        number
        for number, safe in zip(judged.photos, judged.safe, strict=True)
        if safe or (number < len(also) and also[number])
    ]
    before = contents(folder)
    found = unit_files.find(chosen, photos)
    clean_up = plan(chosen, result(photos.values(), judged), unit_files=found)

    def move(path: Path) -> Path:
        place = trash / uuid.uuid4().hex
        shutil.move(path, place)
        return place

    store = tmp_path / f"{folder.name}.sqlite"
    events = list(Trash(store, move).clean_up(clean_up, threading.Event()))
    after = contents(folder)
    assert set(after.values()) >= {b"picture"}
    for path, data in before.items():
        if path in after or not data.strip():
            continue
        if path.suffix == ".pp3" or data in (b"one", b"two"):
            assert data in after.values()
        elif path.suffix == ".xmp" and data.startswith(b"<"):
            said = properties(parse(data)).keys()
            merged_into = [d for p, d in after.items() if p.suffix == ".xmp" and d.startswith(b"<")]
            assert any(properties(parse(d)).keys() >= said for d in merged_into)
    assert events
    list(Trash(store, move).undo(None, threading.Event()))
    assert contents(folder) == before


@pytest.mark.parametrize("suffix", ["xmp", "pp3"])
def test_a_link_to_the_sidecar_that_goes_stands_for_none(make: Make, suffix: str) -> None:
    leaving, kept = make(1, "b/1.jpg", **{suffix: rated(3)}), make(2, "a/1.jpg")
    (gone,) = beside(leaving, suffix)
    beside(kept, suffix)[0].symlink_to(gone)
    with pytest.raises(SidecarError):
        carried(leaving, [gone], kept)
    around = Units([leaving, kept])
    (judged,) = keep_parts([group(2, 1)], around)
    assert not any(judged.safe)


def test_words_are_not_written_through_a_link_to_what_goes(make: Make) -> None:
    leaving, kept = make(1, "b/1.jpg", xmp=rated(3)), make(2, "a/1.jpg")
    beside(kept, "xmp")[0].symlink_to(beside(leaving, "xmp")[0])
    with pytest.raises(SidecarError):
        xmp.carry(leaving, kept)


def test_sidecars_that_nobody_carries_over_make_a_copy_unsafe(make: Make) -> None:
    for number, own in enumerate(({}, {"pp3": b"edits"})):
        leaving = make(1, f"b{number}/1.jpg", pp3=b"edits")
        kept = make(2, f"a{number}/1.jpg", **own)
        (judged,) = keep_parts([group(2, 1)], Units([leaving, kept]), carries=False)
        assert judged.safe == (False, bool(own))
