"""Origin: what vouches for the file - credentials, its own tags, the marks of programs and platforms."""

from __future__ import annotations

from collections.abc import Sequence

from ..intake.said import span, where
from ..model.evidence import Claim, Evidence, Fact, Trace
from ..model.finding import Finding, Question, Sentence, Verdict
from ..model.outcome import CheckRun, Failed, Ran, Skipped
from ..model.source import SourceKind
from .wording import cited, counted

QUESTION = Question.ORIGIN
CREDENTIALS = "credentials"
MARKS = ("container", "exif")
_SOFTWARE = ("exif.Software", "exif.ProcessingSoftware", "png.text.Software", "xmp.CreatorTool")
MOST_LISTED = 8


def finding(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> Finding | None:
    """The answer; None when nothing looked for credentials."""
    run = next((run for run in runs if run.check == CREDENTIALS), None)
    if run is None or (isinstance(run.outcome, Failed | Skipped) and not items):
        return None
    tags = _tags(items)
    traces = _marks(items, runs)
    if isinstance(run.outcome, Skipped | Failed):
        broke = isinstance(run.outcome, Failed)
        return Finding(
            question=QUESTION,
            verdict=Verdict.NOT_CHECKED,
            reason=f"the check {run.check} broke ({run.outcome.error})"
            if isinstance(run.outcome, Failed)
            else run.outcome.reason,
            remedy="report it, with the file if you may"
            if broke or isinstance(run.outcome, Failed)
            else run.outcome.remedy,
            sentences=tuple(dict.fromkeys((*tags, *traces))),
        )
    found = [item for item in items if isinstance(item, Trace) and item.topic == CREDENTIALS]
    return Finding(
        question=QUESTION,
        verdict=Verdict.CREDENTIALS_UNREAD if found else Verdict.CREDENTIALS_NONE,
        sentences=tuple(dict.fromkeys((_headline(found, items, run), *_credentials(found, run), *tags, *traces))),
        would_change=("The original file, from the author: platforms strip tags and credentials.",),
        not_established=("Who took the picture.",),
    )


def _headline(found: list[Trace], items: Sequence[Evidence], run: CheckRun) -> Sentence:
    opening = "Content Credentials are there but not validated" if found else "No Content Credentials in the file"
    said = [item for item in items if _of_file(item) and isinstance(item, Claim)]
    camera = next((item for item in said if item.basis == "EXIF Make/Model"), None)
    time = next((item for item in said if item.time is not None), None)
    parts = ([f"name {camera.quote}"] if camera else []) + ([f"give {span(time.time)}"] if time and time.time else [])
    rest = f"; its tags {' and '.join(parts)}" if parts else "; its tags name no camera and no time"
    cites = tuple(dict.fromkeys(item.id for item in (*found, camera, time) if item is not None))
    return Sentence(text=f"{opening}{rest}.", cites=(*cites, run.id))


def _credentials(found: list[Trace], run: CheckRun) -> list[Sentence]:
    if found:
        return [cited(" ".join((trace.statement, *trace.limits[:1])), trace) for trace in found]
    note = run.outcome.note if isinstance(run.outcome, Ran) else ""
    return [Sentence(text=f"Looked for: {note.rstrip('.')}.", cites=(run.id,))] if note else []


def _of_file(item: Evidence) -> bool:
    """Read from the file by this program; metadata that a person recorded is somebody's word about a file."""
    return item.source.kind is SourceKind.FILE and item.method != "recorded by the desk"


def _tags(items: Sequence[Evidence]) -> list[Sentence]:
    """What the file's tags claim, each with the reasons not to rely on it."""
    said = []
    for item in items:
        if not (isinstance(item, Claim) and _of_file(item)):
            continue
        what = span(item.time) if item.time else where(item.place) if item.place else item.quote
        doubt = f"; but {item.defeaters[0].rstrip('.')}" if item.defeaters else ""
        said.append(cited(f"The file's tags claim {what} ({item.basis}){doubt}. Tags can be written by anybody.", item))
    software = [item for item in items if isinstance(item, Fact) and item.key in _SOFTWARE and item.raw.strip()]
    said += [cited(f"The file names a program: {(item.normal or item.raw).strip()[:120]}.", item) for item in software]
    return said[:MOST_LISTED]


def _marks(items: Sequence[Evidence], runs: tuple[CheckRun, ...]) -> list[Sentence]:
    """Traces of platforms and programs; where there are none, which checks looked."""
    traces = [item for item in items if isinstance(item, Trace) and item.topic != CREDENTIALS and not item.alters]
    if traces:
        said = [cited(trace.statement, trace) for trace in traces[:MOST_LISTED]]
        rest = traces[MOST_LISTED:]
        return [*said, cited(f"{counted(len(rest), 'more trace')} in the list of evidence.", *rest)] if rest else said
    looked = [run for run in runs if run.check in MARKS and isinstance(run.outcome, Ran)]
    if not looked:
        return []
    text = "No mark of a platform or program was found in the file's structure and tags; most leave none that lasts."
    return [Sentence(text=text, cites=tuple(run.id for run in looked))]
