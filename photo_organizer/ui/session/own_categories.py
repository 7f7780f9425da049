"""The user's categories in the window: the list, and photos moved by hand.

The list is one file for all libraries (see `photo_organizer.engine.categories.catalog`), read and
written in the background. Photos are moved by content, seen at once, and are examples for others
from then on.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from photo_organizer.engine.categories import catalog
from photo_organizer.engine.categories.catalog import LANGUAGES, Category
from photo_organizer.engine.domain.operations import Deed
from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.engine.domain.steps import (
    Alike,
    ContentKeys,
    Step,
    Steps,
    Subject,
    Value,
    Values,
    contents_of,
)
from photo_organizer.ui.session.choices import Choices
from photo_organizer.ui.session.history import History
from photo_organizer.ui.session.judging import Judging
from photo_organizer.ui.session.shown_result import ShownResult
from photo_organizer.ui.session.tasks import Tasks
from photo_organizer.ui.session.write_queue import WriteQueue
from photo_organizer.ui.words.names import call_categories, category_name


class OwnCategories(QObject):
    """The categories there are, and which photos the user moved; owned by the session."""

    changed = Signal()
    """Other categories, or other names."""
    message = Signal(str)
    """One sentence for the user."""

    def __init__(
        self,
        *,
        choices: Choices,
        shown: ShownResult,
        writes: WriteQueue,
        judging: Judging,
        history: History,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._shown = shown
        self._writes = writes
        self._judging = judging
        self._history = history
        history.follow(Subject.CATEGORIES, self._turn_list)
        history.follow(Subject.CATEGORY, self._turn)
        self._tasks = tasks
        self._list: list[Category] = catalog.built_in()
        self._loaded = False

    @property
    def all(self) -> Sequence[Category]:
        """All categories in their order, hidden ones too."""
        return self._list

    @property
    def shown(self) -> list[Category]:
        """Those that are not hidden."""
        return [category for category in self._list if not category.hidden]

    def load(self) -> None:
        """Read the user's list in the background, once."""
        if self._loaded:
            return
        self._loaded = True

        def work(_cancel: threading.Event) -> Iterator[object]:
            yield catalog.load_own()

        self._tasks.start(work, self._take)

    def save(
        self,
        categories: Sequence[Category],
        deed: Deed = Deed.EDIT_CATEGORIES,
        detail: str = "",
    ) -> None:
        """Make these the user's categories: remembered, and the photos follow soon.

        Args:
            categories: all, in their order.
            deed: what the person did.
            detail: see `Deed`.
        """
        before, after = catalog.text_of(self._list), catalog.text_of(categories)
        self._keep(categories)
        self._history.record(
            deed,
            [Step(Subject.CATEGORIES, "", before, after)],
            detail=detail,
            everywhere=True,
        )

    def _keep(self, categories: Sequence[Category]) -> None:
        self._loaded = True
        before, kept = tuple(self._list), tuple(categories)
        self._take(categories)
        # A file of its own, and yet in the queue: the later list is never overtaken by the earlier.
        self._writes.add(lambda _store: catalog.save_own(kept, before))
        self._judging.offer(self.shown)

    def _turn_list(self, lists: Values) -> None:
        """The list of categories that the history brings back."""
        for text in lists.values():
            self._keep(catalog.of_text(str(text)))

    def add(self, name: str) -> str:
        """Add a category about its name at the end, or show a hidden one again; its key.

        A category that is called so already is taken as it is.

        Args:
            name: not empty.
        """
        name = " ".join(name.split())
        language = self._choices.language
        for known in self._list:
            if name.casefold() in (known.key.casefold(), known.name(language).casefold()):
                if known.hidden:
                    shown = [replace(c, hidden=False) if c is known else c for c in self._list]
                    self.save(shown, Deed.ADD_CATEGORY, known.name(language))
                return known.key
        key = catalog.key_for(name, self._list)
        added = Category(key, dict.fromkeys(LANGUAGES, name), (name,))
        self.save([*self._list, added], Deed.ADD_CATEGORY, name)
        return key

    def hide(self, key: str) -> None:
        """Do not sort into a category any more; the editor brings it back."""
        hidden = [replace(c, hidden=True) if c.key == key else c for c in self._list]
        self.save(hidden, Deed.HIDE_CATEGORY, category_name(key, self._choices.language))

    def _take(self, categories: Sequence[Category]) -> None:
        self._list = list(categories)
        call_categories({category.key: category.names for category in self._list})
        self.changed.emit()

    # ------------------------------------------------------------------ moving photos

    def move(self, ids: Iterable[int], key: str) -> None:
        """Put photos into a category by hand; photos that are like them follow soon."""
        photos = self._shown.photos
        moved = [i for i in ids if i in photos]
        if not moved:
            return
        steps = self._steps(moved, (key, key))
        self._shown.amend(lambda result: with_moved(result, moved, key))
        self._history.record(Deed.MOVE, steps, count=len(moved), detail=key)
        name = category_name(key, self._choices.language)
        self.message.emit(self.tr("%Ln photos are in {} now.", "", len(moved)).format(name))

    def release(self, ids: Iterable[int]) -> None:
        """Let the program choose the category of photos again."""
        result = self._shown.result
        moved = [i for i in ids if result is not None and i in result.by_hand]
        if not moved:
            return
        steps = self._steps(moved, None)
        self._shown.amend(lambda result: replace(result, by_hand=result.by_hand - frozenset(moved)))
        self._history.record(Deed.RELEASE, steps, count=len(moved))
        self.message.emit(
            self.tr("The program chooses the category of %Ln photos again.", "", len(moved))
        )

    def _steps(self, ids: Sequence[int], after: tuple[str, str] | None) -> Steps:
        """What becomes of the categories of photos.

        Args:
            ids: photos.
            after: the category chosen for them, and the one they are shown in; None: the program
                chooses, and they are shown where they are.
        """
        result = self._shown.result or Result.empty()
        wanted = frozenset(ids)
        there = {key: wanted.intersection(members) for key, members in result.categories.items()}
        there[OTHERS] = wanted.difference(*(those for key, those in there.items() if key != OTHERS))
        contents: dict[tuple[str | None, str], list[bytes]] = defaultdict(list)
        said: set[bytes] = set()
        for key, those in there.items():
            for chosen, some in ((key, those & result.by_hand), (None, those - result.by_hand)):
                found = set(result.photos.contents_of(some)) - said  # copies follow one another
                contents[chosen, key] += found
                said |= found
        return Steps(
            alike=(
                Alike(Subject.CATEGORY, ContentKeys(some), [*was], list(after or (None, was[1])))
                for was, some in contents.items()
            )
        )

    def _turn(self, places: Values) -> None:
        """Categories of photos that the history takes back; it writes them."""
        wanted: dict[bytes, Value] = {}
        for keys, place in places.in_groups():
            wanted |= dict.fromkeys(contents_of(keys), place)
        moved: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        for photo in self._shown.photos.of_content(wanted.keys()):
            match wanted[photo.content_hash]:
                case [chosen, str(there)]:
                    moved[chosen if isinstance(chosen, str) else None, there].append(photo.id)

        def amended(result: Result) -> Result:
            for (chosen, there), ids in moved.items():
                result = with_moved(result, ids, there)
                if chosen is None:
                    result = replace(result, by_hand=result.by_hand - frozenset(ids))
            return result

        self._shown.amend(amended)


def with_moved(result: Result, ids: Sequence[int], key: str) -> Result:
    """The same answers when photos are in another category; rankings follow when judged again."""
    gone = frozenset(ids)
    placed = {
        name: there if gone.isdisjoint(there) else tuple(i for i in there if i not in gone)
        for name, there in result.categories.items()
        if name != key
    }
    placed[key] = (*ids, *(i for i in result.categories.get(key, ()) if i not in gone))
    # The order stays: a new category comes before the others.
    names = list(result.categories)
    if key not in names:
        names.insert(names.index(OTHERS) if OTHERS in names else len(names), key)
    return replace(
        result,
        categories={name: placed[name] for name in names},
        by_hand=result.by_hand | gone,
        followed={i: example for i, example in result.followed.items() if i not in gone},
    )
