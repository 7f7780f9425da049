from photo_organizer.engine.browse.folder_tree import Folder, FolderTree

FOLDERS = {
    1: "/photos/2024/trip 10",
    2: "/photos/2024/trip 9",
    3: "/photos",
    4: "/photos/2024/trip 9/best",
    5: "/elsewhere",
    6: "/photos/2024/trip 10",
}


def tree() -> FolderTree:
    return FolderTree(FOLDERS, ["/photos"])


def outline(folder: Folder) -> tuple[str, int, list]:
    return folder.name, folder.total, [outline(child) for child in folder.children]


def test_folders_lie_in_one_another_with_counts_of_all_below() -> None:
    elsewhere, photos = tree().roots
    assert outline(elsewhere) == ("elsewhere", 1, [])
    assert outline(photos) == (
        "photos",
        5,
        [("2024", 4, [("trip 9", 2, [("best", 1, [])]), ("trip 10", 2, [])])],
    )


def test_a_folder_knows_its_photos_with_and_without_those_below() -> None:
    folder = tree().get("/photos/2024/trip 9")
    assert folder is not None
    assert folder.ids(below=False) == [2]
    assert folder.ids(below=True) == [2, 4]
    assert (folder.row, folder.parent and folder.parent.name) == (0, "2024")


def test_folders_between_are_there_though_no_photo_lies_in_them() -> None:
    folder = tree().get("/photos/2024")
    assert folder is not None
    assert folder.photos == []
    assert len(tree()) == 6


def test_some_of_the_photos_are_counted_up_to_the_root() -> None:
    folders = [FOLDERS[photo] for photo in (1, 4, 6)]
    assert tree().counts(folders, below=False) == {
        "/photos/2024/trip 9/best": 1,
        "/photos/2024/trip 10": 2,
    }
    assert tree().counts(folders, below=True) == {
        "/photos": 3,
        "/photos/2024": 3,
        "/photos/2024/trip 9": 1,
        "/photos/2024/trip 9/best": 1,
        "/photos/2024/trip 10": 2,
    }


def test_a_root_is_no_prefix_of_another_name() -> None:
    roots = FolderTree({1: "/photos old", 2: "/photos"}, ["/photos"]).roots
    assert [root.path for root in roots] == ["/photos", "/photos old"]


def test_the_innermost_open_folder_is_not_cut_out_of_the_outer_one() -> None:
    roots = FolderTree({1: "/photos/2024", 2: "/photos"}, ["/photos", "/photos/2024"]).roots
    assert [root.path for root in roots] == ["/photos"]


def test_photos_outside_the_open_folders_have_roots_of_their_own() -> None:
    roots = FolderTree({1: "/a/b", 2: "/a", 3: "/c"}).roots
    assert [outline(root) for root in roots] == [("a", 2, [("b", 1, [])]), ("c", 1, [])]


def test_the_drive_itself_can_be_open() -> None:
    (root,) = FolderTree({1: "/photos"}, ["/"]).roots
    assert (root.name, root.total, root.children[0].name) == ("/", 1, "photos")
