import numpy as np
import pytest

from photo_organizer.cli.main import run_command
from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.encoders import opening as encoders
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.heads import LinearHead
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.isolation.process import Process
from photo_organizer.engine.proving import opening
from photo_organizer.engine.storage.store import Store
from tests.cli.conftest import RATED
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import scene


@pytest.fixture(autouse=True)
def encoder(monkeypatch):
    fake = FakeEncoder()
    monkeypatch.setattr(analysis, "open_encoder", lambda _name, _device: fake)

    def open_encoder(name="auto", *_, **__):
        if name not in ("auto", "fake"):
            raise ModelError("models.not_there", model=name)
        return fake

    monkeypatch.setattr(opening, "open_encoder", open_encoder)
    monkeypatch.setattr(encoders, "embedding_model", open_encoder)
    return fake


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *words):
    status = run_command(["aesthetic", *map(str, words)])
    return status, *capsys.readouterr()


@pytest.mark.parametrize("method", ["ridge", "adam"])
def test_train_measures_and_saves_and_a_second_time_reads_no_pixel(
    rated, here, encoder, monkeypatch, capsys, method
):
    words = ("train", rated / "ratings.csv", "--method", method, "--seed", "3")
    status, out, err = run(capsys, *words)
    assert (status, err) == (0, "")
    assert "48 photos for fake; measured on 12 others" in out
    for measure in ("Spearman", "Pearson", "Mean squared error"):
        assert measure in out
    first = LinearHead.load(here / "ratings.safetensors")
    assert (first.encoder, first.encoder_version, first.version[:8]) == ("fake", "1", "ratings-")

    def forbidden(*_):
        raise AssertionError("a known photo was read again")

    monkeypatch.setattr(Process, "read", forbidden)
    monkeypatch.setattr(Process, "read_all", forbidden)
    monkeypatch.setattr(Process, "examine", forbidden)
    assert run(capsys, *words, "--output", "again.safetensors")[0] == 0
    assert encoder.embedded == RATED
    again = LinearHead.load(here / "again.safetensors")
    np.testing.assert_array_equal(again.weights, first.weights)
    assert again.bias == first.bias


def test_what_is_trained_is_measured_used_and_given_up(rated, capsys):
    run(capsys, "train", rated / "ratings.csv", "--output", "red.safetensors")
    status, out, _ = run(capsys, "evaluate", "red.safetensors", rated / "ratings.csv")
    assert status == 0
    assert "on 60 photos" in out
    assert run_command(["best", str(rated), "--count", "1"]) == 0
    assert "technical score" in capsys.readouterr().out
    assert run(capsys, "use", "red.safetensors")[0] == 0
    assert run_command(["best", str(rated), "--count", "1"]) == 0
    assert "score learned from ratings (red-" in capsys.readouterr().out
    status, out, _ = run(capsys, "use", "default")
    assert (status, out) == (0, "Back to the default: fake\n")
    assert run_command(["best", str(rated), "--count", "1"]) == 0
    assert "technical score" in capsys.readouterr().out


def test_a_scorer_of_another_version_of_the_model_is_not_used(rated, encoder, capsys):
    run(capsys, "train", rated / "ratings.csv", "--output", "red.safetensors")
    run(capsys, "use", "red.safetensors")
    encoder.version = "2"
    assert run_command(["best", str(rated), "--count", "1"]) == 0
    assert "technical score" in capsys.readouterr().out
    for words in (
        ("use", "red.safetensors"),
        ("evaluate", "red.safetensors", rated / "ratings.csv"),
    ):
        status, _, err = run(capsys, *words)
        assert status == 2
        assert "train it again" in err


def test_unreadable_photos_are_all_named(rated, here, capsys):
    (here / "broken.jpg").write_bytes((rated / "0.jpg").read_bytes()[:200])
    (here / "text.jpg").write_text("no picture")
    lines = ["image,score", "broken.jpg,1", f"{rated}/1.jpg,2", "text.jpg,3"]
    (here / "list.csv").write_text("\n".join(lines))
    status, out, err = run(capsys, "train", "list.csv")
    assert (status, out) == (2, "")
    assert "2 photos of list.csv cannot be read" in err
    assert "row 2: broken.jpg:" in err
    assert "row 4: text.jpg:" in err
    assert not (here / "list.safetensors").exists()


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["0.jpg,nan", "1.jpg,2", "1.jpg,3", "gone.jpg,1"], "3 rows"),
        (["0.jpg,1", "1.jpg,2"], "at least 50 different photos must be rated, here it is 2"),
    ],
)
def test_lists_that_are_refused(rated, here, capsys, rows, told):
    (here / "list.csv").write_text("\n".join(["image,score", *rows]))
    status, _, err = run(capsys, "train", "list.csv", "--folder", rated)
    assert status == 2
    assert told in err


def test_nothing_is_overwritten_and_wrong_scorers_are_told(rated, here, capsys):
    (here / "ratings.safetensors").write_text("mine")
    status, _, err = run(capsys, "train", rated / "ratings.csv")
    assert status == 2
    assert "exists already" in err
    assert (here / "ratings.safetensors").read_text() == "mine"
    status, _, err = run(capsys, "use", "ratings.safetensors")
    assert status == 2
    assert "is not a scorer" in err
    LinearHead(np.ones(48, np.float32), 0.0, "../../evil", "1", 0, 1).save(
        here / "evil.safetensors"
    )
    status, _, err = run(capsys, "use", "evil.safetensors")
    assert status == 2
    assert "evil is not installed" in err


def test_a_scorer_of_another_length_is_refused(here, capsys):
    LinearHead(np.ones(40, np.float32), 0.0, "fake", "1", 0, 1).save(here / "short.safetensors")
    status, _, err = run(capsys, "use", "short.safetensors")
    assert status == 2
    assert "reads 40 numbers a photo, but fake gives 48" in err


def test_taste_is_told_counts_and_can_be_left_out_and_forgotten(rated, capsys):
    assert "0 photos rated; from 20 on" in run(capsys, "taste")[1]
    assert run_command(["analyze", str(rated), "--json", "-"]) == 0
    with Store(paths.data_dir() / "library.sqlite") as store:
        for number in range(RATED):
            red = scene(seed=number)[..., 0].mean()
            content = photo_files.content_hash((rated / f"{number}.jpg").read_bytes())
            store.decide_rating(content, int(np.clip((red - 90) / 14, 0, 5)))
    capsys.readouterr()
    assert "Learned from 60 ratings" in run(capsys, "taste")[1]
    run_command(["best", str(rated)])
    assert "technical score and your taste" in capsys.readouterr().out
    run_command(["best", str(rated), "--no-taste"])
    assert "your taste" not in capsys.readouterr().out
    assert run(capsys, "taste", "--forget")[1] == "60 ratings are forgotten.\n"
    run_command(["best", str(rated)])
    assert "your taste" not in capsys.readouterr().out


def test_gradient_descent_needs_the_full_program(rated, light_program, capsys):
    status, _, err = run(capsys, "train", rated / "ratings.csv", "--method", "adam")
    assert status == 2
    assert "needs the full program" in err
    assert "--method ridge" in err
    assert run(capsys, "train", rated / "ratings.csv")[0] == 0
