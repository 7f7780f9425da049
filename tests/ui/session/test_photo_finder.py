from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine.analysis import embedding
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.decisions import Decisions
from photo_organizer.engine.domain.search_answer import Reading
from photo_organizer.engine.domain.thresholds import Thresholds
from photo_organizer.engine.proving import opening as proving_opening
from photo_organizer.ui.session.photo_finder import Answer, Preview
from photo_organizer.ui.session.session import Session
from tests.engine.judging import test_judge as library


@pytest.fixture
def analysed(session: Session) -> Session:
    """Photos 100 and 101 are cats, 102 and 103 dogs, 104 is neither."""
    judge = library.judge(library.Matcher(), library.CAT)
    session.analysis.show(judge.judge(Thresholds(), Decisions()))
    session.judging._judge = judge
    return session


def answer(session: Session, qtbot: QtBot, ask: object, *arguments: object) -> Answer:
    with qtbot.waitSignal(session.finder.answered) as signal:
        ask(*arguments)  # type: ignore[operator]
    found = signal.args[0]
    assert isinstance(found, Answer)
    return found


def test_photos_that_show_it_are_found(analysed: Session, qtbot: QtBot) -> None:
    found = answer(analysed, qtbot, analysed.finder.search, "dog")
    assert found.question == "dog"
    assert found.found.shown[:2] == (102, 103)
    assert found.found.reading is Reading.BY_KIND


def test_photos_like_another_are_found(analysed: Session, qtbot: QtBot) -> None:
    found = answer(analysed, qtbot, analysed.finder.more_like, (102,))
    assert found.question == (102,)
    assert found.found.shown[0] == 103


def test_who_types_on_gets_the_last_answer_only(analysed: Session, qtbot: QtBot) -> None:
    answers: list[Answer] = []
    analysed.finder.answered.connect(answers.append)
    with qtbot.waitSignal(analysed.finder.busy_changed, check_params_cb=lambda busy: not busy):
        for text in ("c", "ca", "cat"):
            analysed.finder.search(text)
    assert [one.question for one in answers] == ["cat"]


def test_categories_and_stars_restrict(analysed: Session, qtbot: QtBot) -> None:
    stars = {analysed.shown.photos[103].content_hash: 4}
    analysed.shown.rate(stars)
    found = answer(analysed, qtbot, analysed.finder.search, "stars:4")
    assert found.found.written == (103,)
    cats = answer(analysed, qtbot, analysed.finder.search, "category:cat")
    assert set(cats.found.written) == {100, 101}


def test_a_photo_and_what_is_left_out_are_asked_together(analysed: Session, qtbot: QtBot) -> None:
    found = answer(analysed, qtbot, analysed.finder.search, "-photo:102")
    assert 103 not in found.found.written
    assert 100 in found.found.written


def test_a_photo_that_lies_elsewhere_is_looked_at_once(
    analysed: Session, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    judge, looked = analysed.judging.judge, []
    assert judge is not None
    dog = judge.facts.embeddings[judge.facts.rows[102]]

    def embed(files: list[Path], *_: object) -> Iterator[object]:
        looked.extend(files)
        yield embedding.Embedded({}, {files[0]: dog}, {})

    monkeypatch.setattr(embedding, "embed", embed)
    monkeypatch.setattr(proving_opening, "open_encoder", lambda *_: None)
    for line in ("like:/elsewhere/dog.jpg", "-like:/elsewhere/dog.jpg"):
        found = answer(analysed, qtbot, analysed.finder.search, line)
    assert looked == [Path("/elsewhere/dog.jpg")]
    assert 102 not in found.found.all


def test_who_left_gets_no_answer(analysed: Session, qtbot: QtBot) -> None:
    with (
        qtbot.assertNotEmitted(analysed.finder.answered),
        qtbot.waitSignal(analysed.finder.busy_changed, check_params_cb=lambda busy: not busy),
    ):
        analysed.finder.search("cat")
        analysed.finder.forget()


def test_before_all_is_analysed_only_what_is_written_is_found(
    session: Session, analysed: Session, qtbot: QtBot
) -> None:
    analysed.judging._judge = None
    found = answer(analysed, qtbot, analysed.finder.search, "3.jpg")
    assert (found.found.shown, found.found.written) == ((), (103,))
    assert answer(analysed, qtbot, analysed.finder.more_like, (100,)).found.shown == ()
    assert not session.finder.reads_text


def test_categories_in_the_making_are_seen_before(analysed: Session, qtbot: QtBot) -> None:
    def preview(categories: Sequence[Category]) -> Preview:
        with qtbot.waitSignal(analysed.finder.previewed) as signal:
            analysed.finder.preview(categories, ("dog", "강아지", "뭔지 모를 말"))
        seen = signal.args[0]
        assert isinstance(seen, Preview)
        return seen

    both = preview([library.CAT, library.DOG])
    assert both.placed["dog"] == (102, 103)
    assert both.known == {"dog": True, "강아지": True, "뭔지 모를 말": False}
    hidden = preview([library.CAT, replace(library.DOG, hidden=True)])
    assert "dog" not in hidden.placed
