"""A results page of a reverse image search, as a browser saved it, into a case: its hits and their small pictures.

The page is a person's: anybody can edit a saved file. So every hit of one page has one origin, is graded as the person
says (F6 by default), and its date is what a search engine showed, which dates nothing (docs/claims.md).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import InputError, UsageError
from ..image.containers import sniff
from ..intake.recordable import settings_of
from ..intake.results.read import Results, read_results
from ..model.case import Did, Head, Settings
from ..model.limits import RESULTS_BYTES, RESULTS_FILED
from ..model.publication import DateBasis
from ..model.text import quoted, visible
from ..sealing.folders import case_of
from .held import files_of, held, originals
from .recording import name_of, pictures_of, read_file
from .saved_hits import Listed, compared, files_beside

KIND, SCHEMA = "hits", "provenance-hits/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of a saved page."""

    head: Head
    engine: str
    hits: tuple[Listed, ...]
    more: bool
    """Whether the page lists more than were read."""
    filed: tuple[int, ...]
    """Which of the hits stand in the case as evidence of their own, by place in `hits`."""
    list_path: str
    """The list of all hits, within the case."""


def record_hits(
    case: str | Path,
    page: str | Path,
    text: str = "",
    *,
    engine: str = "",
    source: str = "",
    grade: str = "",
    about: Sequence[str] = (),
    now: datetime | None = None,
) -> Imported:
    """Keep a saved results page (HTML with its folder, or MHTML) in a case, list its hits, compare their pictures.

    Those whose small picture shows the case's picture, at most RESULTS_FILED, become hits of the case, which the next
    check weighs. `engine`: its name, where the page does not say it. Raises UsageError, InputError, CaseError,
    OutputError; nothing is written where anything is wrong.
    """
    from ..custody.events import time_and_clock
    from ..custody.writing import writing
    from ..sealing.author import author

    path, root = Path(page), case_of(case)
    by = author(*time_and_clock(now))
    (picture,) = pictures_of(root, "hit", about, {})
    data = read_file(path, RESULTS_BYTES)
    found = _read(path, data, engine)
    hits = compared(held(root, originals(files_of(root))[picture]), found.hits)
    shown = [index for index, hit in enumerate(hits) if hit.shows]
    told = {
        "source": source,
        "grade": grade,
        "engine": found.engine,
        "origin": f"results page of {found.engine}, saved by {source or by.by}",
    }
    listing = _listing(hits, found.engine, found.address, data)
    page_name, list_name = name_of(path, data), name_of(Path("hits.json"), listing)
    kept = {name_of(_called(hit.thumbnail), hit.thumbnail): hit.thumbnail for hit in hits if hit.thumbnail is not None}
    files = {page_name: data, list_name: listing, **kept}
    said = text or f"Results page of {found.engine}, saved as {path.name}"
    whole: Settings = settings_of(KIND, said, told, by.by)
    whole |= {"page": page_name, "list": list_name, "files": sorted(files), **_counts(hits)}
    filed = [hits[index] for index in shown[:RESULTS_FILED]]
    entries = [settings_of("hit", hit.title or hit.url, _of_hit(hit, told), by.by) for hit in filed]
    with writing(root, by) as writer:
        new = {name: content for name, content in files.items() if not (root / name).exists()}
        of = visible(found.engine, limit=80)
        words = f"hits by {quoted(source or by.by, limit=80)}: {len(hits)} on a results page of {of}"
        writer.enter(by, Did.RECORDED, words, inputs=[picture], files=new, settings=whole)
        for hit, entry in zip(filed, entries, strict=True):
            entry |= {"compared": hit.answer, "compared_how": hit.told, "page": page_name}
            words = f"hit of that page: {quoted(hit.url, limit=200)}"
            writer.enter(by, Did.RECORDED, words, inputs=[picture], settings=entry)
        return Imported(
            head=writer.head,
            engine=found.engine,
            hits=hits,
            more=found.more,
            filed=tuple(shown[:RESULTS_FILED]),
            list_path=list_name,
        )


def _read(path: Path, data: bytes, engine: str) -> Results:
    """What the page lists. Raises InputError; UsageError where neither it nor the person names its engine."""
    try:
        found = read_results(data, engine=engine, beside=files_beside(path))
    except InputError as error:
        raise InputError(f"{visible(str(path))}: {error}", remedy=error.remedy) from None
    if not found.engine:
        raise UsageError("the page does not say which engine it is of", remedy="name it with --engine")
    return found


def _counts(hits: Sequence[Listed]) -> dict[str, str]:
    return {
        "listed": str(len(hits)),
        "compared_hits": str(sum(hit.told != "" for hit in hits)),
        "shown_hits": str(sum(hit.shows for hit in hits)),
    }


def _of_hit(hit: Listed, told: dict[str, str]) -> dict[str, str]:
    """The details of one hit, as `record` would be given them; its source is the host of its page."""
    assert hit.thumbnail is not None  # noqa: S101 - only what was compared is filed
    dated = {"published": hit.day, "date_basis": DateBasis.SEARCH_SNIPPET.value} if hit.day else {}
    details = {name: told[name] for name in ("grade", "engine", "origin") if told[name]}
    return {**details, "url": hit.url, "saved": name_of(_called(hit.thumbnail), hit.thumbnail), **dated}


def _called(data: bytes | None) -> Path:
    from ..reference.kept import ENDINGS, OTHER_ENDING

    return Path(f"thumbnail{ENDINGS.get(sniff.media_type(data or b''), OTHER_ENDING)}")


def _listing(hits: Sequence[Listed], engine: str, address: str, page: bytes) -> bytes:
    """All hits as a file of the case."""
    form = {
        "schema": SCHEMA,
        "engine": engine,
        "address": address,
        "page_sha256": hashlib.sha256(page).hexdigest(),
        "hits": [
            {
                "url": hit.url,
                "title": hit.title,
                "date_shown": hit.shown,
                "day": hit.day,
                "answer": hit.answer,
                "told": hit.told,
                "thumbnail_sha256": "" if hit.thumbnail is None else hashlib.sha256(hit.thumbnail).hexdigest(),
            }
            for hit in hits
        ],
    }
    return f"{json.dumps(form, ensure_ascii=False, indent=2)}\n".encode()
