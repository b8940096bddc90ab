"""Cases: pictures and reports into one, its seal, its verification, its chronology (docs/custody.md)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ._version import __version__
from .custody.layout import LOG, PAYLOAD, REPORTS
from .errors import CaseError, InputError, UsageError
from .model.canonical import iso
from .model.text import quoted, visible

if TYPE_CHECKING:
    from .custody.verifying import Pinned
    from .custody.writing import Author, Writer
    from .desk import Brought, Checked, Desk
    from .givens import Given
    from .model.case import Entry, Head, Sealed, Settings, Verification
    from .model.claims_file import ClaimsFile
    from .model.context import TrustAnchors
    from .model.image import Image
    from .rendering import Written

BY = "PROVENANCE_BY"
_NAME_CHARS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A check whose original and report lie in a case, and the head of its log behind them."""

    checked: Checked
    written: Written
    head: Head


def check_into(
    case: str | Path,
    desk: Desk,
    picture: Path | str | bytes | Brought,
    *,
    figures: bool = True,
    blur: bool = False,
    claims: ClaimsFile | None = None,
) -> Filed:
    """Check a picture into a case: its bytes are kept before anything is checked, its report after.

    With the report go the trust lists that it asked and `claims`, the file from which the desk's statements were read.
    Raises InputError, CaseError, OutputError.
    """
    from .added import Added, added, of_picture
    from .custody.writing import writing
    from .givens import given
    from .rendering import report_files, written

    case = Path(case)
    entries: list[tuple[Entry, str]] = []

    def keep(image: Image) -> str:
        by = author(*desk.now())
        with writing(case, by, create=True) as writer:
            _receive(writer, by, image)
            entries.extend(of_picture(case, image.original.sha256))
            return f"in a case; head of its log then: {writer.head}"

    def recorded(image: Image) -> Added:
        return added(case, entries, lambda data, name: desk.relate(image, data, name))

    checked = desk.check(picture, received=keep, recorded=recorded)
    files = report_files(desk, checked, figures=figures, blur=blur)
    went_in = given(checked.report, desk.anchors, claims)
    by = author(*desk.now())
    with writing(case, by) as writer:
        folder = _file(writer, by, checked, files, went_in)
        head = writer.head
    return Filed(checked=checked, written=written(folder, files), head=head)


def seal(
    case: str | Path,
    *,
    keys: str | Path | None = None,
    passphrase: Callable[[], str] | None = None,
    now: datetime | None = None,
) -> Sealed:
    """Hash everything in a case against its log, list it, and sign the list with the desk's key.

    `keys`: the folder of the key, made at first use; None means $PROVENANCE_KEYS, else the user's own. `passphrase` is
    asked when the key has one. `now`: an aware time to use as the clock. Raises CaseError, KeyStoreError, OutputError.
    """
    from .custody.events import STATED_CLOCK, SYSTEM_CLOCK, system_clock
    from .custody.keys import PRIVATE
    from .custody.rotating import current, known_changes
    from .custody.sealing import seal as make
    from .custody.writing import writing
    from .describing import descriptions
    from .signing import key_folder, passphrase_given

    folder_of(case)
    folder = Path(keys) if keys is not None else key_folder()
    key = current(folder, passphrase_given() or passphrase)
    changes = known_changes(folder)
    by = author(now or system_clock(), STATED_CLOCK if now else SYSTEM_CLOCK)
    with writing(Path(case), by) as writer:
        done = make(writer, key, by, changes, descriptions)
    return replace(done, new_key=str(folder / PRIVATE)) if key.made else done


def verify(
    case: str | Path,
    *,
    signers: str | Path | None = None,
    against: str = "",
    trusted: Iterable[TrustAnchors] = (),
) -> Verification:
    """Whether a case is as it was sealed, offline and without writing; the first thing that is wrong, in words.

    `signers`: a file of keys that you trust (allowed_signers or .pub). `against`: a head of its log that you know from
    elsewhere, "12:<64 hex digits>" or the digits alone. `trusted`: certificates of time-stamp authorities
    that you trust, asked instead of those that came with the case. Raises UsageError for a head that is none,
    InputError for a signers file that cannot be read, CaseError where there is no folder.
    """
    from .custody.contents import FolderContents
    from .custody.log import watched
    from .custody.verifying import known_head
    from .custody.verifying import verify as look

    root = folder_of(case)
    try:
        known = known_head(against) if against else None
    except ValueError as error:
        raise UsageError(str(error), remedy="give it as seal, check --case or log printed it") from None
    pinned = None if signers is None else _pinned(Path(signers))
    with watched(root):
        anchors = "".join(listed.pem for listed in trusted)
        return look(FolderContents(root), pinned=pinned, against=known, anchors=anchors)


def chronology(case: str | Path) -> Iterator[Entry]:
    """The entries of a case's log, oldest first. Raises CaseError at the first that is wrong."""
    from .custody import disk
    from .custody.contents import FolderContents
    from .custody.reading import entries

    root = folder_of(case)
    try:
        disk.require_way(root, root / PAYLOAD)
        yield from entries(FolderContents(root))
    except ValueError as error:
        raise CaseError(str(error), remedy="see: provenance verify") from None
    except OSError as error:
        raise CaseError(f"the log of {root} cannot be read: {error.strerror}", remedy="name a case folder") from None


def author(at: datetime, clock: str) -> Author:
    """Who writes: the login name, or $PROVENANCE_BY; with this time, by this clock."""
    import getpass

    from .custody.writing import Author

    try:
        name = os.environ.get(BY, "") or getpass.getuser()
    except (OSError, KeyError):
        name = f"user {os.getuid()}"
    return Author(at=iso(at), clock=clock, by=visible(name, limit=_NAME_CHARS), tool=f"provenance {__version__}")


def _receive(writer: Writer, by: Author, image: Image) -> None:
    from .reference.kept import ENDINGS, OTHER_ENDING

    original = image.original
    words = f"received {quoted(original.name, limit=_NAME_CHARS)}, {original.size_bytes} bytes, {original.media_type}"
    settings: Settings = {"path": visible(original.path)} if original.path else {}
    extension = ENDINGS.get(original.media_type, OTHER_ENDING).removeprefix(".")
    writer.received(by, image.data, extension, words, settings=settings)


def _file(writer: Writer, by: Author, checked: Checked, files: dict[str, bytes], went_in: Given) -> Path:
    """Deposit a report and what went into it; returns the folder of the report."""
    from .custody.writing import REPORTED
    from .model.evidence import Search
    from .rendering import folder_name

    report = checked.report
    stem = f"{REPORTS}/{folder_name(report)}"
    inside = writer.free_name(stem)
    sets = [
        f"{item.set_name}: {item.pictures} pictures, {item.snapshot}"
        for item in report.evidence
        if isinstance(item, Search)
    ]
    settings: Settings = {"questions": [finding.question.value for finding in report.findings]}
    if asked := [event.detail for event in report.events if event.what == "asked"]:
        settings["asked"] = asked
    if sets:
        settings["searched"] = [visible(name) for name in sets]
    new = {path: data for path, data in went_in.files.items() if not (writer.root / path).exists()}
    writer.enter(
        by,
        REPORTED,
        f"reported on {quoted(report.original.name, limit=_NAME_CHARS)}: {report.overall.value}",
        inputs=[report.original.sha256, *went_in.inputs],
        files={**new, **{f"{inside}/{name}": data for name, data in files.items()}},
        settings=settings | went_in.settings,
    )
    return writer.root / inside


def is_case(path: str | Path) -> bool:
    """Whether a case lies there, whatever state it may be in."""
    try:
        return (Path(path) / LOG).is_symlink() or (Path(path) / LOG).exists()
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return False


def folder_of(case: str | Path) -> Path:
    """The folder of a case. Raises CaseError where there is none."""
    root = Path(case)
    if not root.is_dir():
        raise CaseError(f"{root} is no folder", remedy="name a folder that check --case wrote")
    return root


def _pinned(path: Path) -> Pinned:
    from .custody.signers import read_signers
    from .custody.verifying import Pinned
    from .model.limits import CASE_SIGNATURE_BYTES

    try:
        with path.open("rb") as file:
            return Pinned(keys=read_signers(file.read(64 * CASE_SIGNATURE_BYTES)), file=path.name)
    except ValueError as error:
        raise InputError(f"{path}: {error}", remedy="give allowed_signers lines or a .pub file") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})", remedy="check the name") from None
