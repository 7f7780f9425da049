"""The whole run: folders in, all four answers out, as a generator of events."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from photo_organizer.engine import paths
from photo_organizer.engine.analysis import priority
from photo_organizer.engine.analysis.channel import Stopped
from photo_organizer.engine.analysis.events import (
    Cancelled,
    Event,
    Finished,
    Listed,
    Partial,
    Progress,
    Stage,
)
from photo_organizer.engine.analysis.hands import Computers
from photo_organizer.engine.analysis.late_faces import LateFaces, those_with_faces
from photo_organizer.engine.analysis.outcomes import (
    FACES_VERSION,
    PICTURE_VERSION,
    Examined,
    LookedThrough,
    Outcome,
)
from photo_organizer.engine.analysis.pause import PauseSwitch
from photo_organizer.engine.analysis.pipeline import Pipeline
from photo_organizer.engine.analysis.store_outcome import store_outcome
from photo_organizer.engine.analysis.time_left import Pace, ToLook, compared, to_the_end
from photo_organizer.engine.categories.catalog import load_categories
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.faces import Face
from photo_organizer.engine.domain.facts import FileIdentity, Photo
from photo_organizer.engine.domain.keeper_criteria import Order
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.preferences import AUTO, Preferences
from photo_organizer.engine.domain.reasons import Reason
from photo_organizer.engine.domain.results import EVERY_FLOW, Flow, Result, Skipped
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.encoders.chosen_heads import open_head
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.errors import ModelError
from photo_organizer.engine.encoders.offered_models import STARTER
from photo_organizer.engine.encoders.opening import stand_in
from photo_organizer.engine.encoders.protocols import Encoder, ImageEncoder, Matcher
from photo_organizer.engine.encoders.remote_names import is_remote
from photo_organizer.engine.encoders.remote_service import AT_ONCE
from photo_organizer.engine.files import photo_files
from photo_organizer.engine.files.folder_names import every_name
from photo_organizer.engine.judging.judging_progress import JudgingProgress
from photo_organizer.engine.pixels.thumbnails import ThumbnailCache
from photo_organizer.engine.proving.opening import instead_of, open_encoder, prove_first
from photo_organizer.engine.proving.remote import open_remote
from photo_organizer.engine.storage import backups
from photo_organizer.engine.storage.evidence import StoredEvidence
from photo_organizer.engine.storage.face_removal import remove_faces
from photo_organizer.engine.storage.store import (
    Store,
    StoredTexts,
    StoredVectors,
    build_facts,
    with_facts,
)

if TYPE_CHECKING:
    from photo_organizer.engine.duplicates.evidence_store import EvidenceStore
    from photo_organizer.engine.judging.judge import Judge, Recall

TICK = 0.1
"""Seconds between two looks at the cancel flag and two progress events."""

LAST_PHOTO = 0.25
"""Seconds that threads are given to finish what is in their hands when a run ends early; one that
loads a library or unpacks a giant takes longer, ends by itself, and its work is dropped."""

LAST_ANSWERS = 0.3
"""Seconds that other computers are given to hand in what they have when a run is stopped."""

FIRST_PARTIAL = 1.0
"""Seconds of work before the first partial result; later ones come ever more rarely."""

FEW = 0.02
"""The share of the photos that are waited for: judging without them would be judging twice."""

LIST_AGAIN, LIST_MORE = 5.0, 0.25
"""Photos are listed again after so many seconds, or when they are more by this share."""

AT_STOP = 2000
"""Photos up to which a run that is stopped hands all facts over to be judged. Of more it hands over
those that were judged already: who stops a run waits for nothing."""

PARTIAL_SHARE = 10
"""A partial result is made after this many times the seconds that the last one took."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to analyse, and how."""

    folders: tuple[Path, ...]
    absent: tuple[Path, ...] = ()
    """Folders that are not there at present: what earlier runs found in them is answered again."""
    recursive: bool = True
    excluded: tuple[Path, ...] = ()
    """Folders left out."""
    protected: tuple[Path, ...] = ()
    """Folders whose photos are never pre-selected for the trash."""
    sidecars: bool = True
    """Clean-ups carry over what only a copy says: see `Decisions.carries`."""
    keep_from: tuple[Path, ...] = ()
    """Folders whose photos stay rather than copies elsewhere."""
    model: str = AUTO
    device: str = AUTO
    jobs: int | None = None
    """Threads that decode; None means one a core."""
    categories_file: Path | None = None
    """None means the user's own list, see `catalog.load_own`."""
    thresholds: Thresholds = field(default_factory=Thresholds)
    order: Order | None = None
    """Criteria that choose keepers; None means the shipped ones."""
    faces: bool = True
    """Look for faces; False: and remove what is stored of any."""
    wanted: frozenset[Flow] = EVERY_FLOW
    """The answers that are given; what only the others need is not computed. None: what is asked
    for are the facts, which `Finished.judge` has."""
    use_cache: bool = True
    """False: a store of its own that is gone afterwards."""
    thumbnails: ThumbnailCache | None = None
    """Where to leave thumbnails of the photos decoded."""
    partial_results: bool = True

    @classmethod
    def following(cls, chosen: Preferences, folders: Sequence[Path]) -> Options:
        """What to analyse in folders when people chose so; the rest is as usual."""
        return cls(
            folders=tuple(folders),
            excluded=chosen.excluded,
            protected=chosen.protected,
            keep_from=chosen.keep_from,
            sidecars=chosen.sidecars,
            model=chosen.model,
            device=chosen.device,
            thresholds=chosen.thresholds,
            order=chosen.order,
            faces=chosen.faces,
        )


def analyze(
    options: Options,
    cancel: threading.Event,
    pause: PauseSwitch | None = None,
    computers: Computers | None = None,
) -> Iterator[Event]:
    """Analyse folders of photos; nothing in them is changed.

    Args:
        options: what to analyse, and how.
        cancel: ends the run soon after it is set, also a paused one.
        pause: the run pauses while it is paused; threads finish the photos in their hands first.
        computers: others that look into photos for this one; None: this one works alone.

    Yields:
        `Progress` about ten times a second, `Skipped` for each file left out, `Listed` photos as
        soon as they are known, `Partial` results while photos still come in; at the end `Finished`,
        or `Cancelled` within half a second after `cancel` is set. What was measured until then is
        kept for the next run.

    Raises:
        FolderError: a folder does not exist or is not a folder.
        StoreError: the store cannot be used.
        ModelError: the model is unknown, not installed or not usable, or it is one of a service,
            which other computers do not ask.
        CategoryFileError: the category file cannot be used.
    """
    load_categories(options.categories_file)  # a wrong file is told before hours of work
    if computers is not None and is_remote(options.model):
        # Who agreed to what leaves this computer did so for this one alone.
        raise ModelError("services.with_computers")
    files = photo_files.walk(
        options.folders, recursive=options.recursive, excluded=options.excluded
    )
    with ExitStack() as stack:
        if options.use_cache:
            store_path = paths.store_path()
        else:
            folder = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="photo-organizer-", ignore_cleanup_errors=True)
            )
            store_path = Path(folder) / "library.sqlite"
        yield from stack.enter_context(
            _Run(options, files, store_path, cancel, pause or PauseSwitch(), computers=computers)
        ).events()


class _Run:
    """One run: owns the threads, the only writing store and everything known so far."""

    def __init__(
        self,
        options: Options,
        files: Iterator[FileIdentity | Skipped],
        store_path: Path,
        cancel: threading.Event,
        pause: PauseSwitch,
        *,
        computers: Computers | None = None,
    ) -> None:
        self._options = options
        self._computers = computers
        self._cancel = cancel
        self._pause = pause
        self._store = Store(store_path)
        # Which of two duplicates stays depends on faces; in other photos nobody asks for them.
        self._faces_late = options.faces and options.wanted <= {Flow.DUPLICATES}
        self._jobs = jobs = options.jobs or os.cpu_count() or 1
        # One worker each: loading the encoder, and judging partial results.
        self._loader = ThreadPoolExecutor(1, "load", priority.follow())
        self._judges = ThreadPoolExecutor(1, "judge", priority.follow())
        self._checking = False
        self._model: Future[_Model] = self._loader.submit(self._open_model)
        self._pipeline = Pipeline(
            files,
            store_path,
            self._images,
            is_loaded=self._model.done,
            decoders=jobs,
            # Who waits for another computer needs no core.
            embedders=max(jobs, AT_ONCE) if is_remote(options.model) else jobs,
            thumbnails=options.thumbnails,
            pause=pause,
            faces=options.faces and not self._faces_late,
            computers=computers,
            absent=options.absent,
        )
        if not options.faces:
            remove_faces(self._store)
        self._known: list[tuple[Photo, Examined]] = []
        self._faces: dict[bytes, tuple[Face, ...]] = {}
        self._awaiting = 0
        """Photos of which nothing but the faces is missing."""
        self._skipped: list[Skipped] = []
        self._answered: Judge | None = None
        """Whose answers were told last."""
        self._kept = 0
        self._faces_found = 0
        self._faces_asked = 0
        self._listed: dict[int, Photo] = {}
        self._listed_before = 0
        self._told_list: tuple[float, int] = (0.0, 0)
        """When the photos were listed last, and how many they were."""
        self._judgements: list[JudgingProgress] = []
        self._measuring = Pace()
        self._looking = Pace()
        self._started = time.monotonic()

    def __enter__(self) -> _Run:
        self._pipeline.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pipeline.stop()
        self._pipeline.join(LAST_PHOTO)
        self._loader.shutdown(wait=False, cancel_futures=True)
        self._judges.shutdown(wait=False, cancel_futures=True)
        self._store.__exit__(kind, error, trace)

    def events(self) -> Iterator[Event]:
        """The run's events; see `analyze`."""
        partial: Future[Judged] | None = None
        next_partial = self._started + FIRST_PARTIAL
        asked = 0.0
        judged = 0
        while not self._pipeline.outcomes.ended or self._cancel.is_set():
            if self._cancel.is_set():
                yield from self._handed_in()
                yield from self._list_more(now=True)
                yield self._cancelled()
                return
            self._raise_failure()
            yield from self._receive()
            now = time.monotonic()
            yield from self._list_more()
            yield self._progress(self._stage())
            if partial is not None and partial.done():
                self._answered = partial.result().judge
                yield Partial(partial.result().result)
                next_partial = now + max(FIRST_PARTIAL, PARTIAL_SHARE * (now - asked))
                partial = None
            due = partial is None and now >= next_partial and self._is_worth_a_partial
            if self._options.partial_results and due:
                known = len(self._known) + len(self._faces)
                if known > judged:
                    asked, judged, partial = now, known, self._judge()
                else:
                    next_partial = now + TICK
        self._raise_failure()  # one of the last thread ends the outcomes before it is met
        yield from self._list_more(now=True)
        judge = self._judge()
        while not wait([judge], TICK).done:
            if self._cancel.is_set():
                yield self._cancelled()
                return
            yield self._judging_progress()
        finished = judge.result()
        if self._faces_late and self._known and self._options.wanted:
            for event in self._look_for_faces(finished.judge):
                if self._cancel.is_set():
                    yield self._cancelled()
                    return
                yield event
            finished = self._judged_again(finished.judge)
        decoded = sum(e.new_content or e.new_vector for _, e in self._known)
        measured = sum(e.new_content or e.new_vector or e.awaits_faces for _, e in self._known)
        timing = {
            "seconds": round(time.monotonic() - self._started, 2),
            "photos": len(self._known),
            "measured": measured,
        }
        result = finished.result
        if decoded:
            # Asking where it computes would load torch in a run that needed none.
            images = self._images()
            model = {**result.model, "device": images.device, "dtype": images.dtype}
            result = replace(result, model=model)
        backups.keep(self._store.connection, self._store.path)
        yield Finished(replace(result, timing=timing), finished.judge)

    @property
    def _is_worth_a_partial(self) -> bool:
        """Whether so much is still missing that nobody shall wait for it.

        A known library, be it with some new photos, is judged once.
        """
        missing = self._pipeline.unknown + self._awaiting
        return missing > FEW * max(self._pipeline.found, 1)

    def _raise_failure(self) -> None:
        failure = self._pipeline.failure
        # A check of the model that was stopped is met as what it is: a run that was stopped.
        if failure is not None and not isinstance(failure, CancelledError):
            raise failure

    @property
    def _done(self) -> int:
        return len(self._known) + len(self._skipped) - self._awaiting

    def _stage(self) -> Stage:
        """What is done until all facts are known."""
        if not self._model.done():
            return Stage.CHECKING if self._checking else Stage.LOADING
        looks = self._looks
        if looks.unmeasured:
            return Stage.ANALYSING
        return Stage.FACES if looks.faces_awaited else Stage.READING

    @property
    def _looks(self) -> ToLook:
        measured = max(0, self._kept - self._pipeline.passed)
        return ToLook(
            measured,
            max(0, self._pipeline.unknown - measured),
            self._faces_found,
            self._awaiting,
            self._faces_asked,
        )

    def _progress(self, stage: Stage) -> Progress:
        paused = self._pause.paused
        if paused:
            self._measuring.forget()
            self._looking.forget()
        looks = self._looks
        rate, looking = self._measuring.rate(looks.measured), self._looking.rate(looks.done)
        total = max(self._pipeline.found, self._done)
        left = None
        if not (self._pipeline.scanning or paused):
            left = to_the_end(looks.left, looking, total, self._judgements)
        return Progress(
            stage,
            self._done,
            total,
            self._pipeline.scanning,
            rate,
            left,
            paused=paused,
            cluster=self._computers.cluster if self._computers else None,
        )

    def _judging_progress(self) -> Progress:
        """All facts are known: the last judgement, and whichever it waits for."""
        *_, final = self._judgements
        running = [one for one in self._judgements if not one.ended]
        share = compared(running or [final])
        return Progress(
            Stage.JUDGING if share is None else Stage.COMPARING,
            self._done,
            max(self._pipeline.found, self._done),
            scanning=False,
            rate=0.0,
            seconds_left=to_the_end(0.0, 0.0, final.photos, self._judgements),
            compared=share,
        )

    def _list_more(self, *, now: bool = False) -> Iterator[Listed]:
        """List what is known, where that is much more than before, or some time has passed."""
        known = self._pipeline.listed
        for photo in known[self._listed_before :]:
            self._listed.setdefault(photo.id, photo)
            self._listed_before += 1
        at, count = self._told_list
        more = len(self._listed) - count
        due = time.monotonic() - at > LIST_AGAIN or more > LIST_MORE * count
        if self._options.partial_results and more and (due or now):
            self._told_list = time.monotonic(), len(self._listed)
            yield Listed(PhotoDict(dict(self._listed)))

    def _receive(self) -> Iterator[Skipped]:
        """Take what the pipeline finished, remember it in one transaction, tell of skips."""
        try:
            outcomes = self._pipeline.outcomes.take(512, least=512, timeout=TICK)
        except Stopped:
            return
        with self._store.batch():
            skipped = [s for outcome in outcomes if (s := self._keep(outcome)) is not None]
        self._skipped.extend(skipped)
        yield from skipped

    def _handed_in(self) -> Iterator[Skipped]:
        """What other computers hand in at once when a run is stopped; the rest of it is lost."""
        if self._computers is None:
            return
        self._pause.pause()
        end = time.monotonic() + LAST_ANSWERS
        while time.monotonic() < end and not self._pipeline.outcomes.ended:
            yield from self._receive()

    def _keep(self, outcome: Outcome) -> Skipped | None:
        if isinstance(outcome, LookedThrough):
            self._awaiting -= 1
            self._faces_found += 1
            if outcome.faces is not None:
                self._faces[outcome.content_hash] = outcome.faces
                self._store.add_faces(outcome.content_hash, outcome.faces, FACES_VERSION)
            return None
        self._kept += not isinstance(outcome, Skipped)
        kept = store_outcome(self._store, self._images, outcome)
        if isinstance(kept, Skipped):
            return kept
        if isinstance(outcome, Examined):
            self._listed[kept.id] = with_facts(kept, outcome.content)
            self._awaiting += outcome.awaits_faces
            self._faces_asked += outcome.awaits_faces and outcome.new_vector
            if outcome.faces is not None:
                self._faces[outcome.content_hash] = outcome.faces
            self._known.append((kept, outcome))
        return None

    def _open_model(self) -> _Model:
        options = self._options
        why = stand_in(options.model)
        name = STARTER if why else options.model
        encoder: Encoder
        if is_remote(name):
            encoder = open_remote(name, on_check=self._on_check, cancel=self._cancel)
        else:
            prove_first(name, options.device, on_check=self._on_check, cancel=self._cancel)
            encoder = open_encoder(name, options.device)
        encoder.texts = StoredTexts(self._store.path, encoder.name, encoder.version)
        why = why or instead_of(name, encoder, options.device)
        return _Model(images=encoder, matcher=encoder, stand_in=why)

    def _on_check(self, done: int, total: int) -> None:
        self._checking = done < total

    def _images(self) -> ImageEncoder:
        """The encoder, once it is loaded."""
        return self._model.result().images

    def _cancelled(self) -> Cancelled:
        """What is handed over when the run is stopped."""
        judge = self._answered
        loaded = self._model.done() and self._model.exception() is None
        if loaded and 0 < len(self._known) <= AT_STOP:
            judge = self._to_judge().judge()
        # Whether their faces are known or not: these photos are listed.
        done = len(self._known) + len(self._skipped)
        total = 0 if self._pipeline.scanning else max(self._pipeline.found, done)
        return Cancelled(done, total, judge)

    def _look_for_faces(self, judge: Judge) -> Iterator[Progress]:
        """Look for faces where they matter, and let the judge know of them."""
        options = self._options
        alike = judge.alike(options.thresholds, self._decisions())
        known = self._store.faces([photo.content_hash for photo in alike], FACES_VERSION)
        missing = [photo for photo in alike if photo.content_hash not in known]
        vectors = {e.content_hash: e.vector for _, e in self._known if e.vector is not None}
        self._faces |= known
        wanted = those_with_faces(missing, vectors, self._images())
        self._awaiting += len(wanted)
        self._faces_asked += len(wanted)
        late = LateFaces(wanted, self._pipeline.looker, self._jobs, self._pause)
        try:
            for found in late.found(TICK):
                with self._store.batch():
                    for one in found:
                        self._keep(one)
                yield self._progress(Stage.FACES)
        finally:
            late.stop()
        judge.learn_faces(self._faces, self._pipeline.without_faces)

    def _judged_again(self, judge: Judge) -> Judged:
        options = self._options
        result = judge.judge(options.thresholds, self._decisions(), options.order)
        return Judged(result, judge)

    def _judge(self) -> Future[Judged]:
        """Judge everything known so far on the judging thread."""
        to_judge = self._to_judge()
        self._judgements.append(to_judge.progress)
        return self._judges.submit(to_judge.judged)

    @property
    def _library(self) -> tuple[Path, ...]:
        """The folders asked about, those that are away too."""
        return (*self._options.folders, *self._options.absent)

    def _decisions(self) -> Decisions:
        options = self._options
        return replace(
            self._store.decisions(),
            protected=every_name(options.protected, self._library),
            keep_from=every_name(options.keep_from, self._library),
            carries=options.sidecars,
        )

    def _to_judge(self) -> _ToJudge:
        """Everything known so far."""
        # Sorted by path: threads finish in any order, answers must not depend on it.
        known = sorted(self._known, key=lambda pair: pair[0].path)
        skipped = sorted(self._skipped, key=lambda s: s.path)
        matcher = self._model.result().matcher
        # A store of the run's own is gone when judging again asks for it.
        recall = (
            StoredVectors(self._store.path, matcher.name, matcher.version, matcher.dimension)
            if self._options.use_cache
            else None
        )
        remembered = (
            StoredEvidence(
                self._store.path, self._library, PICTURE_VERSION, (matcher.name, matcher.version)
            )
            if self._options.use_cache
            else None
        )
        return _ToJudge(
            known,
            skipped,
            matcher,
            self._options,
            self._decisions(),
            recall,
            remembered,
            dict(self._faces),
            self._pipeline.without_faces,
            self._model.result().stand_in,
            JudgingProgress(len(known)),
        )


@dataclass(frozen=True, slots=True)
class _Model:
    """The two halves of the model in use; they need not be one object, nor on one machine."""

    images: ImageEncoder
    matcher: Matcher
    stand_in: Reason | None = None
    """Why it is the starter, and not the model that was asked for."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A result and who can judge the same facts again."""

    result: Result
    judge: Judge


@dataclass(frozen=True, slots=True)
class _ToJudge:
    """What is known of the photos, and by what they are judged."""

    known: Sequence[tuple[Photo, Examined]]
    skipped: Sequence[Skipped]
    matcher: Matcher
    options: Options
    decisions: Decisions
    recall: Recall | None
    remembered: EvidenceStore | None
    faces: Mapping[bytes, tuple[Face, ...]]
    without_faces: Reason | None
    stand_in: Reason | None
    progress: JudgingProgress

    def judge(self) -> Judge:
        """Who can judge it; nothing is judged yet."""
        # Imported here: the first photos are looked at before anything is judged.
        from photo_organizer.engine.judging.judge import Judge

        rows = [(p, e.content, e.vector) for p, e in self.known if e.vector is not None]
        options = self.options
        return Judge(
            build_facts(rows, self.faces),
            self.skipped,
            self.matcher,
            offered=load_categories(options.categories_file),
            head=open_head(self.matcher.name),
            recall=self.recall,
            remembered=self.remembered,
            library=(*options.folders, *options.absent),
            without_faces=self.without_faces,
            wanted=options.wanted,
            stand_in=self.stand_in,
            progress=self.progress,
        )

    def judged(self) -> Judged:
        """The answers, and who gave them."""
        judge, options = self.judge(), self.options
        return Judged(judge.judge(options.thresholds, self.decisions, options.order), judge)
