"""`render`: a report read back from its file and made again, or made into a form for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model.rating import RatingWord
from .options import moment, name
from .terminal import Verbs, add_verb, takes_colour, width

if TYPE_CHECKING:
    from ..model.rating import Rating
    from ..model.report import Report

FORMS = ("html", "pdf", "markdown", "text", "json", "case", "ro-crate", "claim-review")
EXAMPLE = """\
provenance render provenance-reports/20241115T090002Z-0e36dc52 --to html --out again.html
  provenance render report.json --to pdf --picture image.jpg --out report.pdf
  provenance render report.json --to case --out report.case.jsonld
  provenance render report.json --to claim-review --rating DecontextualizedContent --by "A. Editor" \\
      --reason "The picture is from 2015." """


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "render", "make a report again from its report.json, or export it", EXAMPLE.strip(), run)
    verb.add_argument("report", metavar="REPORT", type=name, help="a report.json, or the folder that holds one")
    verb.add_argument(
        "--to",
        choices=FORMS,
        required=True,
        help="html, pdf, json, text: the report again, without the pictures, which report.json does not hold; "
        "markdown: its first screen for a chat; "
        "case: CASE/UCO JSON-LD for forensic tools; ro-crate: ro-crate-metadata.json for the folder, with PROV terms; "
        "claim-review: ClaimReview and MediaReview JSON-LD of a rating that a person sets",
    )
    verb.add_argument(
        "--out", metavar="FILE", type=Path, help="a new file to write (default: standard output); none is replaced"
    )
    verb.add_argument(
        "--by",
        metavar="NAME",
        default="",
        help="the person to name: who rated (claim-review), who ran the check (ro-crate; without it nobody is named)",
    )
    shown = verb.add_argument_group("pictures in the page (html, pdf)")
    shown.add_argument("--picture", metavar="IMAGE", type=name, help="the picture that was checked")
    shown.add_argument(
        "--reference",
        metavar="SET",
        type=name,
        action="append",
        default=[],
        help="a set that was searched, to show its pictures (repeatable)",
    )
    rating = verb.add_argument_group("a rating, set by a person (claim-review)")
    rating.add_argument("--rating", metavar="WORD", choices=[word.value for word in RatingWord], help=_words())
    rating.add_argument("--reason", metavar="TEXT", default="", help="why, in the rater's own words; it is published")
    rating.add_argument(
        "--rated-at", metavar="TIME", type=moment, help="when, such as 2024-11-15T09:00Z (default: now)"
    )
    rating.add_argument("--desk", metavar="NAME", default="", help="the organisation for which they answer")
    rating.add_argument("--claim", metavar="ID", default="", help="which claim, where the report tests several")
    rating.add_argument("--url", metavar="URL", default="", help="where the desk publishes its article (never opened)")


def _words() -> str:
    return "one of " + ", ".join(word.value for word in RatingWord)


def run(asked: argparse.Namespace) -> int:
    """Read, make, and print or write."""
    from ..exporting import read_report, write_new

    made = _made(read_report(asked.report), asked)
    if asked.out is not None:
        print(f"written: {write_new(asked.out, made)}", file=sys.stderr)
    elif isinstance(made, str):
        print(made)
    else:
        sys.stdout.buffer.write(made)
    return 0


def _pdf(report: Report, asked: argparse.Namespace) -> bytes:
    from ..exporting import render_document

    if asked.out is None and sys.stdout.isatty():
        raise UsageError("a PDF is no text for a terminal", remedy="name a file with --out")
    made = render_document(report, picture=asked.picture, references=asked.reference)
    if not made.standard:
        print("note: this PDF keeps to no standard for archives; its content does not allow it", file=sys.stderr)
    return made.data


def _made(report: Report, asked: argparse.Namespace) -> str | bytes:
    from ..exporting import crate_files, render_case, render_claim_review, render_crate, render_page
    from ..rendering import render_json, render_markdown, render_text

    match asked.to:
        case "html":
            return render_page(report, picture=asked.picture, references=asked.reference)
        case "pdf":
            return _pdf(report, asked)
        case "markdown":
            return render_markdown(report)
        case "json":
            return render_json(report)
        case "case":
            return render_case(report)
        case "ro-crate":
            folder = Path(asked.report)
            if not folder.is_dir():
                raise UsageError("a crate describes a folder", remedy="give the folder that holds the report.json")
            return render_crate(report, crate_files(folder, report), by=asked.by)
        case "claim-review":
            return render_claim_review(report, _rating(asked))
        case _:
            shown = asked.out is None and takes_colour()
            return render_text(report, width=width(), colour=shown)


def _rating(asked: argparse.Namespace) -> Rating | None:
    """What a person set; None where no word is given."""
    from ..exporting import rating

    if asked.rating is None:
        return None
    return rating(
        asked.rating,
        by=asked.by,
        reason=asked.reason,
        when=asked.rated_at,
        desk=asked.desk,
        claim=asked.claim,
        url=asked.url,
    )
