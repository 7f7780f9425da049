"""The category flow: every photo into exactly one category, or into others."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photo_organizer.engine import assets
from photo_organizer.engine.decisions import Decisions
from photo_organizer.engine.facts import Facts, Vectors
from photo_organizer.engine.results import LIBRARY, OTHERS
from photo_organizer.engine.settings import Settings
from photo_organizer.engine.similarity import pairs_above

LANGUAGES = ("en", "ko")
RESERVED = (OTHERS, LIBRARY)


class CategoryFileError(ValueError):
    """The user's category file cannot be used; the message names the file and says why."""


@dataclass(frozen=True, slots=True)
class Category:
    """One category and what belongs to it."""

    key: str
    """Its name in files and on the command line."""
    names: Mapping[str, str]
    """Its name for people, by language; may lack a language."""
    prompts: tuple[str, ...]
    """Keywords or short descriptions, at least one."""
    needs_text: bool = False
    """Only an encoder that understands text can see it."""

    def name(self, language: str = "en") -> str:
        """Its name in `language`, else in English, else its key."""
        return self.names.get(language) or self.names.get("en") or self.key


@dataclass(frozen=True, slots=True)
class Assignment:
    """The category of each of N photos."""

    indices: NDArray[np.int32]
    """(N,) place in the list of categories, -1 for others."""
    scores: NDArray[np.float32]
    """(N,) the photo's own score in that category; for others its best one."""


def load_categories(path: Path | None = None) -> list[Category]:
    """The user's categories, or the built-in ones.

    A file is TOML of the form of ``resources/categories.toml`` (``.toml``), a JSON list of keywords
    (``.json``), or plain text with one keyword a line, where ``#`` begins a comment line. A keyword
    that is the key or a name of a built-in category brings its prompts and names along.

    Args:
        path: None for the built-in categories.

    Raises:
        CategoryFileError: the file is missing, malformed, empty or ambiguous.
    """
    if path is None:
        return [_from_table(key, table) for key, table in assets.toml("categories.toml").items()]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CategoryFileError(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CategoryFileError(f"{path} is not UTF-8 text") from error
    try:
        categories = _parse(text, path.suffix.lower())
        _check(categories)
    except ValueError as error:
        raise CategoryFileError(f"{path}: {error}") from error
    return categories


def offered(categories: Sequence[Category], *, understands_text: bool) -> list[Category]:
    """The categories that an encoder can see."""
    return [c for c in categories if understands_text or not c.needs_text]


def alike(embeddings: Vectors, settings: Settings) -> NDArray[np.int32]:
    """Gather photos with their nearest neighbours; costs as much as comparing all with all.

    The photo with most neighbours takes them all, then the next of those left: everyone is close
    to the photo its group is named after, there are no chains.

    Args:
        embeddings: (N, D) unit rows.
        settings: "categories.similarity" and "categories.nearest".

    Returns:
        (N,) the row each photo's group is named after.
    """
    count = len(embeddings)
    pairs = pairs_above(
        embeddings,
        settings["categories.similarity"],
        nearest=int(settings["categories.nearest"]),
    )
    ends = np.concatenate([pairs.first, pairs.second])
    order = np.argsort(ends, kind="stable")
    neighbours = np.concatenate([pairs.second, pairs.first])[order]
    starts = np.searchsorted(ends[order], np.arange(count + 1))
    groups = np.full(count, -1, np.int32)
    for row in np.argsort(-np.diff(starts), kind="stable"):
        if groups[row] < 0:
            near = neighbours[starts[row] : starts[row + 1]]
            groups[near[groups[near] < 0]] = row
            groups[row] = row
    return groups


def categorize(
    facts: Facts,
    scores: Vectors,
    categories: Sequence[Category],
    settings: Settings,
    decisions: Decisions,
    *,
    threshold: float,
    groups: NDArray[np.int32] | None = None,
) -> Assignment:
    """Put every photo into one category.

    Photos that look alike are judged by their mean score, so that a burst stays together. A photo
    that prefers another category more clearly than its group prefers the winner is judged alone.
    What the user decided comes first.

    Args:
        facts: of N photos.
        scores: (N, C) the encoder's `match_texts` of the categories' prompts.
        categories: C categories.
        settings: see `alike`.
        decisions: of them, the categories given by hand; one that no longer exists is passed over.
        threshold: the score from which a photo belongs to a category.
        groups: what `alike` said, where it is known already.
    """
    if categories:
        if groups is None:
            groups = alike(facts.embeddings, settings)
        indices = _judge_together(scores, groups, threshold)
        own = scores[np.arange(len(facts)), indices]
        chosen = np.where(indices < 0, scores.max(axis=1), own).astype(np.float32)
    else:
        indices, chosen = np.full(len(facts), -1, np.int32), np.zeros(len(facts), np.float32)
    places = {category.key: i for i, category in enumerate(categories)} | {OTHERS: -1}
    for row, photo in enumerate(facts.photos):
        decided = places.get(decisions.categories.get(photo.content_hash, ""))
        if decided is not None:
            indices[row], chosen[row] = decided, 1.0
    return Assignment(indices, chosen)


def by_category(
    facts: Facts, categories: Sequence[Category], assignment: Assignment
) -> dict[str, tuple[int, ...]]:
    """Photo ids by category key: in the order of `categories`, `OTHERS` last, best match first."""
    order = np.argsort(-assignment.scores, kind="stable")
    found: dict[str, list[int]] = {key: [] for key in (*(c.key for c in categories), OTHERS)}
    keys = list(found)
    for row in order:
        found[keys[assignment.indices[row]]].append(facts.photos[row].id)
    return {key: tuple(ids) for key, ids in found.items()}


def _judge_together(
    scores: Vectors, groups: NDArray[np.int32], threshold: float
) -> NDArray[np.int32]:
    """The place of each photo's category, -1 for none."""
    rows = np.arange(len(scores))
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    sums = np.zeros((len(sizes), scores.shape[1]))
    np.add.at(sums, group, scores)
    means = (sums / sizes[:, None])[group]
    winner, favourite = means.argmax(axis=1), scores.argmax(axis=1)
    preference = scores[rows, favourite] - scores[rows, winner]
    agreement = means[rows, winner] - means[rows, favourite]
    alone = preference > agreement
    indices: NDArray[np.int32] = np.where(alone, favourite, winner).astype(np.int32)
    decisive = np.where(alone, scores[rows, favourite], means[rows, winner])
    indices[decisive < threshold] = -1
    return indices


def _parse(text: str, suffix: str) -> list[Category]:
    if suffix == ".toml":
        return [_from_table(key, table) for key, table in tomllib.loads(text).items()]
    if suffix == ".json":
        keywords = json.loads(text)
        if not isinstance(keywords, list) or not all(isinstance(k, str) for k in keywords):
            raise ValueError('expected a list of keywords: ["dogs", "receipts"]')
    else:
        keywords = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [_from_keyword(keyword.strip()) for keyword in keywords if keyword.strip()]


def _from_keyword(keyword: str) -> Category:
    for category in load_categories():
        known = {category.key, *category.names.values()}
        if keyword.casefold() in {name.casefold() for name in known}:
            return Category(keyword, category.names, category.prompts)
    return Category(keyword, {}, (keyword,))


def _from_table(key: str, table: Any) -> Category:
    if not isinstance(table, dict):
        raise ValueError(f"{key!r} must be a table: [{key}]")
    if unknown := sorted(table.keys() - {*LANGUAGES, "prompts", "needs_text"}):
        raise ValueError(f"[{key}] does not know {unknown[0]!r}")
    names = {language: table[language] for language in LANGUAGES if language in table}
    prompts = table.get("prompts", [key])
    needs_text = table.get("needs_text", False)
    if not all(isinstance(name, str) and name for name in names.values()):
        raise ValueError(f"[{key}] has a name that is no text")
    if not isinstance(prompts, list) or not prompts:
        raise ValueError(f"[{key}] prompts must be a list of texts")
    if not all(isinstance(prompt, str) and prompt.strip() for prompt in prompts):
        raise ValueError(f"[{key}] has a prompt that is no text")
    if not isinstance(needs_text, bool):
        raise ValueError(f"[{key}] needs_text must be true or false")
    return Category(key, names, tuple(prompts), needs_text)


def _check(categories: Sequence[Category]) -> None:
    if not categories:
        raise ValueError("no category in it")
    seen: set[str] = set()
    for category in categories:
        if category.key in RESERVED:
            raise ValueError(f"{category.key!r} is a name of the program's own: choose another")
        if category.key in seen:
            raise ValueError(f"{category.key!r} is there twice")
        seen.add(category.key)
