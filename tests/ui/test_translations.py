"""Every sentence of the window is there in every language, and says the same."""

import ast
import re
import string
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

import photo_organizer
from photo_organizer.engine import assets
from photo_organizer.ui.words import translation

SOURCES = sorted(
    path
    for path in Path(photo_organizer.__file__).parent.rglob("*.py")
    if path != Path(translation.__file__)  # it hands on what others say
)

TELLS = {
    *("QLabel", "ElidedLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton"),
    *("QAction", "QMenu", "QGroupBox", "QMessageBox"),
    *("setText", "setToolTip", "setStatusTip", "setWindowTitle", "setTitle", "setIconText"),
    *("setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setInformativeText"),
    *("addTab", "addItem", "addItems", "addAction", "addMenu", "setHeaderLabels"),
    *("setPrefix", "setSuffix", "setTabText", "setItemText", "drawText"),
}
"""Calls that bring their texts before people."""

SAME_IN_KOREAN = {
    *("Photo Organizer", "N", "S", "E", "W", "{0} × {1} ({2} MP)", "{} MiB", "T, Del"),
}
"""Names, signs and keys."""

NO_WORDS = re.compile(r"Photo Organizer|(Ctrl|Alt|Shift)\+\S*")
"""What is the same in every language."""


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def calls(
    node: ast.AST, classes: tuple[str, ...] = (), in_function: bool = False
) -> Iterator[tuple[ast.Call, str, bool]]:
    """Every call below `node`, its innermost class, and whether it is in a function's body."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, classes[-1] if classes else "", in_function
        if isinstance(child, ast.ClassDef):
            yield from calls(child, (*classes, child.name), in_function)
        elif isinstance(child, ast.FunctionDef | ast.Lambda):
            # Decorators and defaults are evaluated where the function is written.
            body = child.body if isinstance(child.body, list) else [child.body]
            outside = [*getattr(child, "decorator_list", ()), child.args]
            for part in outside:
                yield from calls(ast.Expression(body=part), classes, in_function)
            for part in body:
                yield from calls(ast.Module([part], []), classes, True)
        else:
            yield from calls(child, classes, in_function)


def name_of(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def is_translation(call: ast.Call) -> bool:
    match call:
        case ast.Call(func=ast.Attribute(attr="tr")):
            return True
        case ast.Call(func=ast.Name(id="translate")):
            return True
        case ast.Call(func=ast.Attribute(attr="translate", value=ast.Name(id=owner))):
            return owner in ("QApplication", "QCoreApplication")
    return False


def translations_of(path: Path) -> Iterator[tuple[ast.Call, str, str, bool]]:
    """Every call for a translation: context, text and whether it is in a function."""
    for call, class_name, in_function in calls(tree(path)):
        if not is_translation(call):
            continue
        texts = [a.value if isinstance(a, ast.Constant) else None for a in call.args]
        if name_of(call) == "tr":
            texts.insert(0, class_name)
        context, text = texts[:2]
        assert isinstance(context, str), f"{path}:{call.lineno}: the context is not literal"
        assert isinstance(text, str), f"{path}:{call.lineno}: the text is not literal"
        yield call, context, text, in_function


@cache
def forms(language: str) -> dict[tuple[str, str], list[str]]:
    """Context and English text of a language's file, and the finished translation, "" where it is
    not finished: one, or one for each plural form where the sentence counts something."""
    file = assets.resource("translations", f"photo_organizer_{language}.ts")
    found = {}
    for context in ET.fromstring(file.read_text(encoding="utf-8")).iter("context"):
        for message in context.iter("message"):
            key = context.findtext("name", ""), message.findtext("source", "")
            translation = message.find("translation")
            assert translation is not None
            texts = [form.text or "" for form in translation.iter("numerusform")]
            texts = texts or [translation.text or ""]
            found[key] = [""] * len(texts) if translation.get("type") else texts
    return found


def texts_of(language: str) -> list[tuple[tuple[str, str], str]]:
    """Context and English text with each form of its translation."""
    return [(key, text) for key, texts in forms(language).items() for text in texts]


OTHER_LANGUAGES = [language for language in assets.languages() if language != "en"]
in_other_languages = pytest.mark.parametrize("language", OTHER_LANGUAGES)


def counts(call: ast.Call) -> bool:
    """Whether the sentence of a call has plural forms."""
    return len(call.args) > (2 if name_of(call) == "tr" else 3)


def fields(text: str) -> Counter[tuple[str | None, str]]:
    """What `str.format` fills in: the name or number, and how it is written."""
    return Counter(
        (f, spec or "") for _, f, spec, _ in string.Formatter().parse(text) if f is not None
    )


@in_other_languages
def test_every_sentence_of_the_code_was_collected(language: str) -> None:
    """Fails after a change of the code: run ``uv run tools/translate.py``."""
    wanted = {(context, text) for path in SOURCES for _, context, text, _ in translations_of(path)}
    assert len(wanted) > 300
    assert wanted - forms(language).keys() == set(), "run tools/translate.py"
    assert forms(language).keys() - wanted == set(), "run tools/translate.py"


def test_sentences_with_a_count_have_their_english_forms() -> None:
    """Fails as well where Qt's tool has not understood that a sentence counts."""
    counted = {
        (context, text)
        for path in SOURCES
        for call, context, text, _ in translations_of(path)
        if counts(call)
    }
    assert len(counted) > 30
    assert forms("en").keys() == counted, "run tools/translate.py"
    for (context, text), (one, other) in forms("en").items():
        assert one, (context, text)
        assert other == text
        assert fields(one) == fields(other), (context, text)
        assert one.count("%") == text.count("%")


def test_no_count_is_put_into_a_sentence_by_hand() -> None:
    """Languages differ in how they count; what stands before such a word is Qt's to write."""
    things = r"photos?|groups?|files?|folders?|ratings?|problems?"
    by_hand = [
        text
        for path in SOURCES
        for call, _, text, _ in translations_of(path)
        if re.search(rf"(^|[ (])(1|\{{[0-9]?(:,)?\}}) (\w+ )?({things})\b", text)
        and not counts(call)
    ]
    assert by_hand == []


@in_other_languages
def test_every_sentence_is_translated(language: str) -> None:
    assert [key for key, text in texts_of(language) if not text.strip()] == []


def test_korean_sentences_are_korean() -> None:
    foreign = [
        (key, korean)
        for key, korean in texts_of("ko")
        if key[1] not in SAME_IN_KOREAN
        and re.search("[A-Za-z]", re.sub(r"\{.*?\}|%Ln", "", korean))
        and not re.search("[가-힣]", korean)
    ]
    assert foreign == []


@in_other_languages
def test_translations_fill_in_the_same_things(language: str) -> None:
    wrong = [
        (english, text)
        for (_, english), text in texts_of(language)
        if text
        if fields(english) != fields(text) or english.count("%Ln") != text.count("%Ln")
    ]
    assert wrong == []


@in_other_languages
def test_translations_end_like_the_original(language: str) -> None:
    """Dots that say "asks first", colons before a value, and spaces at the ends."""
    wrong = [
        (english, text)
        for (_, english), text in texts_of(language)
        if text
        if english.endswith("…") != text.endswith("…")
        or english.endswith(":") != text.endswith(":")
        or text != text.strip()
    ]
    assert wrong == []


@pytest.mark.parametrize("language", assets.languages())
def test_the_compiled_translations_are_those_of_the_source(language: str) -> None:
    translator = QTranslator()
    with as_file(assets.resource("translations")) as folder:
        assert translator.load(f"photo_organizer_{language}", str(folder))
    for (context, english), texts in forms(language).items():
        counted = counts_something(context, english)
        said = translator.translate(context, english, None, 3 if counted else -1)
        assert said == texts[-1], "run tools/translate.py"


def counts_something(context: str, english: str) -> bool:
    """Whether a sentence has forms: English has those with forms only."""
    return (context, english) in forms("en")


def test_nothing_is_translated_before_the_language_is_known() -> None:
    """What is translated while a module is imported would stay in that language."""
    early = [
        f"{path}:{call.lineno}"
        for path in SOURCES
        for call, _, _, in_function in translations_of(path)
        if not in_function
    ]
    assert early == []


def test_no_text_reaches_people_untranslated() -> None:
    letters = re.compile("[A-Za-z]{2,}")

    def literal(node: ast.AST) -> str:
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
                return " ".join(literal(part) for part in parts)
        return ""

    wrong = [
        (f"{path}:{call.lineno}", literal(argument))
        for path in SOURCES
        if "ui" in path.parts or path.stem == "app"
        for call, _, _ in calls(tree(path))
        if name_of(call) in TELLS
        for argument in call.args
        if letters.search(NO_WORDS.sub("", literal(argument)))
    ]
    assert wrong == []


def test_categories_and_models_have_names_in_both_languages() -> None:
    for key, entry in assets.toml("categories.toml").items():
        assert entry["en"], key
        assert re.search("[가-힣]", entry["ko"]), key
    for model in assets.toml("models.toml")["model"]:
        assert model["description"].keys() == model["title"].keys() == set(assets.languages())
        assert re.search("[가-힣]", model["description"]["ko"]), model["name"]
