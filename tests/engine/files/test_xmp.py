import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from photo_organizer.engine.cleanup.events import Stayed
from photo_organizer.engine.cleanup.planning import plan
from photo_organizer.engine.cleanup.trash import Trash
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group, GroupKind
from photo_organizer.engine.files import xmp as sidecars
from photo_organizer.engine.files.xmp import Metadata, carry, merged
from photo_organizer.engine.files.xmp_document import MOST_BYTES, SidecarError, parse
from tests.engine.albums import contents, group, photo, result

EVERYTHING = Metadata(4, "Anna & <Ben>", ("sea", "여름"), (-37.5, 126.25))

FOREIGN = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:odd="http://example.org/odd/" odd:history="keep me"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="2"
    xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:subject><rdf:Bag><rdf:li>mountain</rdf:li></rdf:Bag></dc:subject>
   <!-- a remark --><odd:edits><rdf:Seq><rdf:li odd:step="1"/></rdf:Seq></odd:edits>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

HEADERS = (
    b"\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0",
    b"\xff\xd8\xff\xed\0\x30Photoshop 3.0\x008BIM\x04\x04",
    b"RIFF\0\0\0\0WEBPVP8X",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"MM\0*",
    b"BM",
)


def packet(metadata: Metadata) -> bytes:
    return merged(None, metadata)


def said(document: bytes) -> Metadata:
    return sidecars._metadata(parse(document))


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Photo]:
    """Writes a picture, with an XMP packet and Exif tags of its own where wanted."""

    def make(name: str, number: int, xmp: bytes = b"", exif: dict[int, object] | None = None):
        path = tmp_path / "album" / name
        path.parent.mkdir(exist_ok=True)
        tags = Image.Exif()
        tags.update(exif or {})
        options = {"exif": tags, **({"xmp": xmp} if xmp else {})}
        Image.new("RGB", (8, 8), (number, 0, 0)).save(path, **options)
        return photo(path, number)

    return make


# ---------------------------------------------------------------------- documents


def test_what_is_written_is_read_again() -> None:
    assert said(packet(EVERYTHING)) == EVERYTHING


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@given(
    st.builds(
        Metadata,
        st.none() | st.integers(1, 5),
        st.none() | words,
        st.lists(words, unique=True, max_size=4).map(tuple),
        st.none()
        | st.tuples(
            st.floats(-90, 90, allow_nan=False).map(lambda d: round(d, 5)),
            st.floats(-180, 180, allow_nan=False).map(lambda d: round(d, 5)),
        ),
    )
)
def test_any_metadata_survives(metadata: Metadata) -> None:
    back = said(packet(metadata))
    assert replace(back, gps=None) == replace(metadata, gps=None)
    assert (back.gps is None) == (metadata.gps is None)
    if metadata.gps and back.gps:
        assert back.gps == pytest.approx(metadata.gps, abs=1e-6)


def test_merging_adds_and_changes_nothing_that_is_there() -> None:
    document = merged(FOREIGN, EVERYTHING)
    assert said(document) == Metadata(
        2, EVERYTHING.description, ("mountain", "sea", "여름"), EVERYTHING.gps
    )
    for kept in (b'odd:history="keep me"', b"<!-- a remark -->", b'odd:step="1"', b"<?xpacket end"):
        assert kept in document
    assert said(merged(document, EVERYTHING)) == said(document)


@pytest.mark.parametrize(
    "hostile",
    [
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
        b"<a>" * 500 + b"</a>" * 500,
        b"<a>" + b" " * (MOST_BYTES + 1) + b"</a>",
        b"<a/>",
        b"<a",
        b"\x00\xff",
    ],
    ids=["entity", "utf-16", "deep", "large", "no XMP", "broken", "bytes"],
)
def test_what_is_no_plain_xmp_is_refused(hostile: bytes) -> None:
    with pytest.raises(SidecarError):
        merged(hostile, EVERYTHING)


# ---------------------------------------------------------------------- carrying


def test_words_of_the_file_are_carried_in_a_sidecar(make: Callable[..., Photo]) -> None:
    kept = make("kept.jpg", 1)
    change = carry(make("copy.jpg", 2, xmp=packet(EVERYTHING)), kept)
    assert change is not None
    assert (change.path, change.previous) == (kept.path.with_name("kept.jpg.xmp"), None)
    assert said(change.content) == EVERYTHING


def test_exif_words_are_carried(make: Callable[..., Photo]) -> None:
    copy = make("copy.jpg", 2, exif={0x010E: "At the sea", 0x9C9E: "one;two\0".encode("utf-16-le")})
    copy = replace(copy, exif=replace(copy.exif, rating=3, gps=(1.5, -2.5)))
    change = carry(copy, make("kept.jpg", 1))
    assert change is not None
    assert said(change.content) == Metadata(3, "At the sea", ("one", "two"), (1.5, -2.5))


def test_iptc_words_are_carried(make: Callable[..., Photo], monkeypatch) -> None:
    from PIL import IptcImagePlugin

    copy, kept = make("copy.jpg", 2), make("kept.jpg", 1)
    spoken = {(2, 25): [b"harbour", "바다".encode()], (2, 120): b"A boat"}
    monkeypatch.setattr(
        IptcImagePlugin,
        "getiptcinfo",
        lambda image: spoken if image.filename.endswith("copy.jpg") else None,
    )
    change = carry(copy, kept)
    assert change is not None
    assert said(change.content) == Metadata(None, "A boat", ("harbour", "바다"), None)


def test_the_sidecar_says_what_the_kept_photo_says_itself(make: Callable[..., Photo]) -> None:
    """Programs believe a sidecar rather than the photo: its own keywords must be in it."""
    kept = make("kept.jpg", 1, xmp=packet(Metadata(5, None, ("own",))))
    change = carry(make("copy.jpg", 2, xmp=packet(EVERYTHING)), kept)
    assert change is not None
    assert said(change.content) == Metadata(
        5, EVERYTHING.description, ("own", "sea", "여름"), EVERYTHING.gps
    )


def test_another_caption_is_carried_below_that_of_the_kept_photo(
    make: Callable[..., Photo],
) -> None:
    kept = make("kept.jpg", 1, xmp=packet(Metadata(5, "Anna by the sea")))
    change = carry(make("copy.jpg", 2, xmp=packet(Metadata(3, "Busan, 1987"))), kept)
    assert change is not None
    assert said(change.content) == Metadata(5, "Anna by the sea\nBusan, 1987")
    assert carry(make("third.jpg", 3, xmp=packet(Metadata(None, "by the sea"))), kept) is None


@pytest.mark.parametrize("name", ["kept.jpg.xmp", "kept.xmp"])
def test_a_sidecar_that_is_there_is_completed(make: Callable[..., Photo], name: str) -> None:
    kept, copy = make("kept.jpg", 1), make("copy.jpg", 2)
    sidecar = kept.path.with_name(name)
    sidecar.write_bytes(FOREIGN)
    copy.path.with_name("copy.xmp").write_bytes(packet(EVERYTHING))
    change = carry(copy, kept)
    assert change is not None
    assert (change.path, change.previous) == (sidecar, FOREIGN)
    assert b"keep me" in change.content
    assert "sea" in said(change.content).keywords


def test_nothing_is_written_where_nothing_is_lacking(make: Callable[..., Photo]) -> None:
    kept = make("kept.jpg", 1, xmp=packet(EVERYTHING))
    assert carry(make("copy.jpg", 2), kept) is None
    assert carry(make("other.jpg", 3, xmp=packet(Metadata(1, "<Ben>", ("sea",)))), kept) is None


def test_a_rejection_is_not_carried(make: Callable[..., Photo]) -> None:
    rejected = FOREIGN.replace(b'Rating="2"', b'Rating="-1"').replace(b"mountain", b" ")
    assert carry(make("copy.jpg", 2, xmp=rejected), make("kept.jpg", 1)) is None


def test_a_broken_sidecar_of_the_kept_photo_is_never_overwritten(
    make: Callable[..., Photo],
) -> None:
    kept = make("kept.jpg", 1)
    kept.path.with_name("kept.jpg.xmp").write_bytes(b"somebody's work")
    with pytest.raises(SidecarError, match=r"kept\.jpg\.xmp"):
        carry(make("copy.jpg", 2, xmp=packet(EVERYTHING)), kept)


def test_a_broken_sidecar_of_the_copy_says_nothing(make: Callable[..., Photo]) -> None:
    copy = make("copy.jpg", 2)
    copy.path.with_name("copy.jpg.xmp").write_bytes(b"<broken")
    assert carry(copy, make("kept.jpg", 1)) is None


def test_a_link_that_leads_nowhere_is_not_written_through(make: Callable[..., Photo]) -> None:
    kept = make("kept.jpg", 1)
    link = kept.path.with_name("kept.jpg.xmp")
    link.symlink_to("nowhere.xmp")
    with pytest.raises(SidecarError):
        carry(make("copy.jpg", 2, xmp=packet(EVERYTHING)), kept)
    with pytest.raises(SidecarError):
        sidecars.rating(kept, 3)
    assert link.is_symlink()
    assert not link.exists()


def test_a_packet_in_a_png_is_found(make: Callable[..., Photo], tmp_path: Path) -> None:
    kept = make("kept.jpg", 1)
    path = kept.path.with_name("copy.png")
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", packet(EVERYTHING).decode())
    Image.new("RGB", (8, 8)).save(path, pnginfo=info)
    change = carry(photo(path, 2), kept)
    assert change is not None
    assert said(change.content) == EVERYTHING


def broken_header() -> bytes:
    """A TIFF of ten thousand million pixels, at which the library for pictures gives up."""
    import struct

    said = {256: 223_000, 257: 223_000, 258: 8, 259: 1, 262: 1, 273: 8, 277: 1, 278: 1, 279: 8}
    tags = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in said.items()]
    ifd = struct.pack("<H", len(tags)) + b"".join(tags)
    return b"II*\0" + struct.pack("<I", 8) + ifd + bytes(4)


@given(
    st.binary(max_size=300)
    | st.tuples(st.binary(max_size=40), st.sampled_from(list(HEADERS))).map(lambda t: t[1] + t[0])
)
def test_no_bytes_of_a_photo_raise_anything(tmp_path_factory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("odd") / "1.jpg"
    for content in (data, broken_header(), broken_header() + data):
        sidecars.read(photo(path, 1, content))


def test_many_packets_that_never_end_take_no_time_that_grows(make: Callable[..., Photo]) -> None:
    one = make("1.jpg", 1)
    path = one.path
    path.write_bytes(path.read_bytes() + b"<x:xmpmeta " * 400_000)
    assert sidecars.read(photo(path, 1)) == Metadata()


# ---------------------------------------------------------------------- clean-ups


def clean(
    tmp_path: Path, photos: list[Photo], chosen: list[int], one: Group, **options: bool
) -> list[object]:
    trash = Trash(tmp_path / "library.sqlite", **options)
    clean_up = plan(chosen, result(photos, one))
    return list(trash.clean_up(clean_up, threading.Event()))


def undo(tmp_path: Path) -> None:
    list(Trash(tmp_path / "library.sqlite").undo(None, threading.Event()))


@pytest.fixture
def album(make: Callable[..., Photo]) -> list[Photo]:
    """Two copies with words and one without, which is to be kept."""
    return [
        make("kept.jpg", 1),
        make("rated.jpg", 2, xmp=packet(Metadata(4))),
        make("named.jpg", 3, xmp=packet(Metadata(None, "The sea", ("sea",)))),
    ]


def test_a_clean_up_carries_and_undo_takes_it_back(tmp_path: Path, album: list[Photo]) -> None:
    before = contents(tmp_path / "album")
    clean(tmp_path, album, [2, 3], group(1, 2, 3, kind=GroupKind.SAME))
    after = contents(tmp_path / "album")
    sidecar = tmp_path / "album" / "kept.jpg.xmp"
    assert after.keys() == {album[0].path, sidecar}
    assert after[album[0].path] == before[album[0].path]  # the photo itself is never written
    assert said(after[sidecar]) == Metadata(4, "The sea", ("sea",))
    undo(tmp_path)
    assert contents(tmp_path / "album") == before


def test_undo_brings_back_the_sidecar_that_was_there(tmp_path: Path, album: list[Photo]) -> None:
    sidecar = tmp_path / "album" / "kept.jpg.xmp"
    sidecar.write_bytes(FOREIGN)
    before = contents(tmp_path / "album")
    clean(tmp_path, album, [2, 3], group(1, 2, 3, kind=GroupKind.SAME))
    assert "sea" in said(sidecar.read_bytes()).keywords
    undo(tmp_path)
    assert contents(tmp_path / "album") == before


def test_a_drive_that_fails_at_a_sidecar_keeps_that_photo_only(
    tmp_path: Path, album: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_once(leaving: Photo, kept: Photo) -> None:
        monkeypatch.setattr(sidecars, "carry", carry)
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sidecars, "carry", fail_once)
    events = clean(tmp_path, album, [2, 3], group(1, 2, 3, kind=GroupKind.SAME))
    stayed = [event.path for event in events if isinstance(event, Stayed)]
    assert stayed == [album[1].path]
    assert album[1].path.exists()
    assert not album[2].path.exists()


def test_undo_leaves_a_sidecar_that_somebody_changed(tmp_path: Path, album: list[Photo]) -> None:
    clean(tmp_path, album, [2, 3], group(1, 2, 3, kind=GroupKind.SAME))
    sidecar = tmp_path / "album" / "kept.jpg.xmp"
    sidecar.write_bytes(FOREIGN)
    undo(tmp_path)
    assert sidecar.read_bytes() == FOREIGN
    assert len(contents(tmp_path / "album")) == 4


@pytest.mark.parametrize(
    ("chosen", "kind", "options"),
    [
        ([2, 3], GroupKind.SIMILAR, {}),  # other shots, other words
        ([2, 3], GroupKind.SAME, {"sidecars": False}),
    ],
)
def test_nothing_is_carried(
    tmp_path: Path, album: list[Photo], chosen: list[int], kind: GroupKind, options: dict[str, bool]
) -> None:
    clean(tmp_path, album, chosen, group(1, 2, 3, kind=kind), **options)
    assert not list((tmp_path / "album").glob("*.xmp"))


def test_of_several_that_stay_the_keeper_gets_the_words(tmp_path: Path, album: list[Photo]) -> None:
    clean(tmp_path, album, [2], group(1, 2, 3, kind=GroupKind.SAME))
    (sidecar,) = (tmp_path / "album").glob("*.xmp")
    assert sidecar.name == "kept.jpg.xmp"
    assert said(sidecar.read_bytes()).rating == 4


def test_a_photo_whose_words_cannot_be_saved_stays(tmp_path: Path, album: list[Photo]) -> None:
    (tmp_path / "album" / "kept.jpg.xmp").write_bytes(b"somebody's work")
    before = contents(tmp_path / "album")
    events = clean(tmp_path, album, [2, 3], group(1, 2, 3, kind=GroupKind.SAME))
    codes = [e.reason.code for e in events if isinstance(e, Stayed)]
    assert codes == ["trash.sidecar"] * 2
    assert contents(tmp_path / "album") == before


def test_a_photo_that_stays_after_all_leaves_no_sidecar(tmp_path: Path, album: list[Photo]) -> None:
    from photo_organizer.engine.cleanup.system_trash import TrashError

    def refuse(path: Path) -> None:
        raise TrashError("trash.full")

    before = contents(tmp_path / "album")
    trash = Trash(tmp_path / "library.sqlite", refuse)
    clean_up = plan([2], result(album[:2], group(1, 2, kind=GroupKind.SAME)))
    list(trash.clean_up(clean_up, threading.Event()))
    assert contents(tmp_path / "album") == before


def test_a_crash_after_the_sidecar_is_tidied(
    tmp_path: Path, album: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    def crash(path: Path) -> None:
        raise Crash

    before = contents(tmp_path / "album")
    store = tmp_path / "library.sqlite"
    clean_up = plan([2], result(album[:2], group(1, 2, kind=GroupKind.SAME)))
    with pytest.raises(Crash):
        list(Trash(store, crash).clean_up(clean_up, threading.Event()))
    assert (tmp_path / "album" / "kept.jpg.xmp").exists()
    list(Trash(store).recover())
    assert contents(tmp_path / "album") == before
