import pytest

from photo_organizer.engine import assets
from photo_organizer.engine.categories import catalog
from photo_organizer.engine.categories.keywords import in_english, readable


@pytest.mark.parametrize(
    ("keyword", "english"),
    [
        ("my dog", ("my dog",)),
        ("Café", ("Café",)),
        ("2024", ("2024",)),
        ("강아지", ("puppy",)),
        ("  우리   개 ", ("dog",)),
        ("뭔지 모를 말", ()),
        ("собака", ()),
    ],
)
def test_keywords_are_brought_into_english(keyword: str, english: tuple[str, ...]) -> None:
    assert in_english(keyword) == english


def test_korean_names_of_built_in_categories_stand_for_their_keywords() -> None:
    for category in catalog.built_in():
        assert in_english(category.name("ko")) == category.prompts


def test_a_multilingual_model_reads_keywords_as_they_are() -> None:
    assert readable(["강아지", "dog", "강아지"], multilingual=True) == ("강아지", "dog")
    assert readable(["강아지", "puppy", "모를 말"], multilingual=False) == ("puppy",)


def test_the_word_list_has_words_only() -> None:
    for korean, english in assets.toml("keywords/ko.toml").items():
        assert korean.strip() == korean
        assert english.isascii()
        assert english.strip() == english != ""
