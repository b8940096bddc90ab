"""Whether a case, or the folder of a report that lies in none, is as it was sealed (docs/custody.md).

Only what this needs is imported, and late: a small case is verified in less time than a module more takes to load.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, UsageError
from .folders import folder_of, is_report

if TYPE_CHECKING:
    from ..custody.verifying import Pinned
    from ..model.case import Verification
    from ..model.context import TrustAnchors


def verify(
    case: str | Path,
    *,
    signers: str | Path | None = None,
    against: str = "",
    trusted: Iterable[TrustAnchors] = (),
) -> Verification:
    """Whether a case, or a report's folder, is as it was sealed, offline and without writing.

    Of what is wrong the first thing is said, in words.

    `signers`: a file of keys that you trust (allowed_signers or .pub). `against`: a head of its log that you know from
    elsewhere, "12:<64 hex digits>" or the digits alone. `trusted`: certificates of time-stamp authorities
    that you trust, asked instead of those that came with the case. Raises UsageError for a head that is none,
    InputError for a signers file that cannot be read, CaseError where there is no folder.
    """
    from ..custody.contents import FolderContents
    from ..custody.log import watched
    from ..custody.verifying import known_head
    from ..custody.verifying import verify as look

    root = folder_of(case)
    pinned = None if signers is None else _pinned(Path(signers))
    if is_report(root):
        from ..custody.folder_seal import verify_folder

        if against:
            raise UsageError(f"{root} is a report's folder and has no log", remedy="--against is for cases")
        return verify_folder(FolderContents(root), pinned=pinned)
    try:
        known = known_head(against) if against else None
    except ValueError as error:
        raise UsageError(str(error), remedy="give it as seal, check --case or log printed it") from None
    with watched(root):
        anchors = "".join(listed.pem for listed in trusted)
        return look(FolderContents(root), pinned=pinned, against=known, anchors=anchors)


def _pinned(path: Path) -> Pinned:
    from ..custody.given import opened
    from ..custody.signers import read_signers
    from ..custody.verifying import Pinned
    from ..model.limits import CASE_SIGNATURE_BYTES

    try:
        with opened(path) as file:
            return Pinned(keys=read_signers(file.read(64 * CASE_SIGNATURE_BYTES)), file=path.name)
    except ValueError as error:
        raise InputError(f"{path}: {error}", remedy="give allowed_signers lines or a .pub file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})", remedy="check the name") from None
