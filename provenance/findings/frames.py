"""Films and files of several pages: only their first picture is looked at, and the answers say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..model.evidence import Evidence, Fact
from ..model.finding import Finding, Question, Verdict

KEY = "file.frames"
_RESTS_ON_PIXELS = (Question.SEEN_BEFORE, Question.ALTERED)
UNSEEN = "What the other frames or pages of the file show: only the first was looked at."


def beside(finding: Finding, items: Sequence[Evidence]) -> Finding:
    """The answer, with what stays open where it rests on the first of several frames."""
    if finding.question not in _RESTS_ON_PIXELS or finding.verdict is Verdict.NOT_CHECKED:
        return finding
    told = [item.normal for item in items if isinstance(item, Fact) and item.key == KEY]
    if not any(number.isdigit() and int(number) > 1 for number in told):
        return finding
    return replace(finding, not_established=(*finding.not_established, UNSEEN))
