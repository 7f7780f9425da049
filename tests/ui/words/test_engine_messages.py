"""The engine's English sentences in the language of the window."""

import ast
import re
from pathlib import Path

import pytest

from photo_organizer.engine.domain import facts
from photo_organizer.ui.words.engine_messages import retold


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("truncated JPEG", "잘린 JPEG 파일"),
        ("corrupt raw file", "손상된 RAW 파일"),
        ("folder: no permission to read it", "폴더: 읽을 권한이 없음"),
        ("same file as a (1).jpg (hard link)", "a (1).jpg와(과) 같은 파일(하드 링크)"),
        (
            "The folder /a/b. c does not exist. Check the spelling, or connect its drive.",
            "/a/b. c 폴더가 없습니다. 이름을 확인하거나 드라이브를 연결하세요.",
        ),
    ],
)
def test_a_known_sentence_is_said_in_korean(english: str, korean: str) -> None:
    assert retold(english, "ko") == korean
    assert retold(english, "en") == english


def test_an_unknown_sentence_stays_as_it_is() -> None:
    assert retold("Input/output error", "ko") == "Input/output error"


def test_every_reason_for_leaving_a_file_out_is_known() -> None:
    """Each literal message of the engine's `UnreadableError` and `Skipped`, holes filled."""

    def filled(node: ast.AST) -> str | None:
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.JoinedStr(values=parts):
                return "".join(filled(part) or "7" for part in parts)
        return None

    sources = Path(facts.__file__).parents[1].rglob("*.py")
    said = [
        text
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("UnreadableError", "Skipped")
        and node.args
        and re.search("[a-z]{3}", text := filled(node.args[-1]) or "")
    ]
    assert len(said) > 10
    assert [text for text in said if retold(text, "ko") == text] == []
