"""Asks the engine for photos in the background: by text, by likeness, by categories in the making.

One question of a kind is worked on at a time and only the newest waits: who types quickly gets the
answer to what was typed last.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.domain.facts import Photo
from photo_organizer.engine.domain.query import Field, Restriction, Words
from photo_organizer.engine.domain.results import Result
from photo_organizer.engine.domain.search_answer import SearchAnswer
from photo_organizer.engine.worker import Task
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.judging import Judging
from photo_organizer.ui.session.photos_elsewhere import PhotosElsewhere
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks

if TYPE_CHECKING:
    from photo_organizer.engine.categories.catalog import Category
    from photo_organizer.engine.judging.judge import Judge


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found."""

    question: str | tuple[int, ...]
    """A query in one line, or the photos that others are to be like."""
    found: SearchAnswer
    whole: bool = True
    """Whether the model was asked what photos show, too; else that comes in another answer."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What categories in the making would hold."""

    placed: Mapping[str, Sequence[int]]
    """Photo ids by category key."""
    known: Mapping[str, bool]
    """Of each keyword, whether the model can do anything with it."""


class PhotoFinder(QObject):
    """Finds photos among those shown; owned by the session."""

    answered = Signal(object)
    """The `Answer` to the newest question."""
    previewed = Signal(object)
    """The `Preview` of the newest categories."""
    busy_changed = Signal(bool)
    """A question is being worked on."""

    def __init__(
        self,
        choices: Choices,
        shown: ShownResult,
        judging: Judging,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._judging = judging
        self._elsewhere = PhotosElsewhere()
        self._met: set[tuple[str, str]] = set()
        """The words that models were asked, by the version of the model."""
        self._search = _Newest(tasks, self.busy_changed.emit)
        self._preview = _Newest(tasks)

    @property
    def reads_text(self) -> bool:
        """Whether the model of the photos shown reads free text."""
        judge = self._judging.judge
        return judge is not None and judge.matcher.understands_text

    @property
    def learned(self) -> Collection[str]:
        """The built-in categories that the model of the photos shown was taught by photos."""
        judge = self._judging.judge
        return judge.matcher.learned if judge is not None else ()

    @property
    def multilingual(self) -> bool:
        """Whether it reads other languages than English."""
        judge = self._judging.judge
        return judge is not None and judge.matcher.multilingual

    def search(self, text: str) -> None:
        """Find photos by a query, see `engine.browse.query_line`; `answered` tells.

        Where the model meets new words, which takes it a moment, what is written of photos comes
        first.
        """
        judge, photos, stars = self._judging.judge, self._shown.photos, self._shown.stars
        result, met, elsewhere = self._shown.result, self._met, self._elsewhere
        device = self._choices.preferences.device

        def work() -> Iterator[object]:
            from photo_organizer.engine.browse.query_line import parse
            from photo_organizer.engine.browse.search import Searched, find

            query = parse(text)
            restricted = {term.field for term in query.terms if isinstance(term, Restriction)}
            known = Searched(
                photos,
                categories=_categories(result) if Field.CATEGORY in restricted else None,
                stars=_stars(photos, stars) if Field.STARS in restricted else None,
            )
            if judge is None:
                yield Answer(text, find(query, known))
                return
            words = {term.text for term in query.terms if isinstance(term, Words)}
            asked = {(judge.matcher.version, each) for each in words}
            if judge.matcher.understands_text and not asked <= met:
                yield Answer(text, find(query, known), whole=False)
            _load_libraries(judge)
            matcher = judge.matcher
            seen = replace(
                known,
                facts=judge.facts,
                comparable=judge.comparable,
                matcher=matcher,
                embed=lambda photo: elsewhere.look(photo, matcher, device),
            )
            yield Answer(text, find(query, seen))
            met.update(asked)

        self._search.ask(work, self.answered.emit)

    def more_like(self, ids: Sequence[int]) -> None:
        """Find photos that are like others; `answered` tells."""
        judge, photos, asked = self._judging.judge, self._shown.photos, tuple(ids)

        def work() -> Iterator[object]:
            from photo_organizer.engine.browse import search as finding

            if judge is None:
                yield Answer(asked, SearchAnswer((), ()))
                return
            _load_libraries(judge)
            found = finding.more_like(
                asked,
                photos,
                comparable=judge.comparable,
                facts=judge.facts,
                matcher=judge.matcher,
            )
            yield Answer(asked, found)

        self._search.ask(work, self.answered.emit)

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._search.forget()

    def preview(self, categories: Sequence[Category], keywords: Sequence[str]) -> None:
        """See what categories would hold; `previewed` tells, where the library is known whole.

        Args:
            categories: in the making.
            keywords: of which to say whether the model can do anything with them.
        """
        judge = self._judging.judge
        if judge is None:
            return
        offered = [category for category in categories if not category.hidden]
        texts = tuple(keywords)
        thresholds = self._choices.thresholds
        protected = self._choices.preferences.protected

        def work() -> Iterator[object]:
            from photo_organizer.engine import paths
            from photo_organizer.engine.categories.keywords import readable
            from photo_organizer.engine.files.folder_names import every_name
            from photo_organizer.engine.storage.store import Store

            _load_libraries(judge)
            with Store(paths.store_path()) as store:
                decisions = replace(store.decisions(), protected=every_name(protected))
            placed = judge.place(offered, thresholds, decisions)
            matcher = judge.matcher
            known = {}
            for text in texts:
                words = readable([text], multilingual=matcher.multilingual)
                known[text] = any(matcher.knows(words))
            yield Preview(placed, known)

        self._preview.ask(work, self.previewed.emit)


def _categories(result: Result | None) -> Mapping[int, str] | None:
    """The category of each photo, by id; None while nobody has answered."""
    if result is None:
        return None
    return {photo: key for key, ids in result.categories.items() for photo in ids}


def _stars(photos: Mapping[int, Photo], given: Mapping[bytes, int]) -> Mapping[int, int]:
    """The stars of photos by id, from those by content."""
    return {i: stars for i, photo in photos.items() if (stars := given.get(photo.content_hash))}


Ask = Callable[[], Iterator[object]]
"""Answers a question, perhaps in part at first."""


class _Newest:
    """Works on one question at a time; of those that come meanwhile the last one is next."""

    def __init__(self, tasks: Tasks, busy: Callable[[bool], None] = lambda _: None) -> None:
        self._tasks = tasks
        self._busy = busy
        self._task: Task | None = None
        self._next: tuple[Ask, Callable[[object], None]] | None = None
        self._wanted = False

    def ask(self, work: Ask, answer: Callable[[object], None]) -> None:
        self._next = work, answer
        if self._task is None:
            self._busy(True)
            self._start()
        else:
            self._task.cancel()

    def forget(self) -> None:
        self._next = None
        self._wanted = False
        if self._task is not None:
            self._task.cancel()

    def _start(self) -> None:
        assert self._next is not None
        (work, answer), self._next = self._next, None
        self._wanted = True

        def run(cancel: threading.Event) -> Iterator[object]:
            for part in work():
                yield part
                if cancel.is_set():
                    return  # the parts that take longer need not be worked on

        def tell(found: object) -> None:
            if self._next is None and self._wanted:
                answer(found)

        self._task = self._tasks.start(run, tell, self._over)

    def _over(self) -> None:
        self._task = None
        if self._next is not None:
            self._start()
        else:
            self._busy(False)


def _load_libraries(judge: Judge) -> None:
    """Torch before anything that would wait for it, as in `analysis_request.run_analysis`."""
    if judge.matcher.understands_text:
        from photo_organizer.engine.encoders.devices import load_torch_libraries

        load_torch_libraries()
