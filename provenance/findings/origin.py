"""Origin: what vouches for the file - credentials, its own tags, the marks of programs and platforms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..metadata.source_type import made_by
from ..model.credentials import Credential
from ..model.evidence import Claim, Evidence, Fact, Trace
from ..model.finding import Conflict, Finding, Question, Sentence, Verdict
from ..model.outcome import CheckRun, Ran
from ..model.said import listing, span, where
from ..model.text import quoted, visible
from . import credentials
from .file.conflicts import file_conflicts
from .file.times import agree, one_of_each_file, read_from_file, zone_from
from .graded import TimeItem
from .marks import CREDENTIALS, MOST_LISTED, marks, source_types
from .strength import means_capture
from .unrun import why_not
from .wording import cited, merged, shortened, small

QUESTION = Question.ORIGIN
TAGS = "exif"
MOST_CAMERA = 60
"""Characters of a camera's name that are shown; the longest that makers write take some 40."""
CAMERA = "camera"
"""Topic of a Trace that holds the picture against the noise pattern of a camera."""


def finding(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> Finding | None:
    """The answer; None when nothing looked for credentials."""
    run = next((run for run in runs if run.check == CREDENTIALS), None)
    if run is None:
        return None
    tags = next((run for run in runs if run.check == TAGS), None)
    at_odds = file_conflicts(items)
    rest = (*_at_odds(at_odds), *_tags(items), *_cameras(items), *marks(items, runs))
    reason, remedy = why_not(run)
    if reason:
        return Finding(
            question=QUESTION,
            verdict=Verdict.NOT_CHECKED,
            reason=reason,
            remedy=remedy,
            sentences=merged((*_there(items), *source_types(items), *_unread(tags, reason), *rest)),
            conflicts=at_odds,
        )
    found = next((item for item in items if isinstance(item, Credential)), None)
    opening = _headline(found, items, run, tags)
    return Finding(
        question=QUESTION,
        verdict=credentials.verdict(found) if found else Verdict.CREDENTIALS_NONE,
        sentences=merged((opening, *source_types(items), *_credentials(found, run), *rest)),
        would_change=("The original file, from the author: platforms strip tags and credentials.",),
        not_established=("Who took the picture.",),
        conflicts=at_odds,
    )


def _at_odds(conflicts: Sequence[Conflict]) -> list[Sentence]:
    """What the parts of the file say against each other; the rest of many is in the table of conflicts."""
    return [Sentence(text=one.text, cites=(one.first, one.second)) for one in conflicts[:MOST_LISTED]]


def _cameras(items: Sequence[Evidence]) -> list[Sentence]:
    """Cameras in the reference sets whose noise pattern the picture meets, or not, each with its limits."""
    found = [item for item in items if isinstance(item, Trace) and item.topic == CAMERA]
    return [cited(" ".join((trace.statement, *trace.limits)), trace) for trace in found]


def _there(items: Sequence[Evidence]) -> list[Sentence]:
    """That a manifest store is there, or elsewhere, where it was not validated: the structure tells that much."""
    found = [item for item in items if isinstance(item, Trace) and item.topic == CREDENTIALS]
    return [cited(" ".join((trace.statement, *trace.limits[:1])), trace) for trace in found]


def _headline(found: Credential | None, items: Sequence[Evidence], run: CheckRun, tags: CheckRun | None) -> Sentence:
    opening = credentials.opening(found) if found else "No credentials found"
    told, named = _told(items, tags)
    made, by = _made(items)
    opening = f"{opening}{made}"
    looked = [run.id, *([tags.id] if tags is not None else [])]
    cites = dict.fromkeys([*(item.id for item in (*([found] if found else []), *by, *named)), *looked])
    return Sentence(text=f"{opening}{told}.", cites=tuple(cites))


def _made(items: Sequence[Evidence]) -> tuple[str, list[Evidence]]:
    """That the file itself says a program or a model made the picture: no reader should have to look further down."""
    declared = made_by(items)
    if declared:
        words, fact = declared[0]
        return f"; by its own tag {words}", [fact]
    settings = [item for item in items if isinstance(item, Fact) and item.key == "generator.name"]
    if settings:
        name = visible(settings[0].normal or settings[0].raw, limit=60)
        return f"; it holds settings of an image generator ({name})", [settings[0]]
    return "", []


def _told(items: Sequence[Evidence], tags: CheckRun | None) -> tuple[str, list[Claim]]:
    """What the tags name, to stand behind a semicolon, and the claims of it; or why they were not read."""
    if tags is not None and not isinstance(tags.outcome, Ran):
        return f"; its tags were not read: {why_not(tags)[0]}", []
    claims = [item for item in items if isinstance(item, Claim) and _of_file(item)]
    cameras = _distinct(item for item in claims if item.basis == "EXIF Make/Model")
    timed = sorted(
        (item for item in claims if item.time is not None),
        key=lambda item: (bool(item.defeaters), "Original" not in item.basis),
    )
    first = [item for item in timed if item.basis == timed[0].basis]
    times = _distinct(_zoned(item, timed) for item in first)
    named = [visible(item.quote, limit=MOST_CAMERA) for item in cameras]
    parts = [f"name {_one_or_more(named, 'cameras')}"] if cameras else []
    said_times = [f"{span(item.time)}{zone_from(item, items)}" for item in times if item.time]
    parts += [f"give {_one_or_more(said_times, 'times')}"] if times else []
    if not parts and tags is None:
        return "", []
    said = " and ".join(parts) or "name no camera and no time"
    return f"; tags {said}", [*cameras, *times]


def _zoned(claim: Claim, timed: Sequence[Claim]) -> Claim:
    """The same moment by another field with a time zone, where this one has none."""
    able = [claim, *(item for item in timed if means_capture(item) and not item.defeaters)]
    items = [TimeItem(evidence=item, interval=item.time) for item in able if item.time]
    alike = one_of_each_file(item for item in items if agree(items[0], item))
    zoned = [item for item in alike if item.interval.zone_known]
    found = zoned[0].evidence if zoned else claim
    return found if isinstance(found, Claim) and means_capture(claim) and not claim.defeaters else claim


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """One claim for each thing said: two EXIF blocks may name two cameras."""
    return list({(item.quote.casefold(), item.time): item for item in reversed(list(claims))}.values())[::-1]


def _one_or_more(said: list[str], word: str) -> str:
    return said[0] if len(said) == 1 else f"{len(said)} {word} ({listing(said[:2])}{', ...' if len(said) > 2 else ''})"


def _unread(tags: CheckRun | None, told: str) -> list[Sentence]:
    """Why the tags were not read either, where that is another reason."""
    why = why_not(tags)[0] if tags is not None else ""
    if tags is None or not why or why == told:
        return []
    return [Sentence(text=f"The file's tags were not read: {why}.", cites=(tags.id,))]


def _credentials(found: Credential | None, run: CheckRun) -> list[Sentence]:
    if found:
        return credentials.sentences(found)
    note = run.outcome.note if isinstance(run.outcome, Ran) else ""
    return [Sentence(text=f"Looked for: {note.rstrip('.')}.", cites=(run.id,))] if note else []


def _of_file(item: Evidence) -> bool:
    """Read from the file by this program; metadata that a person recorded is somebody's word about a file."""
    return read_from_file(item)


def _tags(items: Sequence[Evidence]) -> list[Sentence]:
    """What the file's tags claim, each with the reasons not to rely on it."""
    said = []
    for item in items:
        if not (isinstance(item, Claim) and _of_file(item)):
            continue
        what = (
            span(item.time) if item.time else where(item.place) if item.place else quoted(item.quote, limit=MOST_CAMERA)
        )
        doubt = f"; but {small(item.defeaters[0].rstrip('.'))}" if item.defeaters else ""
        said.append(cited(f"The file's tags claim {what} ({item.basis}){doubt}. Tags can be written by anybody.", item))
    return shortened(said, MOST_LISTED, "claim of the tags", "claims of the tags")
