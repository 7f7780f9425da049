"""The picture of the rooms in docs/architecture.md is that of the code."""

import grimp
import pytest

from tools import draw_architecture as drawing

ENGINE = f"{drawing.PACKAGE}.engine"


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(drawing.PACKAGE, cache_dir=None)


def test_the_document_shows_the_rooms_as_they_are(graph: grimp.ImportGraph) -> None:
    document = drawing.DOCUMENT.read_text(encoding="utf-8")
    assert drawing.with_pictures(document, graph) == document, (
        "Draw it anew: uv run tools/draw_architecture.py"
    )


def test_a_room_that_learns_to_know_another_changes_the_picture(graph: grimp.ImportGraph) -> None:
    before = drawing.picture(ENGINE, graph)
    graph = grimp.build_graph(drawing.PACKAGE, cache_dir=None)
    graph.add_import(importer=f"{ENGINE}.export.copies", imported=f"{ENGINE}.storage.store")
    after = drawing.picture(ENGINE, graph)
    assert "  export --> storage" not in before.splitlines()
    assert "  export --> storage" in after.splitlines()


def test_a_document_without_a_place_for_a_picture_is_refused(graph: grimp.ImportGraph) -> None:
    with pytest.raises(ValueError, match="no place"):
        drawing.with_pictures("# Nothing is drawn here", graph)


def test_every_room_of_a_contract_is_drawn_once(graph: grimp.ImportGraph) -> None:
    rooms = [room for layer in drawing.layers_of(ENGINE) for room in layer]
    assert sorted(rooms) == sorted(drawing.imports_between(ENGINE, graph))
    drawn = drawing.picture(ENGINE, graph)
    assert [drawn.count(f'["{room}"]') for room in rooms] == [1] * len(rooms)


def test_only_imports_that_no_other_way_shows_are_drawn() -> None:
    edges = {"a": {"b", "c"}, "b": {"c"}, "c": set()}
    assert drawing.without_implied(edges) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_rooms_without_a_contract_stand_below_those_that_use_them() -> None:
    edges = {"c": set(), "a": {"b", "c"}, "b": {"c"}}
    assert drawing.layers_by_imports(edges) == [["a"], ["b"], ["c"]]
    with pytest.raises(ValueError, match="circle"):
        drawing.layers_by_imports({"a": {"b"}, "b": {"a"}})


def test_a_room_is_described_in_its_own_words() -> None:
    assert drawing.first_sentence(drawing.PACKAGE).startswith("Photo Organizer: ")
