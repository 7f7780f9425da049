"""A web server on this machine that behaves as model hubs do, and misbehaves on request."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Server:
    """What is served, and what was asked."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """Content by path, "/weights.bin"."""
    announced: dict[str, str] = field(default_factory=dict)
    """SHA-256 by path: such a path redirects to its content, announcing the checksum."""
    etags: dict[str, str] = field(default_factory=dict)
    """What the content of a path is called, with its quotes; none where it is not in here."""
    careless: bool = False
    """Whether parts are sent whatever version is asked for."""
    cut_after: int | None = None
    """Bytes after which the next answer breaks off; once."""
    ranges: bool = True
    """Whether parts of files can be asked for."""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    """Path and Range header of every request."""


@contextmanager
def serve() -> Iterator[Server]:
    """Run a `Server` for the length of a `with` block."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers["Range"]
            server.asked.append((self.path, wanted))
            path = self.path.removeprefix("/content")
            if self.path in server.announced:
                self.send_response(302)
                self.send_header("X-Linked-Etag", f'"{server.announced[self.path]}"')
                self.send_header("Location", f"{server.url}/content{self.path}")
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif path not in server.files:
                self.send_error(404)
            else:
                self.answer(server.files[path], wanted if self.may_go_on(path) else None)

        def may_go_on(self, path: str) -> bool:
            version = self.headers["If-Range"]
            same = version is None or version == server.etags.get(path)
            return server.ranges and (same or server.careless)

        def answer(self, content: bytes, wanted: str | None) -> None:
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
            if start and start >= len(content):
                self.send_response(416)
                self.send_header("Content-Range", f"bytes */{len(content)}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206 if wanted else 200)
            self.send_header("Content-Length", str(len(content) - start))
            if etag := server.etags.get(self.path.removeprefix("/content")):
                self.send_header("ETag", etag)
            self.end_headers()
            end, server.cut_after = server.cut_after, None
            self.wfile.write(content[start : end and start + end])
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
