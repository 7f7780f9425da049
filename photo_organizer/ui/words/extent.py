"""How much of a library was looked at, in words: nothing is called missing before all was seen."""

from __future__ import annotations

from dataclasses import dataclass

from photo_organizer.ui.words.translation import translate


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of the library the answers shown are of."""

    whole: bool = True
    """All photos were looked at. What follows says nothing then."""
    going_on: bool = False
    """They are looked at now; otherwise that was stopped."""
    done: int = 0
    """Photos looked at."""
    total: int = 0
    """Photos there are; 0 where the folders were not read whole."""
    comparing: bool = False
    """All are measured, and now they are compared with one another."""
    percent: int | None = None
    """Of what is done at present; None where no number is honest."""

    @classmethod
    def stopped_at(cls, done: int, total: int) -> Extent:
        """So many photos of so many (0: nobody knows) were looked at."""
        return cls(whole=False, done=min(done, total), total=total)

    @property
    def reached(self) -> tuple[int, int] | None:
        """`done` and `total`, where not all was looked at."""
        return None if self.whole else (self.done, self.total)

    @property
    def text(self) -> str:
        """Say "Looking… (8 %)" or "73 of 533 looked at"; "" where all were."""
        if self.whole:
            return ""
        if not self.going_on:
            return self._stopped()
        said = (
            translate("extent", "Comparing photos…")
            if self.comparing
            else translate("extent", "Looking…")
        )
        if self.percent is None:
            return said
        return translate("extent", "{0} ({1} %)").format(said, self.percent)

    @property
    def nothing_yet(self) -> str:
        """What stands where nothing was found so far, while that says nothing of the rest."""
        if self.going_on:
            return translate("extent", "{} What is found appears here.").format(self.text)
        if not self.total:
            return translate("extent", "Nothing so far. Not all photos were looked at.")
        return translate("extent", "Nothing so far: {}.").format(self._stopped())

    def counted(self, count: int) -> str:
        """A count as tabs and headings show it: "1,200", and "1,200…" while it is not the last.

        Before anything was found, "…": none is no answer yet.
        """
        if self.whole:
            return f"{count:,}"
        return f"{count:,}…" if count else "…"

    def spoken(self, count: int) -> str:
        """The same for those who hear it."""
        if self.whole:
            return f"{count:,}"
        return translate("extent", "{} so far").format(f"{count:,}")

    def _stopped(self) -> str:
        if not self.total:
            return translate("extent", "Not all photos were looked at")
        looked_at = translate("extent", "{0} of {1} looked at")
        return looked_at.format(f"{self.done:,}", f"{self.total:,}")


WHOLE = Extent()
"""All was looked at, or nothing is open."""
