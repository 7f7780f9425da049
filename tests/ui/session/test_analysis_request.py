"""Other computers are asked around the analysis, and never keep it from going on."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.analysis.events import Cancelled, Progress, Stage
from photo_organizer.engine.analysis.hands import Computers
from photo_organizer.engine.analysis.run import Options
from photo_organizer.engine.cluster import extra, joining
from photo_organizer.engine.domain.computers import Cluster, ClusterChoice
from photo_organizer.engine.domain.preferences import Preferences
from photo_organizer.engine.domain.reasons import SpokenError
from photo_organizer.ui.session.analysis_request import Request, run_analysis
from tests.ui.computers import ADDRESS

TOGETHER = replace(Preferences(), model="starter", cluster=ClusterChoice(ADDRESS), use_cluster=True)


@dataclass
class Net:
    """What was joined, and with whom the engine's analysis was asked."""

    computers: object = field(default_factory=object)
    joined: list[tuple[ClusterChoice, tuple[Path, ...]]] = field(default_factory=list)
    given: list[Computers | None] = field(default_factory=list)
    open: bool = False
    was_open: bool = False


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Net:
    net = Net()

    @contextmanager
    def joined(
        choice: ClusterChoice, folders: Sequence[Path], *, patient: bool
    ) -> Iterator[object]:
        assert patient  # the window never waits for them
        net.joined.append((choice, tuple(folders)))
        net.open = True
        yield net.computers
        net.open = False

    def analyze(
        options: Options, cancel: threading.Event, pause: object, computers: Computers | None = None
    ) -> Iterator[object]:
        net.given.append(computers)
        net.was_open = net.open
        yield Progress(Stage.ANALYSING, 1, 2, False, 1.0, None)
        yield Cancelled(1)

    monkeypatch.setattr(joining, "joined", joined)
    monkeypatch.setattr(analysis, "analyze", analyze)
    return net


def run(preferences: Preferences, folder: Path) -> list[object]:
    return list(run_analysis(Request((folder,), preferences), threading.Event()))


def test_they_are_asked_for_as_long_as_the_analysis_runs(net: Net, tmp_path: Path) -> None:
    events = run(TOGETHER, tmp_path)
    assert net.joined == [(ClusterChoice(ADDRESS), (tmp_path,))]
    assert net.given == [net.computers]
    assert net.was_open
    assert not net.open
    assert Progress(Stage.ANALYSING, 1, 2, False, 1.0, None) in events


@pytest.mark.parametrize(
    "alone", [replace(TOGETHER, use_cluster=False), replace(TOGETHER, cluster=None)]
)
def test_without_a_choice_nobody_is_asked(net: Net, tmp_path: Path, alone: Preferences) -> None:
    run(alone, tmp_path)
    assert net.joined == []
    assert net.given == [None]


def test_who_cannot_be_asked_is_told_while_it_goes_on_at_home(
    net: Net, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(choice: ClusterChoice, folders: Sequence[Path], *, patient: bool) -> object:
        raise SpokenError("cluster.plain", address=choice.address)

    monkeypatch.setattr(joining, "joined", refuse)
    events = run(TOGETHER, tmp_path)
    assert net.given == [None]
    (progress,) = [event for event in events if isinstance(event, Progress)]
    assert progress.cluster is not None
    assert progress.cluster.trouble is not None
    assert progress.cluster.trouble.code == "cluster.plain"
    assert Cancelled(1) in events


def test_without_the_extra_it_goes_on_at_home_and_says_so(
    net: Net, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    (progress,) = [event for event in run(TOGETHER, tmp_path) if isinstance(event, Progress)]
    assert isinstance(progress.cluster, Cluster)
    assert progress.cluster.trouble is not None
    assert progress.cluster.trouble.code == "cluster.missing"
    assert net.joined == []
