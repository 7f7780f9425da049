"""Makes outcomes of what other computers answer, for the one writer of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

from photo_organizer.engine.analysis.hands import Faceless, Task
from photo_organizer.engine.analysis.outcomes import (
    Examined,
    Known,
    LookedThrough,
    Outcome,
    Unreadable,
)
from photo_organizer.engine.analysis.remembered import Remembers
from photo_organizer.engine.analysis.stages import awaiting_faces
from photo_organizer.engine.analysis.thumbnail_keeping import ThumbnailKeeping
from photo_organizer.engine.cluster.ledger import Job, Parcel, Settled
from photo_organizer.engine.cluster.messages import Answer
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.files.beside_dates import BesideDates


class Answers:
    """Goes through answers; several threads may do that at a time.

    Args:
        task: of the run.
        memory: opens what is known already.
        dates: what lies beside the files tells of them.
    """

    def __init__(
        self,
        task: Task,
        memory: Callable[[], AbstractContextManager[Remembers]],
        dates: BesideDates,
    ) -> None:
        self._task = task
        self._memory = memory
        self._dates = dates
        self._thumbnails = ThumbnailKeeping(task.thumbnails)

    def outcomes(self, parcel: Parcel, answer: Answer) -> tuple[list[Outcome], Settled]:
        """The lasting outcomes, and what becomes of the rest.

        Identities are those of the files here, and so are the dates that lie beside them. Of each
        photo that awaits its faces these follow at once, or it is among `Settled.faceless` or
        `Settled.for_home`.
        """
        settled = Settled()
        found: list[Outcome] = []
        rows = dict(zip(answer.contents, answer.vectors, strict=True))
        measured = {one.content_hash: place for place, one in answer.contents.items()}
        known = self._known([one for one in answer.same.values() if one not in measured])
        unseen = set(answer.unseen)
        for place, job in enumerate(parcel.files):
            if place in answer.contents:
                content = answer.contents[place]
                new = Known(content, rows[place], None)
                found.append(replace(self._photo(job, new), new_content=True, new_vector=True))
            elif (same := answer.same.get(place)) in measured:
                twin = measured[same]
                found.append(self._photo(job, Known(answer.contents[twin], rows[twin], None)))
            elif same is not None and (fact := known.get(same)) is not None:
                found.append(self._remembered(job, same, fact))
            elif unread := answer.unread.get(place):
                found.append(
                    Unreadable(job.file[0], unread.reason, unread.content_hash, is_new=True)
                )
            elif place in unseen:
                settled.unseen.append(job)
            else:
                settled.again.append(job)
        for content_hash, thumbnail in answer.thumbnails.items():
            self._thumbnails.keep(content_hash, thumbnail)
        outcomes = self._with_faces(found, answer, settled)
        outcomes += self._looked_through(parcel.faceless, answer, settled)
        return outcomes, settled

    def _photo(self, job: Job, known: Known) -> Examined:
        identity, content = job.file[0], known.content
        date = self._dates.better_date(identity.path, content.exif)
        return Examined(
            identity, content.content_hash, content, date, known.vector, faces=known.faces
        )

    def _remembered(self, job: Job, content_hash: bytes, fact: Known | Reason) -> Outcome:
        if isinstance(fact, Reason):
            return Unreadable(job.file[0], fact, content_hash, is_new=True)
        return self._photo(job, fact)

    def _known(self, hashes: Sequence[bytes]) -> Mapping[bytes, Known | Reason]:
        if not hashes:
            return {}
        with self._memory() as memory:
            return memory.facts(hashes)

    def _with_faces(
        self, found: Sequence[Outcome], answer: Answer, settled: Settled
    ) -> list[Outcome]:
        """The outcomes, each photo that was looked through followed by its faces."""
        if not self._task.faces:
            return list(found)
        failed, awaiting = set(answer.faceless), set(answer.awaiting)
        told: list[Outcome] = []
        asked: list[Outcome] = []
        for one in found:
            if not isinstance(one, Examined) or one.faces is not None:
                told.append(one)
            elif one.content_hash in answer.faces:
                told.append(replace(one, awaits_faces=True))
                told.append(LookedThrough(one.content_hash, answer.faces[one.content_hash]))
            elif one.content_hash in failed:
                told.append(replace(one, awaits_faces=True))
                photo: Faceless = (one.identity, one.content_hash)
                settled.for_home.append(Job(photo, is_faceless=True))
            elif one.content_hash in awaiting:
                told.append(replace(one, awaits_faces=True))
                settled.faceless.append((one.identity, one.content_hash))
            elif one.new_vector and answer.without_faces is None:
                told.append(one)  # nobody seems to be in it
            else:
                asked.append(one)
        gated, faceless = awaiting_faces(asked, self._task.encoder)
        settled.faceless += faceless
        return told + gated

    def _looked_through(
        self, jobs: Sequence[Job], answer: Answer, settled: Settled
    ) -> list[Outcome]:
        """The faces of photos of which only these were missing."""
        found: list[Outcome] = []
        failed = set(answer.faceless)
        for job in jobs:
            content_hash = job.file[1]
            assert content_hash is not None
            if content_hash in answer.faces:
                found.append(LookedThrough(content_hash, answer.faces[content_hash]))
            elif content_hash in failed:
                settled.for_home.append(job)
            else:
                settled.again.append(job)
        return found
