"""Imported first by the processes of a test: files that say so do to the decoder what they say."""

from __future__ import annotations

import os
import signal
import sys
import time

from photo_organizer.engine.isolation import limits
from photo_organizer.engine.pixels import decode

_open, _view = decode.open_photo, decode.decode_view


def _do(data: bytes) -> None:
    word = data.rpartition(b"HOSTILE:")[2].decode("ascii", "replace") if b"HOSTILE:" in data else ""
    match word:
        case "modules":
            raise RuntimeError(" ".join(sys.modules))
        case "raise":
            raise ValueError("operands could not be broadcast")
        case "memory":
            bytearray(64 * 1024**3)
        case "busy":
            limits.SECONDS = 0
            limits.limit_time(0)
            while True:
                pass
        case "sleep":
            time.sleep(600)
        case "chatter":
            for number in range(1000):
                os.write(2, f"TIFFReadDirectory: Warning {number}\n".encode())
            os.write(1, b"printed")
        case "nice":
            raise RuntimeError(f"nice {os.getpriority(os.PRIO_PROCESS, 0)}")
        case word if word.startswith("SIG"):
            os.kill(os.getpid(), getattr(signal, word))
        case "late":  # damages memory, and the next photo meets it
            decode.open_photo = lambda *_: os.abort()


def _open_photo(data: bytes, suffix: str = "") -> object:
    _do(data)
    return _open(data, suffix)


def _decode_view(data: bytes, suffix: str = "", max_side: int = 512) -> object:
    _do(data)
    return _view(data, suffix, max_side)


decode.open_photo, decode.decode_view = _open_photo, _decode_view  # type: ignore[assignment]
