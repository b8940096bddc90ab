"""The desk's own earlier checks of a picture: one line for the terminal, rows for the page."""

from __future__ import annotations

from pathlib import PurePath

from ..model.matches import Answer, EarlierCheck
from ..model.publication import CopyKind
from ..model.report import Report
from ..model.said import span
from ..model.text import quoted
from ..model.time import Interval, utc_moment
from .details import Form, Row
from .languages.tongue import ENGLISH, Tongue

MOST_TOLD, _CLAIM_CHARS = 20, 60


def earlier_checks(report: Report) -> tuple[EarlierCheck, ...]:
    """All that were found: of this very file first, then copies, then scenes; of each the earliest first."""
    found = [item for item in report.evidence if isinstance(item, EarlierCheck)]
    found.sort(
        key=lambda item: (item.copy is not CopyKind.EXACT, list(Answer).index(item.answer), item.past.at, item.id)
    )
    return tuple(found[:MOST_TOLD])


def told(item: EarlierCheck, tongue: Tongue = ENGLISH) -> str:
    """ "3 Mar 2026 14:02 UTC: contradicted ("..."); as this very file; case kursk"."""
    past, word = item.past, tongue.word
    claim = f" ({quoted(past.claims[0], limit=_CLAIM_CHARS)})" if past.claims else ""
    where = word("case {name}", name=PurePath(past.case).name) if past.case else ""
    report = word("report {name}", name=PurePath(past.report).parent.name)
    state = (tongue.told(item.report_state) or item.report_state) or ("" if where else report)
    more = word("{n} checks of it noted", n=item.checks) if item.checks > 1 else ""
    answer = word(past.overall, "verdict") if past.overall else word("its answer was not noted")
    met = tongue.told(how(item), "met") or how(item)
    return "; ".join(filter(None, (f"{tongue.when(when(item))}: {answer}{claim}", where, state, met, more)))


def line(found: tuple[EarlierCheck, ...], tongue: Tongue = ENGLISH) -> str:
    """The first of them, and how many more pictures there are, for one line of a terminal."""
    others = len({item.reference.image_id for item in found} - {found[0].reference.image_id})
    more = tongue.word("and {n} more picture", plural="and {n} more pictures", n=others) if others else ""
    return "; ".join(filter(None, (tongue.word("checked {told}", told=told(found[0], tongue)), more)))


def when(item: EarlierCheck) -> str:
    """The time of that check in a desk's words."""
    at = utc_moment(item.past.at)
    return span(Interval(at, at, True)) if at else item.past.at  # of a stranger's report, which may say anything


def how(item: EarlierCheck) -> str:
    """How the picture of then is in the one at hand."""
    if item.copy is CopyKind.EXACT:
        return "as this very file"
    if item.answer is Answer.COPY:
        return "as a copy" + ("" if item.transform == "as it is" else f", {item.transform}")
    return "as the same scene or a neighbouring frame"


def rows(item: EarlierCheck) -> tuple[Row, ...]:
    """What the desk noted then, and whether the report of then is still to be read."""
    past = item.past
    found = [
        Row("checked", f"{when(item)}; {past.clock}"),
        Row("how it meets this picture", how(item)),
        Row("overall", past.overall),
        Row("answers", ", ".join(f"{one.question}: {one.verdict}" for one in past.answers)),
        *(Row("claim tested then", claim, Form.WORDS) for claim in past.claims),
        Row("by", ", ".join(filter(None, (past.by, past.tool)))),
        Row("case", past.case),
        Row("report", past.report, Form.CODE),
        Row("its report.json", f"sha256 {past.report_sha256}" if past.report_sha256 else ""),
        Row("state of that report", item.report_state or "at its place, unchanged since"),
        Row("picture checked then", ", ".join(filter(None, (past.name, _sha256(item))))),
        Row("checks of it noted", f"{item.checks:,}"),
        Row("cited as", item.id, Form.CITED),
    ]
    return tuple(row for row in found if row.text)


def _sha256(item: EarlierCheck) -> str:
    """The digest of another file than the one at hand."""
    return "" if item.copy is CopyKind.EXACT else f"sha256 {item.reference.image_id[:12]}"
