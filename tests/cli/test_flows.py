"""``flows``: the four plain flows through the command."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from photo_organizer.cli import running
from photo_organizer.cli.main import run_command
from photo_organizer.engine import assets, paths
from photo_organizer.engine.analysis import looking
from photo_organizer.engine.domain.results import OTHERS
from photo_organizer.engine.encoders.chosen_heads import use_head
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.flows import duplicates
from photo_organizer.engine.flows.answers import Asked
from photo_organizer.engine.flows.low_quality import JudgedBy
from photo_organizer.engine.isolation.process import Process
from photo_organizer.engine.storage.store import Store
from tests.engine.pictures import save

SCHEMA = json.loads(assets.resource("flows.schema.json").read_text(encoding="utf-8"))
KEYS = ["categories", "duplicates", "highlights", "low_quality"]


@pytest.fixture
def flows(album, capsys):
    """Runs the command over the album; the object it prints and what it says beside."""

    def run(*words, folders=(album,)):
        assert run_command(["flows", *map(str, folders), *map(str, words)]) == 0
        out, err = capsys.readouterr()
        told = json.loads(out)
        Draft202012Validator(SCHEMA).validate(told)
        return told, err

    return run


@pytest.fixture
def refused(album, capsys, monkeypatch):
    """Runs a wrong call, of which no photo may be read; the sentence that refuses it."""

    def nobody(*_, **__):
        raise AssertionError("photos were looked at")

    def run(*words, folders=(album,)):
        with monkeypatch.context() as patch:
            patch.setattr(running, "analyze", nobody)
            assert run_command(["flows", *map(str, folders), *map(str, words)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        return err

    return run


def images(told, key="categories"):
    return [image for one in told[key] for image in one["images"]]


def test_one_object_is_printed_and_nothing_else(encoder, album, flows):
    told, err = flows()
    assert list(told) == KEYS
    expected = sorted(path.as_uri() for path in album.iterdir() if path.stat().st_size)
    assert sorted(images(told)) == expected
    assert told["categories"][-1]["category"] == OTHERS
    assert [(album / name).as_uri() for name in ("0.jpg", "copy of 0.jpg")] in told["duplicates"]
    assert sorted(one["image"] for one in images(told, "highlights")) == expected
    assert f"Skipped {album / 'empty.jpg'}: empty file" in err


def test_a_model_that_cannot_be_asked_is_told_where_it_matters(encoder, flows):
    sentence = "The model fake cannot be asked prompts"
    assert sentence in flows()[1]
    assert sentence in flows("--only", "low_quality")[1]
    assert sentence not in flows("--only", "duplicates")[1]


def test_the_starter_fills_the_same_forms(album, flows):
    told, err = flows("--model", "starter")
    assert "The model starter cannot be asked prompts" in err
    assert [one["category"] for one in told["categories"]] == [
        *assets.toml("categories.toml"),
        OTHERS,
    ]
    assert len(images(told)) == len(images(told, "highlights")) == 5
    copies = {(album / name).as_uri() for name in ("0.jpg", "copy of 0.jpg")}
    assert any(copies <= set(group) for group in told["duplicates"])


def test_the_object_is_written_to_a_file(encoder, album, tmp_path, capsys, flows):
    target = tmp_path / "flows.json"
    assert run_command(["flows", str(album), "--json", str(target)]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(target.read_text()) == flows("--json", "-")[0] == flows()[0]


def test_a_file_that_cannot_be_written_is_told_before_the_work(refused, tmp_path):
    assert "Its folder does not exist" in refused("--json", tmp_path / "missing" / "flows.json")


@pytest.mark.parametrize(
    ("only", "filled"),
    [
        (["--only", "duplicates"], {"duplicates"}),
        (["--only", "categories,duplicates"], {"categories", "duplicates"}),
        (["--only", "categories, highlights"], {"categories", "highlights"}),
        (["--only", "highlights", "--only", "duplicates"], {"duplicates", "highlights"}),
    ],
)
def test_flows_that_are_not_wanted_are_there_and_empty(encoder, flows, only, filled):
    told, _ = flows(*only)
    assert list(told) == KEYS
    assert {key for key in KEYS if told[key]} == filled
    everything, _ = flows()
    assert all(told[key] == everything[key] for key in filled)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--eps", "0"], "--eps must be above 0 and at most 2, not 0"),
        (["--eps", "-0.1"], "--eps"),
        (["--eps", "2.1"], "--eps"),
        (["--eps", "nan"], "--eps"),
        (["--neighbors", "0"], "--neighbors must be at least 1, not 0"),
        (["--min-samples", "0"], "--min-samples must be at least 1, not 0"),
        (["--top-k", "-1"], "--top-k must be at least 1, not -1"),
        (["--threshold", "1.5"], "--threshold must be between -1 and 1, not 1.5"),
        (["--threshold", "nan"], "--threshold"),
        (["--quality-threshold", "1.5"], "--quality-threshold must be between 0 and 1"),
        (
            ["--quality-by", "difference", "--quality-threshold", "2.5"],
            "--quality-threshold must be between -2 and 2",
        ),
        (["--only", "faces"], "there is no flow faces"),
        (["--only", ","], "--only takes categories, duplicates, highlights, low_quality"),
        (["--base-url", "server:8000/"], "write it like http://server:8000/"),
        (["--base-url", ""], "--base-url"),
        (["--base-url", "http://server/?x"], "leave out what begins with ? or #"),
        (["--probe", "missing.safetensors"], "there is no file missing.safetensors"),
        (["--probe", __file__], "is not a scorer"),
        (["--probe", "x", "--highlights-by", "prompts"], "leave out --highlights-by prompts"),
    ],
)
def test_what_means_nothing_is_refused_in_a_sentence_before_a_photo_is_read(refused, words, why):
    assert why in refused(*words)


def test_a_folder_that_is_missing_is_refused(refused, tmp_path):
    assert "is not a folder" in refused(folders=[tmp_path / "missing"])


def test_photos_are_named_below_the_address_of_a_server(encoder, album, flows):
    (album / "empty.jpg").unlink()
    names = {
        "어두운 밤 #1.jpg": "%EC%96%B4%EB%91%90%EC%9A%B4%20%EB%B0%A4%20%231.jpg",
        "100 %.jpg": "100%20%25.jpg",
        "below/a+b&c.jpg": "below/a%2Bb%26c.jpg",
    }
    for seed, name in enumerate(names, 7):
        save(album / name, width=320, height=240, seed=seed)
    for base in ("http://server:8000", "http://server:8000/"):
        told, _ = flows("--base-url", base)
        expected = ["0.jpg", "1.jpg", "2.jpg", "3.jpg", "copy%20of%200.jpg", *names.values()]
        assert sorted(images(told)) == sorted(f"http://server:8000/{name}" for name in expected)
        in_files, _ = flows()
        assert len(told["duplicates"]) == len(in_files["duplicates"]) > 0
        assert set(told["low_quality"]) <= set(images(told))


def test_photos_of_several_folders_have_names_of_their_own(encoder, album, flows):
    for name in ("2023", "2024"):
        save(album / name / "1.jpg", width=320, height=240, seed=1)
    folders = [album / "2023", album / "2024"]
    told, _ = flows("--base-url", "http://server/", folders=folders)
    assert images(told) == ["http://server/2023/1.jpg", "http://server/2024/1.jpg"]
    assert told["duplicates"] == [images(told)]


def test_numbers_of_the_call_are_used(encoder, flows):
    told, _ = flows("--eps", "2")
    assert [len(group) for group in told["duplicates"]] == [5]
    told, _ = flows("--min-samples", "3", "--eps", "0.0001")
    assert told["duplicates"] == []
    told, _ = flows("--threshold", "-1")
    assert not told["categories"][-1]["images"]
    told, _ = flows("--threshold", "0", "--top-k", "3")
    assert sorted(images(told)) == sorted(3 * [*set(images(told))])


def test_own_categories_are_used(encoder, flows, tmp_path):
    (tmp_path / "mine.txt").write_text("my dog\nreceipts\n")
    told, _ = flows("--categories", tmp_path / "mine.txt")
    assert [one["category"] for one in told["categories"]] == ["my dog", "receipts", OTHERS]


def head(encoder):
    weights = np.random.default_rng(0).normal(size=encoder.dimension).astype(np.float32)
    return LinearHead(weights, 5.0, "fake", "head-1", 1.0, 10.0, encoder.version)


def test_highlights_are_ranked_by_a_probe(encoder, flows, tmp_path):
    file = tmp_path / "probe.safetensors"
    head(encoder).save(file)
    probed, _ = flows("--probe", file, "--only", "highlights")
    measured, _ = flows("--only", "highlights")
    assert images(probed, "highlights") != images(measured, "highlights")
    scores = [one["score"] for one in images(probed, "highlights")]
    assert scores == sorted(scores, reverse=True)


def test_a_probe_of_another_model_is_refused(encoder, album, tmp_path, capsys):
    file = tmp_path / "probe.safetensors"
    replace(head(encoder), encoder="other").save(file)
    assert run_command(["flows", str(album), "--probe", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "was made for the model other, not for fake" in err


def test_so_it_is_before_a_photo_is_read_where_the_model_is_named(encoder, refused, tmp_path):
    file = tmp_path / "probe.safetensors"
    replace(head(encoder), encoder="other").save(file)
    words = ("--probe", file, "--model", "starter")
    assert "was made for the model other, not for starter" in refused(*words)


def test_a_probe_is_wanted_and_there_is_none(encoder, album, capsys):
    assert run_command(["flows", str(album), "--highlights-by", "probe"]) == 2
    assert "there is no scorer for fake" in capsys.readouterr().err


def test_the_scorer_in_use_is_the_probe(encoder, flows, tmp_path, monkeypatch):
    monkeypatch.setattr(
        "photo_organizer.engine.encoders.opening.embedding_model", lambda *_, **__: encoder
    )
    before, _ = flows("--only", "highlights")
    head(encoder).save(tmp_path / "probe.safetensors")
    use_head(tmp_path / "probe.safetensors")
    after, _ = flows("--only", "highlights", "--highlights-by", "probe")
    assert after == flows("--only", "highlights")[0] != before


def forbidden(*_, **__):
    raise AssertionError("a known photo was read again")


def test_what_an_analysis_knows_is_not_computed_again(encoder, album, flows, capsys, monkeypatch):
    assert run_command(["analyze", str(album), "--json", os.devnull]) == 0
    capsys.readouterr()
    embedded = encoder.embedded
    for name in ("read", "read_all", "examine"):
        monkeypatch.setattr(Process, name, forbidden)
    (album / "empty.jpg").unlink()
    flows()
    assert encoder.embedded == embedded


def test_no_faces_are_looked_for_and_those_that_are_known_stay(encoder, album, flows, monkeypatch):
    monkeypatch.setattr(looking, "_faces_in", forbidden)
    with Store(paths.store_path()) as store:
        store.add_faces(bytes(16), (), 1)
    flows()
    with Store(paths.store_path()) as store:
        assert store.connection.execute("SELECT count(*) FROM faces").fetchone()[0] == 1


def test_without_the_store_nothing_is_kept(encoder, flows):
    flows("--no-cache")
    with Store(paths.store_path()) as store:
        assert store.connection.execute("SELECT count(*) FROM photo").fetchone()[0] == 0


def test_a_folder_without_photos_has_empty_answers(encoder, tmp_path, flows):
    (tmp_path / "none").mkdir()
    told, _ = flows(folders=[tmp_path / "none"])
    assert images(told) == told["duplicates"] == told["low_quality"] == []
    assert told["categories"][-1] == {"category": OTHERS, "images": []}


def test_who_stops_it_gets_no_answer(encoder, album, capsys, monkeypatch):
    def stop(embeddings, eps, min_samples, *, go_on):
        signal.raise_signal(signal.SIGINT)
        go_on()
        raise AssertionError("it went on")

    monkeypatch.setattr(duplicates, "duplicates", stop)
    before = signal.getsignal(signal.SIGINT)
    try:
        assert run_command(["flows", str(album)]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr().out == ""


def test_help_names_the_numbers_that_are_usual(capsys):
    with pytest.raises(SystemExit):
        run_command(["flows", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    usual = Asked()
    for name in ("neighbors", "top", "eps", "min_samples"):
        assert f"(default: {getattr(usual, name)})" in said
    for judged_by in JudgedBy:
        assert f"(default: {judged_by.usual})" in said
    assert "which flags every photo" in said


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_an_interrupted_process_ends_with_130(album, tmp_path):
    for number in range(40):
        shutil.copy(album / "0.jpg", album / f"more {number}.jpg")
    process = subprocess.Popen(
        [sys.executable, "-m", "photo_organizer", "flows", str(album), "--verbose"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)
    assert out == b""
