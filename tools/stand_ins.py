"""Small libraries for a bundle in the place of large ones that are linked with and never used.

A wheel is linked with all that it could be asked for: OpenCV with FFmpeg for videos, which this
program counts and never opens, libheif with an encoder, Qt with the collation of all languages.
Together they are a fifth of a light bundle. What must be there to load the rest is a library of the
name with the functions of the names: here each of them answers nothing. OpenCV's linear algebra is
another matter: it is handed on to the same library that SciPy brings.

On Linux, and where there is a C compiler; elsewhere the bundle is larger.
"""

from __future__ import annotations

import fnmatch
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tools.bundle_parts import Entry

NEVER_CALLED = (
    "*.libs/libavcodec-*",
    "*.libs/libavformat-*",
    "*.libs/libavutil-*",
    "*.libs/libswscale-*",
    "*.libs/libswresample-*",
    "*.libs/libx265-*",
)
"""Videos, and the encoder of HEIC: photos of it are read, never written."""

NO_COLLATION = "*/libicudata.so.*"
"""ICU's tables. Qt alone asks for them, to order words, and orders by letters without them; lists
of this program are ordered by itself."""

HANDED_ON = ("opencv_python_headless.libs/libopenblas*", "scipy.libs/libscipy_openblas-*", "scipy_")
"""The linear algebra of OpenCV, that of SciPy, and what the names of the latter begin with."""

_JUMP = {"x86_64": ("jmp", "@PLT"), "aarch64": ("b", "")}
"""How a processor goes on in another function with all that was handed over."""

Symbols = dict[str, str]
"""Names of functions, with the version that is asked for; "" where none is."""


@dataclass(frozen=True)
class _Source:
    """What a small library is made of."""

    code: str
    """In C."""
    versions: str = ""
    """The linker's script that gives the names in it their versions."""
    words: tuple[str, ...] = ()
    """More words for the linker."""


def with_stand_ins(entries: Sequence[Entry], folder: Path) -> list[Entry]:
    """The binaries of a bundle with small libraries in the place of the large ones.

    Args:
        entries: all binaries.
        folder: where the small ones are made.
    """
    compiler = shutil.which("cc")
    if sys.platform != "linux" or compiler is None or platform.machine() not in _JUMP:
        return list(entries)
    changed = []
    for entry in entries:
        source = None if entry.kind == "SYMLINK" else _source(entry, entries)
        if source is None:
            changed.append(entry)
        else:
            made = _compile(compiler, source, folder / entry.dest)
            changed.append(entry._replace(source=str(made)))
    return changed


def _source(entry: Entry, entries: Sequence[Entry]) -> _Source | None:
    """What takes an entry's place; None where it stays."""
    own, scipys, prefix = HANDED_ON
    if fnmatch.fnmatchcase(entry.dest, NO_COLLATION):
        return _no_tables(entry)
    if fnmatch.fnmatchcase(entry.dest, own):
        others = [other for other in entries if fnmatch.fnmatchcase(other.dest, scipys)]
        return _handed_on(asked_for(entry, entries), others[0], prefix) if others else None
    if _is_never_called(entry):
        names = asked_for(entry, entries)
        code = "\n".join(f"void *{name}(void) {{ return 0; }}" for name in names)
        return _Source(code, _versions(names))
    return None


def _handed_on(names: Symbols, other: Entry, prefix: str) -> _Source | None:
    """Functions that go on in those of another library; None where it lacks one."""
    there = _names(other.source, "--defined-only")
    if not all(f"{prefix}{name}" in there for name in names):
        return None
    jump, suffix = _JUMP[platform.machine()]
    lines = [
        rf".globl {name}\n.type {name},%function\n{name}: {jump} {prefix}{name}{suffix}\n"
        for name in names
    ]
    code = "\n".join(f'__asm__("{line}");' for line in lines)
    place = PurePosixPath(other.dest).parent
    return _Source(
        code, words=("-Wl,--no-as-needed", other.source, f"-Wl,-rpath,$ORIGIN/../{place}")
    )


def asked_for(entry: Entry, entries: Iterable[Entry]) -> Symbols:
    """The names in a library that others of the bundle ask for."""
    has = _names(entry.source, "--defined-only")
    asked: Symbols = {}
    for other in entries:
        if other is entry or other.kind == "SYMLINK" or _is_never_called(other):
            continue
        asked |= {n: v for n, v in _names(other.source, "--undefined-only").items() if n in has}
    return dict(sorted(asked.items()))


def _is_never_called(entry: Entry) -> bool:
    """Whether it is never used: then what it asks for is not asked for either."""
    return any(fnmatch.fnmatchcase(entry.dest, pattern) for pattern in NEVER_CALLED)


_known: dict[tuple[str, str], Symbols] = {}


def _names(file: str, which: str) -> Symbols:
    if (file, which) not in _known:
        listed = subprocess.run(
            ["nm", "--dynamic", which, "--format=posix", file],
            capture_output=True,
            text=True,
            check=False,  # not every file is a library
        )
        parts = [
            line.split()[0].replace("@@", "@").partition("@") for line in listed.stdout.splitlines()
        ]
        # Of C++ some names are everybody's own, and must not come from here.
        names = {name: version for name, _, version in parts if not name.startswith("_Z")}
        _known[file, which] = names
    return _known[file, which]


def _versions(names: Symbols) -> str:
    """A linker's script that gives each name its version."""
    versions = sorted({version for version in names.values() if version})
    return "\n".join(
        f"{version} {{ global: {'; '.join(n for n, v in names.items() if v == version)}; }};"
        for version in versions
    )


def _no_tables(entry: Entry) -> _Source:
    """ICU's data with nothing in it: a header, and a table of contents of no entries."""
    (name,) = [n for n in _names(entry.source, "--defined-only") if n.endswith("_dat")]
    header = (32, 0, 0xDA, 0x27, 20, 0, 0, 0, 0, 0, 2, 0, *b"CmnD", 1, 0, 0, 0, 0, 0, 0, 0)
    numbers = ", ".join(map(str, (*header, *[0] * 32)))
    return _Source(f"__attribute__((aligned(16))) const char {name}[] = {{ {numbers} }};")


def _compile(compiler: str, source: _Source, library: Path) -> Path:
    library.parent.mkdir(parents=True, exist_ok=True)
    code, script = library.with_suffix(".c"), library.with_suffix(".versions")
    code.write_text(source.code + "\n")
    script.write_text(source.versions + "\n")
    subprocess.run(
        [
            *(compiler, "-shared", "-fPIC", "-O2", "-s", "-w", f"-Wl,-soname,{library.name}"),
            *([f"-Wl,--version-script,{script}"] if source.versions else []),
            *("-o", library, code, *source.words),
        ],
        check=True,
    )
    return library
