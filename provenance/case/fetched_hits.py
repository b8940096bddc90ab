"""A hit of a search made by hand, whose picture is fetched on request, from its page or its own address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..intake.results.read import Hit
from ..model.matches import Answer
from ..outside.fetching import fetch_pictures
from ..outside.keeping_fetched import keep_failure, keep_record
from ..sealing.folders import case_of
from .held import files_of, held, originals
from .recording import Recorded, pictures_of, record
from .saved_hits import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEST_FIRST = (Answer.COPY, Answer.SHARED_ELEMENT, Answer.SAME_SCENE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedHit:
    """What was recorded, and from what."""

    recorded: Recorded
    answers: tuple[tuple[str, str], ...]
    """Of each picture that came: its address, and how the case's picture relates to it."""
    chosen: int
    """Which of them was filed with the hit."""


def record_fetched_hit(
    case: str | Path,
    text: str,
    *,
    url: str,
    about: Sequence[str] = (),
    attach: Sequence[str | Path] = (),
    say: Callable[[str], None] | None = None,
    proxy: str = "",
    now: datetime | None = None,
    **details: str,
) -> FetchedHit:
    """Fetch what stands at the hit's address, and note the hit with the picture that is nearest to the case's.

    The requests and replies are kept in the case, of a failed attempt as well. Everything else is as in `record`.
    Raises what that raises, and FetchError, InputError as `fetch_pictures` does.
    """
    from ..intake.recordable import settings_of

    root = case_of(case)
    settings_of("hit", text, {**details, "url": url}, "")  # what is wrong is said before anything is asked
    (picture,) = pictures_of(root, "hit", about, {})
    if "match" in details:
        raise UsageError("the fetched picture is compared by this program", remedy="leave out --match")
    original = held(root, originals(files_of(root))[picture])
    got = fetch_pictures(url, say=say, proxy=proxy, now=now, failed=lambda attempt: keep_failure(root, attempt))
    kept = keep_record(root, got, picture)  # first of all: what left is noted, whatever comes of comparing
    hits = [Hit(url=one.said["from"], title=one.name, around="", thumbnail=one.data) for one in got.pictures]
    answers = compared(original, hits)
    ranks = [_BEST_FIRST.index(Answer(hit.answer)) if hit.shows else len(_BEST_FIRST) for hit in answers]
    chosen = min(range(len(answers)), key=lambda index: ranks[index])
    one = got.pictures[chosen]
    recorded = record(
        root,
        text,
        kind="hit",
        about=[picture],
        attach=attach,
        saved=(one.name, one.data),
        now=now,
        url=url,
        fetched_from=one.said["from"],
        fetched_at=one.said["answered_at"],
        fetch_record=kept,
        **details,
    )
    told = tuple((hit.url, hit.answer) for hit in answers)
    return FetchedHit(recorded=recorded, answers=told, chosen=chosen)
