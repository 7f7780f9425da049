import json
import os
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.analysis.events import (
    Cancelled,
    Finished,
    Listed,
    Partial,
    Progress,
    Stage,
)
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.domain.results import OTHERS, Skipped
from photo_organizer.engine.duplicates.looks import Look
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation.process import Process
from photo_organizer.engine.judging.judge import Judge
from photo_organizer.engine.storage.store import Store
from tests.engine.fakes import FakeEncoder
from tests.engine.isolation.harm import harmful, hostile_processes
from tests.engine.pictures import encoded, png_bomb, save


@pytest.fixture
def album(tmp_path):
    folder = tmp_path / "album"
    for number in range(10):
        save(folder / f"{number}.jpg", seed=number)
    return folder


def events(*folders, **options):
    return list(analyze(Options(tuple(folders), **options), threading.Event()))


def run(*folders, **options):
    last = events(*folders, **options)[-1]
    assert isinstance(last, Finished)
    return last.result


def names(result):
    return sorted(p.path.name for p in result.photos.values())


def snapshot(folder):
    """Everything on disk below a folder that must not change."""
    return {
        str(p): (p.lstat().st_mtime_ns, p.lstat().st_size, p.lstat().st_mode)
        for p in folder.rglob("*")
    }


def test_every_photo_is_in_exactly_one_category_and_ranked(encoder, album):
    result = run(album)
    assert names(result) == [f"{n}.jpg" for n in range(10)]
    placed = [photo for ids in result.categories.values() for photo in ids]
    assert sorted(placed) == sorted(result.photos)
    assert list(result.categories)[-1] == OTHERS
    assert result.model["name"] == "fake"


def test_a_paused_run_does_nothing_more_until_it_goes_on_and_loses_nothing(encoder, album):
    expected = run(album).to_contract()["categories"]
    switch, decoded = PauseSwitch(), []

    def counting(process, places, wanted):
        decoded.extend(places)
        return examine(process, places, wanted)

    examine = Process.examine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Process, "examine", counting)
        switch.pause()
        running = analyze(Options((album,), use_cache=False), threading.Event(), switch)
        waiting = [next(running) for _ in range(3)]
        assert all(isinstance(event, Progress) and event.paused for event in waiting)
        assert (waiting[-1].rate, waiting[-1].seconds_left) == (0.0, None)
        assert decoded == []
        switch.resume()
        last = list(running)[-1]
    assert len(decoded) == 10
    assert last.result.to_contract()["categories"] == expected


def test_a_run_paused_midway_finishes_what_is_in_its_hands_and_holds_the_rest(encoder, album):
    switch = PauseSwitch()
    encoder.on_batch = switch.pause
    running = analyze(
        Options((album,), use_cache=False, jobs=1, faces=False), threading.Event(), switch
    )
    for event in running:
        if isinstance(event, Progress) and event.paused and event.done:
            break
    # The first batch is as large as photos were there: it waits for others only a little.
    first = encoder.embedded
    assert 0 < first <= encoder.batch_size
    # Further looks, a tenth of a second each: nobody works behind the switch.
    assert all(next(running).done == first for _ in range(3))
    assert encoder.embedded == first
    encoder.on_batch = None
    switch.resume()
    assert isinstance(list(running)[-1], Finished)
    assert encoder.embedded == 10


def test_what_fails_with_the_last_photos_is_no_result_without_them(encoder, album):
    before = set(threading.enumerate())
    encoder.gate = threading.Event()

    def fail():
        raise MemoryError("the last batch")

    encoder.on_batch = fail
    running = analyze(Options((album,), jobs=1, partial_results=False), threading.Event())
    assert isinstance(next(running), Progress)
    stages = [t for t in set(threading.enumerate()) - before if not t.name.startswith("load")]
    encoder.gate.set()
    for thread in stages:  # all have ended before the run looks again
        thread.join(30)
    with pytest.raises(MemoryError, match="the last batch"):
        list(running)


def test_photos_of_an_unplugged_folder_are_answered_as_they_were_known(encoder, album, tmp_path):
    save(tmp_path / "other" / "x.jpg", seed=77)
    save(tmp_path / "other.jpg", seed=78)  # beside the folder, not in it
    (album / "broken.jpg").write_bytes(b"no picture")
    first = run(album, tmp_path / "other")
    run(tmp_path)
    away = tmp_path / "unplugged"
    album.rename(away)
    whole = run(tmp_path / "other", absent=(album,))
    assert names(whole) == names(first)
    assert whole.to_contract()["categories"] == first.to_contract()["categories"]
    assert not whole.skipped  # what was wrong with a file nobody can look at is no news
    alone = run(absent=(album,))
    assert len(alone.photos) == 10
    away.rename(album)
    assert names(run(album, tmp_path / "other")) == names(first)


def test_a_paused_run_can_be_cancelled(encoder, album):
    switch, cancel = PauseSwitch(), threading.Event()
    switch.pause()
    running = analyze(Options((album,), use_cache=False), cancel, switch)
    assert next(running).paused
    cancel.set()
    assert isinstance(list(running)[-1], Cancelled)
    assert encoder.embedded == 0


def test_a_second_run_reads_no_pixel_and_answers_the_same(encoder, album, monkeypatch):
    first = run(album)

    def forbidden(*_):
        raise AssertionError("a known photo was read again")

    monkeypatch.setattr(Process, "read", forbidden)
    monkeypatch.setattr(Process, "read_all", forbidden)
    monkeypatch.setattr(Process, "examine", forbidden)
    second = run(album)
    assert encoder.embedded == 10
    one, two = first.to_contract(), second.to_contract()
    for answers in (one, two):
        # When it ran and where it computed: the second run computed nothing.
        answers["details"].pop("timing")
        answers["details"]["model"] = answers["details"]["model"]["name"]
    assert json.dumps(one) == json.dumps(two)


def test_a_known_library_is_judged_once_and_written_nowhere(encoder, album, monkeypatch):
    first = run(album)
    written, judged = [], []
    for name in ("add_photo", "add_content", "add_embedding"):
        monkeypatch.setattr(Store, name, lambda *_, name=name: written.append(name))
    monkeypatch.setattr(analysis, "FIRST_PARTIAL", 0.0)
    real = Judge.judge
    monkeypatch.setattr(Judge, "judge", lambda *a: judged.append(1) or real(*a))
    second = run(album)
    assert (written, judged) == ([], [1])
    assert second.photos == first.photos


def test_pairs_are_compared_once_for_all_runs(encoder, album, monkeypatch):
    first = run(album)
    looked = []
    real = Look.at
    monkeypatch.setattr(
        Look, "at", lambda self, one, two: looked.extend(one) or real(self, one, two)
    )
    assert run(album).groups == first.groups
    assert looked == []
    run(album, use_cache=False)
    assert looked


def test_a_renamed_and_a_copied_photo_keep_their_facts(encoder, album):
    run(album)
    (album / "0.jpg").rename(album / "renamed.jpg")
    (album / "copy.jpg").write_bytes((album / "1.jpg").read_bytes())
    result = run(album)
    assert encoder.embedded == 10
    assert {"renamed.jpg", "copy.jpg"} <= set(names(result))


def test_another_model_embeds_anew_but_does_not_measure_anew(encoder, album, monkeypatch):
    run(album)
    monkeypatch.setattr(FakeEncoder, "version", "2")
    run(album)
    assert encoder.embedded == 20


def test_without_the_cache_nothing_is_kept(encoder, album, home):
    run(album, use_cache=False)
    assert not (home / "photo-organizer" / "library.sqlite").exists()
    run(album, use_cache=False)
    assert encoder.embedded == 20


def test_progress_grows_to_the_end_and_names_no_more_than_there_is(encoder, album):
    progress = [e for e in events(album) if isinstance(e, Progress)]
    done = [p.done for p in progress]
    assert done == sorted(done)
    assert progress[-1].done == progress[-1].total == 10
    assert all(p.done <= p.total for p in progress)
    assert not progress[-1].scanning


def test_first_results_are_there_while_the_rest_still_runs(encoder, album, monkeypatch):
    monkeypatch.setattr(analysis, "FIRST_PARTIAL", 0.0)
    run(album)  # known from here on
    for number in range(10, 20):
        save(album / f"{number}.jpg", seed=number)
    encoder.gate = threading.Event()
    for event in analyze(Options((album,)), threading.Event()):
        if isinstance(event, Partial) and not encoder.gate.is_set():
            assert len(event.result.photos) >= 10
            assert len(event.result.photos) < 20
            encoder.gate.set()
    assert isinstance(event, Finished)
    assert len(event.result.photos) == 20


def test_a_cancelled_run_ends_and_keeps_what_it_measured(encoder, album):
    cancel = threading.Event()
    seen = []
    encoder.gate = threading.Event()
    for event in analyze(Options((album,)), cancel):
        seen.append(event)
        cancel.set()
    encoder.gate.set()
    assert isinstance(seen[-1], Cancelled)
    assert not any(isinstance(e, Finished) for e in seen)
    assert len(run(album).photos) == 10


@pytest.mark.parametrize("name", ["missing", "file.jpg"])
def test_a_folder_that_is_none_is_a_clear_error_before_anything_starts(encoder, tmp_path, name):
    save(tmp_path / "file.jpg")
    with pytest.raises(photo_files.FolderError, match=name):
        events(tmp_path / name)


def test_an_unknown_model_ends_the_run_with_its_message(album):
    with pytest.raises(ModelError, match="no-such-model"):
        events(album, model="no-such-model")


def test_an_empty_folder_has_an_empty_answer(encoder, tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    result = run(folder)
    assert result.to_contract()["duplicates"] == []
    assert result.photos == {}


def test_a_photo_that_vanishes_during_the_run_is_skipped(encoder, album, monkeypatch):
    read = Process.read_all

    def unlucky(process, identities):
        for identity in identities:
            if identity.path.name == "3.jpg":
                identity.path.unlink()
        return read(process, identities)

    monkeypatch.setattr(Process, "read_all", unlucky)
    result = run(album)
    assert [(s.path.name, "vanished" in s.reason.text()) for s in result.skipped] == [
        ("3.jpg", True)
    ]
    assert len(result.photos) == 9


def test_bad_input_is_named_and_never_stops_the_run(encoder, tmp_path):
    album = tmp_path / "album"
    good = ["plain.jpg", "with space #1 100%.jpg", "한글 사진.jpg", "a" * 240 + ".jpg"]
    for number, name in enumerate(good):
        save(album / name, seed=number)
    deep = album.joinpath(*["d" * 60] * 5)
    save(deep / "deep.jpg", seed=20)
    odd = os.fsencode(album) + b"/caf\xe9\xff.jpg"
    Path(os.fsdecode(odd)).write_bytes((album / "plain.jpg").read_bytes())
    (album / "empty.jpg").touch()
    (album / "text.jpg").write_text("not a picture")
    (album / "cut.jpg").write_bytes((album / "plain.jpg").read_bytes()[:700])
    (album / "bomb.png").write_bytes(png_bomb())
    (album / "loop").symlink_to(album, target_is_directory=True)
    os.link(album / "plain.jpg", album / "plain hard link.jpg")
    before = snapshot(album)

    result = run(album)

    assert snapshot(album) == before
    why = {s.path.name: s.reason.text() for s in result.skipped}
    assert set(why) == {"empty.jpg", "text.jpg", "cut.jpg", "bomb.png", "plain.jpg"} or set(
        why
    ) == {"empty.jpg", "text.jpg", "cut.jpg", "bomb.png", "plain hard link.jpg"}
    assert all(why.values())
    assert len(result.photos) == 6
    contract = result.to_contract()
    assert any("caf%E9%FF.jpg" in u for c in contract["categories"] for u in c["images"])
    again = run(album)
    assert {s.path.name: s.reason.text() for s in again.skipped} == why


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_crash_costs_none_of_the_photos_that_were_asked_about_with_it(
    encoder, tmp_path, monkeypatch
):
    asked = []
    read = Process.read_all

    def reading(process, identities):
        asked.append(len(identities))
        return read(process, identities)

    monkeypatch.setattr(Process, "read_all", reading)
    for number in range(30):
        save(tmp_path / f"{number:02}.jpg", 32, 24, seed=number)
    for number in (3, 14, 15):
        harmful(tmp_path / f"{number:02}.jpg", "SIGSEGV", seed=number)
    with hostile_processes():
        result = run(tmp_path, jobs=1)
    assert max(asked) > 1
    assert names(result) == [f"{n:02}.jpg" for n in range(30) if n not in (3, 14, 15)]
    assert set(reasons(result).values()) == {"crashed the decoder"}


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_folder_is_skipped(encoder, album):
    locked = album / "locked"
    locked.mkdir(mode=0)
    try:
        assert [s.path for s in run(album).skipped] == [locked]
    finally:
        locked.chmod(0o755)


def test_skips_are_told_as_they_happen(encoder, album):
    (album / "empty.jpg").touch()
    told = [e for e in events(album) if isinstance(e, Skipped)]
    assert [s.path.name for s in told] == ["empty.jpg"]


def reasons(result):
    return {s.path.name: s.reason.text() for s in result.skipped}


def examined(album):
    """What is looked at in another run."""
    seen = []
    read, examine = Process.read_all, Process.examine

    def reading(process, identities):
        process.reads = [identity.path.name for identity in identities]
        return read(process, identities)

    def examining(process, places, wanted):
        seen.extend(process.reads[place] for place in places)
        return examine(process, places, wanted)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Process, "read_all", reading)
        patch.setattr(Process, "examine", examining)
        result = run(album)
    return sorted(seen), result


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_whatever_a_photo_does_to_the_decoder_it_is_one_photo(encoder, album):
    for what in ("SIGSEGV", "SIGKILL", "raise", "memory"):
        harmful(album / f"{what}.jpg", what)
    with hostile_processes():
        result = run(album)
        assert names(result) == [f"{n}.jpg" for n in range(10)]
        assert reasons(result) == {
            "SIGSEGV.jpg": "crashed the decoder",
            "SIGKILL.jpg": "decoding was ended by the system, perhaps for want of memory",
            "raise.jpg": "cannot be analysed: operands could not be broadcast",
            "memory.jpg": "too large for this computer's memory",
        }
        # What the photo itself did is remembered; what may have been chance is tried again.
        seen, again = examined(album)
        assert set(seen) == {"SIGKILL.jpg", "raise.jpg", "memory.jpg"}
        assert reasons(again) == reasons(result)
    _, mended = examined(album)
    assert reasons(mended) == {"SIGSEGV.jpg": "crashed the decoder"}
    assert len(mended.photos) == 13


def test_a_photo_that_cannot_be_prepared_is_one_photo(encoder, album, monkeypatch):
    prepare, failing = encoder.prepare, [RecursionError("too deep"), MemoryError()]
    lock = threading.Lock()

    def sometimes(picture):
        with lock:
            error = failing.pop() if failing else None
        if error is not None:
            raise error
        return prepare(picture)

    monkeypatch.setattr(encoder, "prepare", sometimes)
    result = run(album)
    assert len(result.photos) == 8
    assert sorted(reasons(result).values()) == [
        "cannot be analysed: too deep",
        "too large for this computer's memory",
    ]
    assert len(run(album).photos) == 10


def test_a_batch_that_cannot_be_embedded_costs_the_photo_that_spoils_it(encoder, album):
    black = encoded(np.zeros((40, 40, 3), np.uint8), "PNG")
    (album / "black.png").write_bytes(black)
    embed = encoder.embed_images

    def choosy(batch):
        if any(not pixels.any() for pixels in batch):
            raise ValueError("a picture without light")
        return embed(batch)

    encoder.embed_images = choosy
    result = run(album)
    assert names(result) == [f"{n}.jpg" for n in range(10)]
    assert reasons(result) == {"black.png": "cannot be analysed: a picture without light"}


def test_what_fails_with_every_photo_of_a_batch_is_not_the_photos_fault(encoder, album):
    def broken(_batch):
        raise RuntimeError("no such device")

    encoder.embed_images = broken
    with pytest.raises(RuntimeError, match="no such device"):
        events(album)


def test_known_photos_are_listed_before_the_model_is_loaded(encoder, album, monkeypatch):
    run(album)
    loaded = threading.Event()
    open_encoder = analysis.open_encoder

    def waiting(*given):
        assert loaded.wait(30)
        return open_encoder(*given)

    monkeypatch.setattr(analysis, "open_encoder", waiting)
    listed, stages = [], []
    for event in analyze(Options((album,)), threading.Event()):
        if isinstance(event, Progress):
            stages.append(event.stage)
            assert event.rate == 0.0, "what is known says nothing of how fast photos are measured"
        elif isinstance(event, Listed) and not loaded.is_set():
            listed = sorted(photo.path.name for photo in event.photos.values())
            assert all(photo.width and photo.format for photo in event.photos.values())
            if len(listed) == 10:
                assert set(stages) <= {Stage.LOADING}
                loaded.set()
    assert isinstance(event, Finished)
    assert encoder.embedded == 10
    assert {Stage.ANALYSING, Stage.FACES}.isdisjoint(stages), "nothing was looked into"


@pytest.mark.parametrize("known", [False, True])
def test_a_run_can_be_stopped_while_the_model_is_checked(encoder, album, monkeypatch, known):
    if known:
        run(album)
        save(album / "new.jpg", seed=98)

    def checked(*_, on_check, cancel):
        on_check(1, 100)
        assert cancel.wait(30)
        raise CancelledError

    monkeypatch.setattr(analysis, "prove_first", checked)
    cancel = threading.Event()
    stages = set()
    for event in analyze(Options((album,)), cancel):
        if isinstance(event, Progress):
            stages.add(event.stage)
            if event.stage is Stage.CHECKING:
                cancel.set()
    assert isinstance(event, Cancelled)
    assert Stage.CHECKING in stages


def test_a_stopped_run_hands_over_all_that_it_knows_to_be_judged(encoder, album):
    run(album)
    save(album / "new.jpg", seed=99)
    encoder.gate = threading.Event()
    cancel = threading.Event()
    for event in analyze(Options((album,)), cancel):
        if isinstance(event, Progress) and event.done == 10:
            cancel.set()
    encoder.gate.set()
    assert isinstance(event, Cancelled)
    assert (event.done, event.total) == (10, 11)
    assert event.judge is not None
    assert len(event.judge.facts) == 10


def test_while_folders_are_walked_no_time_is_told_and_in_the_end_all_is_compared(
    encoder, album, monkeypatch
):
    run(album)
    for number in range(10, 20):
        save(album / f"{number}.jpg", seed=number)
    seen, judge = threading.Event(), Judge.judge

    def waiting(*args, **options):
        assert seen.wait(30)
        return judge(*args, **options)

    monkeypatch.setattr(Judge, "judge", waiting)  # so few photos are compared in no time
    told = []
    for event in analyze(Options((album,), faces=False), threading.Event()):
        if isinstance(event, Progress):
            told.append(event)
            if event.stage in (Stage.COMPARING, Stage.JUDGING):
                seen.set()
    assert told[-1].stage in (Stage.COMPARING, Stage.JUDGING)
    assert all(p.seconds_left is None for p in told if p.scanning)
