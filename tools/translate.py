"""Collects the sentences of the code and compiles their translations.

    uv run tools/translate.py

Writes ``resources/translations/photo_organizer_ko.ts`` and so on for each language of
``resources/languages.toml``, with what is new marked as unfinished, and the ``.qm`` files that the
window loads. The English one has only the sentences with a count: ``one`` and ``many`` of them.
Translate between two runs, with Qt Linguist (``pyside6-linguist``) or an editor. The files are
kept: users need no tools of Qt.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = tomllib.loads((ROOT / "resources" / "languages.toml").read_text(encoding="utf-8"))
"""Every language, English among them; see the file."""


def collect(language: str, target: Path) -> None:
    """Bring the sentences of a ``.ts`` file up to date; those that are gone leave it."""
    _run(
        "pyside6-lupdate",
        *("-extensions", "py", "-locations", "none", "-no-obsolete", "-silent"),
        *(("-pluralonly",) if language == "en" else ()),
        *("-source-language", "en_US", "-target-language", LANGUAGES[language]["territory"]),
        *(ROOT / "photo_organizer", "-ts", target),
    )


def compile_sentences(source: Path, target: Path) -> None:
    """Make a ``.qm`` file of the finished translations of a ``.ts`` file."""
    _run("pyside6-lrelease", "-silent", "-nounfinished", source, "-qm", target)


def _run(tool: str, *arguments: str | Path) -> None:
    subprocess.run([Path(sys.executable).parent / tool, *map(str, arguments)], check=True)


def main() -> None:
    for language in LANGUAGES:
        source = FOLDER / f"photo_organizer_{language}.ts"
        collect(language, source)
        compile_sentences(source, source.with_suffix(".qm"))
        missing = source.read_text(encoding="utf-8").count('type="unfinished"')
        print(f"{source.name}: {missing} sentences to translate")


if __name__ == "__main__":
    main()
