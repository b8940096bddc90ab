"""What `record` does with a search made by hand: a hit whose picture is fetched, and a results page that was saved."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model.text import visible
from .options import proxy_of
from .terminal import as_typed, folded

if TYPE_CHECKING:
    from ..case.recording import Recorded


def fetched_hit(asked: argparse.Namespace, details: dict[str, str]) -> Recorded:
    """A hit with the picture that its address gives."""
    from ..case.fetched_hits import record_fetched_hit
    from .fetch import say

    if asked.kind != "hit" or asked.saved is not None or not asked.url:
        raise UsageError(
            "--fetch belongs to --kind hit with --url, without --saved", remedy="see: provenance record --help"
        )
    done = record_fetched_hit(
        asked.case,
        asked.text,
        about=asked.about,
        attach=asked.attach,
        say=say,
        proxy=proxy_of(asked),
        now=asked.now,
        **details,
    )
    for number, (address, answer) in enumerate(done.answers):
        print(f"{visible(answer)}: {visible(address, limit=200)}{' (filed)' if number == done.chosen else ''}")
    return done.recorded


def saved_page(asked: argparse.Namespace, details: Collection[str]) -> int:
    """Read a saved results page, and list what it names."""
    from ..case.importing import record_hits

    given = set(details) - {"source", "grade", "engine"}
    if asked.kind != "hits" or asked.page is None:
        raise UsageError("--page and --kind hits belong together", remedy="see: provenance record --help")
    if given or asked.attach or asked.saved or asked.denies or asked.fetch or asked.corrects is not None:
        raise UsageError(
            "--kind hits takes --page, --engine, --source, --grade and --about",
            remedy="note what you know of one hit with --kind hit",
        )
    done = record_hits(
        asked.case,
        asked.page,
        asked.text,
        engine=asked.engine,
        source=asked.source,
        grade=asked.grade,
        about=asked.about,
        now=asked.now,
    )
    for number, hit in enumerate(done.hits, 1):
        shown = f"; date shown: {visible(hit.shown, limit=60)}" if hit.shown else ""
        name = f"{visible(hit.title, limit=90)}\n    " if hit.title else ""
        print(f"{number:>3} {visible(hit.answer)}{shown}\n    {name}{visible(hit.url, limit=200)}")
    more = " The page lists more than were read." if done.more else ""
    showing = sum(hit.shows for hit in done.hits)
    show, hits = "shows" if showing == 1 else "show", "hit" if len(done.hits) == 1 else "hits"
    told = [
        f"{len(done.hits)} {hits} of {visible(done.engine, limit=80)}: {showing} {show} the picture, a part of it or "
        f"its scene, by their small pictures.{more}",
        f"Filed as evidence: {len(done.filed)}. All of them: {done.list_path}",
        f"Recorded up to entry {done.head.entries}. Head: {done.head}",
        f"The next check of the picture with --case {as_typed(asked.case)} weighs them.",
    ]
    print("\n".join(map(folded, told)))
    return 0
