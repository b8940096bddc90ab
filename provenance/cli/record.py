"""`record`: what a person says, saw, found or decided, noted in a case."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..model.publication import CopyKind, DateBasis
from ..model.rating import ClaimWord, RatingWord
from ..model.text import visible
from .hits import fetched_hit, saved_page
from .options import add_proxy, moment, name, require_use_of_proxy, whole
from .parser import Verbs, add_verb
from .terminal import as_typed, folded

KINDS = ("statement", "observation", "correction", "page", "hit", "hits", "geolocation", "accept", "dismiss", "rating")
DETAILS = (
    *("source", "grade", "origin", "url", "place", "time", "published", "date_basis", "match", "caption", "engine"),
    *("item", "rating", "claim_rating", "claim", "desk"),
)
EXAMPLE = """\
provenance check samples/stranger.jpg --case my-case

a statement, which the next check weighs where it names a time or place:
  provenance record my-case "Taken in March, she says by telephone" --time 2025-03 --source "A. Witness" --grade B2
a web page that shows or mentions the picture, with a file kept of it:
  provenance record my-case "Report with the picture" --kind page --url https://example.org/a \\
      --published 2025-04-02 --date-basis page_date --match near --attach samples/README.md
a hit of a reverse image search made by hand; the saved picture is compared with the case's:
  provenance record my-case "Oldest of 12 hits" --kind hit --engine TinEye --url https://example.org/b \\
      --published 2015-05-01 --date-basis crawl_date --saved samples/stranger.jpg
with --fetch in place of --saved the address is asked for it: of a page all pictures are compared, the nearest filed.
a results page of Lens, Yandex, Bing or TinEye as your browser saved it (HTML with its folder, or MHTML): all hits
are listed, their small pictures compared, and those that show the case's picture become hits of the case:
  provenance record my-case "First page of results" --kind hits --page samples/stranger_results.html
where it was taken, as a point with a radius, or an area by name:
  provenance record my-case "Roof line and two chimneys match a street view of 2019" --kind geolocation \\
      --place "Krasnoyarsk@56.01,92.85,2km" --grade B2
what you hold of an item of a report, by its id, or of an answer, by its question:
  provenance record my-case "The camera's clock was never set" --kind dismiss --item claim-0a0efe825535
  provenance record my-case "Seen and agreed" --kind accept --item when
an earlier entry was wrong:
  provenance record my-case "It was May, she says now" --kind correction --corrects 4
a rating, for: provenance render my-case --to claim-review
  provenance record my-case "The picture is from 2015." --kind rating --rating DecontextualizedContent \\
      --source "A. Editor" --desk "Some Desk\""""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "record",
        "note in a case what a person says, found or decided; nothing noted is ever changed",
        EXAMPLE,
        run,
    )
    verb.add_argument("case", metavar="CASE", type=name, help="a folder that check --case wrote")
    verb.add_argument(
        "text",
        metavar="TEXT",
        type=name,
        help="in words: what is said or was seen; of a place, a word or a rating, why",
    )
    verb.add_argument("--kind", choices=KINDS, default=KINDS[0], help="what it is (default: %(default)s)")
    verb.add_argument(
        "--source",
        metavar="WHO",
        default="",
        help="who says or publishes it, accepts, dismisses or rates (default: you)",
    )
    verb.add_argument("--grade", metavar="B2", default="", help="Admiralty grade (default: F6, cannot be judged)")
    verb.add_argument(
        "--origin", metavar="ROOT", default="", help="what it descends from, where that is not the source"
    )
    verb.add_argument("--url", metavar="URL", default="", help="where it stands (noted; opened by --fetch alone)")
    verb.add_argument(
        "--about",
        metavar="SHA256",
        action="append",
        default=[],
        help="a picture of the case, by 8 digits of its SHA-256 or more (default: the only one; repeatable)",
    )
    verb.add_argument(
        "--attach", metavar="FILE", type=Path, action="append", default=[], help="a file to keep with it (repeatable)"
    )
    verb.add_argument("--now", metavar="TIME", type=moment, help="use this as the clock (2024-11-15T09:00Z)")
    _said(verb)
    _published(verb)
    _decided(verb)


def _said(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group("where and when the picture was taken, by what is recorded")
    group.add_argument("--place", metavar="PLACE", default="", help='such as "Krasnoyarsk@56.01,92.85,2km", or "RU"')
    group.add_argument("--time", metavar="TIME", default="", help="ISO 8601: 2024-11, 2024-11-14, A/B")
    group.add_argument("--denies", action="store_true", help="it says: not there, not then")


def _published(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group("a page, or a hit of a search made by hand")
    group.add_argument(
        "--engine", metavar="NAME", default="", help="the search engine (hit; of hits where the page does not say it)"
    )
    group.add_argument(
        "--page", metavar="FILE", type=Path, help="a results page as a browser saved it; no script in it is run (hits)"
    )
    group.add_argument("--published", metavar="TIME", default="", help="the date shown, ISO 8601, as it stands there")
    group.add_argument("--date-basis", choices=_values(DateBasis), default="", metavar="HOW", help=_one_of(DateBasis))
    group.add_argument("--match", choices=_values(CopyKind), default="", metavar="WORD", help=_one_of(CopyKind))
    group.add_argument(
        "--caption", metavar="TEXT", default="", help="its caption, verbatim; --place and --time are its"
    )
    group.add_argument(
        "--saved", metavar="IMAGE", type=Path, help="its picture as saved, compared with the case's (hit; for --match)"
    )
    group.add_argument(
        "--fetch",
        action="store_true",
        help="ask --url for its picture and keep how it came; nothing is asked without this (hit; in place of --saved)",
    )
    add_proxy(group)


def _decided(verb: argparse.ArgumentParser) -> None:
    group = verb.add_argument_group("a word on evidence, or a rating")
    group.add_argument(
        "--item", metavar="ID", default="", help="id in a report of the case, or a question (accept, dismiss)"
    )
    group.add_argument("--corrects", metavar="N", type=whole, help="number of the entry that was wrong (correction)")
    group.add_argument("--rating", choices=_values(RatingWord), default="", metavar="WORD", help=_one_of(RatingWord))
    group.add_argument(
        "--claim-rating", choices=_values(ClaimWord), default="", metavar="WORD", help=_one_of(ClaimWord)
    )
    group.add_argument("--claim", metavar="ID", default="", help="which claim is rated, where several are tested")
    group.add_argument("--desk", metavar="NAME", default="", help="the organisation for which the rater answers")


Words = type[DateBasis] | type[CopyKind] | type[RatingWord] | type[ClaimWord]


def _values(words: Words) -> list[str]:
    return [word.value for word in words]


def _one_of(words: Words) -> str:
    return f"one of {', '.join(words)}"


def run(asked: argparse.Namespace) -> int:
    """Note it, and say under which number it stands and what comes of it."""
    from ..case.recording import record

    details = {name: getattr(asked, name) for name in DETAILS if getattr(asked, name)}
    require_use_of_proxy(asked, asked.fetch, "ask the address of a hit with --fetch")
    if asked.kind == "hits" or asked.page is not None:
        return saved_page(asked, details.keys())
    if asked.denies:
        details["denies"] = "yes"
    if asked.corrects is not None:
        details["corrects"] = str(asked.corrects)
    if asked.fetch:
        done = fetched_hit(asked, details)
    else:
        done = record(
            asked.case,
            asked.text,
            kind=asked.kind,
            about=asked.about,
            attach=asked.attach,
            saved=asked.saved,
            now=asked.now,
            **details,
        )
    told = [f"Recorded as entry {done.head.entries}. Head: {done.head}"]
    if done.compared is not None:
        found = done.compared
        came = "fetched" if asked.fetch else "saved"
        told.append(f"The {came} picture against the case's: {found.answer.value}. {visible(found.statement)}")
    case = as_typed(asked.case)
    if asked.kind == "rating":
        told.append(f"To publish it: provenance render {case} --to claim-review")
    elif done.pictures:
        told.append(f"To weigh it, and to see what it changes: provenance check --case {case}")
    else:
        told.append(
            "It speaks of the case as a whole; name a picture with --about, and the next check of it weighs it."
        )
    print("\n".join(map(folded, told)))
    return 0
