"""Which files below a folder are pictures, by their first bytes, and which ones were passed over."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError
from ..model.text import counted, visible
from . import no_picture
from .containers.sniff import media_type
from .own_files import first_bytes, own_files

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".heif", ".avif")
"""A file whose name ends so is meant to be a picture: when it is none, that is told."""
_TOLD_OF_NONE = 3
_PERMISSION = "ask its owner for read permission"
_ASK = "ask whoever sent it for the picture again"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A file or folder below the folder that may hold a picture and was not taken, and what to do about it."""

    path: Path
    reason: str
    remedy: str
    is_folder: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a path holds: pictures, and what was passed over, both sorted by path."""

    pictures: tuple[Path, ...]
    passed_over: tuple[PassedOver, ...] = ()
    reports: tuple[Path, ...] = ()
    """Folders below it that hold a report or a comparison of this program: their figures are not taken."""

    @property
    def reports_told(self) -> str:
        """What was left out because this program drew it, in a sentence; "" where nothing was."""
        if not self.reports:
            return ""
        folders = f"{counted(len(self.reports), 'folder')} of reports, such as {visible(str(self.reports[0]))}"
        return f"the figures in {folders}, were left out; name a folder itself to have them taken"


def pictures(path: Path) -> list[Path]:
    """The pictures that `look` finds. Raises InputError as it does."""
    return list(look(path).pictures)


def look(path: Path, leave: Collection[tuple[int, int]] = ()) -> Found:
    """A file is itself; of a folder every regular file below it whose first bytes are a picture.

    Passed over, and told: what cannot be read, file or folder; links that lead out of the folder; names that end like a
    picture but are empty or none by content. Other files (notes, tables) are not told, nor links to what lies inside.
    Figures of this program's own reports below the folder are left out: each look would find those of the one before.
    `leave`: files below it that are not opened, by device and number. Raises InputError when the path is missing or a
    folder holds no picture.
    """
    told = visible(str(path))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise InputError(f"{told}: no such file or folder", remedy="check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(
            f"{told}: cannot be looked at ({reason})", remedy="check the name and the permissions"
        ) from error
    if not stat.S_ISDIR(mode):
        return Found(pictures=(path,))
    if not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"{told}: no permission to look into the folder", remedy=_PERMISSION)
    found = below(path, leave)
    if not found.pictures:
        passed = [f"{visible(item.path.name)}: {item.reason}" for item in found.passed_over]
        more = f" and {len(passed) - _TOLD_OF_NONE} more" if len(passed) > _TOLD_OF_NONE else ""
        why = f" (passed over: {'; '.join(passed[:_TOLD_OF_NONE])}{more})" if passed else ""
        why += f"; {found.reports_told}" if found.reports else ""
        raise InputError(f"{told}: no picture in this folder{why}", remedy="give a folder that holds pictures")
    return found


def below(root: Path, leave: Collection[tuple[int, int]] = ()) -> Found:
    """The same of a folder that may hold no picture yet; a `root` that cannot be looked into is passed over itself."""
    taken: list[Path] = []
    passed: list[PassedOver] = []
    reports: list[Path] = []

    def unreadable(error: OSError) -> None:
        passed.append(_unreadable(Path(error.filename), error, is_folder=True))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        linked = [name for name in folders if os.path.islink(os.path.join(folder, name))]  # noqa: PTH114, PTH118
        passed += filter(None, (_link(Path(folder, name), root, is_folder=True) for name in linked))
        own = own_files(folder, names) if Path(folder) != root else frozenset[str]()
        if own:
            reports.append(Path(folder))
        for name in names:
            if name in own:
                continue
            seen = _looked_at(os.path.join(folder, name), root, leave)  # noqa: PTH118 - a million paths are joined faster as text
            if isinstance(seen, Path):
                taken.append(seen)
            elif seen is not None:
                passed.append(seen)
    return Found(
        pictures=tuple(sorted(taken)),
        passed_over=tuple(sorted(passed, key=lambda item: item.path)),
        reports=tuple(sorted(reports)),
    )


def _looked_at(path: str, root: Path, leave: Collection[tuple[int, int]]) -> Path | PassedOver | None:
    """A picture; why it was passed over; None for a file that nobody would take for one."""
    means_picture = path.lower().endswith(PICTURE_ENDINGS)
    try:
        status = os.lstat(path)
        mode = status.st_mode
        if leave and (status.st_dev, status.st_ino) in leave:
            return None
        if stat.S_ISLNK(mode):
            return _link(Path(path), root, is_folder=False) if means_picture else None
        if not stat.S_ISREG(mode):
            return _passed(path, "no regular file", "give a picture file") if means_picture else None
        start = first_bytes(path)
    except OSError as error:
        return _unreadable(Path(path), error)
    if media_type(start):
        return Path(path)
    if not means_picture:
        return None
    if not start:
        return _passed(path, "the file is empty", _ASK)
    what, remedy = no_picture.told(start)
    return _passed(path, f"not a picture by its content{f', but {what}' if what else ''}", remedy or _ASK)


def _link(path: Path, root: Path, *, is_folder: bool) -> PassedOver | None:
    """A link that leads out or nowhere; None for one to a file or folder that the walk meets by itself."""
    try:
        target = path.resolve(strict=True)
    except PermissionError as error:
        return _unreadable(path, error, is_folder=is_folder)
    except (OSError, RuntimeError):
        return _passed(path, "a link that leads nowhere", "put the file itself in its place")
    if target.is_relative_to(root.resolve()):
        return None
    reason = "a link that leads out of the folder, which is not followed"
    return _passed(path, reason, f"give the {'folder' if is_folder else 'file'} itself", is_folder=is_folder)


def _unreadable(path: Path, error: OSError, *, is_folder: bool = False) -> PassedOver:
    if isinstance(error, PermissionError):
        return _passed(path, "no permission to read it", _PERMISSION, is_folder=is_folder)
    reason = f"cannot be read ({error.strerror or error})"
    return _passed(path, reason, "check the name and the drive", is_folder=is_folder)


def _passed(path: str | Path, reason: str, remedy: str, *, is_folder: bool = False) -> PassedOver:
    return PassedOver(path=Path(path), reason=reason, remedy=remedy, is_folder=is_folder)
