"""What operations are called: the history, *Undo* and *Redo* name them so."""

from __future__ import annotations

from pathlib import Path

from photo_organizer.engine.domain.operations import Deed, Operation
from photo_organizer.engine.domain.results import Flaw
from photo_organizer.ui.words.names import category_name, flaw_name
from photo_organizer.ui.words.plain_text import visible
from photo_organizer.ui.words.translation import PLURAL, translate

STAR = "★"


def operation_name(operation: Operation, language: str) -> str:  # noqa: PLR0911 - one case a deed
    """An operation in words, "Rate 3 photos ★★★★".

    Args:
        operation: one of the history.
        language: of the window.
    """
    count = operation.count
    match operation.deed:
        case Deed.RATE:
            return _rating_name(operation)
        case Deed.FINE | Deed.NOT_FINE:
            return _fine_name(operation)
        case Deed.MOVE:
            moved = translate("history", "Move %Ln photos to {}", "", PLURAL, count)
            return moved.format(category_name(operation.detail, language))
        case Deed.ADD_CATEGORY:
            return translate("history", "Add the category {}").format(visible(operation.detail))
        case Deed.HIDE_CATEGORY:
            return translate("history", "Hide the category {}").format(visible(operation.detail))
        case Deed.EDIT_CATEGORIES:
            return translate("history", "Edit the categories")
        case Deed.PROTECT | Deed.UNPROTECT | Deed.KEEP_FROM | Deed.KEEP_FROM_NO_MORE:
            return _folder_name(operation)
        case Deed.FILE:
            filed = translate("history", "Move %Ln files into the folder {}", "", PLURAL, count)
            return filed.format(visible(Path(operation.detail).name))
        case Deed.CHANGE_FOLDERS:
            return translate("history", "Change protected and preferred folders")
        case _:
            return _photos_name(operation.deed, operation.count)


def _photos_name(deed: Deed, count: int) -> str:  # noqa: PLR0911, PLR0912 - one case a deed
    match deed:
        case Deed.MARK:
            return translate("history", "Mark %Ln photos for the trash", "", PLURAL, count)
        case Deed.MARK_SAFE:
            return translate("history", "Mark %Ln safe copies for the trash", "", PLURAL, count)
        case Deed.KEEP:
            return translate("history", "Keep %Ln photos", "", PLURAL, count)
        case Deed.KEEP_ONLY:
            return translate("history", "Keep one of %Ln photos", "", PLURAL, count)
        case Deed.KEEP_ALL:
            return translate("history", "Keep all %Ln photos of a group", "", PLURAL, count)
        case Deed.REVIEW:
            return translate("history", "Call a group of %Ln photos reviewed", "", PLURAL, count)
        case Deed.REVIEW_AGAIN:
            return translate("history", "Ask again about a group of %Ln photos", "", PLURAL, count)
        case Deed.NOT_DUPLICATES:
            return translate("history", "Call %Ln photos “not duplicates”", "", PLURAL, count)
        case Deed.DUPLICATES_AGAIN:
            return translate("history", "Let %Ln photos be duplicates again", "", PLURAL, count)
        case Deed.UNRATE:
            return translate("history", "Take the rating from %Ln photos", "", PLURAL, count)
        case Deed.FORGET_STARS:
            return translate("history", "Forget the stars of %Ln photos", "", PLURAL, count)
        case Deed.RELEASE:
            return translate(
                "history", "Let the program choose the category of %Ln photos", "", PLURAL, count
            )
        case Deed.CLEAN_UP:
            return translate("history", "Move %Ln photos to the trash", "", PLURAL, count)
        case _:
            return deed.value


def _rating_name(operation: Operation) -> str:
    count, stars = operation.count, int(operation.detail)
    if stars == 0:
        return translate("history", "Reject %Ln photos", "", PLURAL, count)
    rated = translate("history", "Rate %Ln photos {}", "", PLURAL, count)
    return rated.format(STAR * stars)


def _fine_name(operation: Operation) -> str:
    count = operation.count
    if operation.deed is Deed.FINE:
        name = translate("history", "Call %Ln photos fine", "", PLURAL, count)
    else:
        name = translate("history", "Ask again about %Ln photos", "", PLURAL, count)
    return f"{name} ({flaw_name(Flaw(operation.detail))})" if operation.detail else name


def _folder_name(operation: Operation) -> str:
    match operation.deed:
        case Deed.PROTECT:
            said = translate("history", "Protect {}")
            several = translate("history", "Protect folders")
        case Deed.UNPROTECT:
            said = translate("history", "No longer protect {}")
            several = translate("history", "No longer protect folders")
        case Deed.KEEP_FROM:
            said = translate("history", "Always keep from {}")
            several = translate("history", "Always keep from some folders")
        case _:
            said = translate("history", "No longer keep from {}")
            several = translate("history", "No longer keep from some folders")
    folder = Path(operation.detail)
    return said.format(visible(folder.name or str(folder))) if operation.detail else several
