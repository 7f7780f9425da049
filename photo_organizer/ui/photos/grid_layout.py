"""Where the cells and headings of a grid lie: pure arithmetic, whatever the number of photos.

Cells stand in rows and columns, broken by sections that each begin with a heading over the whole
width. Distances are in device-independent pixels, from the top left of the whole content.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

HEADING = 40
"""Height of a section's heading."""


class GridLayout:
    """The geometry of `count` cells.

    Making one takes time with the number of sections, asking it only with its logarithm.

    Args:
        count: how many cells.
        width: of the content; one column is there even where it is too narrow.
        cell: width and height of a cell.
        sections: number of the first cell of each section, ascending, the first one 0; empty for
            one section without a heading.
    """

    def __init__(
        self, count: int, width: int, cell: tuple[int, int], sections: Sequence[int] = ()
    ) -> None:
        self.count = count
        self.cell = cell
        self.columns = max(1, width // cell[0])
        self.heading = HEADING if sections else 0
        starts = [start for start in sections if start < count] or [0]
        self._starts = starts
        self._tops: list[int] = []
        """Of each section's heading."""
        top = 0
        for start, end in pairwise([*starts, count]):
            self._tops.append(top)
            top += self.heading + -(-(end - start) // self.columns) * cell[1]
        self.height = top

    @property
    def sections(self) -> int:
        """How many sections."""
        return len(self._starts)

    def rect(self, number: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a cell."""
        section = self.section_of(number)
        line, column = divmod(number - self._starts[section], self.columns)
        width, height = self.cell
        return (
            column * width,
            self._tops[section] + self.heading + line * height,
            width,
            height,
        )

    def at(self, x: int, y: int) -> int | None:
        """The cell at a point, if there is one."""
        if not 0 <= y < self.height or not 0 <= x < self.columns * self.cell[0]:
            return None
        section = self.section_at(y)
        below = y - self._tops[section] - self.heading
        if below < 0:
            return None
        number = self._starts[section] + below // self.cell[1] * self.columns + x // self.cell[0]
        return number if number < self._end(section) else None

    def within(self, top: int, bottom: int) -> range:
        """The cells of which a part lies between two heights, `bottom` left out."""
        if not self.count or bottom <= 0 or top >= self.height or bottom <= top:
            return range(0)
        return range(self._first_below(max(0, top)), self._last_above(min(bottom, self.height)) + 1)

    def among(self, left: int, top: int, right: int, bottom: int) -> list[range]:
        """The cells that a rectangle touches (right and bottom left out), as runs in order."""
        width = self.cell[0]
        first = max(0, left // width)
        last = min(self.columns - 1, (right - 1) // width)
        if first > last:
            return []
        cells = self.within(top, bottom)
        if first == 0 and last == self.columns - 1:
            return [cells] if cells else []
        runs = []
        line = cells.start
        while line < cells.stop:
            section = self.section_of(line)
            start, end = self._starts[section], self._end(section)
            line -= (line - start) % self.columns
            run = range(line + first, min(line + last + 1, end))
            if run:
                runs.append(run)
            line = min(line + self.columns, end)
        return runs

    def section_of(self, number: int) -> int:
        """The section that a cell belongs to."""
        return bisect_right(self._starts, number) - 1

    def section_at(self, y: int) -> int:
        """The section at a height, its heading included."""
        return max(0, bisect_right(self._tops, y) - 1)

    def first_of(self, section: int) -> int:
        """The first cell of a section."""
        return self._starts[section]

    def size_of(self, section: int) -> int:
        """How many cells a section has."""
        return self._end(section) - self._starts[section]

    def top_of(self, section: int) -> int:
        """Where a section's heading begins."""
        return self._tops[section]

    def above(self, number: int, lines: int = 1) -> int:
        """The cell so many lines further up in about the same column; the topmost at the top."""
        for _ in range(lines):
            section = self.section_of(number)
            inside = number - self._starts[section]
            if inside >= self.columns:
                number -= self.columns
            elif section:
                number = self._in_last_line(section - 1, inside % self.columns)
            else:
                break
        return number

    def below(self, number: int, lines: int = 1) -> int:
        """The cell so many lines further down in about the same column; the lowest at the end."""
        for _ in range(lines):
            section = self.section_of(number)
            start, end = self._starts[section], self._end(section)
            column = (number - start) % self.columns
            next_line = number - column + self.columns
            if next_line < end:
                number = min(next_line + column, end - 1)
            elif end < self.count:
                number = min(end + column, self._end(section + 1) - 1)
            else:
                break
        return number

    def _end(self, section: int) -> int:
        return self._starts[section + 1] if section + 1 < len(self._starts) else self.count

    def _in_last_line(self, section: int, column: int) -> int:
        start, end = self._starts[section], self._end(section)
        last_line = end - 1 - (end - 1 - start) % self.columns
        return min(last_line + column, end - 1)

    def _first_below(self, y: int) -> int:
        """The first cell that ends below a height."""
        section = self.section_at(y)
        line = max(0, (y - self._tops[section] - self.heading) // self.cell[1])
        number = self._starts[section] + line * self.columns
        return min(number, self.count - 1)

    def _last_above(self, y: int) -> int:
        """The last cell that begins above a height, or the one before the first."""
        section = self.section_at(y - 1)
        inside = y - self._tops[section] - self.heading
        if inside <= 0:
            return self._starts[section] - 1
        lines = -(-inside // self.cell[1])
        return min(self._starts[section] + lines * self.columns, self._end(section)) - 1
