"""Faces in a run: looked for once, after everything else, and never in the way of it."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from skimage import data

from photo_organizer.engine import paths
from photo_organizer.engine.analysis import looking, stages
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.analysis.events import Cancelled, Finished, Partial, Progress
from photo_organizer.engine.analysis.outcomes import FACES_VERSION
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.isolation.process import NotExaminedError, Process
from photo_organizer.engine.storage.store import Store
from tests.engine.pictures import save

pytestmark = pytest.mark.usefixtures("encoder")


@pytest.fixture
def album(tmp_path):
    """Somebody, and nobody."""
    folder = tmp_path / "album"
    save(folder / "nobody.jpg", seed=1)
    Image.fromarray(data.astronaut()).save(folder / "somebody.jpg", quality=95)
    return folder


@pytest.fixture
def looked(monkeypatch):
    """What is looked through, by the names of the files."""
    names = []
    before = looking._faces_in

    def counting(process, identity, content_hash):
        names.append(identity.path.name)
        return before(process, identity, content_hash)

    monkeypatch.setattr(looking, "_faces_in", counting)
    return names


def finish(album, **options):
    *_, last = analyze(Options((album,), **options), threading.Event())
    assert isinstance(last, Finished)
    return last.result


def faces(result):
    return {result.photos[i].path.name: len(seen) for i, seen in result.faces.items()}


def test_faces_are_found_and_told(album):
    result = finish(album)
    assert faces(result) == {"nobody.jpg": 0, "somebody.jpg": 1}
    (told,) = (e for e in result.to_contract()["details"]["faces"] if e["faces"])
    assert told["image"].endswith("/somebody.jpg")
    (face,) = told["faces"]
    left, top, width, height = face["box"]
    assert 0.3 < left + width / 2 < 0.55
    assert 0.1 < top + height / 2 < 0.35
    assert face["eyes"] == "open"


def test_a_known_photo_is_not_looked_through_again(album, looked):
    first = finish(album)
    assert sorted(looked) == ["nobody.jpg", "somebody.jpg"]
    looked.clear()
    assert finish(album).faces == first.faces
    assert looked == []


def test_of_two_copies_one_is_looked_through(album, looked):
    (album / "copy.jpg").write_bytes((album / "somebody.jpg").read_bytes())
    found = finish(album, jobs=1)
    assert faces(found) == {"nobody.jpg": 0, "somebody.jpg": 1, "copy.jpg": 1}
    assert len(looked) == 2


def test_a_known_library_is_looked_through_without_being_measured_again(album, monkeypatch):
    finish(album, faces=False)
    monkeypatch.setattr(Process, "examine", lambda *_: pytest.fail("measured again"))
    result = finish(album)
    assert faces(result) == {"nobody.jpg": 0, "somebody.jpg": 1}
    assert result.timing["measured"] == 2


def test_photos_that_surely_show_nobody_are_not_looked_through(album, looked, monkeypatch):
    monkeypatch.setattr(stages, "may_show_faces", lambda _model, rows: np.zeros(len(rows), bool))
    assert finish(album).faces == {}
    assert looked == []


def test_switched_off_nothing_is_looked_for_and_what_was_stored_is_gone(album, looked):
    look = finish(album).faces
    (face,) = (seen.face for found in look.values() for seen in found)
    assert face.look.hex().encode() in store_bytes()
    looked.clear()
    result = finish(album, faces=False)
    assert (result.faces, looked) == ({}, [])
    assert face.look.hex().encode() not in store_bytes()
    with Store(paths.store_path()) as store:
        hashes = [photo.content_hash for photo in result.photos.values()]
        assert store.faces(hashes, FACES_VERSION) == {}


def store_bytes():
    path = paths.store_path()
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def test_without_networks_everything_else_works_and_it_is_said_once(album, monkeypatch):
    expected = finish(album, faces=False, use_cache=False, jobs=1)
    monkeypatch.setattr(Process, "faces", lambda _self: Reason("faces.no_networks"))
    result = finish(album, use_cache=False, jobs=1)  # photos are numbered as they come
    assert result.faces == {}
    assert result.without_faces == Reason("faces.no_networks")
    assert "OpenCV" in result.to_contract()["details"]["without_faces"]
    left_out = {"without_faces": None, "timing": {}}
    assert replace(result, **left_out) == replace(expected, **left_out)


@pytest.mark.parametrize("lasting", [True, False])
def test_what_goes_wrong_costs_the_faces_of_one_photo(album, looked, monkeypatch, lasting):
    found = Process.faces

    def failing(process):
        if looked[-1] == "somebody.jpg":
            raise NotExaminedError(Reason("files.slow"), lasting=lasting)
        return found(process)

    monkeypatch.setattr(Process, "faces", failing)
    result = finish(album, jobs=1)
    assert len(result.photos) == 2
    assert result.skipped == []
    assert faces(result).get("somebody.jpg", 0) == 0
    looked.clear()
    finish(album, jobs=1)
    assert looked == ([] if lasting else ["somebody.jpg"])


def test_a_photo_that_changed_meanwhile_has_no_faces_of_another(album, monkeypatch):
    asked = looking._faces_in

    def late(process, identity, content_hash):
        if identity.path.name == "somebody.jpg":
            return asked(process, identity, b"another content")
        return asked(process, identity, content_hash)

    monkeypatch.setattr(looking, "_faces_in", late)
    assert faces(finish(album)) == {"nobody.jpg": 0}


def test_photos_are_told_before_their_faces_and_are_done_after(album, monkeypatch):
    going_on = threading.Event()
    before = looking._faces_in

    def waiting(process, identity, content_hash):
        assert going_on.wait(30)
        return before(process, identity, content_hash)

    monkeypatch.setattr(looking, "_faces_in", waiting)
    cancel = threading.Event()
    for event in analyze(Options((album,), jobs=1), cancel):
        if isinstance(event, Cancelled):
            break
        with Store(paths.store_path()) as store:
            count = store.connection.execute("SELECT count(*) FROM embedding").fetchone()[0]
        if isinstance(event, Progress) and count == 2:
            assert event.done == 0
            cancel.set()
    going_on.set()
    assert isinstance(event, Cancelled)
    assert len(finish(album).photos) == 2


def test_first_answers_have_the_faces_that_are_known_while_others_are_looked_for(
    album, monkeypatch
):
    monkeypatch.setattr(analysis, "FIRST_PARTIAL", 0.0)
    monkeypatch.setattr(analysis, "PARTIAL_SHARE", 0)
    going_on = threading.Event()
    before = looking._faces_in

    def waiting(process, identity, content_hash):
        if identity.path.name == "nobody.jpg":
            assert going_on.wait(30)
        return before(process, identity, content_hash)

    monkeypatch.setattr(looking, "_faces_in", waiting)
    for event in analyze(Options((album,), jobs=2), threading.Event()):
        if isinstance(event, Partial) and faces(event.result) == {"somebody.jpg": 1}:
            going_on.set()
    assert going_on.is_set()
    assert faces(event.result) == {"nobody.jpg": 0, "somebody.jpg": 1}
