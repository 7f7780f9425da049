from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from photo_organizer.engine import assets
from photo_organizer.engine.categories import assign, catalog
from photo_organizer.engine.categories.catalog import Category
from photo_organizer.engine.domain.results import OTHERS, Result
from photo_organizer.engine.judging.judge import Judge
from photo_organizer.ui.categories.editor import CategoryEditor
from photo_organizer.ui.session.photo_finder import Preview
from photo_organizer.ui.session.session import Session
from photo_organizer.ui.widgets.debounce import Debounce
from tests.engine.categories.test_assign import facts_of
from tests.engine.fakes import FakeEncoder

DOG = Category("my dog", {}, ("my dog",))


@pytest.fixture
def editor(session: Session, result: Result, qtbot: QtBot) -> Iterator[CategoryEditor]:
    session.analysis.show(result)
    editor = CategoryEditor(session)
    qtbot.addWidget(editor)
    yield editor
    session.own_categories._take(catalog.built_in())


def called(name: str) -> dict[str, str]:
    """The names of a category that is called the same in every language."""
    return dict.fromkeys(assets.languages(), name)


def keys(editor: CategoryEditor) -> list[str]:
    return [category.key for category in editor.categories]


def lines(editor: CategoryEditor) -> list[str]:
    return [editor.list.item(row).text() for row in range(editor.list.count())]


def test_the_list_is_as_it_is_until_it_is_saved(editor: CategoryEditor, session: Session) -> None:
    assert editor.categories == catalog.built_in()
    assert lines(editor)[:2] == ["People", "Animals"]
    editor.add_category()
    editor.reject()
    assert session.own_categories.all == catalog.built_in()


def test_a_new_category_is_about_its_name_until_it_has_keywords(
    editor: CategoryEditor, session: Session, qtbot: QtBot
) -> None:
    qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    editor.name.clear()
    qtbot.keyClicks(editor.name, "my dog")
    assert editor.keywords.toPlainText() == "my dog"
    assert lines(editor)[-1] == "my dog"
    editor.accept()
    assert session.own_categories.all[-1] == replace(DOG, names=called("my dog"))
    editor.start("my dog")
    editor.keywords.setPlainText("dog\n\n puppy  \ndog")
    qtbot.keyClicks(editor.name, " Rex")
    editor.accept()
    rex = session.own_categories.all[-1]
    assert rex == Category("my dog", called("my dog Rex"), ("dog", "puppy"))


def test_built_in_categories_are_renamed_hidden_and_ordered_but_stay(
    editor: CategoryEditor, session: Session, qtbot: QtBot
) -> None:
    editor.start("animal")
    assert not editor.remove.isVisibleTo(editor)
    qtbot.keyClicks(editor.name, "!")
    item = editor.list.item(2)
    item.setCheckState(Qt.CheckState.Unchecked)
    editor.up.click()
    editor.accept()
    first, second, third = session.own_categories.all[:3]
    assert (first.key, second.key, third.key) == ("animal", "people", "food")
    assert first.names["en"] == "Animals!"
    assert first.names["ko"] == "동물"
    assert third.hidden
    assert third not in session.own_categories.shown


def test_own_categories_can_be_removed(
    editor: CategoryEditor, session: Session, qtbot: QtBot
) -> None:
    session.own_categories.save([DOG, *catalog.built_in()])
    editor.start("my dog")
    assert editor.remove.isVisibleTo(editor)
    qtbot.mouseClick(editor.remove, Qt.MouseButton.LeftButton)
    editor.accept()
    assert session.own_categories.all == catalog.built_in()


def test_everything_can_be_as_the_program_came(editor: CategoryEditor, session: Session) -> None:
    session.own_categories.save([DOG, *reversed(catalog.built_in())])
    editor.start()
    editor.reset.click()
    assert session.own_categories.all[0] == DOG
    editor.accept()
    assert session.own_categories.all == catalog.built_in()


def test_matches_are_shown_while_the_keywords_change(editor: CategoryEditor) -> None:
    editor.start("animal")
    assert "as soon as" in editor.count.text()
    editor._take(Preview({"animal": (3, 4, 99), OTHERS: ()}, {"animal": True, "pet": False}))
    assert editor.count.text() == "2 photos"
    assert list(editor.matches.photos.ids) == [3, 4]
    assert editor.reading.text() == "The model knows nothing like: pet"


def test_what_the_model_cannot_see_is_said_of_edited_keywords_only(
    editor: CategoryEditor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    matcher = FakeEncoder()
    monkeypatch.setattr(matcher, "learned", frozenset({"people"}))
    judge = Judge(facts_of(np.eye(1, 3)), (), matcher, offered=())
    monkeypatch.setattr(session.judging, "_judge", judge)
    editor.start("people")
    assert editor.reading.text() == ""
    editor.keywords.setPlainText("my grandmother")
    editor._show_matches()
    assert "cannot see this" in editor.reading.text()


def test_a_category_without_keywords_lives_on_examples(editor: CategoryEditor) -> None:
    editor.start("animal")
    editor.keywords.setPlainText(" \n")
    assert editor.categories[1].prompts == ()
    editor._show_matches()
    assert "photos that you move here" in editor.reading.text()


class Taught:
    """A judge whose model was taught animals and people by photos."""

    class Model:
        understands_text = False
        learned = frozenset({"animal", "people"})

    matcher = Model()

    def sees(self, category: Category) -> bool:
        return assign.sees(self.matcher, category)  # type: ignore[arg-type]


@pytest.fixture
def taught(editor: CategoryEditor, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.judging, "_judge", Taught())
    monkeypatch.setattr(editor, "_ask", lambda: None)
    monkeypatch.setattr(editor, "_asking", Debounce(editor, 0, lambda: None))


@pytest.mark.usefixtures("taught")
def test_what_was_learned_stays_while_keywords_are_only_added(editor: CategoryEditor) -> None:
    editor.start("people")
    editor._take(Preview({}, dict.fromkeys(editor.categories[0].prompts, False)))
    assert editor.reading.text() == ""
    editor.keywords.appendPlainText("statue")
    editor._take(Preview({}, {"statue": True}))
    assert "What you add is found as well" in editor.reading.text()
    editor._take(Preview({}, {"statue": False}))
    assert editor.reading.text() == "The model knows nothing like: statue"


@pytest.mark.usefixtures("taught")
@pytest.mark.parametrize(
    ("key", "words"), [("animal", "are left, not by what"), ("people", "alone the starter model")]
)
def test_it_is_said_when_a_model_cannot_go_by_what_it_learned(
    editor: CategoryEditor, key: str, words: str
) -> None:
    editor.start(key)
    editor.keywords.setPlainText("dog")
    editor._show_matches()
    assert words in editor.reading.text()


def test_keywords_are_shown_and_typed_in_the_language_of_the_window(
    session: Session, result: Result, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.choices, "language", "ko")
    session.analysis.show(result)
    editor = CategoryEditor(session)
    qtbot.addWidget(editor)
    editor.start("animal")
    usual = next(each for each in catalog.built_in() if each.key == "animal")
    words = editor.keywords.toPlainText().splitlines()
    assert words[:4] == ["동물", "반려동물", "개", "고양이"]
    editor.keywords.setPlainText("\n".join(["햄스터", *words, "my hamster"]))
    (edited,) = [each for each in editor.categories if each.key == "animal"]
    assert edited.prompts == ("햄스터", *usual.prompts, "my hamster")
    editor.start("animal")
    editor.keywords.setPlainText("\n".join(words))
    assert editor.categories == session.own_categories.all
