"""What follows from items of evidence in an edition: the next steps and people's words, where their items stay."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping

from ...model.finding import NextStep
from ...model.noted import Review
from ...model.report import Report
from .striking import Struck

NOTE_LEFT_OUT = "left out of this edition"
FILE_NAMED = re.compile(r"/|\.\w{3,4}\b")
"""What may be a path or the name of a file of the desk."""


def steps(report: Report, ids: Mapping[str, str], words: Struck) -> Iterator[NextStep]:
    """The steps whose items all stay, under the new ids; one that shows a left-out value or a file goes, too."""
    checks = {run.id for run in report.checks}
    for step in report.next_steps:
        text = words.without_names(step.text)
        shows = words.tells(step.text) or (words.names and FILE_NAMED.search(text))
        if not shows and all(one in ids or one in checks for one in step.cites):
            yield dataclasses.replace(step, text=text, cites=tuple(ids.get(one, one) for one in step.cites))


def reviews(report: Report, ids: Mapping[str, str], words: Struck) -> Iterator[Review]:
    """People's words on answers, and on the items that stay."""
    for review in report.reviews:
        if review.of_answer or review.item in ids:
            yield dataclasses.replace(
                review,
                item=ids.get(review.item, review.item),
                statement=_told(review.statement, words),
                reason=_told(review.reason, words),
                by=words.without_names(review.by),
                noted=dataclasses.replace(review.noted, by=words.without_names(review.noted.by)),
            )


def _told(text: str, words: Struck) -> str:
    return NOTE_LEFT_OUT if words.tells(text) else words.without_names(text)
