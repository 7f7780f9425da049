import pytest

from photo_organizer.engine import assets
from photo_organizer.engine.categories import catalog
from photo_organizer.engine.categories.keywords import in_english, readable, shown_in


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


def test_every_keyword_of_a_built_in_category_has_a_korean_word_that_means_it_alone() -> None:
    for category in catalog.built_in():
        shown = [shown_in(prompt, "ko") for prompt in category.prompts]
        assert not any(word.isascii() for word in shown)
        assert len(set(shown)) == len(shown)
        for word, prompt in zip(shown, category.prompts, strict=True):
            assert prompt in in_english(word)


def test_other_keywords_and_languages_are_shown_as_they_are() -> None:
    assert shown_in("my sister's dog", "ko") == "my sister's dog"
    assert shown_in("dog", "en") == "dog"
