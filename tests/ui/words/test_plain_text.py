import pytest
from PySide6.QtGui import Qt

from photo_organizer.ui.words.plain_text import button_text, tip, title, unmarked, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("Überraschung 사진 👩‍👧.jpg", "Überraschung 사진 👩‍👧.jpg"),
        ("two\nlines\t\x7f", "two␊lines␉␡"),
        ("photo\u202egpj.exe", "photo[U+202E]gpj.exe"),
        ("\u2066a\u2069\u2028\x85", "[U+2066]a[U+2069][U+2028][U+0085]"),
        ("caf\udce9.jpg", "caf�.jpg"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_what_is_not_seen_is_made_visible_and_all_else_stays(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "<img src=/dev/zero>",
        "  <b>bold",
        "a <b>",
        "&lt;b&gt;",
        "<!DOCTYPE html>x",
        "<?xml version='1.0'?><b>",
        "<a href='file:///etc/passwd'>x</a>",
        "one line\n<table>",
    ],
)
def test_no_tip_is_taken_for_html_and_it_reads_as_before(text: str) -> None:
    shown = tip(text)
    assert not Qt.mightBeRichText(shown)
    assert shown.replace("\N{WORD JOINER}", "") == text
    assert "<b" not in unmarked(text)


def test_a_tip_of_plain_words_stays_as_it_is() -> None:
    assert tip("R&D < 3 > 2\n/photos") == "R&D < 3 > 2\n/photos"


def test_no_ampersand_of_a_name_is_a_key_and_no_mark_of_changes_is_one() -> None:
    assert button_text("R&D\n") == "R&&D␊"
    assert title("[*] a") == "[*][*] a"
