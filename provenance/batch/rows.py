"""What an index of many pictures keeps of one that was checked: its row, made from its report."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ProvenanceError
from ..model.batch import Row
from ..model.canonical import iso
from ..model.evidence import Bound, BoundKind, Claim, Evidence
from ..model.finding import Question
from ..model.matches import EarlierCheck, Match
from ..model.publication import COPIES
from ..model.report_files import JSON_NAME
from ..model.source import SourceKind
from ..model.text import visible
from ..model.timed import Counts, Says, Timed
from ..output.rendering import report_digest

if TYPE_CHECKING:
    from ..desk.desk import Checked, Desk
    from ..model.report import Report
    from ..output.report_folder import Written

_MOST_MET = 40


def row_of(
    picture: Path | bytes, checked: Checked, written: Written, problems: Sequence[ProvenanceError], desk: Desk
) -> Row:
    """The row of a picture that was checked. Raises OSError where its report cannot be read again."""
    from ..report.words import conflicts, interval

    report = checked.report
    original, verdicts = report.original, {one.question: one.verdict.value for one in report.findings}
    first = earliest(report)
    return Row(
        name=original.name if isinstance(picture, bytes) else str(picture),
        path="" if isinstance(picture, bytes) else str(picture.absolute()),
        sha256=original.sha256,
        size_bytes=original.size_bytes,
        overall=report.overall.value,
        seen_before=verdicts.get(Question.SEEN_BEFORE, ""),
        when=verdicts.get(Question.WHEN, ""),
        where=verdicts.get(Question.WHERE, ""),
        date="" if first is None else _said(first, interval(first.interval)),
        date_at="" if first is None or first.interval.latest is None else iso(first.interval.latest),
        date_item="" if first is None else first.evidence.id,
        contradictions=len(conflicts(report)),
        report=written.folder.name,
        report_sha256=sha256_of(written.folder / JSON_NAME),
        digest=report_digest(report),
        problem="; ".join(str(one).removeprefix(f"{visible(original.name)}: ") for one in problems),
        remedy="; ".join(dict.fromkeys(one.remedy for one in problems if one.remedy)),
        exit_code=problems[0].exit_code if problems else 0,
        met=tuple(dict.fromkeys(one for item in report.evidence if (one := _met(item))))[:_MOST_MET],
        codes=_codes(checked, desk),
    )


def earliest(report: Report) -> Timed | None:
    """The item that counts and says of the earliest time that the picture was there by then; None where none does."""
    from ..findings.timed import timed

    counting = [
        one
        for one in timed(report.evidence, report.reviews)
        if one.counts in (Counts.LIMIT, Counts.WEIGHED) and one.says in (Says.TAKEN, Says.PUBLISHED)
    ]
    ends = [(one.interval.latest, one.evidence.id, one) for one in counting if one.interval.latest is not None]
    return min(ends, key=lambda pair: pair[:2], default=(None, "", None))[2]


def _said(first: Timed, when: str) -> str:
    if first.says is Says.PUBLISHED:
        return f"published {when}"
    if isinstance(first.evidence, Claim):
        return f"taken {when}, {'by the file' if first.evidence.source.kind is SourceKind.FILE else 'as is said'}"
    if isinstance(first.evidence, Bound) and first.evidence.bound is BoundKind.RECEIVED:
        return f"taken {when}, when it was checked"
    return f"taken {when}"


def _met(item: Evidence) -> str:
    """The picture of which it is a copy; one that is only a part of another, such as a logo, groups nothing."""
    return item.reference.image_id if isinstance(item, Match | EarlierCheck) and item.copy in COPIES else ""


def _codes(checked: Checked, desk: Desk) -> str:
    from ..fingerprint.alike import packed
    from ..matching.views import views_of

    views = checked.image.once(views_of, desk.limits)
    return "" if views is None else base64.b64encode(packed(views.frame)).decode("ascii")


def sha256_of(file: Path) -> str:
    """Of a file's bytes. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
