"""Files of a case as its log names them; what the log does not name, or names otherwise, is never read as its own."""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..custody import disk
from ..custody.contents import FolderContents, read
from ..custody.layout import ORIGINALS, PAYLOAD
from ..custody.log import watched
from ..custody.reading import ReadLog, hold_file, read_log
from ..errors import CaseError, UsageError
from ..model.case import CaseFile, Head
from ..model.limits import Limits
from ..model.text import visible
from ..sealing.folders import folder_of, no_case

_DIGEST = re.compile(r"[0-9a-f]{8,64}")
_REMEDY = "see: provenance verify"


def files_of(case: str | Path) -> dict[str, CaseFile]:
    """Every file that the log of a case names, by its path, the oldest first. Raises CaseError.

    Never while the case is held for writing: it waits until no one writes.
    """
    return {path: file for path, (file, _) in _log_of(case).files.items()}


def head_of(case: str | Path) -> Head:
    """Where the log of a case ends. Raises CaseError."""
    return _log_of(case).head


def _log_of(case: str | Path) -> ReadLog:
    root = folder_of(case)
    try:
        disk.require_way(root, root / PAYLOAD)
        with watched(root):
            return read_log(FolderContents(root))
    except ValueError as error:
        raise CaseError(str(error), remedy=_REMEDY) from None
    except FileNotFoundError:
        raise no_case(root) from None
    except OSError as error:
        raise CaseError(f"the log of {root} cannot be read: {error.strerror}", remedy="name a case folder") from None


def held(root: Path, file: CaseFile, most_bytes: int = Limits().file_bytes) -> bytes:
    """The bytes of a file, which are those that the log names. Raises CaseError, also for more than `most_bytes`."""
    if file.size_bytes > most_bytes:
        raise CaseError(f"{file.path} has {file.size_bytes} bytes, more than {most_bytes}", remedy=_REMEDY)
    contents = FolderContents(root)
    try:
        disk.require_way(root, (root / file.path).parent)
        hold_file(file, contents)
        return read(contents, file.path, file.size_bytes)
    except ValueError as error:
        raise CaseError(str(error), remedy=_REMEDY) from None
    except OSError as error:
        linked = error.errno == errno.ELOOP  # a link is never followed
        reason = "it is a symbolic link" if linked else error.strerror or type(error).__name__
        raise CaseError(f"{file.path} cannot be read ({reason})", remedy=_REMEDY) from None


def originals(files: Mapping[str, CaseFile]) -> dict[str, CaseFile]:
    """The pictures as received, by their SHA-256."""
    return {file.sha256: file for path, file in files.items() if path.startswith(f"{ORIGINALS}/")}


def named(asked: str, known: Sequence[str]) -> str:
    """The one digest of `known` that begins so. Raises UsageError."""
    asked = asked.lower()
    found = sorted({digest for digest in known if _DIGEST.fullmatch(asked) and digest.startswith(asked)})
    if len(found) != 1:
        remedy = "give the first 8 digits or more of an original's SHA-256: provenance log CASE"
        raise UsageError(f"{visible(asked, limit=70)} names {len(found)} originals of this case", remedy=remedy)
    return found[0]
