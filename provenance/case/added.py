"""What people added to a case, read back from its log for the next check of a picture, and for its ratings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from ..custody import layout
from ..desk.checked import Added
from ..errors import InputError, StatementsError
from ..intake.fetched import came_from
from ..intake.noted import evidence_of
from ..model.case import Did, Entry, Settings
from ..model.evidence import Appearance, Bound, Claim, Evidence
from ..model.limits import RECORDED_COMPARED, RECORDED_ITEMS, Limits
from ..model.matches import Answer, Match, published_as
from ..model.noted import Noted, Review, ReviewWord
from ..model.rating import ClaimWord, Rating, RatingWord
from ..model.text import quoted
from ..model.time import utc_moment
from ..sealing.folders import is_case
from .cases import chronology

FOLDER = f"{layout.RECORDED}/"
HITS = "hits recorded in this case"
_WORDS = {"accept": ReviewWord.ACCEPTED, "dismiss": ReviewWord.DISMISSED}
_SHOWN = frozenset({Answer.COPY, Answer.SAME_SCENE, Answer.SHARED_ELEMENT})
Relate = Callable[[bytes, str], Match | None]
"""How the picture under test relates to these bytes with this name; None where that cannot be told."""


def added(root: Path, entries: Sequence[tuple[Entry, str]], relate: Relate) -> Added:
    """The evidence and the reviews in these entries, each of which speaks of the picture.

    `entries`: with the SHA-256 of their lines. Nothing that an entry holds is raised: it may be a stranger's.
    """
    items: list[Evidence] = []
    reviews: list[Review] = []
    unread: list[str] = []
    entries = entries[-RECORDED_ITEMS:]
    wrong = {str(entry.settings["corrects"]): entry for entry, _ in entries if "corrects" in entry.settings}
    saved = list(dict.fromkeys(str(entry.settings["saved"]) for entry, _ in entries if "saved" in entry.settings))
    related = cache(partial(_related, root, relate=relate))
    for entry, line in entries:
        noted = Noted(entry=entry.number, by=entry.by, at=entry.at, line=line)
        if entry.did == Did.FETCHED:
            where = came_from({"clock": entry.clock, **entry.settings})
            items += [where] if where else []
            continue
        try:
            item = evidence_of(entry.settings, noted, Limits())
            review = _review(entry.settings, noted)
        except (StatementsError, ValueError) as error:
            unread.append(f"entry {entry.number}: {error}")
            continue
        reviews += [review] if review else []
        if item is None:
            continue
        if str(entry.number) in wrong:
            item = _corrected(item, wrong[str(entry.number)])
        if "saved" in entry.settings and isinstance(item, Appearance):
            name = str(entry.settings["saved"])
            match = related(name) if name in saved[-RECORDED_COMPARED:] else None
            items += _hit(root, item, entry.settings, match)
        else:
            items.append(item)
    last = {review.item: review.noted.entry for review in reviews}
    standing = (replace(review, stands=last[review.item] == review.noted.entry) for review in reviews)
    return Added(items=tuple(items), reviews=tuple(standing), unread=tuple(unread))


def of_picture(root: Path, sha256: str) -> list[tuple[Entry, str]]:
    """The entries "recorded" and "fetched" that speak of a picture, oldest first, each with the SHA-256 of its line.

    Raises CaseError.
    """
    from ..custody.chain import line_of

    return [
        (entry, hashlib.sha256(line_of(entry)).hexdigest())
        for entry in chronology(root)
        if entry.did in (Did.RECORDED, Did.FETCHED) and sha256 in entry.inputs
    ]


def last_rating(case: str | Path, sha256: str) -> Rating | None:
    """The last rating that a person recorded in a case for this picture; None where there is none. Raises CaseError."""
    found = None
    for entry, _ in of_picture(Path(case), sha256):
        found = _rating(entry) or found
    return found


def rating_beside(report: str | Path, sha256: str) -> Rating | None:
    """The last rating recorded in the case that a report, or its folder, lies in, or that the path names."""
    path = Path(report).absolute()
    case = next((each for each in (path, *path.parents[:4]) if is_case(each)), None)
    return None if case is None else last_rating(case, sha256)


def _rating(entry: Entry) -> Rating | None:
    said = {name: value for name, value in entry.settings.items() if isinstance(value, str)}
    when = utc_moment(entry.at)
    if said.get("kind") != "rating" or when is None:
        return None
    try:
        return Rating(
            by=said.get("source") or entry.by,
            when=when,
            word=RatingWord(said["rating"]),
            claim_word=ClaimWord(said["claim_rating"]) if "claim_rating" in said else None,
            reason=said.get("text", ""),
            desk=said.get("desk", ""),
            claim=said.get("claim", ""),
            url=said.get("url", ""),
        )
    except (KeyError, ValueError):
        return None


def _review(said: Settings, noted: Noted) -> Review | None:
    word = _WORDS.get(str(said.get("kind")))
    if word is None:
        return None
    return Review(
        item=str(said.get("item", "")),
        statement=str(said.get("statement", "")),
        word=word,
        by=str(said.get("source") or noted.by),
        reason=str(said.get("text", "")),
        noted=noted,
        stands=True,
        here=False,
    )


def _corrected(item: Evidence, by: Entry) -> Evidence:
    """The item without weight, with the reason."""
    if not isinstance(item, Appearance | Bound | Claim):
        return item
    who = quoted(str(by.settings.get("source") or by.by), limit=80)
    said = f"{who} corrected it in entry {by.number}: {quoted(str(by.settings.get('text', '')), limit=200)}"
    return replace(item, defeaters=(*item.defeaters, said))


def _hit(root: Path, item: Appearance, said: Settings, match: Match | None) -> list[Evidence]:
    """A hit whose picture was saved: with the match that this check makes of it, where it is compared."""
    name = str(said["saved"])
    if match is None:
        then = quoted(str(said.get("compared", "")), limit=60)
        limit = f"Its saved picture was not compared in this check; when it was recorded the answer was {then}."
        return [replace(item, limits=(*item.limits, limit))]
    told = f"This program compared the saved picture with the one under test: {match.answer.value}."
    item = replace(item, limits=(*item.limits, told))
    copy = match.copy if match.answer is Answer.COPY else published_as(match.answer)
    if match.answer not in _SHOWN:
        return [replace(item, copy=copy)]
    reference = replace(
        match.reference, set_name=HITS, path=str(root / name), name=f"the saved picture of {item.label}"
    )
    match = replace(match, reference=reference, method="recorded hit")
    return [match, replace(item, copy=copy, match_id=match.id)]


def _related(root: Path, name: str, relate: Relate) -> Match | None:
    """Only the very bytes that the log names are compared."""
    from ..image.load import inspect

    if not name.startswith(FOLDER) or "/" in name.removeprefix(FOLDER):
        return None
    try:
        data = inspect(root / name, Limits()).data
        if not name.startswith(f"{FOLDER}{hashlib.sha256(data).hexdigest()}"):
            return None
        return relate(data, name.removeprefix(FOLDER))
    except InputError:
        return None
