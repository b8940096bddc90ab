"""Which folder is a case, and which that of a report. Kept apart, because `verify` loads as little as it can."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..custody.layout import LOG, SEAL, SIGNATURE, is_report_folder
from ..errors import CaseError
from ..model.text import visible


def is_case(path: str | Path) -> bool:
    """Whether a case lies there, whatever state it may be in."""
    try:
        return (Path(path) / LOG).is_symlink() or (Path(path) / LOG).exists()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False


def is_sealed(folder: str | Path) -> bool:
    """Whether a seal with its signature lies there, good or not."""
    try:
        return all((Path(folder) / name).exists() for name in (SEAL, SIGNATURE))
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder lies there; no name whatever raises, as it does with Path.is_dir."""
    return os.path.isdir(path)  # noqa: PTH112


def is_report(folder: Path) -> bool:
    """Whether it is the folder of a report that lies in no case."""
    try:
        return not is_case(folder) and is_report_folder(os.listdir(folder))  # noqa: PTH208 names alone are wanted
    except OSError:
        return False  # and whoever takes it for a case says why


def case_of(path: str | Path) -> Path:
    """The folder of a case. Raises CaseError where there is no folder, or no case in it."""
    root = folder_of(path)
    if not is_case(root):
        raise no_case(root)
    return root


def no_case(root: Path) -> CaseError:
    """What to say of a folder that is none."""
    told = visible(str(root), limit=200)
    if is_report(root):
        return CaseError(
            f"{told} is the folder of a report, and no case: it has no log", remedy="keep it in one: check --case DIR"
        )
    return CaseError(f"{told} is no case: it has no {LOG}", remedy="name a folder that check --case wrote")


def _what(path: Path) -> str:
    """What lies there that nobody takes for a folder, with a comma: told by its kind alone, and not opened."""
    from ..custody.contents import other_kind

    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except (OSError, ValueError):
        return ""
    kind = "" if stat.S_ISREG(mode) else other_kind(mode)
    return f"{kind}, and " if kind else ""


def folder_of(case: str | Path) -> Path:
    """The folder of a case. Raises CaseError where there is none."""
    root = Path(case)
    if not is_folder(root):
        raise CaseError(
            f"{visible(str(root), limit=200)} is {_what(root)}no folder",
            remedy="check the name; a case is a folder that check --case wrote",
        )
    return root
