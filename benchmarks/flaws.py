"""Low quality on several albums, by kind of damage, beside cleanvision, in one table.

    uv run python -m benchmarks.flaws ALBUM... [--only NAME ...]

Beside each folder ALBUM lies ALBUM.truth.json, see ``compare.py``; programs are run as there.
Prints a table in Markdown: a line for each album and program, and their means.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.compare import Answer, asked, last_line

ABLE = ("ours", "cleanvision")
"""Programs that judge quality."""


def low_of(program: str, album: Path, bad: Sequence[str]) -> Answer:
    """A program's answer; one that stops at unreadable files gets the album without them."""
    answer, output = asked(program, album)
    if answer is None:
        with tempfile.TemporaryDirectory() as folder:
            readable = Path(folder) / "album"
            shutil.copytree(album, readable, ignore=lambda *_: bad)
            answer, output = asked(program, readable)
    if answer is None:
        raise SystemExit(f"{program} did not run: {last_line(output)}")
    return answer


def scores(found: set[str], truth: Mapping[str, str]) -> list[float]:
    """Precision, recall, F1, and the recall of each kind in alphabetical order."""
    hits = found & truth.keys()
    precision, recall = len(hits) / max(1, len(found)), len(hits) / len(truth)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    there, flagged = Counter(truth.values()), Counter(truth[name] for name in hits)
    return [precision, recall, f1, *(flagged[kind] / there[kind] for kind in sorted(there))]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("albums", type=Path, nargs="+")
    parser.add_argument("--only", nargs="+", choices=ABLE, default=list(ABLE))
    call = parser.parse_args()
    truths = [
        json.loads(album.with_name(f"{album.name}.truth.json").read_text()) for album in call.albums
    ]
    kinds = sorted(set(truths[0]["low"].values()))
    columns = ("album", "program", "precision", "recall", "F1", *kinds)
    print("|", " | ".join(columns), "|")
    print("|", " | ".join("---" for _ in columns), "|")
    for program in call.only:
        lines: list[list[float]] = []
        name = ""
        for album, truth in zip(call.albums, truths, strict=True):
            answer = low_of(program, album.resolve(), truth["bad_files"])
            name = answer.name
            lines.append(scores(set(answer.low or ()), truth["low"]))
            show(album.name, name, lines[-1])
        show("mean", name, [sum(line) / len(lines) for line in zip(*lines, strict=True)])


def show(album: str, program: str, numbers: Sequence[float]) -> None:
    print(f"| {album} | {program} |", " | ".join(f"{n:.3f}" for n in numbers), "|", flush=True)


if __name__ == "__main__":
    main()
