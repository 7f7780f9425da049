"""A model on another computer, as an encoder of this one."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from photo_organizer.engine.encoders.errors import PhotoRefusedError, ServiceError
from photo_organizer.engine.encoders.protocols import Encoder, Label
from photo_organizer.engine.encoders.remote import SIDE, RemoteEncoder, preparing_for
from photo_organizer.engine.encoders.remote_lines import StoppedAskingError
from photo_organizer.engine.encoders.remote_names import parse
from photo_organizer.engine.encoders.remote_service import RemoteService
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.pixels.preparing import Resized
from photo_organizer.engine.proving.check import Remembered
from tests.engine.encoders.remote_server import MODEL, QUICK, Server, serve
from tests.engine.pictures import scene
from tests.engine.proofs import PROOF


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


def encoder_of(server: Server, cancel: threading.Event | None = None) -> RemoteEncoder:
    service = RemoteService(parse(server.name), QUICK)
    return RemoteEncoder(service, dimension=48, version="1-test", proof=PROOF, cancel=cancel)


def picture(seed: int, width: int = 300, height: int = 200) -> Picture:
    return Picture(scene(width, height, seed), width=width, height=height, format="JPEG")


def test_photos_come_back_as_unit_rows_in_their_order(server: Server) -> None:
    encoder: Encoder = encoder_of(server)
    prepared = np.stack([encoder.prepare(picture(seed)) for seed in range(3)])
    rows = encoder.embed_images(prepared)
    assert rows.shape == (3, 48)
    assert rows.dtype == np.float32
    expected = np.stack([server.model.picture(each) for each in prepared])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert ((rows * expected).sum(axis=1) > 0.9999).all()
    assert (rows @ expected.T).argmax(axis=1).tolist() == [0, 1, 2]
    assert encoder.name == f"immich:{MODEL}"
    assert (encoder.batch_size, encoder.embed_threads) == (1, 4)


def test_only_the_reduced_square_leaves_this_computer(server: Server) -> None:
    encoder = encoder_of(server)
    encoder.embed_images(encoder.prepare(picture(1, 1200, 500))[None])
    with Image.open(BytesIO(server.pictures[0])) as sent:
        assert (sent.size, sent.format) == ((SIDE, SIDE), "JPEG")
        assert not sent.getexif()
        assert set(sent.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    frame = server.bodies[0].replace(server.pictures[0], b"")
    assert b'filename="photo"' in frame
    assert len(frame) < 500


def test_a_square_is_made_as_open_clip_makes_it_of_each_model() -> None:
    from open_clip import get_pretrained_cfg, list_pretrained

    published = [pair for pair in list_pretrained() if pair[1] != "planted"]
    assert len(published) > 150
    for architecture, training in published:
        made = preparing_for(f"{architecture}__{training}")
        assert isinstance(made, Resized)
        usual = get_pretrained_cfg(architecture, training).get("resize_mode", "shortest")
        assert (architecture, made.mode) == (architecture, usual)
        assert (made.width, made.height) == (SIDE, SIDE)


def test_preparing_can_be_sent_to_the_processes_that_decode(server: Server) -> None:
    encoder = encoder_of(server)
    sent = pickle.loads(pickle.dumps(encoder.preparing))
    assert sent(picture(2)).shape == (SIDE, SIDE, 3)
    assert np.array_equal(sent(picture(2)), encoder.prepare(picture(2)))


def test_texts_are_asked_once_and_matched_as_clip_does(server: Server) -> None:
    encoder = encoder_of(server)
    encoder.texts = Remembered(None)
    rows = np.eye(2, 48, dtype=np.float32)
    scores = encoder.comparable(rows).match([Label(("a cat", "a dog")), Label(("a car",))])
    assert scores.shape == (2, 2)
    asked = len(server.texts)
    assert asked == len(set(server.texts)) > 3
    assert np.array_equal(
        encoder.comparable(rows).match([Label(("a cat", "a dog")), Label(("a car",))]), scores
    )
    assert len(server.texts) == asked
    own = encoder.text_similarities(rows, ["one", "two", "three"])
    expected = np.stack([server.model.text(text) for text in ("one", "two", "three")])
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    assert own == pytest.approx(rows @ expected.T, abs=1e-6)


def test_another_dimension_is_another_model(server: Server) -> None:
    encoder = encoder_of(server)
    server.faults.extend(['= {"clip": "[1.0, 2.0, 3.0]"}'] * 2)
    told = "vector of 3 numbers where it had 48"
    with pytest.raises(ServiceError, match=told):
        encoder.embed_images(np.zeros((1, SIDE, SIDE, 3), np.uint8))
    with pytest.raises(ServiceError, match=told):
        encoder.text_similarities(np.zeros((0, 48), np.float32), ["a cat"])


def test_a_refused_photo_is_no_fault_of_the_model(server: Server) -> None:
    server.refuses = lambda _: True
    encoder = encoder_of(server)
    with pytest.raises(PhotoRefusedError, match="400 Bad Request"):
        encoder.embed_images(np.zeros((1, SIDE, SIDE, 3), np.uint8))


def test_after_a_run_was_stopped_people_go_on_searching(server: Server) -> None:
    cancel = threading.Event()
    encoder = encoder_of(server, cancel)
    photo = encoder.prepare(picture(1))[None]
    cancel.set()
    with pytest.raises(StoppedAskingError):
        encoder.embed_images(photo)
    assert encoder.text_similarities(np.eye(1, 48, dtype=np.float32), ["a cat"]).shape == (1, 1)
    assert encoder.without_end().embed_images(photo).shape == (1, 48)


def test_texts_that_are_just_asked_are_stopped_with_the_run(server: Server) -> None:
    cancel = threading.Event()
    encoder = encoder_of(server, cancel)
    server.broken = "hang"
    threading.Thread(target=lambda: server.hanging.wait(30) and cancel.set()).start()
    with pytest.raises(StoppedAskingError):
        encoder.text_similarities(np.eye(1, 48, dtype=np.float32), list("abcdefgh"))
