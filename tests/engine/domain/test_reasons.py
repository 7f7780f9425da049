"""The engine's sentences: there is one for every code, and one in every language."""

import ast
import json
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import photo_organizer
from photo_organizer.engine import assets
from photo_organizer.engine.domain.holdings import Extra
from photo_organizer.engine.domain.keeper_criteria import CRITERIA
from photo_organizer.engine.domain.reasons import Reason, SpokenError, system_message
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.engine.highlights import technical

SOURCES = sorted(Path(photo_organizer.__file__).parent.rglob("*.py"))
TOPICS = {code.partition(".")[0] for code in assets.sentences()}
OTHER_LANGUAGES = [language for language in assets.languages() if language != "en"]
EXTRAS = {f"holds.{extra}" for extra in Extra}
SCORERS = {f"scorer.{kind}_taste" for kind in ("technical", "shown", "head", "prompts")}
WHY = {code for code in assets.sentences() if re.match(r"highlights\.(shown|good|bad)_", code)}
SURE = {f"certainty.{word}" for word in ("certain", "probable", "possible")}
DESCRIBED = {code for code in assets.sentences() if code.partition(".")[0] in assets.DESCRIBED}
BY_NAME = (
    {f"keepers.{criterion}" for criterion in (*CRITERIA, "equal")}
    | {f"keepers.{criterion}.label" for criterion in CRITERIA}
    | {f"flaws.{flaw}{part}" for flaw in Flaw for part in ("", ".name", ".part")}
    | SCORERS
    | {f"highlights.shown_{step}" for step in range(5)}
    | {f"highlights.{kind}_{name}" for kind in ("good", "bad") for name in technical.names()}
    | EXTRAS
    | SURE
)
"""Codes that are put together where they are used."""


def forms(entry: dict[str, str | dict[str, str]], language: str) -> list[str]:
    """Every text of a sentence in one language: one, or one for each plural form."""
    said = entry[language]
    return [said] if isinstance(said, str) else [said["one"], said["other"]]


def fields(text: str) -> Counter[tuple[str | None, str]]:
    """What `str.format` fills in: the name, and how it is written."""
    return Counter(
        (field, spec or "")
        for _, field, spec, _ in string.Formatter().parse(text)
        if field is not None
    )


def codes_in(path: Path) -> Iterator[tuple[str, str]]:
    """Every code that the source hands to a `Reason` or to a `SpokenError`, with its place."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name | ast.Attribute):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
        if name == "Reason" or name.endswith("Error") or name == "__init__":
            for argument in call.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value, f"{path}:{call.lineno}"


def test_every_code_of_the_source_has_a_sentence() -> None:
    used = {
        code: place
        for path in SOURCES
        for code, place in codes_in(path)
        if code.partition(".")[0] in TOPICS and re.fullmatch(r"\w+\.\w+", code)
    }
    assert len(used) > 100
    assert {place: code for code, place in used.items() if code not in assets.sentences()} == {}


def test_every_error_that_people_are_told_of_is_raised_with_a_code() -> None:
    """A sentence in the place of a code would fail only when it is read."""
    told = {"Reason"} | {kind.__name__ for kind in kinds_of(SpokenError)}
    wrong = [
        f"{path}:{call.lineno}"
        for path in SOURCES
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in told
        for argument in call.args[:1]
        if isinstance(argument, ast.Constant) and argument.value not in assets.sentences()
    ]
    assert wrong == []


def kinds_of(error: type[Exception]) -> Iterator[type[Exception]]:
    for kind in error.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def test_codes_that_are_put_together_have_sentences() -> None:
    assert BY_NAME - assets.sentences().keys() == set()


def test_every_sentence_is_used() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    unused = [
        code
        for code in assets.sentences().keys() - SCORERS - WHY - EXTRAS - SURE - DESCRIBED
        if f'"{code}"' not in text
    ]
    assert sorted(unused) == []


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_no_sentence_is_missing_in_a_language(language: str) -> None:
    assert [code for code, entry in assets.sentences().items() if language not in entry] == []


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_translations_fill_in_the_same_things(language: str) -> None:
    wrong = [
        code
        for code, entry in assets.sentences().items()
        for text in (forms(entry, language) if language in entry else ())
        if fields(text) != fields(forms(entry, "en")[-1])
    ]
    assert wrong == []


def test_korean_sentences_are_korean() -> None:
    foreign = [
        text
        for entry in assets.sentences().values()
        for text in forms(entry, "ko")
        if re.search("[A-Za-z]", re.sub(r"\{.*?\}", "", text)) and not re.search("[가-힣]", text)
    ]
    assert foreign == []


def test_sentences_know_nothing_but_languages_and_their_count() -> None:
    known = {*assets.languages(), "count", "window"}
    odd = [
        (code, key)
        for code, entry in assets.sentences().items()
        for key in entry.keys() - known
        if f"{code}.{key}" not in assets.sentences()
    ]
    assert odd == []


def test_plural_forms_follow_the_value_that_the_sentence_names() -> None:
    """A count decides in languages with forms, and nothing in those with one."""
    plural = {code: e for code, e in assets.sentences().items() if "count" in e}
    assert plural
    for entry in plural.values():
        assert isinstance(entry["en"], dict)
        assert entry["en"].keys() == {"one", "other"}
    one, two = (Reason("taste.nothing", {"ratings": count}) for count in (1, 2))
    assert one.text().startswith("1 rating,")
    assert two.text().startswith("2 ratings,")
    assert one.text("ko").replace("1", "2") == two.text("ko")


def test_a_language_that_lacks_a_sentence_speaks_english() -> None:
    assert Reason("files.empty").text("xx") == "empty file"


def test_a_sentence_within_is_said_in_the_same_language() -> None:
    reason = Reason("files.folder", why=Reason("files.permission"))
    assert reason.text() == "folder: no permission to read it"
    assert reason.text("ko") == "폴더: 읽을 권한이 없음"


@pytest.mark.parametrize(
    ("reason", "english", "korean"),
    [
        (
            Reason("files.truncated", {"format": "JPEG"}),
            "truncated JPEG",
            "JPEG 파일이 중간에 끊겨 사진 일부가 없음",
        ),
        (
            Reason("files.corrupt_raw"),
            "corrupt raw file",
            "파일이 손상되어 사진을 읽을 수 없음",
        ),
        (
            Reason("files.hard_link", {"name": "a (1).jpg"}),
            "same file as a (1).jpg (hard link)",
            "a (1).jpg와(과) 같은 파일(하드 링크)",
        ),
        (
            Reason("folders.missing", {"folder": "/a/b. c"}),
            "The folder /a/b. c does not exist. Check the spelling, or connect its drive.",
            "/a/b. c 폴더가 없습니다. 이름을 확인하거나 드라이브를 연결하세요.",
        ),
        (Reason("failures.technical", {"message": "{odd}"}), "{odd}", "{odd}"),
    ],
)
def test_a_reason_is_said_in_both_languages(reason: Reason, english: str, korean: str) -> None:
    assert reason.text() == str(reason) == english
    assert reason.text("ko") == korean


@pytest.mark.parametrize(
    ("reason", "english"),
    [
        (Reason("files.corrupt", {"format": "PNG"}), "corrupt PNG"),
        (Reason("files.raw"), "raw format that is not supported"),
        (Reason("files.no_picture"), "not a picture"),
        (Reason("files.empty"), "empty file"),
        (Reason("files.no_file"), "not a file"),
        (Reason("files.memory"), "too large for this computer's memory"),
        (Reason("files.bytes", {"size": 512}), "too large: over 512 MiB"),
        (Reason("files.pixels", {"count": 400}), "more than 400 megapixels"),
        (Reason("files.permission"), "no permission to read it"),
        (Reason("files.vanished"), "vanished during the run"),
        (Reason("files.changed"), "changed since it was analysed"),
        (Reason("files.other_library"), "library of another program, left alone"),
        (Reason("files.dead_link"), "link that leads nowhere"),
        (
            Reason("files.unreadable", {"message": "input/output error"}),
            "cannot be read: input/output error",
        ),
        (
            Reason("folders.file", {"file": "/a/b.jpg", "folder": "/a"}),
            "/a/b.jpg is a file. Give the folder it lies in: /a",
        ),
        (
            Reason("models.missing", {"model": "A/b", "command": "photo-organizer models …"}),
            "A/b is not installed. Get it with: photo-organizer models …",
        ),
        (
            Reason("categories.wrong", {"path": "c.txt"}, Reason("categories.empty")),
            "c.txt: no category in it",
        ),
        (
            Reason("ratings.row", {"row": 3, "image": "a"}, Reason("ratings.no_score")),
            "row 3: a: no score",
        ),
        (
            Reason("training.few", {"needed": 50, "count": 3}),
            "at least 50 different photos must be rated, here it is 3",
        ),
    ],
)
def test_what_scripts_read_is_worded_as_ever(reason: Reason, english: str) -> None:
    """The JSON result and the terminal have these texts: part of what others rely on."""
    assert reason.text() == english
    assert reason.text("ko") != english


def test_reasons_survive_json_with_what_is_within_and_odd_names() -> None:
    reason = Reason("sidecar.of", {"name": "\udcff.xmp"}, Reason("ratings.twice", {"row": 3}))
    assert Reason.from_json(json.loads(json.dumps(reason.to_json()))) == reason


def test_reasons_that_list_something_survive_json_and_say_it() -> None:
    listed = (Reason("holds.pages", {"count": 5}), Reason("holds.film"))
    reason = Reason("keepers.holds", items=listed)
    assert Reason.from_json(json.loads(json.dumps(reason.to_json()))) == reason
    assert reason.text() == "holds more: 5 pages, video"
    assert reason.text("ko") == "더 담고 있음: 5페이지, 동영상"


def test_an_error_says_its_english_sentence() -> None:
    error = SpokenError("files.folder", why=Reason("files.permission"))
    assert str(error) == "folder: no permission to read it"
    assert error.reason.text("ko").startswith("폴더")


def test_the_systems_own_words_are_passed_on() -> None:
    assert system_message(OSError(28, "No space left on device")) == "No space left on device"
    assert system_message(OSError("odd")) == "odd"


def test_the_window_says_in_words_for_everybody_what_commands_say_exactly() -> None:
    reason = Reason("files.truncated", {"format": "JPEG"})
    assert reason.text() == "truncated JPEG"
    assert reason.text("en") == "the JPEG file ends too early: part of the picture is missing"
    assert reason.text("xx") == reason.text("en")


JARGON = ("truncated", "corrupt", "decod", "technical score", "prompt")


def test_no_sentence_of_the_window_needs_an_engineer() -> None:
    told = {
        code: str(entry.get("window", entry["en"])).casefold()
        for code, entry in assets.sentences().items()
        if code.startswith(("files.", "scorer.", "sidecar.", "export.", "trash.", "move."))
    }
    assert {c: text for c, text in told.items() if any(word in text for word in JARGON)} == {}
