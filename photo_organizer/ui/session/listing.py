"""Lists photos as soon as they are known, before there are answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from photo_organizer.engine.analysis.events import Listed, Partial
from photo_organizer.engine.domain.photos import PhotoDict, Photos
from photo_organizer.engine.domain.results import Result


def with_listed(events: Iterable[object], answers: Result | None) -> Iterator[object]:
    """The events of an analysis; photos without answers are listed beside those that have some.

    What is known of a library stays until there is more: of the answers, those of most photos are
    shown.

    Args:
        events: see `photo_organizer.engine.analysis.run.analyze`; a `Partial` result comes instead
            of each `Listed`.
        answers: what is shown at first.
    """
    listed: Photos = PhotoDict()
    for event in events:
        match event:
            case Partial(result=result):
                if answers is None or len(result.photos) >= len(answers.photos):
                    answers = result
                yield Partial(_merged(answers, listed))
            case Listed(photos=photos):
                listed = photos
                known = answers or Result.empty()
                merged = _merged(known, listed)
                if merged is not known:
                    yield Partial(merged)
            case _:
                yield event


def _merged(answers: Result, listed: Photos) -> Result:
    """The answers, and all photos that are listed."""
    known = answers.photos.keys()
    if listed.keys() <= known:
        return answers
    if known <= listed.keys():
        return replace(answers, photos=listed)
    return replace(answers, photos=PhotoDict({**answers.photos, **listed}))
