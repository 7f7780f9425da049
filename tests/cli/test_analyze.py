import json
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from skimage.data import astronaut

from photo_organizer.cli import json_target
from photo_organizer.cli.command import WrongCallError
from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.isolation.pool import Pool
from photo_organizer.engine.storage.store import Store
from tests.engine.faces_made import out_of_focus, portrait, with_closed_eyes
from tests.engine.isolation.harm import harmful, hostile_processes
from tests.engine.pictures import save

FLOWS = {"categories", "duplicates", "highlights", "low_quality"}


def test_the_answers_are_written_whole_to_a_file(encoder, album, tmp_path, capsys):
    target = tmp_path / "result.json"
    assert run_command(["analyze", str(album), "--json", str(target)]) == 0
    result = json.loads(target.read_text())
    assert set(result) == FLOWS | {"skipped", "details"}
    images = [u for c in result["categories"] for u in c["images"]]
    assert sorted(images) == sorted(p.as_uri() for p in album.iterdir() if p.stat().st_size)
    assert result["duplicates"] == [[(album / n).as_uri() for n in ("0.jpg", "copy of 0.jpg")]]
    assert result["skipped"] == [{"image": (album / "empty.jpg").as_uri(), "reason": "empty file"}]
    assert capsys.readouterr() == ("", "")
    assert list(tmp_path.glob("result.json*")) == [target]


def test_a_dash_writes_only_json_to_standard_output(encoder, album, capsys):
    assert run_command(["analyze", str(album), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert set(json.loads(out)) >= FLOWS
    assert err == ""


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("missing/result.json", "Its folder does not exist"),
        ("folder", "It is a folder"),
        ("folder/file/result.json", "Its folder does not exist"),
        ("dangling.json", "Its folder does not exist"),
        ("", "It is a folder"),
        ("/dev/fd/987", "Bad file descriptor"),
        ("/proc/result.json", ""),
    ],
)
def test_a_target_that_cannot_be_written_is_told_before_the_work(
    album, tmp_path, capsys, monkeypatch, target, why
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/file").touch()
    (tmp_path / "dangling.json").symlink_to("missing/result.json")
    before = sorted(tmp_path.rglob("*"))
    assert run_command(["analyze", str(album), "--json", target]) == 2
    assert why in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_an_existing_file_keeps_its_rights_and_a_new_one_gets_the_usual_ones(tmp_path):
    new, old = tmp_path / "new.json", tmp_path / "old.json"
    old.write_text("before")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        json_target.write(str(new), b"{}")
        json_target.write(str(old), b"{}")
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (new, old)] == [0o640, 0o640]
    assert old.read_bytes() == b"{}"
    assert sorted(tmp_path.iterdir()) == [new, old]


def test_what_a_link_leads_to_is_written(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.json").symlink_to("folder/result.json")
    for data in (b"1", b"2"):
        json_target.check(str(tmp_path / "link.json"))
        json_target.write(str(tmp_path / "link.json"), data)
        assert (tmp_path / "folder/result.json").read_bytes() == data
    assert (tmp_path / "link.json").is_symlink()


def test_every_name_of_a_file_has_what_is_written(tmp_path):
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    one.touch()
    two.hardlink_to(one)
    json_target.write(str(two), b"{}")
    assert one.read_bytes() == b"{}"


def test_a_pipe_is_written_to(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    json_target.check(str(pipe))
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        json_target.write(str(pipe), b"{}")
        assert read.result() == b"{}"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_an_open_stream_goes_on_where_it_is(tmp_path):
    with (tmp_path / "all.json").open("wb") as file:
        file.write(b"first ")
        file.flush()
        target = f"/dev/fd/{file.fileno()}"
        json_target.check(target)
        json_target.write(target, b"second")
    assert (tmp_path / "all.json").read_bytes() == b"first second"
    with (
        (tmp_path / "all.json").open("rb") as file,
        pytest.raises(WrongCallError, match="reading only"),
    ):
        json_target.check(f"/dev/fd/{file.fileno()}")


def test_a_device_is_no_file_to_replace(encoder, album):
    assert run_command(["analyze", str(album), "--json", "/dev/null"]) == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)  # noqa: PTH116


def test_processes_start_ahead_only_where_nothing_is_known(encoder, album, monkeypatch):
    started = []
    monkeypatch.setattr(Pool, "warm_up", lambda _pool, count: started.append(count))
    words = ["analyze", str(album), "--json", "/dev/null", "--jobs", "3"]
    assert run_command(words) == 0
    assert started[0] == 3
    started.clear()
    assert run_command(words) == 0
    assert 3 not in started


def test_only_the_wanted_flows_are_filled(encoder, album, capsys):
    assert run_command(["analyze", str(album), "--json", "-", "--only", "duplicates"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["duplicates"]
    assert not result["categories"]
    assert not result["highlights"]
    assert not result["low_quality"]


def test_without_json_a_summary_is_printed(encoder, album, capsys):
    assert run_command(["analyze", str(album)]) == 0
    out = capsys.readouterr().out
    assert "5 photos" in out
    assert "exact copies" in out
    assert "empty.jpg" in out


def test_what_is_not_read_is_counted(encoder, album, capsys):
    for name in ("a.psd", "b.psd", "c.exr"):
        (album / name).write_bytes(b"8BPS")
    assert run_command(["analyze", str(album)]) == 0
    assert "3 files left out: 2 .psd, 1 .exr" in capsys.readouterr().out
    assert run_command(["analyze", str(album), "--json", "-"]) == 0
    result = json.loads(capsys.readouterr().out)
    counted = {"folder": album.as_uri(), "suffixes": {".psd": 2, ".exr": 1}}
    assert result["details"]["left_out"] == [counted]
    assert [one["reason"] for one in result["skipped"]] == ["empty file"]


def test_videos_are_counted_and_named_but_not_those_of_photos(encoder, album, capsys):
    photo = next(path for path in sorted(album.iterdir()) if path.suffix == ".jpg")
    photo.with_suffix(".mov").write_bytes(b"film of a Live Photo")
    (album / "party.mp4").write_bytes(b"film")
    (album / "Rome").mkdir()
    (album / "Rome" / "walk.mov").write_bytes(b"film")
    (album / "a.psd").write_bytes(b"8BPS")
    assert run_command(["analyze", str(album)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    named = Path("Rome", "walk.mov")
    assert f"2 videos are not looked at: party.mp4, {named}" in out
    assert run_command(["analyze", str(album), "--json", "-"]) == 0
    details = json.loads(capsys.readouterr().out)["details"]
    (videos,) = details["videos"]
    assert videos["folder"] == album.as_uri()
    assert videos["videos"] == [
        (album / "party.mp4").as_uri(),
        (album / "Rome" / "walk.mov").as_uri(),
    ]
    (left_out,) = details["left_out"]
    assert left_out["suffixes"] == {".mov": 1, ".mp4": 1, ".psd": 1}


def test_user_categories_appear_in_the_answer(encoder, album, tmp_path, capsys):
    file = tmp_path / "mine.txt"
    file.write_text("my dog\nreceipts\n")
    assert run_command(["analyze", str(album), "--json", "-", "--categories", str(file)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert [c["category"] for c in result["categories"]] == ["my dog", "receipts", "others"]


def test_without_recursion_folders_within_are_left_alone(encoder, album, capsys):
    save(album / "below" / "deep.jpg", seed=9)
    run_command(["analyze", str(album), "--json", "-", "--no-recursive"])
    assert "deep.jpg" not in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_photo_that_crashes_the_decoder_is_named_and_the_rest_is_answered(encoder, album, capsys):
    bad = harmful(album / "bad.jpg", "SIGSEGV", seed=7)
    with hostile_processes():
        assert run_command(["analyze", str(album), "--json", "-"]) == 0
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert {"image": bad.as_uri(), "reason": "crashed the decoder"} in result["skipped"]
    assert sum(len(c["images"]) for c in result["categories"]) == 5
    assert err == ""


def test_no_faces_looks_for_none_and_removes_what_was_stored(encoder, tmp_path, capsys):
    folder = tmp_path / "album"
    folder.mkdir()
    Image.fromarray(astronaut()).save(folder / "somebody.jpg")

    def found(*more):
        assert run_command(["analyze", str(folder), "--json", "-", *more]) == 0
        told = json.loads(capsys.readouterr().out)["details"]
        with Store(paths.store_path()) as store:
            stored = store.connection.execute("SELECT count(*) FROM faces").fetchone()[0]
        return [len(photo["faces"]) for photo in told["faces"]], stored

    assert found() == ([1], 1)
    assert found("--no-faces") == ([], 0)
    assert found() == ([1], 1)


def test_closed_eyes_and_a_missed_focus_are_told_of_portraits(encoder, tmp_path, capsys):
    folder = tmp_path / "portraits"
    folder.mkdir()
    pictures = {
        "fine.png": astronaut(),
        "closed.png": portrait(astronaut(), with_closed_eyes),
        "soft.png": portrait(astronaut(), out_of_focus),
    }
    for name, pixels in pictures.items():
        Image.fromarray(pixels).save(folder / name)
    assert run_command(["analyze", str(folder), "--json", "-"]) == 0
    result = json.loads(capsys.readouterr().out)
    told = {
        (flag["image"].rpartition("/")[2], flag["flaw"], flag["reason"])
        for flag in result["details"]["low_quality"]
    }
    assert told == {
        ("closed.png", "eyes_closed", "Eyes may be closed"),
        ("soft.png", "blur", "Out of focus: the face is soft, what is behind it is sharp"),
    }
    (library, *_) = result["highlights"]
    ranked = [one["image"].rpartition("/")[2] for one in library["images"]]
    assert ranked.index("fine.png") < ranked.index("closed.png")
