"""Lists of rated photos."""

from pathlib import Path

import pytest

from photo_organizer.engine.highlights.rated_lists import RatedListError, read_rated_list


@pytest.fixture
def folder(tmp_path):
    for name in ("a.jpg", "b.jpg", "사진.jpg", "101.jpg", "102.jpg"):
        (tmp_path / name).write_bytes(b"picture")
    return tmp_path


def listed(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "ratings.csv"
    file.write_bytes(text.encode(encoding))
    return file


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("image,score\na.jpg,1.5\n사진.jpg,4\n", "utf-8"),
        ("Image,Score\r\na.jpg,1.5\r\n사진.jpg,4\r\n", "utf-8-sig"),
        ("who;score;image\nme;1.5;a.jpg\n\nme;4;사진.jpg\n", "utf-8"),
        ('score\timage\n1.5\t"a.jpg"\n4\t사진.jpg\n', "utf-8"),
    ],
)
def test_csv_of_several_programs(folder, text, encoding):
    ratings = read_rated_list(listed(folder, text, encoding))
    assert [(r.path, r.score) for r in ratings.rows] == [
        (folder / "a.jpg", 1.5),
        (folder / "사진.jpg", 4.0),
    ]
    assert (ratings.low, ratings.high) == (1.5, 4.0)


def test_ava_gives_the_mean_of_the_votes_on_its_own_scale(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("lists")
    text = "1 101 0 0 0 0 10 0 0 0 0 0 1 22 1396\n2 102 1 0 0 0 0 0 0 0 0 3 0 0 1396\n"
    ratings = read_rated_list(listed(elsewhere, text), folder)
    assert [(r.row, r.path.name, r.score) for r in ratings.rows] == [
        (1, "101.jpg", 5.0),
        (2, "102.jpg", 7.75),
    ]
    assert (ratings.low, ratings.high) == (1.0, 10.0)


def test_all_rows_that_are_wrong_are_named_with_their_reason(folder):
    (folder / "link.jpg").symlink_to(folder / "a.jpg")
    text = (
        "image,score\na.jpg,3\nb.jpg,nan\nb.jpg,inf\nb.jpg,good\nb.jpg\n,4\n"
        "gone.jpg,2\n./a.jpg,3\nlink.jpg,3\nb.jpg,1\n"
    )
    with pytest.raises(RatedListError, match=r"8 rows of .*ratings\.csv") as refused:
        read_rated_list(listed(folder, text))
    assert [(p.row, p.reason.text()) for p in refused.value.problems] == [
        (3, "the score is not a finite number: nan"),
        (4, "the score is not a finite number: inf"),
        (5, "the score is not a number: good"),
        (6, "no score"),
        (7, "no image"),
        (8, "no such file"),
        (9, "rated already in row 2"),
        (10, "rated already in row 2"),
    ]
    assert str(refused.value).count("\n") == 8
    assert "row 8: gone.jpg: no such file" in str(refused.value)


def test_wrong_rows_of_ava(folder):
    text = (
        "1 101 0 0 0 0 10 0 0 0 0 0 1\n2 102 0 0 0 0 0 0 0 0 0 0 1\n3 102 1 2\n4 102 1 x" + " 0" * 8
    )
    with pytest.raises(RatedListError) as refused:
        read_rated_list(listed(folder, text))
    assert [(p.row, p.reason.text()) for p in refused.value.problems] == [
        (2, "nobody voted"),
        (3, "ten counts of votes are needed"),
        (4, "ten counts of votes are needed"),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "must name the columns image and score"),
        ("file,stars\na.jpg,3\n", "must name the columns image and score"),
        ("image,score\n", "rates no photo"),
        ('image,score\n"a.jpg,3\n', "is no CSV"),
    ],
)
def test_a_file_that_is_no_list(folder, text, told):
    with pytest.raises(RatedListError, match=told):
        read_rated_list(listed(folder, text))


def test_files_that_cannot_be_read(folder):
    with pytest.raises(RatedListError, match="not UTF-8"):
        read_rated_list(listed(folder, "image,score\n사진.jpg,3\n", "cp949"))
    with pytest.raises(RatedListError, match="cannot be read"):
        read_rated_list(folder / "none.csv")
