import argparse
from pathlib import Path

import pytest

from photo_organizer.cli import computers, running
from photo_organizer.cli.command import WrongCallError
from photo_organizer.engine.domain.computers import Cluster, ClusterChoice, Computer, ComputerState
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.reasons import Reason

NAS = "tls://nas:8786"


def asked(*words, chosen=None):
    parser = argparse.ArgumentParser()
    computers.add_options(parser)
    return computers.others(parser.parse_args(words), chosen or Preferences())


def test_a_call_names_the_computers_that_it_wants(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    others = asked("--cluster", NAS, "--root", "photos", "--certificate", "it.pem")
    assert others.choice == ClusterChoice(NAS, tmp_path / "it.pem", tmp_path / "photos")
    assert (others.plain, others.patient) == (False, False)
    assert asked("--cluster", "tcp://nas:1", "--plain").plain


def test_a_call_follows_the_window_unless_it_says_otherwise():
    chosen = Preferences(cluster=ClusterChoice(NAS), use_cluster=True)
    assert asked(chosen=chosen) == computers.Others(ClusterChoice(NAS), plain=False, patient=True)
    assert asked("--cluster", "off", chosen=chosen) is None
    assert asked("--root", "/photos", chosen=chosen).choice.root == Path("/photos")
    assert asked(chosen=Preferences(cluster=ClusterChoice(NAS))) is None
    assert asked() is None


def test_a_service_works_for_this_computer_alone():
    service = "immich:http://nas:3003/ViT-B-32__openai"
    chosen = Preferences(model=service, cluster=ClusterChoice(NAS), use_cluster=True)
    assert asked(chosen=chosen) is None


def test_a_root_of_no_cluster_is_a_wrong_call():
    with pytest.raises(WrongCallError, match="--cluster"):
        asked("--root", "/photos")


def test_what_cannot_be_asked_is_a_wrong_call(tmp_path):
    others = computers.Others(ClusterChoice("tcp://nas:8786"), plain=False, patient=False)
    with pytest.raises(WrongCallError, match="tls"), computers.joined(others, (tmp_path,)):
        pass


def test_nobody_else_is_nobody():
    with computers.joined(None, ()) as together:
        assert together is None


def test_each_thing_is_told_once_and_at_the_end_who_did_what(capsys):
    old = Reason("cluster.none_fit")
    desk = Computer("desk", "tls://desk:1", ComputerState.WORKING, 120)
    lap = Computer("lap", "tls://lap:1", ComputerState.UNFIT, why=old)
    telling = computers.Telling()
    telling.note(None)
    telling.note(Cluster(NAS, (desk, lap)))
    telling.note(Cluster(NAS, (desk, lap), at_home=1))
    told = capsys.readouterr().err.splitlines()
    assert told == [f"lap is left out: {old.text()}"]
    gone = Computer("desk", "tls://desk:1", ComputerState.GONE, 130)
    nobody = Reason("cluster.nobody", {"address": NAS})
    telling.note(Cluster(NAS, (gone, lap), nobody, 2))
    telling.sum_up()
    told = capsys.readouterr().err.splitlines()
    assert told == [
        nobody.text(),
        "desk (tls://desk:1) is gone; others do what it had.",
        "Photos looked at: desk 130, this computer 2.",
    ]


def test_who_worked_alone_sums_up_nothing(capsys):
    computers.Telling().sum_up()
    assert capsys.readouterr().err == ""


def test_the_progress_says_how_many_work(monkeypatch):
    desk = Computer("desk", "tls://desk:1", ComputerState.WORKING)
    idle = Computer("lap", "tls://lap:1", ComputerState.READY)
    assert computers.working(Cluster(NAS, (desk, idle, desk))) == 2
    assert computers.working(None) == 0
    assert running.on_computers(Cluster(NAS, (desk, idle))) == " on 1 computer"
    assert running.on_computers(Cluster(NAS, (desk, desk))) == " on 2 computers"
    assert running.on_computers(Cluster(NAS, (idle,))) == ""
