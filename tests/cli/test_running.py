import io
import sys
import threading

import pytest

from photo_organizer.cli import running
from photo_organizer.cli.command import WrongCallError
from photo_organizer.engine.analysis.events import Progress, Stage
from photo_organizer.engine.analysis.run import Options


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_terminal_is_told_how_far_it_is(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with running.progress_bar() as show:
        show(Progress(Stage.ANALYSING, 3, 10, False, 20.0, 61.0))
    told = sys.stderr.getvalue()
    assert "Analysing" in told
    assert "3/10" in told
    assert "20 photos/s, 1 min left" in told


def test_a_pipe_gets_no_bar(capsys):
    with running.progress_bar() as show:
        show(Progress(Stage.ANALYSING, 3, 10, False, 20.0, 61.0))
    assert capsys.readouterr() == ("", "")


def test_an_interrupted_run_has_no_result(encoder, album):
    cancel = threading.Event()
    cancel.set()
    assert running.run_analysis(Options((album,)), cancel) is None


def test_what_the_call_got_wrong_is_a_wrong_call(encoder, tmp_path):
    with pytest.raises(WrongCallError, match="nowhere"):
        running.run_analysis(Options((tmp_path / "nowhere",)), threading.Event())
