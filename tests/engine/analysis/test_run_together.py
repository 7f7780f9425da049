"""A run that others look into photos for."""

from __future__ import annotations

import threading

import pytest

from photo_organizer.engine import paths
from photo_organizer.engine.analysis import run as analysis
from photo_organizer.engine.analysis.events import Cancelled, Progress
from photo_organizer.engine.analysis.outcomes import Examined
from photo_organizer.engine.analysis.run import Options, analyze
from photo_organizer.engine.domain.computers import Cluster
from tests.engine.cluster.fake_line import content_of, vector_of
from tests.engine.cluster.stored import names
from tests.engine.pictures import save


class Others:
    """They look at photos, and hand in what they have when they are asked to."""

    producers = 1
    without_faces = None
    cluster = Cluster("tls://nas:8786")

    def hands(self, task, _home):
        self._pause = task.pause
        self.asked = threading.Event()
        return self

    def start(self, outcomes, _fail):
        self._outcomes = outcomes

    def look_into(self, file):
        threading.Thread(target=self._hand_in, args=(file[0],)).start()
        self.asked.set()

    def _hand_in(self, identity):
        while not self._pause.paused:
            threading.Event().wait(0.01)
        name = identity.path.name
        content = content_of(name)
        self._outcomes.put(
            Examined(
                identity,
                content.content_hash,
                content,
                vector=vector_of(name),
                new_content=True,
                new_vector=True,
            )
        )

    def look_for_faces(self, _photos):
        pass

    def no_more(self):
        pass

    def stop(self):
        pass

    def join(self, _timeout):
        pass


@pytest.fixture
def album(tmp_path):
    save(tmp_path / "album" / "1.jpg")
    return tmp_path / "album"


def test_a_stopped_run_keeps_what_others_hand_in_at_once(encoder, album, monkeypatch):
    monkeypatch.setattr(analysis, "AT_STOP", 0)  # such a photo cannot be judged
    cancel, others = threading.Event(), Others()
    running = analyze(Options((album,)), cancel, computers=others)
    told = next(running)
    assert isinstance(told, Progress)
    assert told.cluster is others.cluster
    assert others.asked.wait(10)
    cancel.set()
    assert isinstance(list(running)[-1], Cancelled)
    assert names(paths.store_path()) == ["1.jpg"]
    assert encoder.embedded == 0
