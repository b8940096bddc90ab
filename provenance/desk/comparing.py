"""The second stage: each copy that the search found is laid over its reference, where that picture is at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from ..findings.seen_words import surest
from ..model.differences import Comparison
from ..model.image import Image, WorkingCopy
from ..model.limits import Limits
from ..model.matches import Answer, Match, Reference
from ..model.outcome import CheckRun, Outcome, Ran, Skipped
from .exposures import SAID_OF, tags_in, tags_of, with_exposures
from .running import OUT_OF_TIME, failed_by

NAME, EXIF = "comparison", "exif"
MOST_COMPARED = 3
"""Copies laid over their references, the nearest first: each takes about half a second a megapixel."""
Picture = Callable[[Reference], tuple[WorkingCopy | None, str]]
"""The pixels of a matched reference, or why they are not at hand."""
File = Callable[[Reference], Image | None]
"""The file of a matched reference without its pixels, for its tags; None where it is not at hand."""


def compare_copies(
    runs: tuple[CheckRun, ...],
    image: Image,
    picture: Picture,
    *,
    file: File,
    limits: Limits,
    left_s: Callable[[], float | None],
) -> CheckRun:
    """The run of this stage, beside those of the checks. Nothing that breaks in it takes the report with it."""

    def tags(found: Comparison) -> Comparison:
        same = found.reference.image_id == image.original.sha256
        other = file(found.reference) if found.outcome in SAID_OF and not same else None
        return found if other is None else with_exposures(found, image, other, limits, own())

    @cache
    def own() -> Mapping[str, str]:
        """The picture's own tags: as its check found them, else read once for all copies."""
        read = next((run.outcome for run in runs if run.check == EXIF), None)
        return tags_of(image, limits) if read is None else tags_in(read)

    return CheckRun(check=NAME, outcome=_outcome(runs, image, picture, tags, left_s))


def _outcome(
    runs: tuple[CheckRun, ...],
    image: Image,
    picture: Picture,
    tags: Callable[[Comparison], Comparison],
    left_s: Callable[[], float | None],
) -> Outcome:
    search = next((run.outcome for run in runs if run.check == "search"), None)
    if isinstance(search, Skipped):
        return search
    if not isinstance(search, Ran):
        return Skipped(reason="no search for copies to compare with was made")
    copies = [one for one in search.evidence if isinstance(one, Match) and one.answer is Answer.COPY]
    if not copies:
        return Skipped(reason="no copy was found to compare with", remedy="add the original to a reference set")
    if image.working_copy is None:
        refusal = image.refusal
        return Skipped(reason=refusal.reason if refusal else "no pixels", remedy=refusal.remedy if refusal else "")
    try:
        told, left = _compared(sorted(copies, key=surest), image.working_copy, picture, left_s)
        if not told:
            return OUT_OF_TIME
        note = f"{left} further {'copy' if left == 1 else 'copies'} not compared: only the nearest are" if left else ""
        return Ran(evidence=tuple(tags(one) for one in told), note=note)
    except Exception as error:  # as for the checks: the report shows it
        return failed_by(error)


def _compared(
    copies: list[Match], query: WorkingCopy, picture: Picture, left_s: Callable[[], float | None]
) -> tuple[list[Comparison], int]:
    """The nearest, laid over, and how many were left out."""
    from ..forensics.comparison.told import compared, not_at_hand

    told: list[Comparison] = []
    for match in copies[:MOST_COMPARED]:
        if left_s() == 0:
            break
        if match.fingerprint == "sha256":
            told.append(compared(match, None, None))
            continue
        pixels, why = picture(match.reference)
        told.append(not_at_hand(match, why) if pixels is None else compared(match, query, pixels))
    return told, len(copies) - len(told)
