"""Immich's machine-learning service on this machine: strict about its protocol, faulty on request.

What it takes and answers follows the service's own source (``machine-learning`` of immich-app); it
refuses whatever the real one does not know, so that nothing else is sent unseen.
"""

from __future__ import annotations

import hashlib
import json
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_organizer.engine.encoders.clip import ClipEncoder
from photo_organizer.engine.encoders.proofs import write_proof
from photo_organizer.engine.encoders.remote import image_vector, preparing_for
from photo_organizer.engine.encoders.remote_names import parse
from photo_organizer.engine.encoders.remote_service import Patience, RemoteService
from photo_organizer.engine.encoders.remote_versions import Sample, version_of
from photo_organizer.engine.pixels.picture import Picture
from photo_organizer.engine.proving import remote
from photo_organizer.engine.proving.pictures import picture_of
from tests.engine.proofs import PROOF

MODEL = "ViT-B-32-SigLIP2-256__webli"

QUICK = Patience(connect=5.0, answer=30.0, tries=3, pause=0.0)
"""For tests: nobody waits before something is asked again."""


class Model(Protocol):
    """What the service computes with."""

    def picture(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """(H, W, 3) to (D,), of any length."""

    def text(self, text: str) -> NDArray[np.float32]:
        """(D,), of any length."""


class TinyModel:
    """Sees the colours of a picture, and in each text something else; proves nothing."""

    def picture(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        small = cv2.resize(pixels, (4, 4), interpolation=cv2.INTER_AREA)
        return small.reshape(-1).astype(np.float32) - 127.5

    def text(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
        return np.random.default_rng(seed).normal(size=48).astype(np.float32)


class ClipModel:
    """A CLIP model of this computer, which the service answers with."""

    def __init__(self, encoder: ClipEncoder) -> None:
        self._encoder = encoder
        self._lock = threading.Lock()

    def picture(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        picture = Picture(pixels, width=pixels.shape[1], height=pixels.shape[0], format="PNG")
        with self._lock:
            return 3 * self._encoder.embed_images(self._encoder.prepare(picture)[None])[0]

    def text(self, text: str) -> NDArray[np.float32]:
        with self._lock:
            return 3 * self._encoder._embed_texts([text])[0]


@dataclass
class Server:
    """What is served, what was asked, and what goes wrong."""

    model: Model
    called: str = MODEL
    url: str = ""
    pictures: list[bytes] = field(default_factory=list)
    """The files of all pictures that came."""
    texts: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    """Of every question."""
    wrong: list[str] = field(default_factory=list)
    """What was not as the protocol has it."""
    connections: int = 0
    at_once: int = 0
    """The most questions that were open at the same time."""
    faults: deque[str] = field(default_factory=deque)
    """What happens to the next questions, one each: a status ("500"), with what is to be waited
    ("429 0"), "hang", "close", or an answer that comes instead of a vector ("= {}")."""
    broken: str = ""
    """A fault of every further question."""
    refuses: Callable[[bytes], bool] = lambda _: False
    """Pictures that are answered with 400."""
    hanging: threading.Event = field(default_factory=threading.Event)
    """Set once a question hangs."""
    end: threading.Event = field(default_factory=threading.Event)
    """Lets go what hangs."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    open_now: int = 0

    @property
    def name(self) -> str:
        """The model as people type it."""
        return f"immich:{self.url}/{self.called}"

    @property
    def asked(self) -> int:
        """How often a vector was asked for."""
        return len(self.bodies)

    def trust(self, models: Path) -> None:
        """Let the model have proved itself: a tiny one would not."""
        service = RemoteService(parse(self.name), QUICK)
        picture = image_vector(service, preparing_for(self.called)(picture_of(remote.PICTURE)))
        sample = Sample(picture, service.embed_text(remote.TEXT))
        version = version_of(models, self.called, sample)
        write_proof(version.folder, replace(PROOF, version=version.name))
        self.forget()

    def forget(self) -> None:
        """Count anew."""
        for noted in (self.pictures, self.texts, self.bodies, self.headers):
            noted.clear()


class _WrongError(Exception):
    """The question is not in the form of the protocol."""


@contextmanager
def serve(
    model: Model | None = None,
    *,
    called: str = MODEL,
    certificate: tuple[Path, Path] | None = None,
) -> Iterator[Server]:
    """Run a `Server` for the length of a `with` block.

    Args:
        model: what it computes with.
        called: its name.
        certificate: and key, for TLS.
    """
    server = Server(model or TinyModel(), called)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            with server.lock:
                server.connections += 1

        def do_GET(self) -> None:
            good = self.path == "/ping"
            self.answer(200 if good else 404, b"pong" if good else b"Not Found")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with server.lock:
                server.bodies.append(body)
                server.headers.append(dict(self.headers))
                server.open_now += 1
                server.at_once = max(server.at_once, server.open_now)
                fault = server.faults.popleft() if server.faults else server.broken
            try:
                self.predict(body, fault)
            except _WrongError as error:
                server.wrong.append(str(error))
                self.answer(422, b"Invalid request format.")
            except ConnectionError:
                self.close_connection = True
            finally:
                with server.lock:
                    server.open_now -= 1

        def predict(self, body: bytes, fault: str) -> None:
            if self.path != "/predict":
                raise _WrongError(self.path)
            part, value = read(self.headers["Content-Type"], body, server.called)
            if part == "visual":
                server.pictures.append(value)
            else:
                server.texts.append(value.decode())
            if fault == "close":
                self.close_connection = True
            elif fault == "hang":
                server.hanging.set()
                server.end.wait(60)
                self.close_connection = True
            elif fault.startswith("= "):
                self.answer(200, fault.removeprefix("= ").encode())
            elif fault:
                status, _, seconds = fault.partition(" ")
                self.answer(int(status), b"Internal Server Error", seconds)
            elif part == "visual" and server.refuses(value):
                self.answer(400, b"Bad Request")
            else:
                self.answer(200, vector(server.model, part, value))

        def answer(self, status: int, body: bytes, retry_after: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if retry_after:
                self.send_header("Retry-After", retry_after)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        http.handle_error = lambda *_: None  # type: ignore[method-assign]
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            http.socket = context.wrap_socket(http.socket, server_side=True)
        server.url = f"http{'s' if certificate else ''}://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.end.set()
            http.shutdown()
            thread.join()
    assert not server.wrong


def read(content_type: str, body: bytes, called: str) -> tuple[str, bytes]:
    """The part of the model that is asked, and the picture or the text."""
    form = BytesParser(policy=HTTP).parsebytes(
        f"Content-Type: {content_type}\r\n\r\n".encode() + body
    )
    if form.get_content_type() != "multipart/form-data" or form.defects:
        raise _WrongError(content_type)
    fields = {}
    for one in form.iter_parts():
        if one.get_content_disposition() != "form-data":
            raise _WrongError("a part that is no field")
        name = one.get_param("name", header="content-disposition")
        fields[name] = one
    (kind,) = fields.keys() - {"entries"}
    part = {"image": "visual", "text": "textual"}.get(str(kind), "")
    if len(fields) != 2 or not part:
        raise _WrongError(f"the fields {sorted(map(str, fields))}")
    entries = json.loads(fields["entries"].get_payload(decode=True))
    if entries != {"clip": {part: {"modelName": called}}}:
        raise _WrongError(f"the entries {entries}")
    is_file = fields[kind].get_filename() is not None
    if is_file != (kind == "image") or fields["entries"].get_filename() is not None:
        raise _WrongError("a text that is a file, or a picture that is none")
    value: bytes = fields[kind].get_payload(decode=True)
    return part, value


def vector(model: Model, part: str, value: bytes) -> bytes:
    """The answer of the service: in JSON a string that is a list."""
    answer: dict[str, object] = {}
    if part == "visual":
        with Image.open(BytesIO(value)) as image:
            pixels = np.asarray(image.convert("RGB"))
        numbers = model.picture(pixels)
        answer |= {"imageHeight": pixels.shape[0], "imageWidth": pixels.shape[1]}
    else:
        numbers = model.text(value.decode())
    return json.dumps(answer | {"clip": json.dumps(numbers.tolist())}).encode()
