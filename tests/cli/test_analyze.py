import json
import sys

import pytest

from photo_organizer.cli.main import run_command
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
