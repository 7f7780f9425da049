"""Which of several takes of one moment is kept, pair by pair."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.keeper_criteria import default_order
from photo_organizer.engine.domain.results import Flaw, GroupKind
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates.face_merits import FaceMerits
from photo_organizer.engine.duplicates.takes import (
    Choice,
    Moment,
    TakeMerits,
    by_wins,
    choose,
)
from photo_organizer.engine.people.groups import GroupedFaces
from tests.engine.duplicates.test_keepers import blurred, merits, photo
from tests.engine.people.faces import CLOSED, OPEN, face

ORDER = default_order()[GroupKind.SIMILAR]
USUAL = Thresholds()


def chosen(photos, *, faces=(), may_stay=None, order=ORDER, **known) -> Choice:
    """The choice among takes of one moment, which have ranks in the order given."""
    rows = np.arange(len(photos), dtype=np.int32)
    seen = GroupedFaces(faces).seen(range(len(photos)), range(len(photos)), USUAL)
    moment = Moment(rows, np.ones(len(rows), bool) if may_stay is None else may_stay, rows)
    judged = TakeMerits(merits(photos, **known), FaceMerits(len(photos), [seen], USUAL))
    (choice,) = choose([moment], judged, order)
    return choice


def photos(count: int, **exif) -> list:
    return [photo(number, mtime=5, **exif) for number in range(1, count + 1)]


def test_nothing_to_choose_from() -> None:
    assert choose([], TakeMerits(merits(photos(1)), FaceMerits(1, [], USUAL)), ORDER) == []


def test_steps_are_counted_from_take_to_take() -> None:
    """Wherever both lie on the scale: half a step is never enough, and a whole one always."""
    close = chosen(photos(2), scores=[0.549, 0.551], order=["highlight"])
    assert (close.takes.tolist(), close.reason.code) == ([0, 1], "keepers.equal")
    apart = chosen(photos(2), scores=[0.55, 0.65], order=["highlight"])
    assert (apart.takes.tolist(), apart.reason.code) == ([1, 0], "keepers.highlight")


def test_who_wins_most_stays_though_each_loses_to_nobody_before() -> None:
    """Neighbours are equal; the ends are not."""
    choice = chosen(photos(4), scores=[0.40, 0.47, 0.54, 0.61], order=["highlight"])
    assert choice.takes.tolist() == [3, 2, 1, 0]


def test_an_earlier_criterion_outweighs_all_later_ones() -> None:
    rated = [photo(1), photo(2, rating=1), photo(3)]
    flaws = [blurred(0.0), blurred(0.9), blurred(0.0)]
    choice = chosen(rated, flaws=flaws, scores=[0.9, 0.1, 0.8])
    assert choice.takes[0] == 1
    assert choice.reason.code == "keepers.rated"


def test_whom_not_every_photo_agrees_with_does_not_stay() -> None:
    may = np.array([True, True, False])
    choice = chosen(photos(3), scores=[0.1, 0.5, 0.9], order=["highlight"], may_stay=may)
    assert choice.takes.tolist() == [1, 2, 0]
    assert choice.reason.code == "keepers.highlight"  # than the first, not than the last


def test_the_reason_is_what_decided_against_the_runner_up() -> None:
    flaws = [blurred(0.0), blurred(0.0), blurred(0.9)]
    choice = chosen(photos(3), flaws=flaws, scores=[0.9, 0.5, 0.9])
    assert choice.takes.tolist() == [0, 1, 2]
    assert choice.reason.code == "keepers.highlight"


def test_what_says_little_of_the_runner_up_is_told_of_the_next() -> None:
    takes = [photo(1, mtime=1), photo(2, mtime=2), photo(3, mtime=3)]
    choice = chosen(takes, flaws=[blurred(0.0), blurred(0.0), blurred(0.9)])
    assert choice.reason.text() == "sharper"


def test_no_reason_in_which_another_take_is_better() -> None:
    """It is sharper than the runner-up, but not than the one with closed eyes."""
    faces = [(face(openness=OPEN),), (face(openness=OPEN),), (face(openness=CLOSED),)]
    choice = chosen(photos(3), faces=faces, focus=[60, 40, 90])
    assert choice.takes.tolist() == [0, 1, 2]
    assert choice.reason.text() == "the eyes are open"


def test_wins_in_a_circle_are_broken_by_rank() -> None:
    circle = np.array([[0, 1, -1], [-1, 0, 1], [1, -1, 0]], np.int8)
    assert by_wins(circle) == [0, 1, 2]


def test_equal_wins_are_broken_by_who_beats_whom() -> None:
    wins = np.zeros((4, 4), np.int8)
    for better, worse in [(0, 2), (1, 3), (1, 0)]:
        wins[better, worse], wins[worse, better] = 1, -1
    wins[2, 1], wins[1, 2] = 1, -1  # 0 and 2 won as often as they lost, and 0 won against 2
    assert by_wins(wins) == [1, 0, 2, 3]


@given(st.integers(1, 9), st.randoms(use_true_random=False))
def test_who_beats_everybody_stays_and_the_order_is_whole(count, random) -> None:
    wins = np.zeros((count, count), np.int8)
    for one in range(count):
        for two in range(one):
            wins[one, two] = random.choice([-1, 0, 1])
            wins[two, one] = -wins[one, two]
    placed = by_wins(wins)
    assert sorted(placed) == list(range(count))
    for take in range(count):
        if all(wins[take, other] == 1 for other in range(count) if other != take):
            assert placed[0] == take


@given(st.data())
def test_the_choice_does_not_depend_on_the_order_of_photos(data) -> None:
    """Where no two takes are equal in all: each has its own time."""
    count = data.draw(st.integers(2, 6))
    near = st.floats(0.0, 1.0).map(lambda value: round(value, 2))
    flaws = [blurred(data.draw(near)) for _ in range(count)]
    scores = [data.draw(near) for _ in range(count)]
    openness = st.sampled_from([OPEN, CLOSED])
    faces = [
        tuple(
            face(person, at=(0.3 * person, 0.2), wide=0.2 - person / 20, openness=how)
            for person, how in enumerate((data.draw(openness), data.draw(openness)))
        )
        for _ in range(count)
    ]
    takes = [photo(number + 1, mtime=number + 1) for number in range(count)]
    order = data.draw(st.permutations(range(count)))

    def kept(places) -> tuple[int, str]:
        here = [takes[place] for place in places]
        known = {"flaws": [flaws[p] for p in places], "scores": [scores[p] for p in places]}
        judged = merits(here, **known)
        ranks = judged.ranks(ORDER)
        by_rank = np.argsort(ranks).astype(np.int32)
        seen = GroupedFaces([faces[p] for p in places]).seen(range(count), range(count), USUAL)
        moment = Moment(by_rank, np.ones(count, bool), by_rank)
        (choice,) = choose([moment], TakeMerits(judged, FaceMerits(count, [seen], USUAL)), ORDER)
        return here[choice.takes[0]].id, choice.reason.code

    assert kept(order) == kept(range(count))


@given(st.data())
def test_what_was_decided_by_hand_comes_first(data) -> None:
    """Stars, then protected folders, whatever the takes are like."""
    from pathlib import Path

    count = data.draw(st.integers(2, 6))
    rated = [data.draw(st.sampled_from([None, 0, 3])) for _ in range(count)]
    safe = [data.draw(st.booleans()) for _ in range(count)]
    takes = [
        photo(number + 1, "safe/a.jpg" if safe[number] else "a.jpg", rating=rated[number])
        for number in range(count)
    ]
    flaws = [blurred(data.draw(st.floats(0, 1))) for _ in range(count)]
    decisions = Decisions(protected=(Path("/photos/safe"),))
    keeper = chosen(takes, flaws=flaws, decisions=decisions).takes[0]
    best = max((stars or 0, inside) for stars, inside in zip(rated, safe, strict=True))
    assert (rated[keeper] or 0, safe[keeper]) == best


def test_two_hundred_takes() -> None:
    count = 200
    rng = np.random.default_rng(1)
    faces = [(face(openness=OPEN if number == 77 else CLOSED),) for number in range(count)]
    faces[:3] = [(face(openness=OPEN, sharpness=0.05),)] * 3
    choice = chosen(photos(count), faces=faces, scores=rng.random(count))
    assert choice.takes[0] == 77
    assert choice.takes[1] < 3
    assert choice.reason.text() == "the face is sharper"


def test_flaws_count_one_by_one() -> None:
    """What is a little worse in two ways is not a step worse."""
    little = [0.2 if flaw in (Flaw.BLUR, Flaw.NOISE) else 0.0 for flaw in Flaw]
    choice = chosen(photos(2), flaws=[little, blurred(0.0)], order=["unflawed"])
    assert choice.reason.code == "keepers.equal"
