"""`render`: a report read back from its file and made again, or made into a form for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import OutputError, UsageError
from ..model.rating import RatingWord
from .options import add_language, moment, name
from .terminal import Verbs, add_verb, takes_colour, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model.rating import Rating
    from ..model.report import Report
    from ..reported import KeptReport

ENDINGS = {"text": "txt", "markdown": "md", "case": "case.jsonld", "ro-crate": "ro-crate.json"}
FORMS = ("html", "pdf", "markdown", "text", "json", "case", "ro-crate", "claim-review")
EXAMPLE = """\
provenance render provenance-reports/20241115T090002Z-0e36dc52 --to html --out again.html
  provenance render report.json --to pdf --picture image.jpg --out report.pdf
  provenance render report.json --to case --out report.case.jsonld
  provenance render my-case --to html --out again   # each report of a case, into a new folder
  provenance render my-case --to ro-crate            # a case as a whole; so does --to case
  provenance render report.json --to claim-review --rating DecontextualizedContent --by "A. Editor" \\
      --reason "The picture is from 2015." """


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "render", "make a report again from its report.json, or export it", EXAMPLE.strip(), run)
    verb.add_argument("report", metavar="REPORT", type=name, help="a report.json, the folder that holds one, or a case")
    verb.add_argument(
        "--to",
        choices=FORMS,
        required=True,
        help="html, pdf, json, text: the report again, without the pictures, which report.json does not hold; "
        "markdown: its first screen for a chat; "
        "case: CASE/UCO JSON-LD for forensic tools; ro-crate: ro-crate-metadata.json for the folder, with PROV terms; "
        "claim-review: ClaimReview and MediaReview JSON-LD of a rating set here, or recorded in the case",
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
    shown.add_argument(
        "--blur",
        action="store_true",
        help="cover the pictures: in the page until a reader opens them, in the PDF all but on its last pages",
    )
    add_language(verb, "html, pdf, markdown and text")
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
    from ..cases import is_case
    from ..exporting import read_report
    from ..remaking import case_reports

    if is_case(asked.report) and asked.to in ("case", "ro-crate"):
        from ..describing import describe_case

        return _handed_out(describe_case(asked.report, asked.to), asked)
    kept = case_reports(asked.report)
    if kept or is_case(asked.report):
        return _again(kept, asked)
    return _handed_out(_made(read_report(asked.report), asked), asked)


def _handed_out(made: str | bytes, asked: argparse.Namespace) -> int:
    from ..exporting import write_new

    if asked.out is not None:
        print(f"written: {write_new(asked.out, made)}", file=sys.stderr)
    elif isinstance(made, str):
        print(made)
    else:
        sys.stdout.buffer.write(made)
    return 0


def _again(kept: tuple[KeptReport, ...], asked: argparse.Namespace) -> int:
    """Reports of a case: one as any other, several into a folder; each held against what was kept."""
    from ..exporting import write_new
    from ..remaking import KEPT_NAMES, against_kept, only, rated

    several = len(kept) > 1 and asked.out is not None and asked.to != "claim-review"
    alone = rated if asked.to == "claim-review" else only
    if several:
        _new_folder(asked.out)
    for one in kept if several else (alone(kept, asked.report),):
        made = _made(one.report, asked, one)
        if several:
            target = asked.out / one.folder.name
            _new_folder(target)
            name = KEPT_NAMES.get(asked.to, f"report.{ENDINGS.get(asked.to, asked.to)}")
            print(f"written: {write_new(target / name, made)}", file=sys.stderr)
        else:
            _handed_out(made, asked)
        translated = asked.language != "en" and asked.to == "html"  # a case keeps its pages in English
        told = "" if translated else against_kept(one, asked.to, made, references=bool(asked.reference))
        if told:
            print(f"note: {told}", file=sys.stderr)
    return 0


def _new_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise OutputError(
            f"cannot make the folder {path}: {error.strerror}", remedy="name a new folder with --out"
        ) from error


def _pdf(report: Report, picture: Path | None, asked: argparse.Namespace, saved: Sequence[Path]) -> bytes:
    from ..exporting import render_document

    if asked.out is None and sys.stdout.isatty():
        raise UsageError("a PDF is no text for a terminal", remedy="name a file with --out")
    made = render_document(
        report,
        picture=picture,
        references=asked.reference,
        saved=saved,
        blur=asked.blur,
        language=asked.language,
    )
    if not made.standard:
        print("note: this PDF keeps to no standard for archives; its content does not allow it", file=sys.stderr)
    if made.lacking:
        how = f"{len(made.lacking)} of its characters, such as U+{ord(min(made.lacking)):04X}"
        print(f"note: no font of this machine shows {how}; they stand as escapes", file=sys.stderr)
    return made.data


def _made(report: Report, asked: argparse.Namespace, kept: KeptReport | None = None) -> str | bytes:
    from ..exporting import crate_files, render_case, render_claim_review, render_crate, render_page
    from ..rendering import render_json, render_markdown, render_text

    picture = asked.picture or (None if kept is None else kept.picture_path)
    saved = () if kept is None else kept.saved
    match asked.to:
        case "html":
            return render_page(
                report,
                picture=picture,
                references=asked.reference,
                saved=saved,
                blur=asked.blur,
                language=asked.language,
            )
        case "pdf":
            return _pdf(report, picture, asked, saved)
        case "markdown":
            return render_markdown(report, language=asked.language)
        case "json":
            return render_json(report)
        case "case":
            return render_case(report)
        case "ro-crate":
            folder = Path(asked.report) if kept is None else kept.folder
            if not folder.is_dir():
                raise UsageError("a crate describes a folder", remedy="give the folder that holds the report.json")
            return render_crate(report, crate_files(folder, report), by=asked.by)
        case "claim-review":
            return render_claim_review(report, _rating(asked, report))
        case _:
            shown = asked.out is None and takes_colour()
            return render_text(report, width=width(), colour=shown, language=asked.language)


def _rating(asked: argparse.Namespace, report: Report) -> Rating | None:
    """What a person set here, else the last rating recorded in the case; None where there is none."""
    from ..added import rating_beside
    from ..exporting import rating

    if asked.rating is None:
        return rating_beside(asked.report, report.original.sha256)
    return rating(
        asked.rating,
        by=asked.by,
        reason=asked.reason,
        when=asked.rated_at,
        desk=asked.desk,
        claim=asked.claim,
        url=asked.url,
    )
