"""The list of categories: what comes with the program, and what the user made of it.

The user's list is one file, ``categories.toml`` in the data folder. It has the form of
``resources/categories.toml`` and says of a built-in category only what is different, so that later
versions of the program can improve the rest. No numpy here: the window reads it early.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from photo_organizer.engine import assets, paths
from photo_organizer.engine.domain.reasons import Reason, SpokenError, system_message
from photo_organizer.engine.domain.results import LIBRARY, OTHERS
from photo_organizer.engine.storage.toml_text import value_text

LANGUAGES = assets.languages()
RESERVED = (OTHERS, LIBRARY)


class CategoryFileError(SpokenError, ValueError):
    """A category file cannot be used; `reason` names the file and says why."""


class _WrongListError(SpokenError, ValueError):
    """What is wrong with a list of categories, whatever file it comes from."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category and what belongs to it."""

    key: str
    """Its name in files and on the command line."""
    names: Mapping[str, str]
    """Its name for people, by language; may lack a language."""
    prompts: tuple[str, ...]
    """Keywords or short descriptions; without any, only what the user put there belongs to it."""
    needs_text: bool = False
    """Words alone tell it only to an encoder that understands text; see `assign.sees`."""
    hidden: bool = False
    """The user does not want it."""

    def name(self, language: str = "en") -> str:
        """Its name in `language`, else in English, else its key."""
        return self.names.get(language) or self.names.get("en") or self.key


def built_in() -> list[Category]:
    """The categories that come with the program."""
    return list(_built_in())


@cache
def _built_in() -> tuple[Category, ...]:
    tables = assets.toml("categories.toml")
    return tuple(_from_table(key, table) for key, table in tables.items())


def built_in_within(category: Category) -> tuple[list[Category], tuple[str, ...]]:
    """The built-in categories of which a category has all prompts, and its prompts beyond those.

    Who only adds keywords widens a category: it is still what it was. The key it has in the user's
    list does not matter: a list may call animals "Tiere".
    """
    there = set(category.prompts)
    within = [each for each in built_in() if there.issuperset(each.prompts)]
    known = {prompt for each in within for prompt in each.prompts}
    return within, tuple(prompt for prompt in category.prompts if prompt not in known)


def built_in_called(text: str) -> Category | None:
    """The built-in category that is called so: by its key, or its name in any language."""
    return _by_name().get(_plain(text))


def built_in_about(text: str) -> Category | None:
    """The first built-in category with this keyword, with or without an article."""
    return _by_keyword().get(_plain(text))


def names_a_part(category: Category, keyword: str) -> bool:
    """Whether an English keyword stands in the category's name: "flower" in "Plants & flowers"."""
    words = category.names["en"].casefold().replace("&", " ").replace(",", " ").split()
    return any(word.removesuffix("s") == _plain(keyword).removesuffix("s") for word in words)


def _plain(text: str) -> str:
    words = text.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("a", "an", "the") else words)


@cache
def _by_name() -> dict[str, Category]:
    return {
        _plain(name): category
        for category in built_in()
        for name in (category.key, *category.names.values())
    }


@cache
def _by_keyword() -> dict[str, Category]:
    first_last = reversed(built_in())
    return {_plain(prompt): category for category in first_last for prompt in category.prompts}


def load_categories(path: Path | None = None) -> list[Category]:
    """The categories in force: those of a file, else the user's own list, else the built-in ones.

    A file is TOML of the form of ``resources/categories.toml`` (``.toml``), a JSON list of keywords
    (``.json``), or plain text with one keyword a line, where ``#`` begins a comment line. A keyword
    that is the key or a name of a built-in category brings its prompts and names along.

    Args:
        path: None for the user's own list.

    Raises:
        CategoryFileError: the file is missing, malformed, empty or ambiguous.
    """
    categories = load_own() if path is None else _read(path)
    return [category for category in categories if not category.hidden]


def own_file() -> Path:
    """Where the user's own list is kept."""
    return paths.data_dir() / "categories.toml"


def load_own() -> list[Category]:
    """The user's own list with what is hidden in it; the built-in categories where there is none.

    Built-in categories that the list does not know yet are at the end.

    Raises:
        CategoryFileError: the file cannot be used.
    """
    if not own_file().exists():
        return built_in()
    categories = _read(own_file())
    known = {category.key for category in categories}
    return categories + [category for category in built_in() if category.key not in known]


def save_own(categories: Sequence[Category], since: Sequence[Category] | None = None) -> None:
    """Make these the user's own list; the file changes as a whole or not at all.

    A file that cannot be read, somebody's slip in an editor, is kept beside as ``.bak``.

    Args:
        categories: all, in their order.
        since: what they were when they were read or saved last. Where they are as they were, the
            file is right: another window, or an editor, may have changed it meanwhile.

    Raises:
        ValueError: a key is there twice or is one of the program's own.
        OSError: the file cannot be written.
    """
    if since is not None and own_file().exists():
        categories = _merged(categories, since)
    _check(categories)
    text = "# Your categories. What is not said of a built-in one is as usual.\n"
    text += text_of(categories)
    file = own_file()
    paths.own_folder(file.parent)
    staged = file.with_name(f".{file.name}.new-{os.getpid()}")
    paths.own_file(staged)
    staged.write_text(text, encoding="utf-8")
    try:
        load_own()
    except CategoryFileError:
        forget_own()
    staged.replace(file)


def _merged(wanted: Sequence[Category], since: Sequence[Category]) -> list[Category]:
    """As `wanted` where that differs from `since`, else what the file holds."""
    try:
        held = {category.key: category for category in load_own()}
    except CategoryFileError:
        return list(wanted)
    base = {category.key: category for category in since}
    asked = {category.key for category in wanted}
    merged = [
        held.get(one.key, one) if base.get(one.key) == one else one
        for one in wanted
        if base.get(one.key) != one or one.key in held
    ]
    more = (one for key, one in held.items() if key not in base and key not in asked)
    return [*merged, *more]


def text_of(categories: Sequence[Category]) -> str:
    """Categories as text, in the form of the user's own list."""
    usual = {category.key: category for category in built_in()}
    return "".join(_table(category, usual.get(category.key)) for category in categories)


def of_text(text: str) -> list[Category]:
    """The categories that `text_of` wrote."""
    return _parse(text, ".toml")


def forget_own() -> None:
    """Go back to the built-in categories; the user's list is kept beside, as ``.bak``."""
    if own_file().exists():
        own_file().replace(own_file().with_suffix(".toml.bak"))


def key_for(name: str, categories: Sequence[Category]) -> str:
    """A key for a new category that is called `name`: that name, numbered where it is taken."""
    taken = {category.key for category in categories} | set(RESERVED)
    key, number = name, 2
    while key in taken:
        key, number = f"{name} {number}", number + 1
    return key


def _read(path: Path) -> list[Category]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CategoryFileError(
            "categories.unreadable", path=str(path), message=system_message(error)
        ) from error
    except UnicodeDecodeError as error:
        raise CategoryFileError("categories.no_text", path=str(path)) from error
    try:
        categories = _parse(text, path.suffix.lower())
        _check(categories)
    except _WrongListError as error:
        raise CategoryFileError("categories.wrong", path=str(path), why=error.reason) from error
    except ValueError as error:  # no TOML, no JSON
        why = Reason("failures.technical", {"message": str(error)})
        raise CategoryFileError("categories.wrong", path=str(path), why=why) from error
    return categories


def _parse(text: str, suffix: str) -> list[Category]:
    if suffix == ".toml":
        usual = {category.key: category for category in built_in()}
        tables = tomllib.loads(text)
        return [_from_table(key, table, usual.get(key)) for key, table in tables.items()]
    if suffix == ".json":
        keywords = json.loads(text)
        if not isinstance(keywords, list) or not all(isinstance(k, str) for k in keywords):
            raise _WrongListError("categories.no_list")
    else:
        keywords = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [_from_keyword(keyword.strip()) for keyword in keywords if keyword.strip()]


def _from_keyword(keyword: str) -> Category:
    for category in built_in():
        known = {category.key, *category.names.values()}
        if keyword.casefold() in {name.casefold() for name in known}:
            return Category(keyword, category.names, category.prompts)
    return Category(keyword, {}, (keyword,))


def _from_table(key: str, table: Any, usual: Category | None = None) -> Category:
    """A category from its table; what that does not say is as in `usual`."""
    if not isinstance(table, dict):
        raise _WrongListError("categories.no_table", key=repr(key), name=key)
    if unknown := sorted(table.keys() - {*LANGUAGES, "prompts", "needs_text", "hidden"}):
        raise _WrongListError("categories.unknown", key=key, name=repr(unknown[0]))
    usual = usual or Category(key, {}, (key,))
    names = {language: table[language] for language in LANGUAGES if language in table}
    prompts = table.get("prompts", list(usual.prompts))
    switches = {"needs_text": usual.needs_text, "hidden": False}
    switches |= {name: table[name] for name in switches if name in table}
    if not all(isinstance(name, str) and name for name in names.values()):
        raise _WrongListError("categories.name", key=key)
    if not isinstance(prompts, list):
        raise _WrongListError("categories.prompts", key=key)
    if not all(isinstance(prompt, str) and prompt.strip() for prompt in prompts):
        raise _WrongListError("categories.prompt", key=key)
    for name, value in switches.items():
        if not isinstance(value, bool):
            raise _WrongListError("categories.switch", key=key, name=name)
    return Category(key, {**usual.names, **names}, tuple(prompts), **switches)


def _table(category: Category, usual: Category | None) -> str:
    """A category as TOML: what differs from the built-in one of its key."""
    usual = usual or Category(category.key, {}, (category.key,))
    said: dict[str, object] = {
        language: name
        for language, name in category.names.items()
        if name != usual.names.get(language)
    }
    if category.prompts != usual.prompts:
        said["prompts"] = list(category.prompts)
    if category.needs_text != usual.needs_text:
        said["needs_text"] = category.needs_text
    if category.hidden:
        said["hidden"] = True
    lines = [f"{name} = {value_text(value)}\n" for name, value in said.items()]
    return f"\n[{value_text(category.key)}]\n{''.join(lines)}"


def _check(categories: Sequence[Category]) -> None:
    if not categories:
        raise _WrongListError("categories.empty")
    seen: set[str] = set()
    for category in categories:
        if category.key in RESERVED:
            raise _WrongListError("categories.reserved", key=repr(category.key))
        if category.key in seen:
            raise _WrongListError("categories.twice", key=repr(category.key))
        seen.add(category.key)
