"""Photo Organizer beside other programs, on the same album, in one run.

    uv run benchmarks/compare.py ALBUM TRUTH.json [--only NAME ...]

ALBUM is a folder of photos, TRUTH.json says what is in it:
``{"groups": [["a.jpg", "b.jpg"], …], "low": {"c.jpg": "blur", …}, "bad_files": ["d.jpg", …]}``.

Prints a table in Markdown. All pairs of all groups are compared, of whatever kind; seconds are
those of the whole command for Photo Organizer, and of the call alone, without imports, for others.
The other programs are no dependencies of this one: uv puts each into an environment of its own,
with the versions that are the newest then, and runs it with its default thresholds. One that stops
at the unreadable files gets the album again without them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, field
from importlib import import_module
from importlib.metadata import version
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

PATIENCE = 1800.0
"""Seconds after which a program counts as not finished."""

COLUMNS = (
    "program",
    "duplicate pairs P / R / F1",
    "low quality P / R / F1",
    "unreadable files",
    "seconds",
)


@dataclass
class Answer:
    """What a program says about an album; photos by name."""

    name: str
    groups: list[list[str]] = field(default_factory=list)
    low: list[str] | None = None
    """None: it does not judge quality."""
    skipped: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class Program:
    """How to ask a program."""

    ask: Callable[[Path], Answer]
    module: str | None = None
    """Imported before the clock starts."""
    requirement: str | None = None
    """What uv installs; None where it is here already."""
    python: str | None = None


def ours(album: Path) -> Answer:
    with tempfile.TemporaryDirectory() as home:
        answer = Path(home) / "answer.json"
        subprocess.run(
            [sys.executable, "-m", "photo_organizer", "analyze", album, "--json", answer],
            env={**os.environ, "PHOTO_ORGANIZER_HOME": home},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        result = json.loads(answer.read_text())
    return Answer(
        f"Photo Organizer {version('photo-organizer')}",
        [names(group) for group in result["duplicates"]],
        names(result["low_quality"]),
        names(entry["image"] for entry in result["skipped"]),
    )


def imagehash_phash(album: Path) -> Answer:
    """A library without a search of its own: all pairs within the distance imagededup uses."""
    import imagehash
    import numpy as np
    from PIL import Image, ImageOps

    hashes, skipped = {}, []
    for path in sorted(album.iterdir()):
        try:
            with Image.open(path) as image:
                hashes[path.name] = imagehash.phash(ImageOps.exif_transpose(image)).hash.ravel()
        except OSError:
            skipped.append(path.name)
    found, bits = list(hashes), np.array(list(hashes.values()))
    distances = (bits[:, None] != bits[None]).sum(axis=2)
    pairs = np.argwhere(np.triu(distances <= 10, k=1))
    groups = [[found[one], found[two]] for one, two in pairs]
    return Answer(f"ImageHash {version('ImageHash')}, pHash", groups, None, skipped)


def imagededup_phash(album: Path) -> Answer:
    from imagededup.methods import PHash

    found = PHash(verbose=False).find_duplicates(image_dir=str(album))
    groups = [[one, two] for one, others in found.items() for two in others]
    return Answer(f"imagededup {version('imagededup')}, pHash", groups)


def imagededup_cnn(album: Path) -> Answer:
    from imagededup.methods import CNN

    found = CNN(verbose=False).find_duplicates(image_dir=str(album))
    groups = [[one, two] for one, others in found.items() for two in others]
    return Answer(f"imagededup {version('imagededup')}, CNN", groups)


def cleanvision(album: Path) -> Answer:
    from cleanvision import Imagelab

    lab = Imagelab(data_path=str(album))
    lab.find_issues(verbose=False)
    kinds = ("exact_duplicates", "near_duplicates")
    groups = [names(group) for kind in kinds for group in lab.info[kind]["sets"]]
    # Its other flags, odd sizes and shapes, are about resized copies rather than flaws.
    flaws = ("dark", "light", "blurry", "low_information")
    flagged = lab.issues[[f"is_{flaw}_issue" for flaw in flaws]].any(axis=1)
    return Answer(f"cleanvision {version('cleanvision')}", groups, names(flagged.index[flagged]))


def immaculate(method: str) -> Callable[[Path], Answer]:
    def ask(album: Path) -> Answer:
        from immaculate import find_duplicates

        found = find_duplicates(album, method)
        groups = [names(map(str, group)) for group in (*found.exact, *found.near)]
        name = f"immaculate {version('immaculate')}, {method}"
        return Answer(name, groups, None, names(map(str, found.skipped)))

    return ask


def czkawka(album: Path) -> Answer:
    """Its library, by the Python bindings of the registry, where the program itself is not."""
    from czkawka import ImageSimilarity

    finder = ImageSimilarity()
    finder.set_directories([album])
    finder.set_similarity(10)
    groups = [names(map(str, group)) for group in finder.find_similar()]
    return Answer(f"czkawka {version('czkawka')} (Python bindings)", groups)


def fastdup(album: Path) -> Answer:
    import fastdup as program

    with tempfile.TemporaryDirectory() as work:
        found = program.create(work_dir=work, input_dir=str(album))
        found.run(overwrite=True, print_summary=False)
        similar = found.similarity()
        groups = []
        if len(similar):  # without any it has no columns either
            alike = similar[similar["distance"] >= 0.9][["filename_from", "filename_to"]]
            groups = [names(pair) for pair in alike.values.tolist()]
    return Answer(f"fastdup {version('fastdup')}", groups)


PROGRAMS = {
    "ours": Program(ours),
    "imagehash": Program(imagehash_phash, "imagehash"),
    "imagededup": Program(imagededup_phash, "imagededup.methods", "imagededup"),
    "imagededup-cnn": Program(imagededup_cnn, "imagededup.methods", "imagededup"),
    "cleanvision": Program(cleanvision, "cleanvision", "cleanvision"),
    "czkawka": Program(czkawka, "czkawka", "czkawka"),
    "fastdup": Program(fastdup, "fastdup", "fastdup", "3.11"),
} | {
    f"immaculate-{method.replace('_', '-')}": Program(
        immaculate(method), "immaculate", "immaculate[sscd]", "3.12"
    )
    for method in ("pdq", "sscd", "sscd_distilled")
}


def names(images: Iterable[str]) -> list[str]:
    """File names of paths or ``file://`` addresses."""
    return [Path(unquote(urlparse(i).path) if "://" in i else i).name for i in images]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("album", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--only", nargs="+", choices=PROGRAMS, default=list(PROGRAMS))
    parser.add_argument("--answer", choices=PROGRAMS, help=argparse.SUPPRESS)
    call = parser.parse_args()
    album = call.album.resolve()
    if call.answer:
        program = PROGRAMS[call.answer]
        if program.module is not None:
            import_module(program.module)
        start = time.perf_counter()
        answer = program.ask(album)
        answer.seconds = time.perf_counter() - start
        call.truth.write_text(json.dumps(asdict(answer)))
        return

    truth = json.loads(call.truth.read_text())
    print("|", " | ".join(COLUMNS), "|")
    print("|", " | ".join("---" for _ in COLUMNS), "|")
    for name in call.only:
        print(row(name, album, truth), flush=True)


def row(name: str, album: Path, truth: Mapping[str, Any]) -> str:
    """A program's line of the table."""
    bad: list[str] = truth["bad_files"]
    answer, output = asked(name, album)
    stops = ""
    if answer is None and bad:
        stops = f"stops: {last_line(output)}"
        with tempfile.TemporaryDirectory() as folder:
            readable = Path(folder) / "album"
            shutil.copytree(album, readable, ignore=lambda *_: bad)
            answer, output = asked(name, readable)
    if answer is None:
        return f"| {name} | did not run: {last_line(output)} | | | |"
    named = [n for n in bad if n in answer.skipped or n in output]
    groups = shares(pairs(answer.groups), pairs(truth["groups"]))
    low = "–" if answer.low is None else shares(set(answer.low), set(truth["low"]))
    unreadable = stops or f"names {len(named)} of {len(bad)}, finishes"
    return f"| {answer.name} | {groups} | {low} | {unreadable} | {answer.seconds:.0f} |"


def asked(name: str, album: Path) -> tuple[Answer | None, str]:
    """A program's answer, None where it failed, and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answer.json"
        done = subprocess.run(
            question(name, album, file),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        answer = Answer(**json.loads(file.read_text())) if done.returncode == 0 else None
        return answer, done.stdout


def question(name: str, album: Path, file: Path) -> list[str]:
    """The command that has a program answer into a file, in an environment of its own."""
    program = PROGRAMS[name]
    python = [sys.executable]
    if program.requirement is not None:
        wanted = ["--python", program.python or f"{sys.version_info[0]}.{sys.version_info[1]}"]
        alone = ["uv", "run", "--quiet", "--isolated", "--no-project", *wanted]
        python = [*alone, "--with", program.requirement, "python"]
    return [*python, __file__, str(album), str(file), "--answer", name]


def pairs(groups: Sequence[Sequence[str]]) -> set[frozenset[str]]:
    """Every two photos of a group."""
    return {frozenset(pair) for group in groups for pair in combinations(sorted(group), 2)}


def shares(found: AbstractSet[object], wanted: AbstractSet[object]) -> str:
    """Precision, recall and F1."""
    hits = len(found & wanted)
    precision, recall = hits / max(1, len(found)), hits / max(1, len(wanted))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"{precision:.3f} / {recall:.3f} / {f1:.3f}"


def last_line(output: str) -> str:
    lines = output.strip().splitlines()
    return lines[-1] if lines else "without a word"


if __name__ == "__main__":
    main()
