"""Time-stamps of a case: the head of its log, asked of the authorities that the caller names, kept in the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..custody.events import STATED_CLOCK, SYSTEM_CLOCK, Clock, system_clock
from ..custody.layout import STAMPS
from ..custody.stamp_reply import MISSING, installed
from ..custody.writing import Author, writing
from ..errors import CaseError, UsageError
from ..model.canonical import iso
from ..model.case import Did, Head, Settings
from ..model.context import TrustAnchors
from ..model.limits import CASE_ANCHORS_BYTES, STAMP_AUTHORITIES
from ..model.text import visible
from . import stamping
from .author import author
from .folders import folder_of
from .keeping import host_in

if TYPE_CHECKING:
    from .stamping import Stamped


def stamp_case(
    case: str | Path,
    authorities: Sequence[str],
    *,
    trusted: Iterable[TrustAnchors] = (),
    say: Callable[[str], None] | None = None,
    clock: Clock | None = None,
) -> tuple[Stamped, ...]:
    """Have the head of a case's log time-stamped, and keep in the case what comes; seal it afterwards.

    To each authority goes the SHA-256 of a text that salts the head, and a random number; `say` is told before. One
    that fails leaves the others, and the case, as they are. What left the machine is noted in the log, whatever came of
    it. Raises CaseError, OutputError, UsageError before anything is sent; OutputError where what came cannot be kept.
    """
    if len(authorities) > STAMP_AUTHORITIES:
        raise UsageError(f"more than {STAMP_AUTHORITIES} authorities", remedy="two or three are enough")
    if not installed():
        # Whatever is kept stays in the case for good: nothing that nobody could read.
        raise CaseError(MISSING, remedy="nothing was sent")
    listed = tuple(trusted)
    if sum(len(each.pem) for each in listed) > CASE_ANCHORS_BYTES:
        raise UsageError("the certificates are too many to keep", remedy="give those of the authorities asked")
    root = folder_of(case)
    now, named = clock or system_clock, STATED_CLOCK if clock else SYSTEM_CLOCK
    with writing(root, author(now(), named)) as writer:
        head = writer.head
    found: list[Stamped] = []
    try:
        for asking in stamping.plan(head.sha256, authorities):
            found.append(stamping.send(asking, trusted=listed, say=say, stopped=found.append))
    finally:  # where it is stopped, too: what an authority gave, or was told, stays known
        if any(each.kept or each.sent.addresses for each in found):
            _keep(root, head, found, author(now(), named))
    return tuple(found)


def _keep(root: Path, head: Head, found: Sequence[Stamped], by: Author) -> None:
    """The entry that tells what was asked, with the time-stamps that came."""
    with writing(root, by) as writer:
        inside = writer.free_name(f"{STAMPS}/{head.entries:04d}")
        files = {
            f"{inside}/{number}-{host_in(each.asking.authority)}/{name}": data
            for number, each in enumerate(found, 1)
            for name, data in each.files.items()
        }
        came = sum(each.kept for each in found)
        some = "1 authority" if len(found) == 1 else f"{len(found)} authorities"
        words = f"asked {some} for a time-stamp of entry {head.entries}; {came or 'none'} came"
        settings: Settings = {"stamped": str(head), "asked": [_asked(each) for each in found]}
        writer.enter(by, Did.STAMPED, words, inputs=[head.sha256], files=files, settings=settings)


def _asked(each: Stamped) -> str:
    sent = each.sent
    went = f"sent to {', '.join(sent.addresses)}" if sent.addresses else "nothing sent"
    return (
        f"{visible(sent.to, limit=200)}: {sent.what}, sha256 {sent.sha256}, {went}, {iso(sent.at)}: "
        f"{visible(each.stamp.words, limit=300)}"
    )
