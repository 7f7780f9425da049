"""Connections to a service, kept open: a few at once, and none that nobody can hang up.

Each is in the hands of a thread of its own. Who asks waits beside it, so that whatever hangs there
(a name that is looked up, a connection that is made, an answer that does not come) keeps nobody who
was told to stop, nor the end of the program.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property

from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.remote_names import RemoteName

LIMIT = 1 << 20
"""Bytes of an answer, at most: a vector has some thousand numbers."""

IDLE = 2.0
"""Seconds after which a connection that nobody uses is closed: services close theirs after as
many, or five."""

TICK = 0.05
"""Seconds between two looks at whether somebody was told to stop."""


class StoppedAskingError(CancelledError, ModelError):
    """Who asked was told to stop; the answer is not waited for. It ends a run, not one photo."""

    def __init__(self) -> None:
        super().__init__("services.stopped")


class TooLongError(http.client.HTTPException):
    """An answer of more than `LIMIT` bytes."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a service."""

    method: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answers, whole."""

    status: int
    body: bytes
    retry_after: str = ""
    """When to ask again, in the words of HTTP; empty where it does not say."""


class Lines:
    """Asks a service, over a few connections at once.

    Args:
        service: where it is.
        at_once: connections, at most; further questions wait.
        connect: seconds that making a connection may take.
    """

    def __init__(self, service: RemoteName, *, at_once: int, connect: float) -> None:
        self._service = service
        self._at_once = at_once
        self._connect = connect
        self._there = threading.Condition()
        self._tasks: deque[_Task] = deque()
        self._threads = 0
        self._waiting = 0

    def ask(self, request: Request, seconds: float, cancel: threading.Event | None) -> Answer:
        """Ask once.

        Args:
            request: what is asked.
            seconds: that the answer may take, whole, once the question is on its way.
            cancel: ends the waiting.

        Raises:
            OSError, http.client.HTTPException: there was no whole answer.
            StoppedAskingError: `cancel` was set.
        """
        if cancel is not None and cancel.is_set():
            raise StoppedAskingError  # nothing more is sent
        task = _Task(request, seconds)
        self._submit(task)
        while not task.over.wait(TICK):
            if cancel is not None and cancel.is_set():
                task.give_up()
                raise StoppedAskingError
            if task.is_late:
                task.give_up()
                raise TimeoutError("timed out")
        if task.error is not None:
            raise task.error
        assert task.answer is not None
        return task.answer

    # ------------------------------------------------------------------ the threads

    def _submit(self, task: _Task) -> None:
        with self._there:
            self._tasks.append(task)
            if len(self._tasks) > self._waiting and self._threads < self._at_once:
                self._threads += 1
                threading.Thread(target=self._work, name="ask", daemon=True).start()
            self._there.notify()

    def _next(self) -> _Task | None:
        """What is asked next; None where nothing was for a while: the thread ends."""
        with self._there:
            self._waiting += 1
            self._there.wait_for(lambda: self._tasks, IDLE)
            self._waiting -= 1
            if self._tasks:
                return self._tasks.popleft()
            self._threads -= 1
            return None

    def _work(self) -> None:
        connection: http.client.HTTPConnection | None = None
        while (task := self._next()) is not None:
            if task.given_up:
                continue
            try:
                if connection is None:
                    connection = self._made()
                task.answer = self._answered(connection, task)
            except Exception as error:  # noqa: BLE001 - carried to who asked
                task.error = error
                if connection is not None:
                    connection.close()
            task.over.set()
        if connection is not None:
            connection.close()

    def _answered(self, connection: http.client.HTTPConnection, task: _Task) -> Answer:
        kept = connection.sock is not None
        try:
            return self._exchange(connection, task)
        except (ConnectionError, http.client.BadStatusLine):
            # Meanwhile the service may have closed a connection that was kept open.
            if not kept or task.given_up:
                raise
            connection.close()
            return self._exchange(connection, task)

    def _exchange(self, connection: http.client.HTTPConnection, task: _Task) -> Answer:
        if connection.sock is None:
            connection.connect()
        task.begin(connection.sock)
        request = task.request
        connection.request(request.method, request.path, request.body or None, request.headers)
        response = connection.getresponse()
        body = response.read(LIMIT + 1)
        if len(body) > LIMIT:
            raise TooLongError(f"more than {LIMIT} bytes")
        if response.length:
            raise http.client.IncompleteRead(body, response.length)
        retry_after = response.headers.get("Retry-After", "")
        return Answer(response.status, body, retry_after)

    def _made(self) -> http.client.HTTPConnection:
        where = self._service.host, self._service.port
        if self._service.encrypted:
            return http.client.HTTPSConnection(*where, timeout=self._connect, context=self._trust)
        return http.client.HTTPConnection(*where, timeout=self._connect)

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()


class _Task:
    """A question in the hands of a thread."""

    def __init__(self, request: Request, seconds: float) -> None:
        self.request = request
        self.over = threading.Event()
        self.answer: Answer | None = None
        self.error: Exception | None = None
        self.given_up = False
        self._seconds = seconds
        self._begun: float | None = None
        self._socket: socket.socket | None = None

    def begin(self, connected: socket.socket) -> None:
        """The question goes on its way now."""
        self._socket = connected
        self._begun = time.monotonic()
        connected.settimeout(self._seconds)
        if self.given_up:
            raise TimeoutError("nobody waits any more")

    @property
    def is_late(self) -> bool:
        """Whether the answer takes longer than it may; each of its parts may have come in time."""
        begun = self._begun
        return begun is not None and time.monotonic() - begun > self._seconds

    def give_up(self) -> None:
        """Let the thread go: nobody waits for the answer."""
        self.given_up = True
        if (connected := self._socket) is not None:
            with suppress(OSError):  # it is closed already
                connected.shutdown(socket.SHUT_RDWR)
