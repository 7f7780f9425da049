"""The parent's side of one process that looks into photos."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import FileIdentity, Pixels, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.isolation import child, limits, messages
from photo_organizer.engine.isolation.messages import (
    Failed,
    Question,
    SentPicture,
    SentSeen,
    Unreadable,
)
from photo_organizer.engine.isolation.shared_pixels import Shape, look, open_shared

if TYPE_CHECKING:
    from photo_organizer.engine.isolation.examination import Seen, Wanted
    from photo_organizer.engine.pixels.picture import Picture

log = logging.getLogger(__name__)

_BOOTSTRAP = """\
import json, sys
start, sys.path[:] = json.loads(sys.argv[1])
from photo_organizer.engine.isolation.child import Start, main
main(Start(*start))
"""

_LINES = 40
"""At most so many lines that decoders say about one photo are kept, each cut at `_LINE` bytes."""
_LINE = 500

_START = 60.0
"""Seconds in which a process surely has begun its work."""

_END = 5.0
"""Seconds in which the system surely ends a process, unless it waits for a drive that is silent:
then it takes no signal, and is left to itself."""

_BY_OTHERS = frozenset(
    getattr(signal, name)
    for name in ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT", "SIGPIPE")
    if hasattr(signal, name)
)
"""Signals that somebody sends: the system when memory is short, a person. No decoder does."""

_TOO_LONG = getattr(signal, "SIGXCPU", None)


class NotExaminedError(UnreadableError):
    """A file that could not be decoded here and now.

    Args:
        reason: why.
        lasting: it would end like this each time; otherwise it is worth trying again another day.
    """

    def __init__(self, reason: Reason, *, lasting: bool) -> None:
        self.lasting = lasting
        super().__init__(reason.code, why=reason.why, **reason.values)


class CrashedError(NotExaminedError):
    """The process died of the file, or of one before it."""


class EndedError(Exception):
    """The process was closed while it worked: nobody waits for its answer any more."""


class NoProcessError(Exception):
    """The system starts no process, or it cannot begin its work."""


class Process:
    """Looks into one file after another, as `Examiner`; whatever happens, it only costs that file.

    For one thread at a time. Pixels of its pictures are valid until the next question.

    Args:
        gives_way: to the window, as a thread that stepped back.
        giants: descriptor of an open file, see `giants.share`.

    Raises:
        NoProcessError: the system does not start it.
    """

    def __init__(self, *, gives_way: bool, giants: int | None) -> None:
        self.idle = 0.0
        """Seconds since the last answer."""
        self._shared, self._address = open_shared()
        self._file = ""
        self._lines = 0
        self._allowed = self._left = 0.0
        self._is_ready = self._is_busy = self._is_late = self._is_closed = False
        start = child.Start(self._address, giants, gives_way)
        try:
            self._process = _popen(start, [] if self._shared is None else [self._shared])
        except OSError as error:
            raise NoProcessError(str(error)) from error
        self._questions = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        told = cast("BinaryIO", self._process.stderr)
        self._listener = threading.Thread(
            target=self._listen, args=(told,), name="decoder-messages", daemon=True
        )
        self._listener.start()

    # ------------------------------------------------------------------ questions

    def read(self, identity: FileIdentity) -> bytes:
        """See `Examiner.read`.

        Raises:
            UnreadableError: as there; `NotExaminedError` for all that nobody foresaw.
            EndedError: the process was closed meanwhile.
            NoProcessError: it did not come to work at all.
        """
        self._about(identity.path, limits.seconds(identity.size))
        answer: bytes = self._ask("read", identity)
        return answer

    def read_all(self, identities: Sequence[FileIdentity]) -> list[bytes | UnreadableError]:
        """See `Examiner.read_all`; raises what `read` raises, where it is the end of the process.

        The files share their fate then. Read one by one, each has its own.
        """
        first, *others = identities
        self._about(first.path, sum(limits.seconds(one.size) for one in identities), len(others))
        return [self._or_why(answer) for answer in self._ask("read_all", identities)]

    def examine(self, places: Sequence[int], wanted: Wanted) -> list[Seen | UnreadableError]:
        """See `Examiner.examine`; raises what `read_all` raises."""
        answers = [self._or_why(answer) for answer in self._ask("examine", places, wanted)]
        sent = [answer for answer in answers if isinstance(answer, SentSeen)]
        shown = iter(look(self._address, [shape for one in sent for shape in _shapes(one)]))
        return [
            answer
            if isinstance(answer, UnreadableError)
            else _seen(answer, [next(shown) for _ in _shapes(answer)])
            for answer in answers
        ]

    def faces(self) -> tuple[Face, ...] | Reason:
        """See `Examiner.faces`; raises what `read` raises."""
        found: tuple[Face, ...] | Reason = self._ask("faces")
        return found

    def view(self, max_side: int) -> Pixels:
        """See `Examiner.view`; raises what `read` raises."""
        return look(self._address, self._ask("view", max_side))[0]

    def decode(self) -> Picture:
        """See `Examiner.decode`; raises what `read` raises."""
        sent: SentPicture = self._ask("decode")
        return _picture(sent, look(self._address, sent.shapes))

    # ------------------------------------------------------------------ for the pool

    @property
    def number(self) -> int:
        """The system's number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return not self._is_closed and self._process.poll() is None

    def pass_time(self, seconds: float) -> None:
        """Say that so much time went by; ends a process that is at one photo for too long."""
        if not self._is_busy:
            self.idle += seconds
            return
        self._left -= seconds
        if self._left < 0:
            self._is_late = True
            self._process.kill()

    def close(self) -> None:
        """End the process, whatever it does; returns within seconds."""
        self._is_closed = True
        self._kill()
        if not self._is_busy:
            self._release()

    # ------------------------------------------------------------------ inside

    def _kill(self) -> int | None:
        """End the process; its status, None where it does not end now."""
        self._process.kill()
        try:
            return self._process.wait(_END)
        except subprocess.TimeoutExpired:
            log.warning("The process that decodes %s cannot be ended now", self._file)
            return None

    def _release(self) -> None:
        self._listener.join(1)
        for pipe in (self._questions, self._answers):
            with suppress(OSError):  # what was not written yet is wanted by nobody
                pipe.close()
        shared, self._shared = self._shared, None
        if shared is not None:
            os.close(shared)

    def _ask(self, ask: str, *values: object) -> Any:
        self._left, self._is_busy = _START, True
        try:
            if not self._is_ready:
                self._is_ready = messages.receive(self._answers) == messages.READY
            self._left = self._allowed
            messages.send(self._questions, Question(ask, values))
            answer = messages.receive(self._answers)
        except (EOFError, OSError, ValueError) as error:
            raise self._death() from error
        finally:
            self._is_busy, self.idle = False, 0.0
        answer = self._or_why(answer)
        if isinstance(answer, NotExaminedError):
            raise answer
        return answer

    def _about(self, path: Path, seconds: float, others: int = 0) -> None:
        """The next questions are about these files."""
        self._file = f"{path}, or one of {others} read with it" if others else str(path)
        self._lines = 0
        self._allowed = limits.PATIENCE * seconds

    def _or_why(self, answer: Any) -> Any:
        """An answer about one file; why there is none as the error that tells it."""
        if isinstance(answer, Unreadable):
            lasting = answer.reason.code != "files.memory"
            return NotExaminedError(answer.reason, lasting=lasting)
        if isinstance(answer, Failed):
            log.error("Cannot analyse %s\n%s", self._file, answer.traceback)
            if answer.is_memory:
                return NotExaminedError(Reason("files.memory"), lasting=False)
            reason = Reason("files.failed", {"message": answer.message})
            return NotExaminedError(reason, lasting=False)
        return answer

    def _death(self) -> Exception:
        """What the end of the process means for the file."""
        status: int | None
        try:
            status = self._process.wait(1)
        except subprocess.TimeoutExpired:  # its pipes are closed, what else it does helps nobody
            status = self._kill()
        self._release()
        if self._is_closed:
            return EndedError()
        if not self._is_ready:
            return NoProcessError(f"it ended with status {status}")
        if self._is_late or status is None or (_TOO_LONG is not None and status == -_TOO_LONG):
            log.warning("Decoding %s took too long", self._file)
            return NotExaminedError(Reason("files.slow"), lasting=True)
        if -status in _BY_OTHERS:
            log.warning("Something ended the process that decoded %s: %s", self._file, status)
            return NotExaminedError(Reason("files.killed"), lasting=False)
        log.warning("Decoding %s crashed: %s", self._file, status)
        return CrashedError(Reason("files.crashed"), lasting=True)

    def _listen(self, pipe: BinaryIO) -> None:
        """Take what decoders say into the log, bounded: a broken file may say a line a row."""
        with pipe:
            while line := pipe.readline(_LINE):
                self._lines += 1
                text = line.decode("utf-8", "replace").rstrip()
                if self._lines <= _LINES and text:
                    log.info("%s: %s", self._file, text)
                elif self._lines == _LINES + 1:
                    log.info("%s: and more", self._file)


def _shapes(sent: SentSeen) -> list[Shape]:
    """Of its pixels in the shared memory."""
    if sent.picture is not None:
        return sent.picture.shapes
    assert sent.prepared is not None
    return [sent.prepared]


def _seen(sent: SentSeen, shown: list[Pixels]) -> Seen:
    from photo_organizer.engine.isolation.examination import Seen

    if sent.picture is not None:
        return Seen(sent.found, _picture(sent.picture, shown), None)
    return Seen(sent.found, None, shown[0])


def _picture(sent: SentPicture, shown: list[Pixels]) -> Picture:
    from photo_organizer.engine.pixels.picture import Picture

    pixels, *small = shown
    picture = Picture(pixels, sent.width, sent.height, sent.format, sent.lossy, sent.saved_quality)
    if small:
        picture.__dict__["small"] = small[0]  # made already: see `cached_property`
    return picture


def _popen(start: child.Start, kept: list[int]) -> subprocess.Popen[bytes]:
    if getattr(sys, "frozen", False):
        command = [sys.executable, child.FLAG, json.dumps(astuple(start))]
    else:
        told = json.dumps((astuple(start), sys.path))
        command = [sys.executable, "-c", _BOOTSTRAP, told]
    if start.giants is not None:
        kept = [*kept, start.giants]
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
        if start.gives_way:
            flags |= subprocess.BELOW_NORMAL_PRIORITY_CLASS
    # Libraries for matrices make a thread a core when they are loaded, and nothing here needs them.
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        pass_fds=kept,
        creationflags=flags,
    )
