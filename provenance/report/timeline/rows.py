"""Every bound and every claim about time as rows of one figure: who, what they say, what it counts for. No drawing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ...model.evidence import Appearance, Bound, BoundKind, Claim, Evidence, Lead
from ...model.finding import Verdict
from ...model.report import Report
from ...model.said import as_written, known_by, span
from ...model.time import Interval
from ...model.timed import Counts, Says, Timed
from .. import words
from ..languages.patterns import replaced
from ..languages.tongue import ENGLISH, Tongue

MOST_ROWS = 40
"""Rows that are drawn: as many fit one printed page. The rest stands in the table."""
MOST_TABLED = 300
MOST_CLAIMS = 20
"""Claims that come before everything else when there are too many rows; the rest of them after it."""
GROUPS = ("Claims under test", "Limits", "What else speaks of the time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One interval: a line of the figure and of the table beside it."""

    id: str
    who: str
    says: str
    """What is said and when, as it was given: "published 14 Nov 2024 (page date)"."""
    interval: Interval
    written: tuple[datetime | None, datetime | None]
    """The same without the 26 hours that an unknown zone adds."""
    counts: Counts
    verdict: Verdict | None
    grade: str
    reason: str
    parts: tuple[Interval, ...]
    """The stretches inside the interval that are meant; none where all of it is."""
    published: bool
    """A time of publication: the picture was taken then or at any time before."""
    denies: bool

    @property
    def group(self) -> str:
        """The heading under which it stands."""
        return GROUPS[{Counts.TESTED: 0, Counts.LIMIT: 1}.get(self.counts, 2)]

    @property
    def told(self) -> str:
        """The finding of a claim, or what the row counts for, in words."""
        if self.counts is Counts.TESTED:
            return str(self.verdict or self.counts)
        if self.counts is not Counts.LIMIT:
            return str(self.counts)
        before, after = not self.published and self.interval.earliest, self.interval.latest
        return "limit: both ends" if before and after else "limit: not before" if before else "limit: not after"

    @property
    def why(self) -> str:
        """The reason, without the words on what the time is, which `says` ends in."""
        return self.reason.removeprefix(f"{self.says.rpartition(', ')[2]} is ")

    @property
    def utc(self) -> str:
        """The hours that it covers in UTC."""
        return words.utc(self.interval)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The rows that are drawn and those that are only listed, and what the hard limits leave."""

    rows: tuple[Row, ...]
    table: tuple[Row, ...]
    not_drawn: int
    not_tabled: int
    not_before: datetime | None
    not_after: datetime | None

    @property
    def clash(self) -> bool:
        """Whether the limits exclude each other."""
        return bool(self.not_before and self.not_after and self.not_before > self.not_after)

    def summary(self, tongue: Tongue = ENGLISH) -> str:
        """What the figure shows, for who cannot see it."""

        def word(text: str, **values: object) -> str:
            return replaced(tongue.form(text, "axis"), {name: str(value) for name, value in values.items()})

        counts = [(name, sum(row.group == name for row in self.table)) for name in GROUPS]
        parts = [word("{n} under '{group}'", n=count, group=tongue.word(name, "timed")) for name, count in counts]
        limits = [word("not before {at}", at=f"{self.not_before:%Y-%m-%d %H:%M} UTC")] if self.not_before else []
        limits += [word("not after {at}", at=f"{self.not_after:%Y-%m-%d %H:%M} UTC")] if self.not_after else []
        left = word("The limits: {limits}.", limits="; ".join(limits)) if limits else word("No limit is known.")
        rows = word("Rows on one axis of time, in UTC: {parts}.", parts=", ".join(parts))
        return f"{rows} {left} {word('The table holds the same rows.')}"


def timeline(report: Report, timed: Sequence[Timed]) -> Timeline | None:
    """The rows in reading order; None where nothing but the clock of the check speaks of time."""
    if all(_own_clock(entry.evidence) for entry in timed):
        return None
    results = {result.claim: result.when for result in report.claims}
    rows = [_row(entry, results.get(entry.evidence.id)) for entry in timed if _dated(entry.interval)]
    drawn = sorted(sorted(rows, key=_worth(rows))[:MOST_ROWS], key=_reading)
    table = sorted(rows, key=_reading)
    starts = [row.interval.earliest for row in rows if _limits(row) and not row.published and row.interval.earliest]
    ends = [row.interval.latest for row in rows if _limits(row) and row.interval.latest]
    return Timeline(
        rows=tuple(drawn),
        table=tuple(table[:MOST_TABLED]),
        not_drawn=len(rows) - len(drawn),
        not_tabled=max(len(rows) - MOST_TABLED, 0),
        not_before=max(starts, default=None),
        not_after=min(ends, default=None),
    )


def _dated(interval: Interval) -> bool:
    return interval.earliest is not None or interval.latest is not None


def _received(item: Evidence) -> bool:
    return isinstance(item, Bound) and item.bound is BoundKind.RECEIVED


def _own_clock(item: Evidence) -> bool:
    return isinstance(item, Bound) and item.bound in (BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE)


def _limits(row: Row) -> bool:
    return row.counts is Counts.LIMIT and not row.denies


def _worth(rows: Sequence[Row]) -> Callable[[Row], tuple[bool, int, str]]:
    """Which rows are drawn when there are too many: what was asked, then by what they count for and by grade."""
    late = {id(row) for row in [row for row in rows if row.counts is Counts.TESTED][MOST_CLAIMS:]}
    order = list(Counts)
    return lambda row: (id(row) in late, order.index(row.counts), row.grade)


def _reading(row: Row) -> tuple[int, datetime]:
    """Claims in the order of the report; everything else by time."""
    moment = row.written[0] or row.written[1]
    group = GROUPS.index(row.group)
    return group, moment if moment and group else datetime.min.replace(tzinfo=UTC)


def _row(entry: Timed, verdict: Verdict | None) -> Row:
    item = entry.evidence
    return Row(
        id=item.id,
        who=_who(item),
        says=_says(entry),
        interval=entry.interval,
        written=as_written(entry.interval),
        counts=entry.counts,
        verdict=verdict,
        grade=str(item.grade),
        reason=entry.reason,
        parts=entry.parts,
        published=entry.says is Says.PUBLISHED,
        denies=entry.says is Says.NOT_TAKEN,
    )


def _who(item: Evidence) -> str:
    if _received(item):
        return "The clock of this check"
    by = (item.by if isinstance(item, Appearance | Claim | Lead) else "") or item.source.name
    return f"{by} [{item.label}]" if item.label and item.label != by else by


# What each kind of limit rests on, as it stands behind the time.
_LIMIT = {
    BoundKind.GEOLOCATION: "by where it was taken",
    BoundKind.SIGN_TEXT: "by words in the picture",
    BoundKind.SUN: "by the sun",
    BoundKind.WEATHER: "by the weather",
    BoundKind.OBJECT: "by an object in the picture",
    BoundKind.AUTHOR_LIFE: "the author's lifetime",
    BoundKind.SIGNED: "by a listed time-stamp",
    BoundKind.CHECKED_BEFORE: "when this desk checked it before",
}


def _says(entry: Timed) -> str:
    item, when = entry.evidence, _spoken(entry.interval)
    if entry.says is Says.SUN:
        return f"sun as measured, {f'{len(entry.parts)} times, ' if len(entry.parts) > 1 else ''}{when}"
    if entry.says is Says.PUBLISHED and isinstance(item, Appearance):
        return f"{'seen' if item.sighting else 'published'} {when} ({known_by(item.date_basis)})"
    if entry.says is Says.NOT_TAKEN:
        return f"denies {when}"
    if isinstance(item, Appearance):
        return f"taken {when}, by its caption"
    if isinstance(item, Claim) and not item.tested and item.basis not in ("", "statement"):
        return f"{when}, {item.basis}"
    if _received(item):
        return f"not after {when.removeprefix('no later than ')}"
    if isinstance(item, Bound):
        return f"{when}, {_LIMIT[item.bound]}"
    return f"taken {when}"


def _spoken(interval: Interval) -> str:
    """A stretch of time behind "taken" or "published"; one with an open end as what it excludes."""
    said = span(interval)
    if interval.earliest is None and interval.latest is not None:
        return f"no later than {said.removeprefix('until ')}"
    if interval.latest is None and interval.earliest is not None:
        return f"no earlier than {said.removeprefix('from ')}"
    return said
