import json
import os
import sys
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.domain.computers import ClusterChoice
from photo_organizer.engine.domain.keeper_criteria import completed, default_order
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.results import GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.storage import preferences_file
from photo_organizer.engine.storage.preferences_file import HEADER, load, save
from tests.engine.storage.test_toml_text import DOCUMENTS

posix = pytest.mark.skipif(sys.platform == "win32", reason="names and permissions of POSIX")


def write(text: str) -> Path:
    file = preferences_file.file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def written() -> dict:
    return tomllib.loads(preferences_file.file().read_text(encoding="utf-8"))


def turned(kind: GroupKind) -> Preferences:
    """Preferences in which one kind's order is the other way round."""
    order = default_order()
    return replace(Preferences(), order={**order, kind: tuple(reversed(order[kind]))})


def every_choice() -> Preferences:
    return replace(
        turned(GroupKind.SAME),
        protected=(Path("/photos/best").absolute(),),
        keep_from=(Path("/photos/good").absolute(),),
        excluded=(Path("/photos/a").absolute(), Path("/photos/b, c").absolute()),
        thresholds=Thresholds().with_change("duplicates.same", 0.81),
        model="ViT-B-32/openai",
        device="cpu",
        sidecars=False,
        faces=False,
        cache_mib=512,
        cluster=ClusterChoice(
            "tls://nas:8786", Path("/keys/cluster.pem").absolute(), Path("/photos").absolute()
        ),
        use_cluster=True,
        language="ko",
        scheme="dark",
        watch=False,
        reopen=False,
        notifications=False,
        reduced_motion=True,
    )


def test_at_first_everything_is_as_usual():
    loaded = load()
    assert loaded.preferences == Preferences()
    assert (loaded.found, loaded.problem) == (False, None)
    assert not preferences_file.file().exists()


def test_every_choice_survives():
    usual, chosen = Preferences(), every_choice()
    same = [f.name for f in fields(chosen) if getattr(chosen, f.name) == getattr(usual, f.name)]
    assert same == []  # a new preference belongs into `every_choice`
    assert save(chosen) is None
    assert load().preferences == chosen
    assert load().problem is None
    save(usual)
    assert load().preferences == usual


def test_what_is_as_usual_is_not_written_down():
    usual = Preferences()
    save(turned(GroupKind.EXACT))
    assert list(written()) == ["order"]
    # Back at the values of the program: they may improve with the next version.
    save(usual.with_threshold("duplicates.same", usual.thresholds["duplicates.same"]))
    assert preferences_file.file().read_text() == HEADER


def test_sliders_stay_where_they_were_left():
    moved = Preferences().with_threshold("duplicates.same", 0.81)
    save(moved)
    assert written() == {"thresholds": {"duplicates": {"same": 0.81}}}
    assert load().preferences == moved


def test_people_can_read_it():
    save(replace(Preferences(), protected=(Path("/사진/best"),), model="starter"))
    text = preferences_file.file().read_text(encoding="utf-8")
    assert 'protected = ["/사진/best"]\nmodel = "starter"\n' in text


# What is no "/" and no NUL may stand in a name; bytes that are no UTF-8 are surrogates in Python.
NAMES = st.binary(min_size=1, max_size=20).map(
    lambda name: os.fsdecode(name.replace(b"/", b"?").replace(b"\0", b"?"))
)


@posix
@settings(max_examples=60)
@given(st.lists(st.lists(NAMES, min_size=1, max_size=3).map(lambda n: Path("/", *n)), max_size=3))
def test_a_folder_survives_whatever_its_name(folders):
    chosen = replace(Preferences(), protected=tuple(folders), excluded=tuple(reversed(folders)))
    save(chosen)
    assert load().preferences == chosen
    assert load().problem is None


@posix
def test_a_folder_whose_name_is_no_text_is_an_address():
    save(replace(Preferences(), protected=(Path(os.fsdecode(b"/photos/caf\xe9 %41")),)))
    assert written() == {"protected": ["file:///photos/caf%E9%20%2541"]}


@settings(max_examples=25)
@given(DOCUMENTS)
def test_what_a_newer_version_wrote_stays(document):
    newer = {f"newer {name}": value for name, value in document.items()}
    written_before = {**newer, "order": {"newer": ["x"]}, "thresholds": {"magic": {"wand": 1}}}
    write(preferences_file.document_text(written_before))
    assert load().problem is None
    save(every_choice())
    after = written()
    assert {name: after[name] for name in newer} == newer
    assert after["order"]["newer"] == ["x"]
    assert after["thresholds"] == {"magic": {"wand": 1}, "duplicates": {"same": 0.81}}
    assert load().preferences == every_choice()


def test_what_was_changed_in_the_file_meanwhile_stays():
    known = replace(Preferences(), model="starter", device="cpu", reopen=False)
    write("""
        protected = ["/photos/by hand"]
        model = "by hand"
        reopen = false
        [thresholds]
        duplicates.same = 0.81
    """)
    save(
        replace(known, reopen=True, model="here").with_threshold("quality.certainty.blur", 0.3),
        known,
    )
    assert written() == {
        "protected": ["/photos/by hand"],
        "model": "here",  # both changed it: this one is later
        "thresholds": {"duplicates": {"same": 0.81}, "quality": {"certainty": {"blur": 0.3}}},
    }


@pytest.mark.parametrize("text", [None, "model = ", 'protected = "much"'])
def test_a_file_that_is_gone_or_damaged_meanwhile_takes_no_choice_along(text):
    if text is not None:
        write(text)
    save(replace(every_choice(), reopen=True), since=every_choice())
    assert load().preferences == replace(every_choice(), reopen=True)


def test_an_order_from_before_faces_were_known_learns_where_they_count():
    old = [
        *("sharper", "rated", "protected", "keep_from", "holds", "cleaner", "unflawed"),
        *("highlight", "pixels", "compression", "original", "exif", "older", "plain_name"),
    ]
    write(f"[order]\nsimilar = {json.dumps(old)}\n")
    order = load().preferences.order[GroupKind.SIMILAR]
    assert [name for name in order if name in old] == old
    assert order[6:8] == ("eyes_open", "faces_sharp")  # after "cleaner", as usual


def test_what_another_version_wrote_does_no_harm():
    write(
        '[order]\nsimilar = ["magic", "older"]\n'
        "[thresholds]\nduplicates.same = 0.81\nduplicates.magic = 2.0\nmagic.wand = 1.0\n"
    )
    loaded = load()
    order = loaded.preferences.order[GroupKind.SIMILAR]
    assert order == completed(GroupKind.SIMILAR, ["older"])
    assert sorted(order) == sorted(default_order()[GroupKind.SIMILAR])
    assert dict(loaded.preferences.thresholds.changes) == {"duplicates.same": 0.81}
    assert loaded.problem is None


def test_words_of_the_file_stay_where_they_mean_the_same(home):
    write('protected = ["~/Best"]\n[order]\nsimilar = ["magic", "older"]\n')
    preferences = load().preferences
    assert preferences.protected == (home / "Best",)
    save(replace(preferences, reopen=False))
    assert written() == {
        "protected": ["~/Best"],
        "reopen": False,
        "order": {"similar": ["magic", "older"]},
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('protected = "/photos"', "protected"),
        ('excluded = ["/photos", 3]', "excluded"),
        ('protected = ["photos/best"]', "protected"),
        ('protected = ["~nobody-of-that-name/best"]', "protected"),
        ("model = 3", "model"),
        ('cache_mib = "much"', "cache_mib"),
        ("cache_mib = -1", "cache_mib"),
        ("cache_mib = true", "cache_mib"),
        ('reopen = "yes"', "reopen"),
        ("cluster = 3", "cluster"),
        ('cluster.address = "http://nas:8786"', "cluster.address"),
        ('cluster.address = "tcp://nas:8786"', "cluster.address"),
        ('cluster.root = "/photos"', "cluster.address"),
        ("[cluster]\nuse = 1", "cluster.use"),
        ("order = 3", "order"),
        ("[order]\nsame = [1]", "order.same"),
        ("thresholds = 3", "thresholds"),
        ('[thresholds]\nduplicates.same = "much"', "thresholds.duplicates.same"),
        ("[thresholds]\nduplicates.same = nan", "thresholds.duplicates.same"),
        ("[thresholds]\nduplicates.same = true", "thresholds.duplicates.same"),
        (f"[thresholds]\nduplicates.same = 1{'0' * 400}", "thresholds.duplicates.same"),
        ("[thresholds]\nduplicates.same.more = 1", "thresholds.duplicates.same.more"),
    ],
)
def test_what_cannot_be_used_is_as_usual_and_named_and_kept_aside(text, named):
    text = f'language = "ko"\n{text}\n'
    file = write(text)
    loaded = load()
    assert loaded.problem is not None
    assert loaded.problem.values["names"] == named
    assert str(file) in loaded.problem.text()
    usual = replace(Preferences(), language="ko", excluded=loaded.preferences.excluded)
    assert loaded.preferences == usual
    assert file.read_text(encoding="utf-8") == text  # reading changes nothing

    aside = save(loaded.preferences)
    assert aside is not None
    assert aside.read_text(encoding="utf-8") == text
    assert load().problem is None
    assert load().preferences == loaded.preferences


def test_other_computers_are_known_while_they_are_not_asked():
    chosen = replace(Preferences(), cluster=ClusterChoice("tls://nas:8786"))
    save(chosen)
    assert written() == {"cluster": {"address": "tls://nas:8786"}}
    assert load().preferences == chosen
    assert chosen.cluster_in_use is None
    save(replace(chosen, use_cluster=True))
    assert load().preferences.cluster_in_use == chosen.cluster
    save(replace(Preferences(), use_cluster=True))
    assert written() == {"cluster": {"use": True}}
    assert load().preferences.cluster is None


def test_a_certificate_that_cannot_be_meant_leaves_the_address():
    write('[cluster]\naddress = "nas"\ncertificate = "cluster.pem"')
    loaded = load()
    assert loaded.preferences.cluster == ClusterChoice("tls://nas:8786")
    assert loaded.problem is not None
    assert loaded.problem.values["names"] == "cluster.certificate"


def test_one_slip_leaves_the_other_folders_protected():
    write('protected = ["/photos/best", 3, "~nobody-of-that-name"]')
    assert load().preferences.protected == (Path("/photos/best").absolute(),)


DAMAGED = (b"model = ", b"\xff\xfe\x00", b"a = " + b"[" * 100_000, b"n = 1" + b"0" * 5000)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_as_none_and_kept_aside(content):
    file = write("")
    for number in range(2):
        file.write_bytes(content)
        loaded = load()
        assert loaded.preferences == Preferences()
        assert loaded.problem is not None
        assert str(file) in loaded.problem.text()
        aside = save(Preferences())
        assert aside is not None
        assert aside.read_bytes() == content
        assert len(list(file.parent.iterdir())) == number + 2
    assert load().problem is None


def test_a_mark_at_the_beginning_as_windows_leaves_it_is_no_damage():
    write('\ufeffmodel = "starter"\r\n')
    assert load().preferences.model == "starter"
    assert load().problem is None


def test_choices_that_may_not_be_read_are_not_lost(monkeypatch):
    file = write('model = "starter"')

    def refuse(*_: object, **_named: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", refuse)
        loaded = load()
        assert loaded.preferences == Preferences()
        assert loaded.problem is not None
        assert "Permission denied" in loaded.problem.text()
        aside = save(Preferences())
    assert aside is not None
    assert aside.read_text() == 'model = "starter"'
    assert file.read_text() == HEADER


def test_something_else_in_its_place_is_said():
    preferences_file.file().mkdir(parents=True)
    assert load().problem is not None
    aside = save(every_choice())
    assert aside is not None
    assert aside.is_dir()
    assert load().preferences == every_choice()


def test_choices_that_cannot_be_saved_are_an_error(monkeypatch):
    preferences_file.file().parent.parent.mkdir(exist_ok=True)
    preferences_file.file().parent.write_text("no folder")
    with pytest.raises(OSError, match="photo-organizer"):
        save(every_choice())


def test_thresholds_of_flaws_from_before_are_as_far_from_what_is_usual():
    """Scores of flaws meant something else in version 0.1."""
    write("""
        [thresholds]
        quality.noise = 0.8
        quality.dark = 0.2
        quality.blur = 0.99
        quality.motion = 0.0
        quality.certainty.motion = 0.7
    """)
    found, usual = load().preferences.thresholds, Thresholds()
    assert load().problem is None
    assert found["quality.certainty.noise"] == pytest.approx(usual["quality.certainty.noise"])
    assert 0.05 < found["quality.certainty.dark"] < usual["quality.certainty.dark"]
    assert usual["quality.certainty.blur"] < found["quality.certainty.blur"] < 1
    assert found["quality.certainty.motion"] == 0.7  # chosen in this version
    # Once something is chosen, only the names of today are left, and may be as usual again.
    chosen = load().preferences
    usual_dark = usual["quality.certainty.dark"]
    save(chosen.with_threshold("quality.certainty.dark", usual_dark), chosen)
    assert written()["thresholds"]["quality"].keys() == {"certainty"}
    assert load().preferences.thresholds["quality.certainty.dark"] == usual_dark
