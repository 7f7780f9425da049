from dataclasses import replace

from photo_organizer.engine.analysis.events import Finished, Listed, Partial
from photo_organizer.engine.domain.photos import PhotoDict
from photo_organizer.engine.domain.results import Result
from photo_organizer.ui.session.listing import with_listed
from tests.ui import fakes


def part(result: Result, *ids: int) -> Result:
    return replace(result, photos=PhotoDict({i: result.photos[i] for i in ids}))


def shown(events: list[object], answers: Result | None = None) -> list[tuple[list[int], int]]:
    """The photos of each result that comes, and how many groups it has."""
    results = [e.result for e in with_listed(events, answers) if isinstance(e, Partial | Finished)]
    return [(sorted(result.photos), len(result.groups)) for result in results]


def test_photos_are_listed_before_they_are_judged(result: Result) -> None:
    first = part(result, 1, 2, 3)
    listed = Listed(part(result, 1, 2, 3, 4, 5).photos)
    assert shown([Listed(first.photos), Partial(first), listed]) == [
        ([1, 2, 3], 0),
        ([1, 2, 3], 2),
        ([1, 2, 3, 4, 5], 2),
    ]


def test_what_is_known_of_a_library_stays_beside_what_is_new(result: Result) -> None:
    known = part(result, *range(1, 9))
    new = Listed(part(result, 1, 2, 12).photos)
    few = Partial(replace(part(result, 1, 2), groups=()))
    assert shown([Partial(known), new, few]) == [
        (list(range(1, 9)), 2),
        ([*range(1, 9), 12], 2),
        ([*range(1, 9), 12], 2),
    ]
    assert shown([new], known) == [([*range(1, 9), 12], 2)]


def test_known_photos_alone_are_no_news(result: Result) -> None:
    assert shown([Listed(part(result, 3, 4).photos)], result) == []


def test_the_last_word_is_the_analysis_own(result: Result) -> None:
    last = part(result, 1)
    finished = Finished(last, fakes.FakeJudge(last))  # type: ignore[arg-type]
    assert shown([Listed(result.photos), finished]) == [(list(range(1, 13)), 0), ([1], 2)]
