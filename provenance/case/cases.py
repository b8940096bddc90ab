"""Cases: pictures and reports into one, its seal, its chronology (docs/custody.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody.layout import ASKED, PAYLOAD, REPORTS
from ..errors import CaseError, OutputError
from ..model.case import HEAD_THEN, Did, Entry, Head, Sealed, Settings
from ..model.report_files import JSON_NAME
from ..model.text import quoted, visible
from ..sealing.author import author
from ..sealing.folders import case_of, folder_of, is_report, no_case

if TYPE_CHECKING:
    from ..custody.writing import Author, Writer
    from ..desk.checked import Checked
    from ..desk.desk import Desk
    from ..model.brought import Brought
    from ..model.claims_file import ClaimsFile
    from ..model.image import Image
    from ..output.report_folder import Written
    from .givens import Given

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
    blur: bool = False,
    pdf: bool = False,
    claims: ClaimsFile | None = None,
) -> Filed:
    """Check a picture into a case: its bytes are kept before anything is checked, its report after.

    With the report go the trust lists that it asked and `claims`, the file from which the desk's statements were read.
    `pdf`: report.pdf is kept as well; that it cannot be made takes nothing from the others.
    Where it is stopped, what was asked outside until then is noted all the same.
    Raises InputError, CaseError, OutputError.
    """
    from ..custody.writing import writing
    from ..desk.checked import Added
    from ..output.report_folder import report_files
    from .added import added, of_picture
    from .givens import given

    case = Path(case)
    entries: list[tuple[Entry, str]] = []
    files: dict[str, bytes] = {}

    def keep(image: Image) -> str:
        by = author(*desk.now())
        with writing(case, by, create=True) as writer:
            _receive(writer, by, image)
            entries.extend(of_picture(case, image.original.sha256))
            return f"{HEAD_THEN}{writer.head}"

    def recorded(image: Image) -> Added:
        return added(case, entries, lambda data, name: desk.relate(image, data, name))

    try:
        checked = desk.check(picture, received=keep, recorded=recorded)
        made = report_files(desk, checked, blur=blur, pdf=pdf)
        files = made.files
        went_in = given(checked.report, desk.anchors, claims)
        by = author(*desk.now())
        with writing(case, by) as writer:
            folder = _file(writer, by, checked, files, went_in)
            head = writer.head
    except BaseException:  # Ctrl-C, too
        _note_asked(case, desk, files.get(JSON_NAME))
        raise
    return Filed(checked=checked, written=made.written(folder), head=head)


def seal(
    case: str | Path,
    *,
    keys: str | Path | None = None,
    passphrase: Callable[[], str] | None = None,
    now: datetime | None = None,
) -> Sealed:
    """Hash everything in a case against its log, list it, and sign the list with the desk's key.

    Or the folder of a report that lies in no case and has no seal yet; it has no log, and so no head.

    `keys`: the folder of the key, made at first use; None means $PROVENANCE_KEYS, else the user's own. `passphrase` is
    asked when the key has one. `now`: an aware time to use as the clock. Raises CaseError, KeyStoreError, OutputError.
    """
    from ..custody.events import time_and_clock
    from ..custody.keys import PRIVATE
    from ..custody.rotating import current, known_changes
    from ..custody.sealing import seal as make
    from ..custody.writing import writing
    from ..sealing.signing import key_folder, passphrase_given, seal_report
    from .describing import descriptions

    root = folder_of(case)
    of_report = is_report(root)
    if not of_report:
        case_of(root)  # before a key is made for nothing
    folder = Path(keys) if keys is not None else key_folder()
    key = current(folder, passphrase_given() or passphrase)
    at, clock = time_and_clock(now)
    if of_report:
        done = seal_report(root, key, at, clock)
        return replace(done, new_key=str(folder / PRIVATE)) if key.made else done
    changes = known_changes(folder)
    by = author(at, clock)
    with writing(root, by) as writer:
        done = make(writer, key, by, changes, descriptions)
    return replace(done, new_key=str(folder / PRIVATE)) if key.made else done


def chronology(case: str | Path) -> Iterator[Entry]:
    """The entries of a case's log, oldest first. Raises CaseError at the first that is wrong."""
    from ..custody import disk
    from ..custody.contents import FolderContents
    from ..custody.reading import entries

    root = folder_of(case)
    try:
        disk.require_way(root, root / PAYLOAD)
        yield from entries(FolderContents(root))
    except ValueError as error:
        raise CaseError(str(error), remedy="see: provenance verify") from None
    except FileNotFoundError:
        raise no_case(root) from None
    except OSError as error:
        raise CaseError(f"the log of {root} cannot be read: {error.strerror}", remedy="name a case folder") from None


def chronology_told(case: str | Path) -> Iterator[tuple[Entry, str]]:
    """The same, each with what is to be said of a time that goes back; "" where there is nothing. Raises CaseError."""
    from ..custody.backwards import Backwards

    backwards = Backwards()
    for entry in chronology(case):
        yield entry, backwards.told(entry)


def _receive(writer: Writer, by: Author, image: Image) -> None:
    from ..reference.kept import ENDINGS, OTHER_ENDING

    original = image.original
    words = f"received {quoted(original.name, limit=_NAME_CHARS)}, {original.size_bytes} bytes, {original.media_type}"
    settings: Settings = {"path": visible(original.path)} if original.path else {}
    extension = ENDINGS.get(original.media_type, OTHER_ENDING).removeprefix(".")
    writer.received(by, image.data, extension, words, settings=settings)


def _note_asked(case: Path, desk: Desk, report: bytes | None) -> None:
    """What left this machine for a check that has no report: its lines in the log, its files beside them.

    `report`: report.json where it was made. It may have been filed before the check was stopped; it says it all then.
    """
    from ..custody.writing import writing

    ledger = desk.asked()
    if not ledger.lines:
        return
    by = author(*desk.now())
    with suppress(CaseError, OutputError), writing(case, by) as writer:
        if report is not None and _is_filed(case, report):
            return
        inside = writer.free_name(f"{ASKED}/{by.at.replace('-', '').replace(':', '')}")
        files = {f"{inside}/{name}": data for name, data in ledger.files.items()}
        words = f"stopped after {len(ledger.lines)} request(s) to the outside; there is no report"
        writer.enter(by, Did.ASKED, words, files=files, settings={"asked": list(ledger.lines)})


def _is_filed(case: Path, data: bytes) -> bool:
    """Whether an entry of the log names a file of these bytes. Raises CaseError."""
    sha256 = hashlib.sha256(data).hexdigest()
    return any(file.sha256 == sha256 for entry in chronology(case) for file in entry.outputs)


def _file(writer: Writer, by: Author, checked: Checked, files: dict[str, bytes], went_in: Given) -> Path:
    """Deposit a report and what went into it; returns the folder of the report."""
    from ..model.matches import Search
    from ..output.report_folder import folder_name

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
        Did.REPORTED,
        f"reported on {quoted(report.original.name, limit=_NAME_CHARS)}: {report.overall.value}",
        inputs=[report.original.sha256, *went_in.inputs],
        files={**new, **{f"{inside}/{name}": data for name, data in files.items()}},
        settings=settings | went_in.settings,
    )
    return writer.root / inside
