"""Judging again makes anew only what may change: the answers are those of a judge who begins."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_organizer.engine.domain.decisions import Decisions, contents
from photo_organizer.engine.domain.facts import Facts
from photo_organizer.engine.domain.holdings import PLAIN, Extra
from photo_organizer.engine.domain.keeper_criteria import Order, default_order
from photo_organizer.engine.domain.results import OTHERS, Flaw, GroupKind, Result
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.duplicates import grouping
from photo_organizer.engine.judging.judge import Judge
from tests.engine.duplicates.test_grouping import NOON, Library, jpeg, resized, scene
from tests.engine.judging.test_judge import CAT, DOG, Matcher
from tests.engine.people.faces import CLOSED, OPEN, face

FOLDERS = (Path("/photos/a"), Path("/photos/b"))
SLIDERS = {
    "duplicates.similar": (0.3, 0.7, 0.9, 0.99),
    "duplicates.same": (0.5, 0.8, 0.97),
    "duplicates.apart.similar": (0.5, 0.93),
    "duplicates.burst.similar": (0.45, 0.95, 0.96, 0.97),
    "duplicates.safe.residual": (0.5, 4.0),
    "duplicates.step.sharpness": (0.1, 0.5),
    "duplicates.noise.cleaner_calm": (0.1, 0.5),
    "people.person.closed": (0.2, 0.9),
    "quality.certainty.blur": (0.05, 0.5),
}


@cache
def library() -> Facts:
    """Copies, resized ones, several takes of a moment with faces, and photos of nothing else."""
    made = Library()
    noise = np.random.default_rng(5)
    for seed in range(4):
        picture, shot = scene(seed), NOON + timedelta(hours=seed)
        made.add(f"a/IMG_{seed}.jpg", picture, taken_at=shot)
        made.add(f"b/IMG_{seed} copy.jpg", picture, content=f"a/IMG_{seed}.jpg", taken_at=shot)
        made.add(f"b/chat_{seed}.jpg", jpeg(resized(picture, 240, 160), 60))
        with_words = replace(PLAIN, extras=((Extra.APPENDED, b"1"),)) if seed % 2 else PLAIN
        made.add(f"a/saved_{seed}.jpg", jpeg(picture, 85), holds=with_words, taken_at=shot)
    for seed in range(4, 7):
        for take in range(4):
            picture = np.roll(scene(seed), (take * 3, take * 5), (0, 1))
            grain = noise.normal(0, 4 + 6 * take, picture.shape)
            made.add(
                f"{'ab'[take % 2]}/take_{seed}_{take}.jpg",
                np.clip(picture + grain, 0, 255).astype(np.uint8),
                taken_at=NOON + timedelta(days=seed, seconds=take + 1.0),
                camera="Camera X",
                faces=(face(seed, openness=CLOSED if take == 1 else OPEN, sharpness=0.1 + take),),
            )
    for seed in range(20, 24):
        made.add(f"b/other_{seed}.jpg", scene(seed), faces=(face(seed),) if seed % 2 else None)
    made.add("a/twice.jpg", scene(30))
    made.add("b/twice.jpg", scene(30), content="a/twice.jpg")
    facts = made.facts
    rng = np.random.default_rng(2)
    return replace(facts, measures=rng.random(facts.measures.shape, np.float32))


@dataclass(frozen=True)
class Asked:
    """What a judge is asked with."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    decisions: Decisions = field(default_factory=Decisions)
    order: Order | None = None


def judge() -> Judge:
    return Judge(library(), (), Matcher(), offered=(CAT, DOG))


@cache
def compared() -> dict[str, object]:
    """What follows from photos alone: comparing them takes most of the time."""
    one = judge()
    one.judge(Thresholds(), Decisions())
    return {name: vars(one)[name] for name in ("_standing", "_searched", "_evidence")}


def new_judge() -> Judge:
    """One who judges for the first time."""
    one = judge()
    vars(one).update(compared())
    return one


def answers(result: Result) -> object:
    """Everything that follows from thresholds and decisions."""
    return (
        list(result.groups),
        list(result.flags),
        list(result.fine),
        result.highlights,
        result.categories,
        result.stars,
        result.faces,
        result.taste,
        result.by_hand,
        result.followed,
    )


def change(asked: Asked, data: st.DataObject, shown: Result) -> Asked:
    """One thing that somebody does."""
    made = asked.decisions
    photo = data.draw(st.sampled_from(library().photos))
    group = data.draw(st.sampled_from(shown.groups)) if shown.groups else None
    of_group = contents(group, shown.photos) if group else ()
    match data.draw(st.sampled_from(CHANGES)):
        case "star":
            stars = data.draw(st.integers(0, 5))
            made = replace(made, ratings={**made.ratings, photo.content_hash: stars})
        case "no star":
            made = replace(made, ratings=dict([*made.ratings.items()][1:]))
        case "reviewed":
            made = replace(made, reviewed=made.reviewed ^ {of_group})
        case "no duplicates" if len({*of_group}) > 1:
            one, two = sorted({*of_group})[:2]
            made = replace(made, not_duplicates=made.not_duplicates ^ {(one, two)})
        case "copies are none":
            pair = photo.content_hash, photo.content_hash
            made = replace(made, not_duplicates=made.not_duplicates ^ {pair})
        case "fine":
            flaw = data.draw(st.sampled_from(list(Flaw)))
            made = replace(made, fine=made.fine ^ {(photo.content_hash, flaw)})
        case "moved":
            key = data.draw(st.sampled_from((CAT.key, DOG.key, OTHERS)))
            made = replace(made, categories={**made.categories, photo.content_hash: key})
        case "protected":
            made = replace(made, protected=data.draw(st.sampled_from(((), FOLDERS[:1], FOLDERS))))
        case "keep from":
            made = replace(made, keep_from=data.draw(st.sampled_from(((), FOLDERS[1:]))))
        case "carries":
            made = replace(made, carries=not made.carries)
        case "order":
            turned = {kind: (*reversed(names),) for kind, names in default_order().items()}
            order = data.draw(st.sampled_from((None, turned)))
            return replace(asked, order=order)
        case "slider":
            name = data.draw(st.sampled_from(list(SLIDERS)))
            value = data.draw(st.sampled_from(SLIDERS[name]))
            return replace(asked, thresholds=asked.thresholds.with_change(name, value))
    return replace(asked, decisions=made)


CHANGES = [
    *("star", "no star", "reviewed", "no duplicates", "copies are none", "fine", "moved"),
    *("protected", "keep from", "carries", "order", "slider", "slider"),
]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_judging_again_says_what_a_new_judge_says(data: st.DataObject) -> None:
    one, asked = new_judge(), Asked()
    for _ in range(data.draw(st.integers(2, 6))):
        shown = one.judge(asked.thresholds, asked.decisions, asked.order)
        asked = change(asked, data, shown)
        again = one.judge(asked.thresholds, asked.decisions, asked.order)
        new = new_judge().judge(asked.thresholds, asked.decisions, asked.order)
        assert answers(again) == answers(new)


def test_forgotten_faces_leave_nothing_behind() -> None:
    one, closed = new_judge(), Thresholds({"people.person.closed": 0.9})
    seen = one.judge(closed, Decisions())
    one.forget_faces()
    blind = Judge(replace(library(), faces=()), (), Matcher(), offered=(CAT, DOG))
    assert answers(one.judge(closed, Decisions())) == answers(blind.judge(closed, Decisions()))
    assert any(seen.faces.values())


def test_what_a_star_says_nothing_of_stays_the_same_object() -> None:
    one = new_judge()
    before = one.judge(Thresholds(), Decisions())
    starred = Decisions(ratings={library().photos[0].content_hash: 5})
    after = one.judge(Thresholds(), starred)
    assert after.flags is before.flags
    assert after.categories is before.categories
    assert after.faces is before.faces


def test_the_library_has_groups_of_every_kind() -> None:
    found = judge().judge(Thresholds(), Decisions())
    assert {group.kind for group in found.groups} == {*GroupKind}
    assert any(any(group.safe) for group in found.groups)


def test_a_star_leaves_other_groups_as_they_are(monkeypatch) -> None:
    one = judge()
    before = one.judge(Thresholds(), Decisions()).groups
    grouped = []
    real = grouping.group
    monkeypatch.setattr(
        grouping, "group", lambda *a, **k: grouped.append(len(k["linked"].rows)) or real(*a, **k)
    )
    chosen = before[0]
    photo = library().photos[library().rows[chosen.photos[1]]]
    starred = Decisions(ratings={photo.content_hash: 5})
    after = one.judge(Thresholds(), starred).groups
    assert grouped == [len(chosen.photos)]
    assert len(after) == len(before)
    assert all(any(group is known for known in before) for group in after if group != chosen)
    assert one.judge(Thresholds({"duplicates.similar": 0.7001}), starred).groups is after


def test_a_slider_makes_only_those_groups_anew_whose_links_change(monkeypatch) -> None:
    one, strict = judge(), Thresholds({"duplicates.similar": 0.99})
    before = one.judge(strict, Decisions()).groups
    grouped = []
    real = grouping.group
    monkeypatch.setattr(
        grouping, "group", lambda *a, **k: grouped.append(len(k["linked"].rows)) or real(*a, **k)
    )
    takes = min(min(g.similarities) for g in before if g.kind is GroupKind.SIMILAR)
    stricter = strict.with_change("duplicates.burst.similar", takes + 1e-4)
    after = one.judge(stricter, Decisions()).groups
    in_groups = sum(len(group.photos) for group in before)
    assert after != before
    assert 0 < grouped[0] < in_groups
