"""`render`: a report read back from its file and made again, or made into a form for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import OutputError, UsageError, unless_full
from ..model.rating import RatingWord
from ..model.text import visible
from .forms import ending, made
from .options import add_language, moment, name
from .parser import Verbs, add_verb
from .terminal import beside, note, print_json

if TYPE_CHECKING:
    from ..case.reported import KeptReport

JSON_FORMS = ("json", "case", "ro-crate", "claim-review")
FORMS = ("html", "pdf", "markdown", "text", *JSON_FORMS, "c2pa")
EXAMPLE = """\
provenance check samples/stranger.jpg --out my-report
  provenance render my-report --to html --picture samples/stranger.jpg --out again.html
  provenance render my-report/report.json --to pdf --picture samples/stranger.jpg --out report.pdf
  provenance render my-report --to case --out report.case.jsonld
  provenance check samples/stranger.jpg --case my-case
  provenance render my-case --to html --out again   # each report of a case, into a new folder
  provenance render my-case --to ro-crate            # a case as a whole; so does --to case
  provenance render my-case --to c2pa --out copy.jpg  # a copy of the picture, with a signed manifest in it
  provenance render my-report --to claim-review --rating DecontextualizedContent --by "A. Editor" \\
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
        "claim-review: ClaimReview and MediaReview JSON-LD of a rating set here, or recorded in the case; "
        "c2pa: a copy of the picture with a C2PA manifest that names the report by its digest (docs/custody.md)",
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
    signed = verb.add_argument_group(
        "who signs the manifest (c2pa)",
        "Without these a key made at first use on this machine, whose certificate is on no trust list:\n"
        "readers of Content Credentials show an unknown signer. Nobody is asked, and nothing leaves this\nmachine.",
    )
    signed.add_argument("--c2pa-key", metavar="FILE", type=Path, help="a private key of your own, PEM, no passphrase")
    signed.add_argument("--c2pa-cert", metavar="FILE", type=Path, help="its certificates, PEM, the signer's own first")
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
    from ..case.remaking import case_reports
    from ..output.exporting import read_report
    from ..sealing.folders import is_case

    _mind_seals(asked)
    if is_case(asked.report) and asked.to in ("case", "ro-crate"):
        from ..case.describing import describe_case

        return _handed_out(describe_case(asked.report, asked.to), asked)
    kept = case_reports(asked.report)
    if kept or is_case(asked.report):
        return _again(kept, asked)
    return _handed_out(made(read_report(asked.report), asked), asked)


def _mind_seals(asked: argparse.Namespace) -> None:
    """Say that a file is not under the seal of the folder that it comes into.

    Raises UsageError for a place inside a case: what no entry of its log names makes a case wrong.
    """
    from ..sealing.folders import is_case, is_sealed

    if asked.out is None:
        return
    parents = asked.out.absolute().parents
    case = next((folder for folder in parents if is_case(folder)), None)
    if case is not None:
        told = f"{asked.out} would lie in the case {case}, whose log does not name it"
        raise UsageError(told, remedy="name a place outside of the case; render adds nothing to it")
    if is_sealed(parents[0]) and not asked.out.exists():  # one that is there is refused, not added
        note(f"{parents[0]} is sealed, and {asked.out.name} is not under its seal: verify will say that it was added")


def _handed_out(made: str | bytes, asked: argparse.Namespace) -> int:
    from ..output.exporting import write_new

    if asked.out is not None:
        beside(visible(f"written: {write_new(asked.out, made)}"))
    elif asked.to == "json" and isinstance(made, str) and not sys.stdout.isatty():
        sys.stdout.buffer.write(f"{made}\n".encode())  # byte for byte, whatever the locale
    elif asked.to in JSON_FORMS and isinstance(made, str):
        print_json(made)
    elif isinstance(made, str):
        print(made)
    else:
        sys.stdout.buffer.write(made)
    return 0


def _again(kept: tuple[KeptReport, ...], asked: argparse.Namespace) -> int:
    """Reports of a case: one as any other, several into a folder; each held against what was kept."""
    from ..case.remaking import KEPT_NAMES, against_kept, only, rated
    from ..output.exporting import write_new

    several = len(kept) > 1 and asked.out is not None and asked.to != "claim-review"
    alone = rated if asked.to == "claim-review" else only
    if several:
        _new_folder(asked.out)
    for one in kept if several else (alone(kept, asked.report),):
        form = made(one.report, asked, one)
        if several:
            target = asked.out / one.folder.name
            _new_folder(target)
            name = KEPT_NAMES.get(asked.to, f"report.{ending(asked.to, one.report)}")
            beside(visible(f"written: {write_new(target / name, form)}"))
        else:
            _handed_out(form, asked)
        translated = asked.language != "en" and asked.to in ("html", "pdf")  # a case keeps both in English
        told = "" if translated else against_kept(one, asked.to, form, references=bool(asked.reference))
        if told:
            note(told)
    return 0


def _new_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except OSError as error:
        remedy = unless_full(error, "name a new folder with --out")
        raise OutputError(f"cannot make the folder {path}: {error.strerror}", remedy=remedy) from error
