"""Fetches one big file: resumable, checked, cancellable, and clear about what went wrong."""

from __future__ import annotations

import errno
import hashlib
import http.client
import re
import shutil
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from photo_organizer.engine.domain.reasons import Reason, system_message
from photo_organizer.engine.encoders import partial_files
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.partial_files import PartOf, strong_etag

OnBytes = Callable[[int, int | None], None]
"""Called with the bytes done and the bytes in all (None when the server does not say)."""

_CHUNK = 1 << 20
_TIMEOUT = 30.0
_SHA256 = re.compile(r"[0-9a-f]{64}")


class DownloadError(ModelError):
    """A file could not be fetched."""


class MissingError(DownloadError):
    """The server answers, but does not have the file."""


class UnreachableError(DownloadError):
    """No connection, or it broke; what has arrived is kept for the next try."""


class ChecksumError(DownloadError):
    """What arrived is not the file that was announced; it has been removed."""


class _OtherFileError(Exception):
    """What is there by now is not the file that was begun."""


class CancelledError(Exception):
    """The user stopped it; what has arrived is kept for the next try."""


def fetch(
    url: str,
    target: Path,
    *,
    sha256: str | None = None,
    progress: OnBytes | None = None,
    cancel: threading.Event | None = None,
) -> str:
    """Fetch `url` into `target`, going on where an earlier try ended, if it is the same file.

    Until it is complete and checked the file is called ``target`` + ``.part``; beside it stands
    what it is part of (`partial_files`). A connection that breaks after some progress is taken up
    again at once.

    Args:
        url: of the file; redirections are followed.
        target: the file to write; its folder is made.
        sha256: the expected SHA-256. Without it, the one that the model hub announces in its
            headers (``X-Linked-Etag``) is expected; without that the size alone is checked.
        progress: called after every piece.
        cancel: looked at after every piece.

    Returns:
        The SHA-256 of the file, 64 hexadecimal digits.

    Raises:
        DownloadError: one of its kinds, or the disk is full.
        CancelledError: `cancel` was set.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    while True:
        before = _size(part)
        try:
            announced = _fetch_rest(url, part, sha256, progress, cancel)
            break
        except _OtherFileError:
            partial_files.forget(part)
        except UnreachableError:
            if _size(part) == before:
                raise

    digest = file_sha256(part)
    expected = sha256 or announced
    if expected and digest != expected:
        partial_files.forget(part)
        raise ChecksumError(
            "downloads.damaged",
            name=target.name,
            host=_host(url),
            found=digest[:12],
            expected=expected[:12],
        )
    part.replace(target)
    partial_files.forget(part)
    return digest


def file_sha256(file: Path) -> str:
    """The SHA-256 of a file's bytes, 64 hexadecimal digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _HubRedirect(urllib.request.HTTPRedirectHandler):
    """Follows redirections and notes the checksum that the model hub sends along with them."""

    sha256: str | None = None

    def http_error_302(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
    ) -> Any:
        """See the base class."""
        etag = headers.get("X-Linked-Etag", "").removeprefix("W/").strip('"')
        if _SHA256.fullmatch(etag):
            self.sha256 = etag
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def _fetch_rest(
    url: str,
    part: Path,
    expected: str | None,
    progress: OnBytes | None,
    cancel: threading.Event | None,
) -> str | None:
    """Append what is missing to `part`; the SHA-256 that the server announced, if it did."""
    redirect = _HubRedirect()
    request = urllib.request.Request(url)
    known = partial_files.read(part)
    kept = _size(part) if known is not None and known.can_go_on(url, expected) else 0
    if known is not None and kept:
        request.add_header("Range", f"bytes={kept}-")
        if known.etag is not None:
            # Of another version the server then sends all of it.
            request.add_header("If-Range", known.etag)
    try:
        response = urllib.request.build_opener(redirect).open(request, timeout=_TIMEOUT)
    except urllib.error.HTTPError as error:
        error.close()
        past_end = error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        if past_end and _total(error.headers) == kept:
            return redirect.sha256
        raise _refused(url, part, error) from error
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(url, part, error) from error
    with response:
        resumed = response.status == HTTPStatus.PARTIAL_CONTENT
        length = response.headers.get("Content-Length")
        total = (kept if resumed else 0) + int(length) if length else None
        here = PartOf(url, expected or redirect.sha256, strong_etag(response.headers), total)
        if resumed and known is not None:
            _demand_same(known, here)
        _need_space(part, (total or 0) - (kept if resumed else 0))
        if not resumed:
            _note(part, here)
        _append(response, part, url, progress, cancel, total=total, resumed=resumed)
    return redirect.sha256


def _demand_same(known: PartOf, here: PartOf) -> None:
    """Make sure that what the server goes on with is the file that was begun."""
    for before, now in (
        (known.sha256, here.sha256),
        (known.etag, here.etag),
        (known.size, here.size),
    ):
        if before is not None and now is not None and before != now:
            raise _OtherFileError


def _note(part: Path, here: PartOf) -> None:
    try:
        part.unlink(missing_ok=True)
        partial_files.write(part, here)
    except OSError as error:
        raise _not_written(part, error) from error


def _append(
    response: http.client.HTTPResponse,
    part: Path,
    url: str,
    progress: OnBytes | None,
    cancel: threading.Event | None,
    *,
    total: int | None,
    resumed: bool,
) -> None:
    done = _size(part) if resumed else 0
    with part.open("ab" if resumed else "wb") as file:
        while True:
            if progress:
                progress(done, total)
            if cancel and cancel.is_set():
                raise CancelledError
            try:
                piece = response.read1(_CHUNK)
            except (OSError, http.client.HTTPException) as error:
                raise _unreachable(url, part, error) from error
            if not piece:
                break
            try:
                file.write(piece)
            except OSError as error:
                raise _not_written(part, error) from error
            done += len(piece)
    if total is not None and done < total:
        raise _unreachable(url, part, Reason("downloads.cut"))


def _refused(url: str, part: Path, error: urllib.error.HTTPError) -> DownloadError:
    if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        partial_files.forget(part)
        return ChecksumError("downloads.other_part", name=part.name, host=_host(url))
    if error.code in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return MissingError("downloads.missing", host=_host(url), url=url)
    return UnreachableError(
        "downloads.refused", host=_host(url), code=error.code, message=str(error.reason), url=url
    )


def _need_space(part: Path, missing: int) -> None:
    free = shutil.disk_usage(part.parent).free
    if missing > free:
        raise DownloadError(
            "downloads.space", path=str(part), needed=_megabytes(missing), free=_megabytes(free)
        )


def _not_written(part: Path, error: OSError) -> DownloadError:
    if error.errno == errno.ENOSPC:
        return DownloadError("downloads.full", path=str(part))
    return DownloadError("downloads.write", path=str(part), message=system_message(error))


def _unreachable(url: str, part: Path, error: Exception | Reason) -> UnreachableError:
    if isinstance(error, Reason):
        why = error
    else:
        message = str(error.reason if isinstance(error, urllib.error.URLError) else error)
        why = Reason("failures.technical", {"message": message})
    if kept := _size(part):
        return UnreachableError(
            "downloads.offline_kept",
            host=_host(url),
            why=why,
            size=_megabytes(kept),
            path=str(part),
        )
    return UnreachableError("downloads.offline", host=_host(url), why=why)


def _total(headers: Message) -> int | None:
    """The size after the slash of ``Content-Range: bytes */1234``."""
    _, _, total = headers.get("Content-Range", "").rpartition("/")
    return int(total) if total.isdigit() else None


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def _host(url: str) -> str:
    return urlsplit(url).netloc


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
