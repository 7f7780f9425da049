"""The protocol of Immich's machine-learning service: a picture or a text out, a vector back.

``GET /ping`` answers "pong". ``POST /predict`` takes a form (RFC 7578) with the fields ``entries``,
which says in JSON what to compute with which model, and ``image`` or ``text``; it answers JSON in
which ``clip`` is a string that is a list of numbers. One picture a request.
"""

from __future__ import annotations

import base64
import http.client
import json
import secrets
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer import __version__
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders.errors import PhotoRefusedError, ServiceError
from photo_organizer.engine.encoders.remote_lines import Answer, Lines, Request, StoppedAskingError
from photo_organizer.engine.encoders.remote_names import RemoteName

AT_ONCE = 4
"""Requests at once: enough to keep a service busy while photos are on their way."""

FIRST_TRIES = 3
"""How often a service is asked whether it is there."""

IN_A_ROW = 8
"""So many pictures refused one after the other are no fault of the pictures: it is the service."""

_REFUSED = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)
_BUSY = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)

_AGENT = f"photo-organizer/{__version__}"


@dataclass(frozen=True, slots=True)
class Patience:
    """For how long a service is waited for."""

    connect: float = 5.0
    """Seconds until there is a connection."""
    answer: float = 60.0
    """Seconds until there is a whole answer; a service that was idle has to load its model."""
    tries: int = 6
    """How often the same is asked, where what went wrong may pass."""
    pause: float = 0.5
    """Seconds before it is asked again; twice as many each further time."""
    longest: float = 60.0
    """Seconds of a pause, at most, also where the service asks for a longer one."""

    def before(self, again: int, asked_for: float | None) -> float:
        """Seconds to wait before a question is asked again.

        Args:
            again: how often it was asked again before.
            asked_for: seconds that the service asked for, if it did.
        """
        own = self.pause * 2.0**again
        return min(own if asked_for is None else max(0.0, asked_for), self.longest)


class RemoteService:
    """One model of a service; may be asked from any thread.

    Args:
        asked: the model, and where the service is.
        patience: for how long it is waited for.
        at_once: requests at once.
    """

    def __init__(
        self, asked: RemoteName, patience: Patience | None = None, *, at_once: int = AT_ONCE
    ) -> None:
        self.asked = asked
        self.at_once = at_once
        self._patience = patience or Patience()
        self._lines = Lines(asked, at_once=at_once, connect=self._patience.connect)
        self._lock = threading.Lock()
        self._refused_in_a_row = 0

    def ping(self, cancel: threading.Event | None = None) -> None:
        """Make sure that there is such a service.

        Raises:
            ServiceError: there is none.
            StoppedAskingError: `cancel` was set.
        """
        # A wrong address is said soon, a service that starts again is waited for by what follows.
        tries = min(FIRST_TRIES, self._patience.tries)
        answer = self._ask(self._request("GET", "/ping"), cancel, tries)
        if answer.status != HTTPStatus.OK or answer.body.strip() != b"pong":
            raise self._unknown(_named(answer.status))

    def embed_image(
        self, image: bytes, media_type: str, cancel: threading.Event | None = None
    ) -> NDArray[np.float32]:
        """The vector of a picture: (D,) of length 1.

        Args:
            image: a file.
            media_type: of the file, "image/jpeg".
            cancel: ends the waiting.

        Raises:
            PhotoRefusedError: the service does not take this picture.
            ServiceError: the service does not answer, or not as it should.
            StoppedAskingError: `cancel` was set.
        """
        place = self.asked.place
        request = self._predict("visual", "image", image, media_type)
        answer = self._ask(request, cancel)
        if answer.status in (*_REFUSED, HTTPStatus.INTERNAL_SERVER_ERROR):
            status = _named(answer.status)
            raise self._counted(PhotoRefusedError("services.photo", place=place, status=status))
        try:
            vector = self._vector(answer)
        except _NoNumbersError as error:
            refused = PhotoRefusedError("services.photo_no_numbers", place=place)
            raise self._counted(refused) from error
        with self._lock:
            self._refused_in_a_row = 0
        return vector

    def embed_text(self, text: str, cancel: threading.Event | None = None) -> NDArray[np.float32]:
        """The vector of a text: (D,) of length 1.

        Raises:
            ServiceError: the service does not answer, or not as it should.
            StoppedAskingError: `cancel` was set.
        """
        request = self._predict("textual", "text", text.encode("utf-8", "replace"))
        try:
            return self._vector(self._ask(request, cancel))
        except _NoNumbersError as error:
            raise self._unknown("no usable numbers for a text") from error

    # ------------------------------------------------------------------ questions

    def _predict(self, part: str, field: str, value: bytes, media_type: str = "") -> Request:
        entries = json.dumps({"clip": {part: {"modelName": self.asked.model}}}).encode()
        fields = [_Field("entries", entries), _Field(field, value, media_type)]
        body, content_type = _form(fields)
        return self._request("POST", "/predict", body, content_type)

    def _request(
        self, method: str, path: str, body: bytes = b"", content_type: str = ""
    ) -> Request:
        headers = {"User-Agent": _AGENT, "Accept": "*/*"}
        if content_type:
            headers["Content-Type"] = content_type
        if self.asked.user or self.asked.password:
            login = f"{self.asked.user}:{self.asked.password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(login).decode()}"
        return Request(method, f"{self.asked.path}{path}", body, headers)

    def _ask(
        self, request: Request, cancel: threading.Event | None, tries: int | None = None
    ) -> Answer:
        """Ask again where what went wrong may pass; other answers than good ones come as well."""
        tries = tries or self._patience.tries
        again = 0
        while True:
            asked_for: float | None = None
            try:
                answer = self._lines.ask(request, self._patience.answer, cancel)
            except ssl.SSLCertVerificationError as error:
                raise self._error("services.certificate", error.verify_message) from error
            except (OSError, http.client.HTTPException) as error:
                if again + 1 >= tries:
                    raise self._error("services.gone", _told(error)) from error
            else:
                passes = answer.status in _BUSY or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
                if not passes or again + 1 >= tries:
                    return answer
                asked_for = _seconds(answer.retry_after)
            self._pause(self._patience.before(again, asked_for), cancel)
            again += 1

    @staticmethod
    def _pause(seconds: float, cancel: threading.Event | None) -> None:
        if (cancel or threading.Event()).wait(seconds):
            raise StoppedAskingError

    # ------------------------------------------------------------------ answers

    def _vector(self, answer: Answer) -> NDArray[np.float32]:
        """The vector of an answer, of length 1.

        Raises:
            _NoNumbersError: it is a list, and no vector.
            ServiceError: it is no answer of such a service.
        """
        if answer.status != HTTPStatus.OK:
            raise self._error("services.status", _named(answer.status))
        try:
            found = json.loads(answer.body)["clip"]
            numbers = json.loads(found) if isinstance(found, str) else None
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._unknown("no vector in its answer") from error
        if not (isinstance(numbers, list) and len(numbers) > 1 and all(map(_may_be, numbers))):
            raise self._unknown("no vector in its answer")
        try:
            vector = np.array([np.nan if one is None else one for one in numbers], np.float64)
        except OverflowError as error:
            raise _NoNumbersError from error
        length = float(np.linalg.norm(vector))
        if not (np.isfinite(length) and length > 0):
            raise _NoNumbersError
        unit: NDArray[np.float32] = (vector / length).astype(np.float32)
        return unit

    def _counted(self, refused: PhotoRefusedError) -> PhotoRefusedError | ServiceError:
        """What to raise of a refusal; too many one after the other are the service's own fault."""
        with self._lock:
            self._refused_in_a_row += 1
            count = self._refused_in_a_row
        if count < IN_A_ROW:
            return refused
        place = self.asked.place
        return ServiceError("services.refuses_all", why=refused.reason, place=place, count=count)

    def _unknown(self, message: str) -> ServiceError:
        return self._error("services.unknown", message)

    def _error(self, code: str, message: str) -> ServiceError:
        why = Reason("failures.technical", {"message": message})
        return ServiceError(code, why=why, place=self.asked.place)


class _NoNumbersError(Exception):
    """A vector that is none: not finite, or of no length."""


@dataclass(frozen=True, slots=True)
class _Field:
    """One field of a form."""

    name: str
    value: bytes
    media_type: str = ""
    """Of a file; empty: it is a text."""


def _form(fields: Iterable[_Field]) -> tuple[bytes, str]:
    """The body of a form with its ``Content-Type`` (RFC 7578)."""
    boundary = secrets.token_hex(16)
    body = bytearray()
    for field in fields:
        # A file needs a name to be taken as one: the same for all, it says nothing.
        name = f'name="{field.name}"' + ('; filename="photo"' if field.media_type else "")
        body += f"--{boundary}\r\nContent-Disposition: form-data; {name}\r\n".encode()
        if field.media_type:
            body += f"Content-Type: {field.media_type}\r\n".encode()
        body += b"\r\n" + field.value + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    return bytes(body), f"multipart/form-data; boundary={boundary}"


def _may_be(number: Any) -> bool:
    """Whether it may stand in a vector; null is what becomes of a number that is none."""
    return number is None or (isinstance(number, int | float) and not isinstance(number, bool))


def _seconds(retry_after: str) -> float | None:
    """Seconds that a ``Retry-After`` asks for: a number, or a date (RFC 9110, 10.2.3)."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return parsedate_to_datetime(retry_after).timestamp() - time.time()
    except ValueError:
        return None


def _named(status: int) -> str:
    """A status in the words of HTTP, not of the service: "404 Not Found"."""
    known = next((each.phrase for each in HTTPStatus if each == status), "")
    return f"{status} {known}".rstrip()


def _told(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
