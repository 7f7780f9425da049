import pytest

from photo_organizer.engine.cleanup.journal import Freed
from photo_organizer.ui.words.freed_text import freed_text


@pytest.mark.parametrize(
    ("size", "in_trash", "told"),
    [
        (0, 0, ""),
        (12_400_000_000, 0, "12.4 GB freed so far"),
        (3_100_000, 3_100_000, "3.1 MB freed so far, once the trash is emptied"),
        (
            12_400_000_000,
            3_100_000_000,
            "12.4 GB freed so far, 3.1 GB of it once the trash is emptied",
        ),
    ],
)
def test_what_is_in_the_trash_still_takes_room(size: int, in_trash: int, told: str) -> None:
    assert freed_text(Freed(size, in_trash)) == told
