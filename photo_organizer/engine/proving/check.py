"""The check: a model is shown a few pictures, and is measured by what it makes of them.

Nothing of it is known beforehand: not on what scale its cosines lie, nor whether it was put
together rightly. Both follow from pictures of which we know what they show.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.categories import assign
from photo_organizer.engine.categories.catalog import Category, built_in
from photo_organizer.engine.categories.keywords import shown_in
from photo_organizer.engine.domain.facts import Vectors
from photo_organizer.engine.encoders.download import CancelledError
from photo_organizer.engine.encoders.proofs import CHECK, Calibrated, Proof
from photo_organizer.engine.encoders.protocols import Encoder, Label
from photo_organizer.engine.highlights.scorers import prompt_scores
from photo_organizer.engine.proving import looking, verdict
from photo_organizer.engine.proving.calibration import area, calibrated, chance_spread
from photo_organizer.engine.proving.looking import Seen, likenesses
from photo_organizer.engine.proving.pictures import CHECKED, CheckPicture
from photo_organizer.engine.quality.flaws import PROMPTED, prompt_differences

if TYPE_CHECKING:
    from photo_organizer.engine.encoders.protocols import TextCache

OnChecked = Callable[[int, int], None]
"""Called with the steps done and the steps in all; from any thread."""

_LABELS = 12
"""Categories whose texts are encoded at a time: so that it can be seen how far it is, and stopped.
Each time the model may have to open its text part."""

_TAKES = 2
"""Each picture is judged whole and cropped."""

_WORDS = 2
"""Keywords of a category, beside its name, that another language is tried with: texts take most of
the time of a check."""

_NEARLY = 0.8
"""The share of the pictures named in English that makes another language one that it reads."""


def check(
    encoder: Encoder,
    on_check: OnChecked | None = None,
    cancel: threading.Event | None = None,
) -> Proof:
    """Show a model all pictures and texts once: seconds, on a slow machine a minute or two.

    Args:
        encoder: that understands texts.
        on_check: told how far it is.
        cancel: stops it.

    Raises:
        RefusedError: it cannot be used; the sentence says why.
        CancelledError: `cancel` was set.
    """
    categories = built_in()
    languages = {
        language: _labels_in(language, categories)
        for language in assets.languages()
        if language != "en" and assets.resource("keywords", f"{language}.toml").is_file()
    }
    labels = [Label(category.prompts) for category in categories]
    tell = _Steps(
        looking.count() + sum(map(len, (labels, *languages.values()))) + 1, on_check, cancel
    )
    before = encoder.texts
    encoder.texts = Remembered(before)
    try:
        seen = looking.look(encoder, tell.more, cancel)
        verdict.see_pictures(encoder.name, seen)
        with encoder.reading():
            _learn(encoder, labels, tell)
            encoder.text_similarities(
                np.empty((0, encoder.dimension), np.float32), _whole_prompts()
            )
            tell.more(1)
            proof = _proof(encoder, seen, categories, languages, tell)
    finally:
        encoder.texts = before
    return proof


def _proof(
    encoder: Encoder,
    seen: Seen,
    categories: Sequence[Category],
    languages: Mapping[str, Sequence[Label]],
    tell: _Steps,
) -> Proof:
    whole, crops = encoder.comparable(seen.whole), encoder.comparable(seen.crops)
    scores = assign.match(whole, encoder, categories)
    verdict.see_texts(encoder.name, scores)
    right, wrong = answers([category.key for category in categories])
    named = int(is_named(scores, right).sum())
    agreement = area(scores[right], scores[wrong])
    verdict.see_meeting(encoder.name, scores, right, wrong)
    both = np.concatenate([scores, assign.match(crops, encoder, categories)])
    rights, wrongs = np.tile(right, (_TAKES, 1)), np.tile(wrong, (_TAKES, 1))
    fits = rights.any(axis=1)
    best_wrong = np.where(wrongs, both, -np.inf).max(axis=1)
    category = calibrated(
        np.where(rights, both, -np.inf).max(axis=1)[fits],
        best_wrong,
        kept_out=best_wrong[~fits],
        takes=_TAKES,
    )
    reads = []
    for language, labels in languages.items():
        _learn(encoder, labels, tell)
        if is_named(whole.match(labels), right).sum() >= _NEARLY * named:
            reads.append(language)
    return Proof(
        check=CHECK,
        version=encoder.version,
        pictures=int(right.any(axis=1).sum()),
        named=named,
        agreement=agreement,
        category=category,
        likeness=_likeness(seen),
        quality=_quality(encoder, seen),
        score=_score(encoder, seen),
        languages=("en", *reads),
    )


def answers(
    keys: Sequence[str], pictures: Sequence[CheckPicture] = CHECKED
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which of C categories each of P pictures belongs to, and to which it does not: (P, C) each.

    What would be hardly wrong is in neither.
    """
    right = np.array([[key in each.keys for key in keys] for each in pictures])
    maybe = np.array([[key in each.maybe for key in keys] for each in pictures])
    return right, ~right & ~maybe


def is_named(scores: Vectors, right: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether the best of all categories is a right one, for each picture that has one."""
    best = scores.argmax(axis=1)
    found: NDArray[np.bool_] = right[np.arange(len(right)), best][right.any(axis=1)]
    return found


def _likeness(seen: Seen) -> Calibrated:
    """Pairs that share a category, or of which one is cut out of the other; and all others."""
    fitting, unfitting = likenesses(seen)
    return calibrated(fitting, unfitting, kept_out=unfitting, takes=_TAKES)


def _quality(encoder: Encoder, seen: Seen) -> dict[str, Calibrated]:
    """Of each pair of prompts that tells damaged copies from clean pictures, what it means."""
    of_clean = prompt_differences(encoder, seen.whole[[picture.clean for picture in CHECKED]])
    found = {}
    for column, flaw in enumerate(PROMPTED):
        if flaw not in seen.copies:
            continue
        damaged = prompt_differences(encoder, seen.copies[flaw])[:, column]
        clean = of_clean[:, column]
        if tells(damaged, clean, cases=len(clean)):
            found[flaw.value] = calibrated(damaged, clean)
    return found


def _score(encoder: Encoder, seen: Seen) -> Calibrated | None:
    """What a prompt score means: that a picture is clean, and none of the damaged copies."""
    clean = prompt_scores(encoder, seen.whole[[picture.clean for picture in CHECKED]])
    copies = np.concatenate([prompt_scores(encoder, each) for each in seen.copies.values()])
    if not tells(clean, copies, cases=len(clean)):
        return None
    return calibrated(clean, copies)


def tells(fitting: NDArray[np.float32], unfitting: NDArray[np.float32], *, cases: int) -> bool:
    """Whether numbers tell two groups apart better than chance might by itself.

    Two standard deviations of what chance does with so many pictures: of pairs that say nothing
    one in fifty comes through, and then with a small weight.

    Args:
        fitting: should be higher.
        unfitting: than these.
        cases: different pictures in each; copies of one picture are no cases of their own.
    """
    if not (np.isfinite(fitting).all() and np.isfinite(unfitting).all()):
        return False
    return area(fitting, unfitting) >= 0.5 + 2 * chance_spread(cases, cases)


def _whole_prompts() -> list[str]:
    """The prompts of quality and of the score, to be encoded at once."""
    prompts = assets.toml("prompts.toml")
    pairs = [text for pair in prompts["quality"].values() for text in pair.values()]
    scores = prompts["aesthetic"]
    return [*pairs, *(scores["prompt"].format(number) for number in scores["scores"])]


def _labels_in(language: str, categories: Sequence[Category]) -> list[Label]:
    """The categories by their names and keywords in another language."""
    labels = []
    for category in categories:
        words = [shown_in(text, language) for text in category.prompts]
        own = [word for word in words if word not in category.prompts][:_WORDS]
        labels.append(Label(tuple(dict.fromkeys((category.name(language), *own)))))
    return labels


def _learn(encoder: Encoder, labels: Sequence[Label], tell: _Steps) -> None:
    """Have the texts of labels encoded, some at a time; from then on they are remembered."""
    nothing = encoder.comparable(np.empty((0, encoder.dimension), np.float32))
    for start in range(0, len(labels), _LABELS):
        some = labels[start : start + _LABELS]
        nothing.match(some)
        tell.more(len(some))


class _Steps:
    """How far it is; told by several threads."""

    def __init__(
        self, total: int, on_check: OnChecked | None, cancel: threading.Event | None
    ) -> None:
        self._total, self._on_check, self._cancel = total, on_check, cancel
        self._done = 0
        self._lock = threading.Lock()
        if on_check is not None:
            on_check(0, total)

    def more(self, steps: int) -> None:
        """So many more are done."""
        if self._cancel is not None and self._cancel.is_set():
            raise CancelledError
        with self._lock:
            self._done += steps
            if self._on_check is not None:
                self._on_check(self._done, self._total)


class Remembered:
    """Text vectors of this check: those that are kept already, and new ones, which are kept too."""

    def __init__(self, kept: TextCache | None) -> None:
        self._kept = kept
        self._here: dict[str, NDArray[np.float32]] = {}

    def get_texts(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """See `TextCache`."""
        unknown = [text for text in texts if text not in self._here]
        if self._kept is not None and unknown:
            self._here |= self._kept.get_texts(unknown)
        return {text: self._here[text] for text in texts if text in self._here}

    def put_texts(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        """See `TextCache`."""
        self._here |= vectors
        if self._kept is not None:
            self._kept.put_texts(vectors)
