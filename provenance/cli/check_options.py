"""The options of `check`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..model.finding import Question
from .asked import add_online
from .options import add_language, add_trust_lists, moment, name, question_names, seconds


def add_options(verb: argparse.ArgumentParser) -> None:
    """What is checked, against what, and where the report goes."""
    verb.add_argument(
        "images",
        metavar="IMAGE",
        nargs="*",
        type=name,
        help="a picture, a folder of pictures, - for standard input, or one address (https://...) of a picture or "
        "page, which is then fetched (see: provenance fetch --help); with --case and none named: those that the case "
        "keeps, again",
    )
    verb.add_argument(
        "--reference",
        metavar="SET",
        type=name,
        action="append",
        help="a reference set's file, or a folder with pictures and a "
        "records.csv (repeatable; default: $PROVENANCE_REFERENCE, else the desk's own set)",
    )
    verb.add_argument(
        "--claims", metavar="FILE", type=Path, help="claims and recorded evidence, YAML or JSON (docs/claims.md)"
    )
    add_trust_lists(verb)
    verb.add_argument(
        "--no-earlier",
        action="store_true",
        help="neither search this desk's earlier checks nor note this one among them; they are kept on this machine "
        "alone, in the user's data folder or the file that $PROVENANCE_EARLIER names (off: never; docs/custody.md). "
        "With --now they are left out as well",
    )
    _add_claim(verb)
    add_online(verb)
    _add_choice(verb)
    _add_output(verb)


def _add_claim(verb: argparse.ArgumentParser) -> None:
    claim = verb.add_argument_group("a claim to test, in words")
    claim.add_argument("--claim", metavar="TEXT", default="", help="what is said about the picture")
    claim.add_argument(
        "--claimed-place", metavar="PLACE", default="", help='where, such as "Krasnoyarsk@56.01,92.85,20km" or "RU"'
    )
    claim.add_argument("--claimed-time", metavar="TIME", default="", help="when, ISO 8601: 2024-11, 2024-11-14, A/B")
    claim.add_argument("--claimed-by", metavar="WHO", default="", help="who says so")
    claim.add_argument("--url", metavar="URL", default="", help="where they say so (noted, never opened)")


def _add_choice(verb: argparse.ArgumentParser) -> None:
    choose = verb.add_argument_group("what to answer")
    choose.add_argument(
        "--only",
        metavar="QUESTION",
        type=question_names,
        action="extend",
        default=[],
        help=f"only these, of: {', '.join(Question)}",
    )
    choose.add_argument("--skip", metavar="QUESTION", type=question_names, default=(), help="all but these")
    choose.add_argument(
        "--within",
        metavar="SECONDS",
        type=seconds,
        help='bound the whole run; what is not finished reads "not checked: time"',
    )
    choose.add_argument(
        "--now",
        metavar="TIME",
        type=moment,
        help="use this as the clock (2024-11-15T09:00Z): same files, same time, same report",
    )


def _add_output(verb: argparse.ArgumentParser) -> None:
    output = verb.add_argument_group("output")
    where = output.add_mutually_exclusive_group()
    where.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="where the report goes (default: ./provenance-reports/<time>-<sha256>/); "
        "with several pictures or a folder of them, a folder for each inside DIR and an index; a run that was stopped "
        "goes on when it is started again with the same DIR",
    )
    where.add_argument(
        "--case",
        metavar="DIR",
        type=Path,
        help="keep the pictures as received and the reports in this case folder, opened or continued; of several "
        "pictures an index as well (docs/custody.md)",
    )
    output.add_argument(
        "--for-publication",
        action="store_true",
        help="also write an edition without positions, names and serial numbers, beside the full report (in a case: "
        "among its derivatives); read it before you publish it (docs/report.md)",
    )
    output.add_argument("--blur", action="store_true", help="cover the pictures in the page until a reader opens them")
    add_language(output, "the page and the terminal; in a case the page stays English")
    output.add_argument(
        "--pdf", action="store_true", help="also keep report.pdf (needs pip install 'provenance-desk[pdf]')"
    )
    output.add_argument(
        "--no-seal",
        action="store_true",
        help="do not sign the report's folder. Else its files are listed in seal.json and signed with the desk's key, "
        "which is made at first use and stays on this machine (docs/custody.md); a case is sealed by: provenance seal",
    )
    output.add_argument(
        "--json", action="store_true", help="print the report as JSON (one line a picture when several)"
    )
