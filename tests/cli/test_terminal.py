import pytest

from photo_organizer.cli import terminal


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.4, "59 s"), (61, "1 min"), (3590, "1 h 00 min"), (7500, "2 h 05 min")],
)
def test_durations_read_like_speech(seconds, text):
    assert terminal.duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (3_400_000, "3.4 MB"),
        (5e13, "50.0 TB"),
    ],
)
def test_sizes_use_decimal_units(count, text):
    assert terminal.size(count) == text


def test_invalid_bytes_and_square_brackets_of_names_can_be_printed():
    name = b"caf\xe9 [bold].jpg".decode("utf-8", "surrogateescape")
    assert terminal.readable(name) == "caf\N{REPLACEMENT CHARACTER} [bold].jpg"
    assert terminal.printable(name) == "caf\N{REPLACEMENT CHARACTER} \\[bold].jpg"


@pytest.mark.parametrize("console", [terminal.output, terminal.errors])
def test_a_long_path_stays_on_its_line(console, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    path = "/photos" * 20
    console().print(path)
    out, err = capsys.readouterr()
    assert out + err == f"{path}\n"


def test_json_keeps_letters_of_every_language(capsys):
    terminal.print_json({"image": "호수"}, indent=None)
    assert capsys.readouterr().out == '{"image": "호수"}\n'
