"""What a real worker answers to a client, over a coordinator on loopback."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from photo_organizer.engine.cluster import certificates, shared_stages, workplace
from photo_organizer.engine.cluster.looking_at import hand_in, introduce, look_at
from photo_organizer.engine.cluster.messages import (
    Answer,
    Build,
    HandIn,
    Introduction,
    Order,
    Sent,
    SentFaceless,
    Shard,
    progress_topic,
)
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.files import photo_files
from tests.engine.cluster import computers
from tests.engine.fakes import FakeEncoder
from tests.engine.pictures import save

ORDER = Order("a run", "fake", FakeEncoder.version, faces=False, thumbnails=False)


class Cluster:
    """A client with one worker, and the library that the worker sees."""

    def __init__(self, client, address: str, root: Path, encoder: FakeEncoder) -> None:
        self.client = client
        self.address = address
        self.root = root
        self.encoder = encoder

    def sent(self, name: str, *known: bytes) -> Sent:
        status = (self.root / name).stat()
        return Sent(name, status.st_size, status.st_mtime_ns, known)

    def look_at(self, *files: Sent, order: Order = ORDER, **more) -> Answer:
        return self.start(*files, order=order, **more).result(computers.PATIENCE)

    def start(self, *files: Sent, order: Order = ORDER, number: int = 1, **more):
        return self.client.submit(look_at, Shard(order, number, files, **more), pure=False)

    def introduce(self, order: Order | None) -> Introduction:
        (said,) = self.client.run(introduce, order).values()
        return said


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """One for all tests: starting it takes a second or two."""
    from distributed import Client

    folder = tmp_path_factory.mktemp("cluster")
    root = folder / "photos"
    for number in range(3):
        save(root / f"{number}.jpg", seed=number)
    encoder = FakeEncoder()
    certificate = folder / "cluster.pem"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workplace, "open_encoder", lambda _name, _device, **_: encoder)
        with (
            computers.coordinator(root, certificate=certificate) as (address, _),
            computers.worker(address, root, certificate=certificate, name="a desk"),
            Client(
                address,
                security=certificates.security_for(address, certificate),
                set_as_default=False,
            ) as client,
        ):
            yield Cluster(client, address, root, encoder)


def hash_of(path: Path) -> bytes:
    return photo_files.content_hash(path.read_bytes())


def test_it_says_who_it_is_and_that_it_can(cluster: Cluster) -> None:
    assert cluster.introduce(None).unfit is None
    said = cluster.introduce(ORDER)
    assert said == Introduction("a desk", Build(), "cpu", None)


def test_photos_come_back_measured_and_embedded(cluster: Cluster) -> None:
    answer = cluster.look_at(*map(cluster.sent, ("0.jpg", "1.jpg", "2.jpg")), number=7)
    assert answer.number == 7
    assert answer.worker in cluster.client.scheduler_info()["workers"]
    assert sorted(answer.contents) == [0, 1, 2]
    assert answer.vectors.shape == (3, cluster.encoder.dimension)
    assert {place: one.content_hash for place, one in answer.contents.items()} == {
        place: hash_of(cluster.root / f"{place}.jpg") for place in range(3)
    }
    assert not (answer.same)
    assert not (answer.unread)
    assert not (answer.unseen)
    assert not (answer.thumbnails)


def test_what_is_not_there_or_another_file_is_unseen(cluster: Cluster) -> None:
    there = cluster.sent("0.jpg")
    gone = Sent("gone.jpg", 10, 10)
    larger = replace(there, size=there.size + 1)
    older = replace(there, mtime_ns=there.mtime_ns - 3_000_000_000)
    outside = replace(there, path="../photos/0.jpg")
    answer = cluster.look_at(gone, larger, older, outside, there)
    assert answer.unseen == [0, 1, 2, 3]
    assert list(answer.contents) == [4]


def test_a_time_that_another_system_rounds_is_the_same(cluster: Cluster) -> None:
    there = cluster.sent("0.jpg")
    answer = cluster.look_at(replace(there, mtime_ns=there.mtime_ns // 10**9 * 10**9))
    assert not answer.unseen


def test_of_what_is_known_and_of_copies_only_the_hash_comes_back(cluster: Cluster) -> None:
    shutil.copy2(cluster.root / "1.jpg", cluster.root / "copy.jpg")
    known = cluster.sent("0.jpg", b"another content.", hash_of(cluster.root / "0.jpg"))
    cluster.encoder.embedded = 0
    answer = cluster.look_at(known, cluster.sent("1.jpg"), cluster.sent("copy.jpg"))
    assert cluster.encoder.embedded <= 2
    assert len(answer.contents) == 1
    assert answer.same[0] == hash_of(cluster.root / "0.jpg")
    (copy,) = answer.same.keys() - {0}
    assert answer.same[copy] == hash_of(cluster.root / "1.jpg")


def test_a_damaged_file_is_told_for_good(cluster: Cluster) -> None:
    (cluster.root / "damaged.jpg").write_bytes(b"\xff\xd8 no photo at all")
    answer = cluster.look_at(cluster.sent("damaged.jpg"), cluster.sent("0.jpg"))
    told = answer.unread[0]
    assert told.reason.text()
    assert told.content_hash == hash_of(cluster.root / "damaged.jpg")
    assert list(answer.contents) == [1]


def test_an_empty_file_is_left_to_others(cluster: Cluster) -> None:
    (cluster.root / "empty.jpg").touch()
    assert cluster.look_at(cluster.sent("empty.jpg")).unseen == [0]


def test_thumbnails_come_along_where_they_are_wanted(cluster: Cluster) -> None:
    answer = cluster.look_at(cluster.sent("0.jpg"), order=replace(ORDER, run="2", thumbnails=True))
    (made,) = answer.thumbnails.items()
    assert made[0] == hash_of(cluster.root / "0.jpg")
    assert made[1].startswith(b"\xff\xd8")


def test_faces_are_looked_for_in_new_and_in_known_photos(cluster: Cluster) -> None:
    order = replace(ORDER, run="faces", faces=True)
    known = SentFaceless(cluster.sent("1.jpg"), hash_of(cluster.root / "1.jpg"))
    gone = SentFaceless(Sent("gone.jpg", 1, 1), b"gone")
    answer = cluster.look_at(cluster.sent("0.jpg"), order=order, faceless=(known, gone))
    assert answer.faces == {hash_of(cluster.root / f"{n}.jpg"): () for n in (0, 1)}
    assert answer.faceless == [b"gone"]
    assert not answer.awaiting


def test_it_tells_how_far_it_is(cluster: Cluster) -> None:
    told: list[dict[str, object]] = []
    heard = threading.Event()

    def hear(event) -> None:
        told.append(event[1])
        heard.set()

    topic = progress_topic("told")
    cluster.client.subscribe_topic(topic, hear)
    cluster.look_at(cluster.sent("0.jpg"), order=replace(ORDER, run="told"), number=3)
    assert heard.wait(computers.PATIENCE)
    cluster.client.unsubscribe_topic(topic)
    assert {"shard": 3, "looked": 1}.items() <= told[-1].items()


def test_a_shard_is_handed_in_before_it_is_whole(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_stages, "HAND_IN", 0.1)
    embedding, go_on = threading.Event(), threading.Event()
    monkeypatch.setattr(cluster.encoder, "gate", go_on)
    monkeypatch.setattr(cluster.encoder, "prepare", _telling(cluster.encoder.prepare, embedding))
    order = replace(ORDER, run="handed in", faces=True)
    shard = cluster.start(*map(cluster.sent, ("0.jpg", "1.jpg")), order=order)
    try:
        assert embedding.wait(computers.PATIENCE)
        cluster.client.run(hand_in, HandIn("another run", 9))
        assert not shard.done()
        cluster.client.run(hand_in, HandIn(order.run, 1))
        answer = shard.result(computers.PATIENCE)
    finally:
        go_on.set()
    assert len(answer.contents) < 2
    assert not (answer.unread)
    assert not (answer.unseen)
    assert not cluster.look_at(cluster.sent("0.jpg"), order=order, number=1).contents
    # The run goes on.
    assert len(cluster.look_at(cluster.sent("0.jpg"), order=order, number=2).contents) == 1


def _telling(prepare, told: threading.Event):
    def telling(picture):
        told.set()
        return prepare(picture)

    return telling


def test_another_build_another_model_and_a_missing_one_are_unfit(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = cluster.introduce(replace(ORDER, build=Build(program="9.9")))
    assert newer.unfit is not None
    assert "a desk" in newer.unfit.text()
    assert "9.9" in newer.unfit.text()
    measures = cluster.introduce(replace(ORDER, build=Build(content="0")))
    assert measures.unfit is not None
    assert measures.unfit.code == "cluster.other_measures"
    other = cluster.introduce(replace(ORDER, model_version="2"))
    assert other.unfit is not None
    assert other.unfit.code == "cluster.other_model"

    def missing(name: str, _device: str, **_: object):
        raise ModelError("models.missing", model=name, command="photo-organizer models download")

    monkeypatch.setattr(workplace, "open_encoder", missing)
    absent = cluster.introduce(replace(ORDER, model="ViT-B-32/openai"))
    assert absent.unfit is not None
    assert "models download" in absent.unfit.text()
    answer = cluster.look_at(cluster.sent("0.jpg"), order=replace(ORDER, model="ViT-B-32/openai"))
    assert answer.unfit == absent.unfit
    assert not (answer.contents)
    assert not (answer.unseen)
    # It may be installed meanwhile: it is tried again.
    monkeypatch.setattr(workplace, "open_encoder", lambda _name, _device, **_: cluster.encoder)
    assert cluster.introduce(replace(ORDER, model="ViT-B-32/openai")).unfit is None


def test_a_model_that_takes_long_to_open_is_not_waited_for(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = threading.Event()

    def slow(_name: str, _device: str, **_: object):
        assert opened.wait(computers.PATIENCE)
        return cluster.encoder

    monkeypatch.setattr(workplace, "PATIENCE", 0.01)
    monkeypatch.setattr(workplace, "open_encoder", slow)
    order = replace(ORDER, model="a slow one")
    said = cluster.introduce(order)
    assert said.unfit is not None
    assert said.unfit.code == "cluster.preparing"
    shard = cluster.start(cluster.sent("0.jpg"), order=order)
    opened.set()
    assert len(shard.result(computers.PATIENCE).contents) == 1
    assert cluster.introduce(order).unfit is None


def test_a_model_that_fails_makes_the_worker_unfit_and_loses_nothing_for_good(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise ModelError("models.missing", model="fake", command="a command")

    monkeypatch.setattr(cluster.encoder, "on_batch", fail)
    order = replace(ORDER, run="failing")
    answer = cluster.look_at(cluster.sent("0.jpg"), order=order)
    assert answer.unfit is not None
    assert answer.unfit.code == "models.missing"
    assert not (answer.contents)
    assert not (answer.unread)
    monkeypatch.setattr(cluster.encoder, "on_batch", None)
    assert len(cluster.look_at(cluster.sent("0.jpg"), order=order).contents) == 1


def test_threads_that_nobody_needs_end_and_others_begin_for_the_next_shard(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def threads() -> set[threading.Thread]:
        return {one for one in threading.enumerate() if one.name == "shards"}

    before = threads()
    order = replace(ORDER, run="idle")
    cluster.look_at(cluster.sent("0.jpg"), order=order)
    started = threads() - before
    assert len(started) == 1
    monkeypatch.setattr(shared_stages, "IDLE", 0.0)
    for one in threads():
        one.join(computers.PATIENCE)
    assert not threads()
    monkeypatch.setattr(shared_stages, "IDLE", 30.0)
    assert len(cluster.look_at(cluster.sent("0.jpg"), order=order).contents) == 1
