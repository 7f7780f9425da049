from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from photo_organizer.engine import paths
from photo_organizer.engine.categories import catalog
from photo_organizer.engine.categories.catalog import Category, CategoryFileError
from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.engine.storage.store import Store
from photo_organizer.ui.session.own_categories import with_moved
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.words.names import call_categories, category_name
from tests.ui import fakes

DOG = Category("dog", {"en": "Rex"}, ("dog",))


@pytest.fixture
def judge(result: Result) -> fakes.FakeJudge:
    return fakes.FakeJudge(result)


@pytest.fixture
def analysed(
    session: Session, result: Result, judge: fakes.FakeJudge, qtbot: QtBot, tmp_path: Path
) -> Session:
    session.analysis._analyze = fakes.analysis(result, judge)
    with qtbot.waitSignal(
        session.analysis.running_changed, check_params_cb=lambda running: not running
    ):
        session.analysis.open([tmp_path])
    return session


def decided() -> dict[bytes, str]:
    with Store(paths.store_path()) as store:
        return dict(store.decisions().categories)


def test_moved_photos_are_there_at_once_and_remembered_by_content(
    analysed: Session, result: Result, judge: fakes.FakeJudge, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(analysed.message) as message:
        analysed.own_categories.move([7, 1, 99], "animal")
    assert "2 photos are in Animals" in message.args[0]
    shown = analysed.shown.result
    assert shown is not None
    assert shown.categories["animal"] == (7, 1, 3, 4, 5, 6)
    assert shown.categories["food"] == (2,)
    assert 7 not in shown.categories[OTHERS]
    assert shown.by_hand == {1, 7}
    qtbot.waitUntil(lambda: len(judge.asked) == 1)
    contents = {result.photos[i].content_hash: "animal" for i in (1, 7)}
    assert decided() == contents
    assert judge.asked[0][1].categories == contents


def test_the_program_chooses_again_when_photos_are_given_back(
    analysed: Session, judge: fakes.FakeJudge, qtbot: QtBot
) -> None:
    analysed.own_categories.release([1])  # nobody moved it: nothing happens
    analysed.own_categories.move([1], "animal")
    qtbot.waitUntil(lambda: len(judge.asked) == 1)
    judge.result = with_moved(judge.result, [1], "animal")
    analysed.shown.show(judge.result)
    analysed.own_categories.release([1])
    assert analysed.shown.result is not None
    assert analysed.shown.result.by_hand == frozenset()
    qtbot.waitUntil(lambda: len(judge.asked) == 2)
    assert decided() == {}


def test_a_category_that_was_empty_comes_before_the_others(result: Result) -> None:
    moved = with_moved(result, [3], "people")
    assert list(moved.categories) == ["food", "animal", "people", OTHERS]
    assert moved.categories["people"] == (3,)
    assert moved.categories["animal"] == (4, 5, 6)


def test_saved_categories_are_offered_to_the_judge_and_kept(
    analysed: Session, judge: fakes.FakeJudge, qtbot: QtBot
) -> None:
    hidden = Category("cat", {}, ("cat",), hidden=True)
    with qtbot.waitSignal(analysed.own_categories.changed):
        analysed.own_categories.save([DOG, hidden])
    assert category_name("dog") == "Rex"
    qtbot.waitUntil(lambda: len(judge.asked) == 1)
    assert judge.offered == (DOG,)
    assert catalog.load_own()[:2] == [DOG, hidden]
    call_categories({})


def test_the_list_is_read_once_in_the_background(session: Session, qtbot: QtBot) -> None:
    catalog.save_own([DOG])
    with qtbot.waitSignal(session.own_categories.changed):
        session.own_categories.load()
    assert session.own_categories.all[0] == DOG
    session.own_categories.hide("dog")
    assert session.own_categories.shown[0] != DOG
    call_categories({})


def test_a_list_that_cannot_be_read_is_told(session: Session, qtbot: QtBot) -> None:
    catalog.own_file().parent.mkdir(parents=True, exist_ok=True)
    catalog.own_file().write_text("[dog", "utf-8")
    with pytest.raises(CategoryFileError):
        catalog.load_own()
    with qtbot.waitSignal(session.message) as message:
        session.own_categories.load()
    assert "categories.toml" in message.args[0]
    assert session.own_categories.all == catalog.built_in()
