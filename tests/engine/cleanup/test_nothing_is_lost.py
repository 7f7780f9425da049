"""Whatever is cleaned up, and wherever it is interrupted: nothing that a file held is lost.

Random albums of units, cleaned with random decisions through the real planning and the real moves,
stopped at any operation on disk. One thing must hold after each step: everything that any file held
before is held by a file that stays or lies in the trash; and undo restores every byte.
"""

import os
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from photo_organizer.engine.cleanup import planning
from photo_organizer.engine.cleanup.trash import Trash, beside
from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.results import Group, GroupKind, Result
from photo_organizer.engine.duplicates import unit_files
from photo_organizer.engine.paths import HOME_VARIABLE, TRASH_BESIDE
from photo_organizer.engine.storage.store import Store, StoreError
from tests.engine.albums import group, photo, result
from tests.engine.cleanup import failing

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="only this trash lies in a folder of our choice"
)

XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    'syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmp:Rating="{0}"><dc:subject><rdf:Bag>'
    "<rdf:li>word {0}</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"
)


@dataclass(frozen=True)
class Unit:
    """A photo with the files that belong to it; numbers stand for contents, None for no file."""

    folder: str
    stem: str
    content: int
    raw: int | None
    film: int | None
    words: int | None
    """Its XMP sidecar."""
    edit: int | None
    """Apple's sidecar."""


@dataclass(frozen=True)
class Link:
    """Another name of a photo."""

    folder: str
    of: int
    """Which unit, counted round."""
    symbolic: bool


@dataclass(frozen=True)
class Stop:
    """What happens to a step."""

    operation: int
    killed: bool
    done: bool


FOLDERS = st.sampled_from(("", "2024", "2024/trip", "backup"))
CONTENTS = st.integers(0, 2)
MAYBE = st.one_of(st.none(), CONTENTS)
UNITS = st.builds(Unit, FOLDERS, st.sampled_from("abc"), CONTENTS, MAYBE, MAYBE, MAYBE, MAYBE)
LINKS = st.builds(Link, FOLDERS, st.integers(0, 9), st.booleans())
STOPS = st.one_of(st.none(), st.builds(Stop, st.integers(0, 60), st.booleans(), st.booleans()))


def write(folder: Path, units: Sequence[Unit], links: Sequence[Link]) -> list[Photo]:
    """Make an album; its photos."""
    photos: dict[Path, None] = {}
    for unit in units:
        path = folder / unit.folder / f"{unit.stem}.jpg"
        if path.exists():
            continue
        parts = {
            path: f"photo {unit.content}",
            path.with_suffix(".dng"): f"raw {unit.raw}",
            path.with_suffix(".mov"): f"film {unit.film}",
            path.with_suffix(".jpg.xmp"): XMP.format(unit.words),
            path.with_suffix(".aae"): f"edit {unit.edit}",
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        for part, text in parts.items():
            if "None" not in text:
                part.write_text(text)
                os.utime(part, ns=(0, 10**18))  # copies are often alike in their time, too
        photos[path] = None
        if path.with_suffix(".dng").exists():
            photos[path.with_suffix(".dng")] = None
    originals = list(photos)
    for number, link in enumerate(links):
        original = originals[link.of % len(originals)]
        path = folder / link.folder / f"link {number}{original.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if link.symbolic:
            path.symlink_to(original)
        else:
            path.hardlink_to(original)
        photos[path] = None
    return [photo(path, number) for number, path in enumerate(photos, 1)]


def judged(photos: Sequence[Photo], loosely: bool) -> Result:
    """Copies in groups; loosely judged, other photos belong to them too, as the same picture."""
    groups: dict[object, list[int]] = {}
    for one in photos:
        key = one.path.suffix if loosely else one.content_hash
        groups.setdefault(key, []).append(one.id)
    kind = GroupKind.SAME if loosely else GroupKind.EXACT
    found: list[Group] = [group(*ids, kind=kind) for ids in groups.values() if len(ids) > 1]
    return result(photos, *found)


def tree(folder: Path) -> Mapping[str, bytes | str]:
    """Everything below a folder: bytes of files, targets of links."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def held(*folders: Path) -> Counter[tuple[int, bytes]]:
    """The real files in folders, told apart by their numbers, and what they hold."""
    found: Counter[tuple[int, bytes]] = Counter()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and path.suffix != ".trashinfo":
                found[path.stat().st_ino, path.read_bytes()] = 1
    return found


def assert_nothing_is_lost(before: Counter[tuple[int, bytes]], home: Path, store: Path) -> None:
    now = held(home / "album", home / "share")
    missing = before - now
    if not missing:
        return
    # A sidecar that was united with another one is remembered by the journal.
    known = {content for _, content in now}
    if store.exists():
        with Store(store) as opened:
            rows = opened.connection.execute("SELECT previous FROM sidecar WHERE state='written'")
            known |= {row[0] for row in rows}
    assert {content for _, content in missing} <= known
    assert all(b"xmpmeta" in content for _, content in missing)


# A failing album is small enough; to shrink it takes minutes.
@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    units=st.lists(UNITS, min_size=2, max_size=7),
    links=st.lists(LINKS, max_size=2),
    loosely=st.booleans(),
    chosen=st.sets(st.integers(1, 12), min_size=1),
    last_copies=st.booleans(),
    dated=st.booleans(),
    cancelled_after=st.one_of(st.none(), st.integers(0, 3)),
    stops=st.lists(STOPS, min_size=3, max_size=3),
)
def test_nothing_is_lost(
    units: Sequence[Unit],
    links: Sequence[Link],
    loosely: bool,
    chosen: set[int],
    last_copies: bool,
    dated: bool,
    cancelled_after: int | None,
    stops: Sequence[Stop | None],
) -> None:
    with tempfile.TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as environment:
        home = Path(temporary)
        album, store = home / "album", home / "data" / "library.sqlite"
        (home / "share").mkdir()
        environment.setenv("XDG_DATA_HOME", str(home / "share"))
        environment.setenv(HOME_VARIABLE, str(home / "data"))
        photos = write(album, units, links)
        known = judged(photos, loosely)
        going = sorted(chosen & known.photos.keys())
        files = unit_files.find(going, known.photos)
        plan = planning.plan(going, known, unit_files=files, allow_last_copy=last_copies)
        before, everything = tree(album), held(album)
        trash = Trash(store, beside([album])) if dated else Trash(store)

        cancel = threading.Event()

        def clean_up() -> None:
            for number, _ in enumerate(trash.clean_up(plan, cancel)):
                if number == cancelled_after:
                    cancel.set()

        steps = (
            clean_up,
            lambda: list(trash.recover()),
            lambda: list(trash.undo(None, threading.Event())),
        )
        for work, stop in zip(steps, stops, strict=True):
            if stop is None:
                work()
            else:
                with (
                    suppress(failing.Killed, OSError, StoreError),
                    failing.at(stop.operation, killed=stop.killed, done=stop.done),
                ):
                    work()
            assert_nothing_is_lost(everything, home, store)

        list(trash.recover())
        assert_nothing_is_lost(everything, home, store)
        assert not trash.batches() or [undone(trash), undone(trash)][-1] is False
        assert tree(album) == before
        assert not (everything - held(album)) or any(u.words is not None for u in units)
        assert held(home / "share") == Counter()
        if all(stop is None or stop.killed for stop in stops):
            # What the system did not let be tidied is all that may be left.
            assert tree(home / "share") == {}
            assert not (home / "data" / "unfinished").exists()
            assert not list(album.glob(f"{TRASH_BESIDE} *"))


def undone(trash: Trash) -> bool:
    """Undo once; whether there was something to undo."""
    *_, last = trash.undo(None, threading.Event())
    return getattr(last, "batch", None) is not None
