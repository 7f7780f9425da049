"""The arithmetic agrees with laying every cell out one by one."""

from hypothesis import given
from hypothesis import strategies as st

from photo_organizer.ui.photos.grid_layout import HEADING, GridLayout

WIDTH, CELL = 350, (100, 80)
"""Three columns and a rest."""


@st.composite
def layouts(draw: st.DrawFn) -> tuple[int, list[int]]:
    sizes = draw(st.lists(st.integers(1, 11), max_size=5))
    if not sizes:
        return draw(st.integers(0, 20)), []
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    return sum(sizes), starts


def one_by_one(count: int, starts: list[int]) -> tuple[list[tuple[int, int, int, int]], int]:
    """The rectangles of all cells and the height, by walking over them."""
    rects, x, y = [], 0, 0
    for number in range(count):
        if number in starts:
            y += (CELL[1] if x else 0) + HEADING
            x = 0
        rects.append((x * CELL[0], y, *CELL))
        x += 1
        if x == 3:
            x, y = 0, y + CELL[1]
    return rects, y + (CELL[1] if x else 0)


def touches(rect: tuple[int, int, int, int], left: int, top: int, right: int, bottom: int) -> bool:
    x, y, width, height = rect
    return x < right and x + width > left and y < bottom and y + height > top


@given(layouts())
def test_cells_lie_where_walking_puts_them(case: tuple[int, list[int]]) -> None:
    count, starts = case
    layout = GridLayout(count, WIDTH, CELL, starts)
    rects, height = one_by_one(count, starts)
    assert [layout.rect(i) for i in range(count)] == rects
    assert layout.height == height


@given(layouts(), st.integers(-20, 400), st.integers(-20, 900))
def test_the_cell_at_a_point(case: tuple[int, list[int]], x: int, y: int) -> None:
    count, starts = case
    rects, _ = one_by_one(count, starts)
    there = [i for i, rect in enumerate(rects) if touches(rect, x, y, x + 1, y + 1)]
    assert GridLayout(count, WIDTH, CELL, starts).at(x, y) == (there[0] if there else None)


@given(layouts(), st.integers(-50, 900), st.integers(1, 300))
def test_the_cells_between_two_heights(case: tuple[int, list[int]], top: int, room: int) -> None:
    count, starts = case
    rects, _ = one_by_one(count, starts)
    there = [i for i, rect in enumerate(rects) if touches(rect, 0, top, WIDTH, top + room)]
    assert list(GridLayout(count, WIDTH, CELL, starts).within(top, top + room)) == there


@given(layouts(), st.integers(-50, 400), st.integers(-50, 900), st.data())
def test_the_cells_in_a_rectangle(
    case: tuple[int, list[int]], left: int, top: int, data: st.DataObject
) -> None:
    count, starts = case
    right = left + data.draw(st.integers(1, 350))
    bottom = top + data.draw(st.integers(1, 400))
    rects, _ = one_by_one(count, starts)
    there = [i for i, rect in enumerate(rects) if touches(rect, left, top, right, bottom)]
    runs = GridLayout(count, WIDTH, CELL, starts).among(left, top, right, bottom)
    assert [i for run in runs for i in run] == there


@given(layouts(), st.data())
def test_up_and_down_move_by_one_line(case: tuple[int, list[int]], data: st.DataObject) -> None:
    count, starts = case
    if not count:
        return
    layout = GridLayout(count, WIDTH, CELL, starts)
    rects, _ = one_by_one(count, starts)
    lines = sorted({y for _, y, _, _ in rects})
    number = data.draw(st.integers(0, count - 1))
    x, y = rects[number][:2]
    for moved, step in ((layout.above(number), -1), (layout.below(number), 1)):
        line = lines.index(y) + step
        if not 0 <= line < len(lines):
            assert moved == number
            continue
        columns = [rx for rx, ry, _, _ in rects if ry == lines[line]]
        assert rects[moved][:2] == (min(x, max(columns)), lines[line])


def test_sections_are_named_by_their_first_cell() -> None:
    layout = GridLayout(10, WIDTH, CELL, [0, 4])
    assert layout.sections == 2
    assert [layout.section_of(i) for i in (0, 3, 4, 9)] == [0, 0, 1, 1]
    assert (layout.first_of(1), layout.size_of(0), layout.size_of(1)) == (4, 4, 6)
    assert layout.top_of(1) == HEADING + 2 * CELL[1]
    assert layout.section_at(layout.top_of(1)) == 1
