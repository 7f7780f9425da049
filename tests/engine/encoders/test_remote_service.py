"""The protocol of the service, and what may go wrong with it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photo_organizer.engine.encoders import remote_lines
from photo_organizer.engine.encoders.errors import PhotoRefusedError, ServiceError
from photo_organizer.engine.encoders.remote_lines import StoppedAskingError
from photo_organizer.engine.encoders.remote_names import parse
from photo_organizer.engine.encoders.remote_service import IN_A_ROW, Patience, RemoteService
from tests.engine.encoders.remote_server import MODEL, QUICK, Server, TinyModel, serve
from tests.engine.pictures import encoded, scene

PICTURE = encoded(scene())


@pytest.fixture
def server() -> Iterator[Server]:
    with serve() as running:
        yield running


def asking(server: Server, patience: Patience = QUICK) -> RemoteService:
    return RemoteService(parse(server.name), patience)


def test_a_picture_and_a_text_become_vectors_of_length_1(server: Server) -> None:
    service = asking(server)
    service.ping()
    picture, text = service.embed_image(PICTURE, "image/jpeg"), service.embed_text("바다, sea\r\n")
    assert [picture.dtype, text.dtype] == [np.float32] * 2
    assert np.linalg.norm(picture) == pytest.approx(1.0)
    expected = TinyModel().text("바다, sea\r\n")
    assert text == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)
    assert server.pictures == [PICTURE]
    assert server.texts == ["바다, sea\r\n"]
    assert all(one["User-Agent"].startswith("photo-organizer/") for one in server.headers)


def test_connections_are_kept_and_four_are_open_at_once(server: Server) -> None:
    service = asking(server)
    for number in range(5):
        service.embed_text(str(number))
    assert server.connections == 1
    server.faults.extend(["hang"] * 4)
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(service.embed_text, str(number)) for number in range(8)]
        assert server.hanging.wait(30)
        while server.at_once < 4:  # they come within a moment
            assert not any(answer.done() for answer in answers)
            server.end.wait(0.001)
        server.end.set()
        assert len({answer.result().tobytes() for answer in answers}) == 8
    assert server.at_once == 4


def test_what_may_pass_is_asked_again(server: Server) -> None:
    for faults in (["500", "500"], ["503", "close"], ["close"], ["429", "408"]):
        server.faults.extend(faults)
        asking(server).embed_image(PICTURE, "image/jpeg")
        assert not server.faults


def test_a_service_says_itself_when_to_ask_again(server: Server) -> None:
    never = replace(QUICK, pause=1e6, longest=1e6)
    server.faults.extend(["429 0", "503 Wed, 21 Oct 2015 07:28:00 GMT"])
    asking(server, never).embed_text("a cat")
    assert Patience(longest=60.0).before(0, 3600.0) == 60.0
    assert [Patience(pause=0.5).before(again, None) for again in range(3)] == [0.5, 1.0, 2.0]


def test_a_connection_that_the_service_closed_meanwhile_is_no_failure(server: Server) -> None:
    service = asking(server, replace(QUICK, tries=1))
    service.embed_text("a cat")
    server.faults.append("close")
    service.embed_text("a cat")


def test_a_service_that_does_not_answer_is_told_in_a_sentence(server: Server) -> None:
    server.broken = "hang"
    with pytest.raises(ServiceError, match=r"does not answer \(timed out\)"):
        asking(server, replace(QUICK, answer=0.05, tries=2)).embed_text("a cat")
    assert server.asked == 2
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = f"immich:http://me:hush@127.0.0.1:{unused.getsockname()[1]}/m"
        with pytest.raises(ServiceError, match="does not answer") as told:
            RemoteService(parse(nobody), QUICK).ping()
    assert "hush" not in str(told.value)
    assert "127.0.0.1:" in str(told.value)


def test_an_answer_that_drips_is_not_waited_for(server: Server) -> None:
    """Each of its parts comes in time, all of it would not."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        end = threading.Event()

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n")
                while not end.wait(0.01):
                    try:
                        connection.sendall(b" ")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        name = f"immich:http://127.0.0.1:{listening.getsockname()[1]}/m"
        with pytest.raises(ServiceError, match="timed out"):
            RemoteService(parse(name), Patience(answer=0.2, tries=1)).embed_text("a cat")
        end.set()
        thread.join()


@pytest.mark.parametrize(
    "answer",
    [
        "pong",
        "[]",
        "{}",
        '{"clip": [0.1, 0.2]}',
        '{"clip": "0.1, 0.2"}',
        '{"clip": "[]"}',
        '{"clip": "[1.0]"}',
        '{"clip": "[[0.1, 0.2]]"}',
        '{"clip": "[true, false]"}',
        json.dumps({"clip": '["0.1", "0.2"]'}),
        "[" * 100_000,
    ],
)
def test_another_answer_is_no_vector(server: Server, answer: str) -> None:
    server.faults.append(f"= {answer}")
    with pytest.raises(ServiceError, match="does not answer as the machine-learning service"):
        asking(server).embed_image(PICTURE, "image/jpeg")
    assert server.asked == 1


def test_an_endless_answer_is_not_read(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote_lines, "LIMIT", 100)
    with pytest.raises(ServiceError, match="more than 100 bytes"):
        asking(server).embed_text("a cat")


@pytest.mark.parametrize(
    "numbers", ["[0, 0]", "[null, 1]", "[NaN, 1]", "[1e400, 1]", f"[1{400 * '0'}, 1]"]
)
def test_numbers_that_are_none_cost_one_photo(server: Server, numbers: str) -> None:
    server.faults.append("= " + json.dumps({"clip": numbers}))
    service = asking(server)
    with pytest.raises(PhotoRefusedError, match="no usable numbers"):
        service.embed_image(PICTURE, "image/jpeg")
    service.embed_image(PICTURE, "image/jpeg")
    server.faults.append("= " + json.dumps({"clip": numbers}))
    with pytest.raises(ServiceError, match="no usable numbers"):
        service.embed_text("a cat")


@pytest.mark.parametrize("status", ["400", "422", "500"])
def test_a_picture_that_is_refused_is_one_photo_until_all_are(server: Server, status: str) -> None:
    service = asking(server, replace(QUICK, tries=1))
    server.broken = status
    for _ in range(IN_A_ROW - 1):
        with pytest.raises(PhotoRefusedError, match=f"not taken by the model at .*: {status}"):
            service.embed_image(PICTURE, "image/jpeg")
    assert server.asked == IN_A_ROW - 1
    with pytest.raises(ServiceError, match=f"refused {IN_A_ROW} photos one after the other"):
        service.embed_image(PICTURE, "image/jpeg")


@pytest.mark.parametrize("status", ["404", "401", "302"])
def test_a_wrong_address_is_asked_once(server: Server, status: str) -> None:
    server.faults.append(status)
    with pytest.raises(ServiceError, match=f"answers {status}"):
        asking(server).embed_image(PICTURE, "image/jpeg")
    assert server.asked == 1


def test_another_web_server_is_none() -> None:
    with serve() as server, pytest.raises(ServiceError, match="404 Not Found"):
        RemoteService(parse(f"immich:{server.url}/elsewhere/{MODEL}"), QUICK).ping()


def test_who_is_told_to_stop_waits_for_nothing(server: Server) -> None:
    server.broken = "hang"
    cancel = threading.Event()
    service = asking(server, replace(QUICK, answer=600.0))
    with ThreadPoolExecutor(6) as pool:
        # Two of them wait for a connection.
        answers = [pool.submit(service.embed_text, "a cat", cancel) for _ in range(6)]
        assert server.hanging.wait(30)
        cancel.set()
        assert all(isinstance(each.exception(10), StoppedAskingError) for each in answers)
    server.broken = "503 600"
    again = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(asking(server, Patience(longest=600.0)).embed_text, "a cat", again)
        while server.asked < 5 and not answer.done():
            again.wait(0.001)
        again.set()
        assert isinstance(answer.exception(10), StoppedAskingError)


def test_a_password_goes_along(server: Server) -> None:
    name = server.name.replace("http://", "http://me:h%C3%BCsh@")
    RemoteService(parse(name), QUICK).embed_text("a cat")
    assert server.headers[0]["Authorization"] == "Basic bWU6aMO8c2g="


@pytest.mark.skipif(not shutil.which("openssl"), reason="nothing makes a certificate here")
def test_a_service_that_cannot_prove_who_it_is_gets_nothing(tmp_path: Path) -> None:
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1"
    subprocess.run(
        ["openssl", *words.split(), "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    with serve(certificate=(certificate, key)) as server:
        with pytest.raises(ServiceError, match="cannot prove who it is"):
            asking(server).ping()
        assert server.asked == 0
