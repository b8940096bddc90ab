"""The desk's own earlier checks: a set of the pictures that it checked, each with what came of it.

Kept by the engine of reference sets, in a file of its own that no search of references opens: an earlier check is no
publication. What is kept of a picture, and what not, stands in docs/custody.md.
"""

from __future__ import annotations

import hashlib
import os
import stat
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ProvenanceError, ReferenceSetError
from ..model.canonical import canonical, plain
from ..model.context import Earlier
from ..model.earlier import PastAnswer, PastCheck
from ..model.evidence import Claim
from ..model.limits import REPORT_BYTES
from ..model.record import Entry, Record, Stored
from ..model.report import Report
from ..model.report_files import JSON_NAME
from ..model.text import visible

if TYPE_CHECKING:
    from ..model.image import Image
    from ..model.limits import Limits
    from ..reference.reference_set import ReferenceSet
    from ..reference.sqlite.store import SQLiteStore

ENVIRONMENT, OFF = "PROVENANCE_EARLIER", "off"
SET_NAME, MARK = "earlier checks", "earlier-"
MOST_CHECKS = 50
"""Of one picture: the first and the latest are kept."""
_CLAIM_CHARS, _MOST_CLAIMS = 200, 5
TURN_ON = f"leave out --no-earlier, and do not set ${ENVIRONMENT} to {OFF}"


def place() -> Path | None:
    """Where the set lies: $PROVENANCE_EARLIER, else in the user's data folder; None where that says "off"."""
    named = os.environ.get(ENVIRONMENT, "")
    if named:
        return None if named == OFF else Path(named)
    from platformdirs import user_data_path

    return user_data_path("provenance") / "earlier" / "checks.sqlite"


def is_earlier(set_id: str) -> bool:
    """Whether a set holds earlier checks, by its identifier."""
    return set_id.startswith(MARK)


def require_publications(store: ReferenceSet) -> None:
    """Raise ReferenceSetError for a set of earlier checks, which are no publications."""
    if is_earlier(store.state().set_id):
        where = store.where
        store.close()
        raise ReferenceSetError(
            f"{where} holds earlier checks, which are no publications",
            remedy="it is searched by itself; look at it with: provenance refs list --earlier",
        )


class EarlierChecks:
    """The set at a place, made when the first check is noted; `missing` says why there is none to search."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.store: SQLiteStore | None = None
        self.missing, self.remedy = "", ""
        if path.exists():
            self._open(create=False)

    def close(self) -> None:
        """Let go of the file."""
        if self.store is not None:
            self.store.close()

    def note(
        self, report: Report, image: Image, limits: Limits, *, folder: Path | None, case: Path | None, by: str
    ) -> None:
        """Note a check that was done; durable when it returns, and nothing where it raises.

        `folder`: in which its report was written. Raises ReferenceSetError.
        """
        if self.missing:
            raise ReferenceSetError(self.missing, remedy=self.remedy)
        store = self.store or self._open(create=True)
        if store is None:
            raise ReferenceSetError(self.missing, remedy=self.remedy)
        try:
            past = past_check(report, folder=folder, case=case, by=by)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise ReferenceSetError(f"its report cannot be read again: {reason}", remedy="check the disk") from error
        record = Record(notes=canonical(plain(past)).decode("utf-8", "surrogatepass"))
        store.add([_entry(image, limits, record, _kept_at(report, case))])
        _thin(store, image.original.sha256)

    def _open(self, *, create: bool) -> SQLiteStore | None:
        from ..reference.sqlite.store import SQLiteStore

        try:
            if create:
                _private(self.path)
            store = SQLiteStore(self.path, create=create, name=SET_NAME, set_id=f"{MARK}{uuid.uuid4().hex}")
            if not is_earlier(store.state().set_id):
                store.close()
                raise ReferenceSetError(
                    f"{self.path} is a reference set, not one of earlier checks",
                    remedy=f"name another file in ${ENVIRONMENT}, or set it to {OFF}",
                )
        except (ProvenanceError, OSError) as error:
            self.missing = f"the earlier checks cannot be used: {error}"
            self.remedy = getattr(error, "remedy", "") or f"name another file in ${ENVIRONMENT}, or set it to {OFF}"
            return None
        self.store, self.missing, self.remedy = store, "", ""
        return store


def to_search(earlier: EarlierChecks | None) -> dict[str, Any]:
    """What a check may know of them: fields of its Context. None: they were left out."""
    if earlier is None:
        return {"earlier_missing": "the desk's earlier checks were left out", "earlier_remedy": TURN_ON}
    if earlier.missing:
        return {"earlier_missing": earlier.missing, "earlier_remedy": earlier.remedy}
    if earlier.store is None:
        return {"earlier_missing": "no earlier check is noted yet"}
    return {"earlier": Earlier(store=earlier.store, state_of_report=state_of_report)}


def past_check(report: Report, *, folder: Path | None, case: Path | None, by: str) -> PastCheck:
    """What is noted of a check. `folder`: where its report was written, None where it was not."""
    file = None if folder is None else (folder / JSON_NAME).absolute()
    tested = [item for item in report.evidence if isinstance(item, Claim) and item.tested]
    return PastCheck(
        at=report.events[0].at,
        clock=report.clock,
        name=visible(report.original.name, limit=_CLAIM_CHARS),
        by=by,
        tool=f"{report.tool.name} {report.tool.version}",
        overall=report.overall.value,
        answers=tuple(PastAnswer(question=one.question.value, verdict=one.verdict.value) for one in report.findings),
        claims=tuple(visible(one.quote or one.statement, limit=_CLAIM_CHARS) for one in tested[:_MOST_CLAIMS]),
        report="" if file is None else str(file),
        report_sha256="" if file is None else _sha256(file),
        case="" if case is None else str(case.absolute()),
    )


def noted(stored: Stored) -> dict[str, object]:
    """A picture of the set with its checks, the first one first."""
    from ..matching.earlier import read_past

    past = [one for record in stored.records if (one := read_past(record)) is not None]
    name = next((one.name for one in past if one.name), "")
    return {"image_id": stored.reference.image_id, "name": name, "checks": past}


def state_of_report(past: PastCheck) -> str:
    """What is wrong with the report of a past check, without a full stop; "" when it is there and unchanged."""
    if not past.report:
        return "its report was not kept"
    try:
        with open(os.open(past.report, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > REPORT_BYTES:
                return "what lies at its place now is no report"
            same = hashlib.file_digest(file, "sha256").hexdigest() == past.report_sha256
    except FileNotFoundError:
        return "its report is no longer there: it was moved or deleted"
    except (OSError, ValueError) as error:
        return f"its report cannot be read: {getattr(error, 'strerror', '') or 'its place is no path'}"
    return "" if same else "its report was changed since"


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _entry(image: Image, limits: Limits, record: Record, path: str) -> Entry:
    """What is kept of a picture: as of a reference, from what the search has made of it already."""
    from ..fingerprint.local.encode import features
    from ..matching.views import views_of

    original = image.original
    views = image.once(views_of, limits)
    size = image.working_copy or image.structure
    return Entry(
        image_id=original.sha256,
        size_bytes=original.size_bytes,
        width_px=size.width_px or 1,  # a set keeps no picture without a size
        height_px=size.height_px or 1,
        media_type=original.media_type,
        path=path,
        fingerprints=() if views is None else views.frame.fingerprints,
        records=(record,),
        features=None if views is None else features(views.copy, drawn=views.drawn),
    )


def _kept_at(report: Report, case: Path | None) -> str:
    """Where the picture can be read again: among the originals of the case, else where it lay."""
    original = report.original
    if case is not None:
        found = sorted((case / "data" / "originals").glob(f"{original.sha256}*"))
        if found:
            return str(found[0].absolute())
    return str(Path(original.path).absolute()) if original.path else ""


def _thin(store: SQLiteStore, image_id: str) -> None:
    """Of a picture that is checked again and again, forget the second of its checks rather than grow without end: the
    first that has a date stays.
    """
    from ..matching.earlier import read_past, undated

    records = store.records(image_id)
    if len(records) > MOST_CHECKS:
        first = next((one for one in records if (past := read_past(one)) and not undated(past)), records[0])
        others = [one.id for one in records if one.id != first.id]
        store.remove_records({image_id: others[: len(records) - MOST_CHECKS]})


def _private(path: Path) -> None:
    """The folder and an empty file, for this user alone: the set tells what a desk works on."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):  # and one that is there is left alone: SQLite may have it open, with locks
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
