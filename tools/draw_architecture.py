"""Draws the rooms of the code into ``docs/architecture.md``: layers, imports and what each holds.

Run with ``uv run tools/draw_architecture.py`` after a room came, went or learned to know another.
The layers are read from the import-linter contracts in ``pyproject.toml``, the arrows from the
imports in the code, the words from the rooms' own docstrings. A test fails while the document shows
another house than the code.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"
PACKAGE = "photo_organizer"

Edges = dict[str, set[str]]
"""Each room with the rooms it imports from."""


def main() -> int:
    before = DOCUMENT.read_text(encoding="utf-8")
    after = with_pictures(before, grimp.build_graph(PACKAGE, cache_dir=None))
    if after == before:
        print("The picture is as the code is.")
        return 0
    DOCUMENT.write_text(after, encoding="utf-8")
    print(f"{DOCUMENT.relative_to(ROOT)} is drawn anew.")
    return 0


def with_pictures(document: str, graph: grimp.ImportGraph) -> str:
    """The document with everything between its marks ``<!-- drawn: NAME -->`` drawn anew."""
    for container in (PACKAGE, f"{PACKAGE}.engine", f"{PACKAGE}.ui"):
        name = container.rpartition(".")[2]
        begin, end = f"<!-- drawn: {name} -->", f"<!-- end of {name} -->"
        if begin not in document or end not in document:
            raise ValueError(f"{DOCUMENT.name} has no place for the picture of {name}")
        above, _, rest = document.partition(begin)
        below = rest.partition(end)[2]
        document = f"{above}{begin}\n{picture(container, graph)}\n{end}{below}"
    return document


def picture(container: str, graph: grimp.ImportGraph) -> str:
    """A Mermaid flow chart of a package's rooms, and a table of what they hold."""
    rooms = imports_between(container, graph)
    layers = layers_of(container) or layers_by_imports(rooms)
    order = [room for layer in layers for room in layer]
    lines = ["```mermaid", "flowchart TD"]
    for number, layer in enumerate(layers):
        lines.append(f'  subgraph layer{number}[" "]')
        lines += [f'    {room}["{room}"]' for room in layer]
        lines.append("  end")
    needed = without_implied(rooms)
    lines += [f"  {room} --> {other}" for room in order for other in order if other in needed[room]]
    lines += ["```", "", "| | holds | imports from |", "|---|---|---|"]
    for room in order:
        others = ", ".join(other for other in order if other in rooms[room])
        lines.append(f"| `{room}` | {first_sentence(f'{container}.{room}')} | {others or '–'} |")
    return "\n".join(lines)


def layers_of(container: str) -> list[list[str]]:
    """The layers of a package from its contract, highest first; none where it has no contract."""
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in tables["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers" and contract.get("containers") == [container]:
            return [layer.split(" | ") for layer in contract["layers"]]
    return []


def layers_by_imports(rooms: Mapping[str, set[str]]) -> list[list[str]]:
    """Layers of rooms for which no contract says any: each below all that import it."""
    left, layers = dict(rooms), []
    while left:
        layer = sorted(room for room in left if not any(room in used for used in left.values()))
        if not layer:
            raise ValueError(f"These import each other in a circle: {', '.join(sorted(left))}")
        layers.append(layer)
        left = {room: used for room, used in left.items() if room not in layer}
    return layers


def imports_between(container: str, graph: grimp.ImportGraph) -> Edges:
    """Which rooms of a package import which others, at whatever depth."""
    depth = container.count(".") + 1
    rooms: Edges = {child.rpartition(".")[2]: set() for child in graph.find_children(container)}
    for module in graph.find_descendants(container):
        room = module.split(".")[depth]
        for imported in graph.find_modules_directly_imported_by(module):
            if imported.startswith(f"{container}."):
                rooms[room].add(imported.split(".")[depth])
        rooms[room].discard(room)
    return rooms


def without_implied(edges: Mapping[str, set[str]]) -> Edges:
    """Leave out each import that another way through the picture shows already."""
    return {
        room: {other for other in used if not any(other in reach(via, edges) for via in used)}
        for room, used in edges.items()
    }


def reach(room: str, edges: Mapping[str, set[str]]) -> set[str]:
    """All rooms below one: what it imports, what those import, and so on."""
    found: set[str] = set()
    waiting: Sequence[str] = sorted(edges[room])
    while waiting:
        found |= set(waiting)
        waiting = sorted(set(_all(edges[one] for one in waiting)) - found)
    return found


def first_sentence(module: str) -> str:
    """What a module says of itself, up to its first line's end."""
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n\n")[0].replace("\n", " ").replace("``", "`")


def _all(sets: Iterable[set[str]]) -> Iterable[str]:
    return (one for several in sets for one in several)


if __name__ == "__main__":
    sys.exit(main())
