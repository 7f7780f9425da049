"""What the engine tells people: a code and values, said in a language only when somebody reads it.

The sentences are in ``resources/sentences``. Reasons are stored as JSON, never as text, so that
what was written down in one language is read in another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from photo_organizer.engine import assets


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence for people: a code such as "keepers.sharper" and the values it names."""

    code: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    why: Reason | None = None
    """A sentence within the sentence, its ``{why}``."""
    items: tuple[Reason, ...] = ()
    """What the sentence lists, its ``{items}``: "5 pages, film"."""

    def text(self, language: str | None = None) -> str:
        """The sentence; English where a translation is missing.

        Args:
            language: of the window, in words for everybody; None: in the exact English of commands
                and of the JSON result, which others rely on.
        """
        within = {"why": self.why.text(language)} if self.why else {}
        if self.items:
            within["items"] = ", ".join(item.text(language) for item in self.items)
        return assets.sentence(self.code, language, self.values).format(**self.values, **within)

    def __str__(self) -> str:
        return self.text()

    def to_json(self) -> list[Any]:
        """Code and values as JSON takes them, for `from_json`."""
        written: list[Any] = [self.code, dict(self.values)]
        if self.why or self.items:
            written.append(self.why.to_json() if self.why else None)
        if self.items:
            written.append([item.to_json() for item in self.items])
        return written

    @classmethod
    def from_json(cls, written: list[Any]) -> Reason:
        """The reason that `to_json` wrote.

        Raises:
            ValueError, TypeError: it is none.
        """
        code, values, *within = written
        why, items = within if len(within) > 1 else (*within, None, None)[:2]
        return cls(
            code,
            values,
            cls.from_json(why) if why else None,
            tuple(cls.from_json(item) for item in items or ()),
        )


class SpokenError(Exception):
    """An error that people are told of: what happened, to which file, what to do.

    Args:
        code: of the sentence, "files.truncated".
        why: a sentence within it.
        values: what the sentence names.
    """

    def __init__(
        self, code: str, /, *, why: Reason | None = None, **values: str | int | float
    ) -> None:
        self.reason = Reason(code, values, why)
        super().__init__(self.reason)

    @classmethod
    def of(cls, reason: Reason) -> Self:
        """The error whose sentence is known already."""
        return cls(reason.code, why=reason.why, **reason.values)

    def __str__(self) -> str:
        return self.reason.text()


def system_message(error: OSError) -> str:
    """What the system says of a failure, in its own words: "No space left on device"."""
    return error.strerror or str(error)
