"""Has files looked into by other processes; whatever a file does there costs that file alone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from photo_organizer.engine.analysis.channel import Stopped
from photo_organizer.engine.analysis.hands import File
from photo_organizer.engine.analysis.outcomes import Examined, Known, Outcome, Unreadable
from photo_organizer.engine.analysis.thumbnail_keeping import ThumbnailKeeping
from photo_organizer.engine.domain.dates import TakenDate
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import Exif, FileIdentity, UnreadableError
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.encoders.protocols import ImageEncoder
from photo_organizer.engine.files.beside_dates import BesideDates
from photo_organizer.engine.isolation.examination import Seen, Wanted
from photo_organizer.engine.isolation.pool import Looks, Pool
from photo_organizer.engine.isolation.process import EndedError, NoProcessError, NotExaminedError
from photo_organizer.engine.pixels.thumbnails import ThumbnailSink
from photo_organizer.engine.storage.store import Content

log = logging.getLogger(__name__)

TOGETHER = 8
"""Files that go to a process with one question, at most; each question wakes two programs."""

SMALL = 1024**2
"""Bytes that they have together, at most: of larger ones the question is the least part."""

KnownFacts = Callable[[Sequence[bytes]], Mapping[bytes, Known | Reason]]
"""See `Remembers.facts`."""


@dataclass(slots=True)
class _Look:
    """One file in the hands of a thread, and what is known of it so far."""

    identity: FileIdentity
    known_hash: bytes | None
    content_hash: bytes | None = None


class Looker:
    """Looks into files for the threads of one run.

    Args:
        processes: that do it.
        at_once: how many of them.
        encoder: waits for the encoder to be loaded.
        dates: what files say together; None: nobody asks for better dates.
        thumbnails: where to leave a thumbnail of each decoded photo.
        will_embed: told before the first photo that the network has to see.
    """

    def __init__(
        self,
        processes: Pool,
        at_once: int,
        encoder: Callable[[], ImageEncoder],
        dates: BesideDates | None,
        *,
        thumbnails: ThumbnailSink | None,
        will_embed: Callable[[], None],
    ) -> None:
        self.without_faces: Reason | None = None
        """Why faces cannot be looked for on this machine; None: they can, or nobody tried."""
        self._processes = processes
        # Threads that decode and threads that look for faces share so many processes.
        self._turns = threading.Semaphore(at_once)
        self._encoder = encoder
        self._dates = dates
        self._thumbnails = ThumbnailKeeping(thumbnails)
        self._will_embed = will_embed

    def look_into(self, files: Sequence[File], known: KnownFacts) -> list[Outcome]:
        """Look into files, small ones together: see `together`.

        Raises:
            Stopped: the processes are gone, the program ends.
        """
        if len(files) > 1:
            looks = [_Look(*file) for file in files]
            try:
                with self._turns, self._processes.borrowed() as process:
                    return self._look(process, known, looks)
            except EndedError as error:
                raise Stopped from error
            except (UnreadableError, NoProcessError, _PhotoError) as error:
                log.info("Looking into %s files one by one: %s", len(files), error)
        return [self._look_alone(_Look(*file), known) for file in files]

    def faces(self, identity: FileIdentity, content_hash: bytes) -> tuple[Face, ...] | None:
        """Look for the faces of one photo; what goes wrong costs its faces, nothing else.

        Raises:
            Stopped: the processes are gone, the program ends.
        """
        if self.without_faces is not None:
            return None
        try:
            with self._turns:
                found = self._processes.ask(lambda one: _faces_in(one, identity, content_hash))
        except EndedError as error:
            raise Stopped from error
        except NotExaminedError as error:
            log.warning("No faces are known of %s: %s", identity.path, error)
            # What crashes each time is not tried again.
            return () if error.lasting else None
        except UnreadableError as error:
            log.warning("No faces are known of %s: %s", identity.path, error)
            return None
        if isinstance(found, Reason):
            self.without_faces = found
            return None
        return found

    # ------------------------------------------------------------------ inside

    def _look_alone(self, look: _Look, known: KnownFacts) -> Outcome:
        """Look into one file; whatever it does to the decoder, it is one file's outcome."""
        try:
            with self._turns:
                (outcome,) = self._processes.ask(lambda one: self._look(one, known, [look]))
        except EndedError as error:
            raise Stopped from error
        except UnreadableError as error:
            return _unreadable(look, error)
        except _PhotoError as error:
            return _spoilt(look, error)
        return outcome

    def _look(self, process: Looks, known: KnownFacts, looks: Sequence[_Look]) -> list[Outcome]:
        """Read files; decode and measure those of which the content is not known already."""
        with _telling_of_the_photo():
            read = process.read_all([look.identity for look in looks])
        outcomes: dict[int, Outcome] = {}
        for place, (look, told) in enumerate(zip(looks, read, strict=True)):
            if isinstance(told, UnreadableError):
                outcomes[place] = _unreadable(look, told)
            else:
                look.content_hash = told
        new = [
            look.content_hash
            for look in looks
            if look.content_hash is not None and look.content_hash != look.known_hash
        ]
        facts = known(new) if new else {}
        for place, look in enumerate(looks):
            if look.content_hash is not None and (fact := facts.get(look.content_hash)):
                outcomes[place] = self._known(look.identity, look.content_hash, fact)
        places = [place for place in range(len(looks)) if place not in outcomes]
        if places:
            self._will_embed()
            encoder = self._encoder()
            preparing = encoder.preparing
            wanted = Wanted(preparing, thumbnail=self._thumbnails.wanted)
            with _telling_of_the_photo():
                examined = process.examine(places, wanted)
            for place, seen in zip(places, examined, strict=True):
                outcomes[place] = self._outcome(looks[place], seen, encoder)
        return [outcomes[place] for place in range(len(looks))]

    def _outcome(self, look: _Look, seen: Seen | UnreadableError, encoder: ImageEncoder) -> Outcome:
        if isinstance(seen, UnreadableError):
            return _unreadable(look, seen)
        try:
            with _telling_of_the_photo():
                return self._examined(look, seen, encoder)
        except _PhotoError as error:
            return _spoilt(look, error)

    def _examined(self, look: _Look, seen: Seen, encoder: ImageEncoder) -> Examined:
        prepared = seen.prepared
        if prepared is None:
            assert seen.picture is not None
            prepared = encoder.prepare(seen.picture)
        if not prepared.flags.owndata:
            prepared = prepared.copy()  # the next photo comes to the same place
        found, content_hash = seen.found, look.content_hash
        assert content_hash is not None
        content = Content(
            content_hash,
            found.format,
            found.width,
            found.height,
            found.exif,
            found.measures,
            found.fingerprint,
            found.holdings,
        )
        if found.thumbnail:
            self._thumbnails.keep(content_hash, found.thumbnail)
        date = self._better_date(look.identity, found.exif)
        return Examined(
            look.identity, content_hash, content, date, prepared=prepared, new_content=True
        )

    def _known(self, identity: FileIdentity, content_hash: bytes, known: Known | Reason) -> Outcome:
        """What becomes of a new file of which the content is known."""
        if isinstance(known, Reason):
            return Unreadable(identity, known, content_hash, is_new=True)
        date = self._better_date(identity, known.content.exif)
        return Examined(
            identity, content_hash, known.content, date, known.vector, faces=known.faces
        )

    def _better_date(self, identity: FileIdentity, exif: Exif) -> TakenDate | None:
        return self._dates.better_date(identity.path, exif) if self._dates else None


def together(files: Sequence[File]) -> Iterator[list[File]]:
    """Files in parts that go to a process with one question."""
    part: list[File] = []
    size = 0
    for file in files:
        size += file[0].size
        if part and size > SMALL:
            yield part
            part, size = [], file[0].size
        part.append(file)
    if part:
        yield part


def _unreadable(look: _Look, error: UnreadableError) -> Unreadable:
    if isinstance(error, NotExaminedError):
        return Unreadable(look.identity, error.reason, look.content_hash, is_new=error.lasting)
    return Unreadable(look.identity, error.reason)


def _spoilt(look: _Look, error: _PhotoError) -> Unreadable:
    log.error("Cannot analyse %s", look.identity.path, exc_info=error)
    return Unreadable(look.identity, failed(error.__cause__), look.content_hash)


def _faces_in(
    process: Looks, identity: FileIdentity, content_hash: bytes
) -> tuple[Face, ...] | Reason | None:
    """The faces of a photo; None where the file holds something else by now."""
    if process.read(identity) != content_hash:
        return None
    return process.faces()


class _PhotoError(Exception):
    """Something that nobody foresaw, and that has to do with one photo: the cause says what."""


@contextmanager
def _telling_of_the_photo() -> Iterator[None]:
    """Within this, any error is one photo's."""
    try:
        yield
    except (UnreadableError, EndedError, NoProcessError):
        raise
    except Exception as error:
        raise _PhotoError from error


def failed(error: BaseException | None) -> Reason:
    """Why a photo could not be analysed, when nobody foresaw it."""
    if isinstance(error, MemoryError):
        return Reason("files.memory")
    return Reason("files.failed", {"message": str(error) or type(error).__name__})
