"""What the documents name is there: files, folders and links."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")])
FOLDERS = ("benchmarks", "docs", "photo_organizer", "resources", "tests", "tools")
ROOMS = ("cli", "demo", "engine", "ui")
"""Folders of the program, which documents name without the package above them."""

_CODE = re.compile(r"`([^`\s]+/[^`\s]*)`")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_folders_that_are_named_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    missing = [name for name in _CODE.findall(text) if _is_path(name) and not _found(name)]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_within_the_repository_lead_somewhere(document: Path) -> None:
    links = [link for link in _LINK.findall(document.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def _is_path(name: str) -> bool:
    return name.partition("/")[0] in (*FOLDERS, *ROOMS)


def _found(name: str) -> bool:
    base = ROOT if name.partition("/")[0] in FOLDERS else ROOT / "photo_organizer"
    return any(base.glob(name.rstrip("/"))) if "*" in name else (base / name).exists()
