"""Small libraries in the place of large ones: what is loaded with them works as before."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import stand_ins
from tools.bundle_parts import Entry

pytestmark = pytest.mark.skipif(
    sys.platform != "linux"
    or platform.machine() not in ("x86_64", "aarch64")
    or not (shutil.which("cc") and shutil.which("nm")),
    reason="made on Linux, where there is a compiler",
)


def library(file: Path, code: str, *words: str) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    source = file.with_suffix(".c")
    source.write_text(code)
    subprocess.run(
        ["cc", "-shared", "-fPIC", f"-Wl,-soname,{file.name}", "-o", file, source, *words],
        check=True,
    )
    return str(file)


def asked(program: str, function: str, *, beside: Path) -> str:
    """What a function of a library answers, in a process of its own."""
    code = f"import ctypes; print(ctypes.CDLL({program!r}).{function}())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"LD_LIBRARY_PATH": str(beside)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr


def test_what_is_never_called_answers_nothing_and_the_rest_still_loads(tmp_path: Path) -> None:
    large = library(tmp_path / "a.libs/libavcodec-1.so", "int opened(void) { return 7; }")
    program = library(
        tmp_path / "a/program.so",
        "int opened(void); int video(void) { return opened(); } int photo(void) { return 5; }",
        large,
    )
    entries = [
        Entry("a.libs/libavcodec-1.so", large, "BINARY"),
        Entry("a/program.so", program, "EXTENSION"),
        Entry("libavcodec-1.so", "a.libs/libavcodec-1.so", "SYMLINK"),
    ]
    small, same, link = stand_ins.with_stand_ins(entries, tmp_path / "made")
    assert (same, link) == tuple(entries[1:])
    assert small.dest == entries[0].dest
    assert small.source != large
    there = Path(small.source).parent
    assert asked(program, "photo", beside=there) == "5"
    assert asked(program, "video", beside=there) == "0"


def linear_algebra(folder: Path, *, of_scipy: str) -> list[Entry]:
    """OpenCV's linear algebra, what SciPy's is made of, and a program that asks OpenCV's."""
    own = library(
        folder / "opencv_python_headless.libs/libopenblas-1.so", "int dgesv_(void) { return 1; }"
    )
    scipys = library(folder / "scipy.libs/libscipy_openblas-2.so", of_scipy)
    program = library(
        folder / "cv2/cv2.so", "int dgesv_(void); int solve(void) { return dgesv_(); }", own
    )
    return [
        Entry("opencv_python_headless.libs/libopenblas-1.so", own, "BINARY"),
        Entry("scipy.libs/libscipy_openblas-2.so", scipys, "BINARY"),
        Entry("cv2/cv2.so", program, "EXTENSION"),
    ]


def test_linear_algebra_is_handed_on_to_that_of_scipy(tmp_path: Path) -> None:
    entries = linear_algebra(tmp_path, of_scipy="int scipy_dgesv_(void) { return 2; }")
    small, *_ = stand_ins.with_stand_ins(entries, tmp_path / "made")
    own, _, program = (entry.source for entry in entries)
    assert small.source != own
    beside = f"{Path(small.source).parent}:{tmp_path / 'scipy.libs'}"
    assert asked(program, "solve", beside=Path(beside)) == "2"


def test_where_the_other_lacks_a_function_the_library_stays(tmp_path: Path) -> None:
    entries = linear_algebra(tmp_path, of_scipy="int another(void) { return 2; }")
    assert stand_ins.with_stand_ins(entries, tmp_path / "made") == entries


def test_without_a_compiler_everything_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stand_ins.shutil, "which", lambda _: None)
    entries = [Entry("a.libs/libavcodec-1.so", "/nowhere", "BINARY")]
    assert stand_ins.with_stand_ins(entries, tmp_path) == entries
