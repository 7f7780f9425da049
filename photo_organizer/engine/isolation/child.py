"""What runs in a process of its own: takes one question after another until its parent is gone.

Questions come by the standard input, answers go by the standard output, pixels through shared
memory. What decoders have to say goes to the standard error, which the parent reads into its log.
"""

from __future__ import annotations

import faulthandler
import importlib
import os
import queue
import signal
import sys
import threading
import traceback
from dataclasses import dataclass
from typing import NoReturn

from photo_organizer.engine.isolation import allocation, limits

FLAG = "--decode-photos-for-the-parent"
"""First argument of a bundled program that shall do this and nothing else."""

FIRST_IMPORT = "PHOTO_ORGANIZER_DECODER_SETUP"
"""Environment variable with the name of a module that is imported first: tests of crashes have
one that crashes."""


@dataclass(frozen=True, slots=True)
class Start:
    """How a process begins."""

    pixels: str
    """Address of the shared memory."""
    giants: int | None
    """Descriptor of the file that `giants.share` takes."""
    gives_way: bool


def main(start: Start) -> NoReturn:
    """Answer questions until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, who ends this one
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    faulthandler.enable()
    limits.limit_memory()
    allocation.keep_freed_memory()
    if start.gives_way:
        limits.give_way()
    from photo_organizer.engine.isolation.messages import READY, send

    questions: queue.SimpleQueue[object] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(questions,), daemon=True).start()
    if setup := os.environ.get(FIRST_IMPORT):
        importlib.import_module(setup)
    # Imported only now: questions of the parent are waited for, and its end is noticed.
    from photo_organizer.engine.isolation.serving import Server

    server = Server(start.pixels, start.giants)
    try:
        send(answers, READY)
        while True:
            send(answers, server.answer(questions.get()))
    except OSError:
        os._exit(0)


def _listen(questions: queue.SimpleQueue[object]) -> None:
    """Hand on what the parent asks, and end the process with it, in the midst of a photo too."""
    from photo_organizer.engine.isolation.messages import receive

    try:
        with os.fdopen(os.dup(0), "rb") as pipe:
            while True:
                questions.put(receive(pipe))
    except EOFError:
        pass
    except BaseException:  # noqa: BLE001 - told below; without this thread nothing goes on
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(0)
