from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.engine import assets
from photo_organizer.engine.categories import catalog
from photo_organizer.engine.categories.catalog import Category, CategoryFileError


def test_the_built_in_categories_are_whole() -> None:
    built_in = catalog.built_in()
    keys = [category.key for category in built_in]
    assert {"animal", "food", "vehicle", "building", "people"} <= set(keys)
    assert len(set(keys)) == len(keys)
    assert all(category.names.keys() == set(assets.languages()) for category in built_in)
    for language in assets.languages():
        assert len({category.name(language) for category in built_in}) == len(built_in)
    assert next(c.key for c in built_in if c.needs_text) == "people"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plain_list_has_one_keyword_a_line(tmp_path: Path) -> None:
    text = "\ufeff# mine\n my dog \n\nreceipts\r\n"
    found = catalog.load_categories(write(tmp_path, "mine.txt", text))
    assert [(c.key, c.prompts) for c in found] == [
        ("my dog", ("my dog",)),
        ("receipts", ("receipts",)),
    ]
    assert found[0].name("ko") == "my dog"


def test_known_names_bring_their_prompts_along(tmp_path: Path) -> None:
    animal = next(c for c in catalog.built_in() if c.key == "animal")
    found = catalog.load_categories(write(tmp_path, "mine.json", '["Animal", "동물"]'))
    assert [c.key for c in found] == ["Animal", "동물"]
    assert all(c.prompts == animal.prompts for c in found)


def test_a_table_may_say_everything(tmp_path: Path) -> None:
    text = '[dog]\nko = "개"\nprompts = ["dog", "puppy"]\nneeds_text = true\n[cat]\n'
    found = catalog.load_categories(write(tmp_path, "mine.TOML", text))
    assert found == [
        Category("dog", {"ko": "개"}, ("dog", "puppy"), needs_text=True),
        Category("cat", {}, ("cat",)),
    ]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.txt", "# nothing\n", "no category"),
        ("a.txt", "dog\ndog\n", "twice"),
        ("a.txt", "others\n", "program's own"),
        ("a.json", '{"dog": 1}', "list of keywords"),
        ("a.json", '["dog", 1]', "list of keywords"),
        ("a.json", "[", "line 1"),
        ("a.toml", "[dog", "table declaration"),
        ("a.toml", "dog = 1", "must be a table"),
        ("a.toml", '[dog]\nprompt = "x"', "does not know 'prompt'"),
        ("a.toml", "[dog]\nprompts = 1", "prompts must be"),
        ("a.toml", "[dog]\nprompts = [1]", "no text"),
        ("a.toml", "[dog]\nen = 1", "no text"),
        ("a.toml", "[dog]\nneeds_text = 1", "true or false"),
        ("a.toml", "[dog]\nhidden = 1", "true or false"),
    ],
)
def test_a_bad_file_is_named_with_what_is_wrong(
    tmp_path: Path, name: str, text: str, complaint: str
) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(CategoryFileError, match=complaint) as error:
        catalog.load_categories(path)
    assert str(path) in str(error.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CategoryFileError, match="nowhere"):
        catalog.load_categories(tmp_path / "nowhere.txt")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CategoryFileError, match="not UTF-8"):
        catalog.load_categories(tmp_path / "binary.txt")


def test_what_a_table_does_not_say_of_a_built_in_category_is_as_usual(tmp_path: Path) -> None:
    animal = next(c for c in catalog.built_in() if c.key == "animal")
    text = '[animal]\nen = "Beasts"\n[food]\nhidden = true\n[rex]\nprompts = []\n'
    found = catalog.load_categories(write(tmp_path, "mine.toml", text))
    assert found == [
        replace(animal, names={**animal.names, "en": "Beasts"}),
        Category("rex", {}, ()),
    ]


def test_the_users_list_is_in_force_once_there_is_one() -> None:
    assert catalog.load_categories() == catalog.built_in()
    animal, food = (c for c in catalog.built_in() if c.key in ("animal", "food"))
    mine = [
        Category("my dog", {"ko": "우리 개"}, ("my dog", 'the "big" one')),
        replace(food, names={**food.names, "en": "Food", "ko": "먹거리"}, prompts=("food",)),
        replace(animal, hidden=True),
    ]
    catalog.save_own(mine)
    assert catalog.load_own()[:3] == mine
    assert catalog.load_categories()[:2] == mine[:2]
    # Whatever the list does not know is at the end: a later version may bring more.
    assert {c.key for c in catalog.load_own()[3:]} == {c.key for c in catalog.built_in()} - {
        "animal",
        "food",
    }
    assert "prompts" not in catalog.own_file().read_text("utf-8").partition('["animal"]')[2]


def test_the_users_list_can_be_forgotten() -> None:
    catalog.save_own([Category("my dog", {}, ("my dog",))])
    catalog.forget_own()
    assert catalog.load_own() == catalog.built_in()
    assert catalog.own_file().with_suffix(".toml.bak").exists()
    catalog.forget_own()


def test_saving_keeps_a_file_that_nobody_can_read() -> None:
    dog = Category("dog", {}, ("dog",))
    catalog.save_own([dog])
    catalog.own_file().write_text("[dog", "utf-8")
    catalog.save_own([dog])
    assert catalog.load_own()[0] == dog
    assert catalog.own_file().with_suffix(".toml.bak").read_text("utf-8") == "[dog"


def test_a_list_that_cannot_be_read_again_is_not_saved() -> None:
    dog = Category("dog", {}, ("dog",))
    with pytest.raises(ValueError, match="twice"):
        catalog.save_own([dog, dog])
    assert not catalog.own_file().exists()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), unique=True))
def test_whatever_people_call_things_survives_saving(texts: list[str]) -> None:
    texts = [text for text in texts if text.strip() and text not in catalog.RESERVED]
    usual = {category.key for category in catalog.built_in()}
    mine = [Category(text, {"en": text}, (text, "dog")) for text in texts if text not in usual]
    if mine:
        catalog.save_own(mine)
        assert catalog.load_own()[: len(mine)] == mine


def test_a_new_category_gets_a_key_of_its_own() -> None:
    known = [Category("dog", {}, ("dog",)), Category("dog 2", {}, ("dog",))]
    assert catalog.key_for("cat", known) == "cat"
    assert catalog.key_for("dog", known) == "dog 3"
    assert catalog.key_for("others", known) == "others 2"


def test_two_windows_overwrite_no_category_of_each_other() -> None:
    dog, cat = Category("dog", {}, ("dog",)), Category("cat", {}, ("cat",))
    start = [*catalog.built_in(), dog]
    catalog.save_own(start)
    catalog.save_own([*start, cat], start)  # one window adds a category
    puppy = replace(dog, prompts=("dog", "puppy"))
    catalog.save_own([*catalog.built_in(), puppy], start)  # the other changes one
    own = {one.key: one for one in catalog.load_own()}
    assert own["cat"] == cat
    assert own["dog"].prompts == ("dog", "puppy")
    catalog.own_file().rename(catalog.own_file().with_name("away.toml"))
    catalog.save_own([*catalog.built_in(), dog], start)  # a file that went takes nothing with it
    assert dog in catalog.load_own()
    catalog.own_file().with_name("away.toml").replace(catalog.own_file())
    catalog.save_own(catalog.built_in(), [*catalog.built_in(), puppy])  # and takes it away
    assert {"cat"} == {one.key for one in catalog.load_own()} - {
        one.key for one in catalog.built_in()
    }
