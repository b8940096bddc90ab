"""`redact`: a derivative with parts of the picture covered, or parts of the report left out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..model.text import visible
from .options import moment, name
from .parser import Verbs, add_verb

if TYPE_CHECKING:
    from ..output.editions import CoveredBox

PARTS = ("gps", "names", "serials")
EXAMPLE = """\
provenance redact samples/stranger.jpg --cover 120,80,200,160 --out for-print
  provenance check samples/stranger.jpg --case my-case
  provenance redact my-case --leave-out gps,serials --cover 120,80,200,160"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    summary = "make a derivative with parts covered or left out; what it is made from stays as it is"
    verb = add_verb(verbs, "redact", summary, EXAMPLE, run)
    verb.add_argument(
        "of", metavar="CASE|REPORT|IMAGE", type=name, help="a case, a report.json or the folder of one, or a picture"
    )
    verb.add_argument(
        "--cover",
        metavar="X,Y,W,H",
        type=_box,
        action="append",
        default=[],
        help="fill this box with black: its upper left corner, width and height in pixels of the upright picture "
        "(repeatable). Never blurred, since a blur can be undone; the copy has no metadata and no thumbnail",
    )
    verb.add_argument(
        "--leave-out",
        metavar="PARTS",
        type=_parts,
        default=(),
        help="leave out of the report, divided by commas: gps (positions and places that the file states), names (of "
        "people, accounts and files), serials (numbers of devices and documents); what rests on them goes with them",
    )
    verb.add_argument("--for-publication", action="store_true", help=f"the same as --leave-out {','.join(PARTS)}")
    verb.add_argument("--blur", action="store_true", help="cover the pictures in the page until a reader opens them")
    verb.add_argument("--about", metavar="SHA256", default="", help="which original of the case, by 8 digits or more")
    verb.add_argument("--picture", metavar="IMAGE", type=name, help="the picture of the report, to cover and show it")
    verb.add_argument(
        "--out", metavar="DIR", type=Path, help="a folder to write (outside of a case; a case keeps it itself)"
    )
    verb.add_argument("--now", metavar="TIME", type=moment, help="use this as the clock (2024-11-15T09:00Z)")


def _box(text: str) -> CoveredBox:
    from ..output.editions import box

    try:
        return box(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parts(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in parts:
        if part not in PARTS:
            raise argparse.ArgumentTypeError(f"{part!r} is none of: {', '.join(PARTS)}")
    return parts


def run(asked: argparse.Namespace) -> int:
    """Make it, and say where it lies."""
    from ..case.deriving import redact_case, redact_file
    from ..sealing.folders import is_case

    of, parts = Path(asked.of), PARTS if asked.for_publication else asked.leave_out
    common = {"leave_out": parts, "boxes": asked.cover, "blur": asked.blur, "now": asked.now}
    if is_case(of):
        if asked.out is not None or asked.picture is not None:
            raise UsageError(
                "a case keeps what is made of it, and has its picture", remedy="leave --out and --picture out"
            )
        done = redact_case(of, about=asked.about, **common)
    else:
        done = redact_file(of, out=asked.out, picture=asked.picture, **common)
    print(f"Derivative: {visible(str(done.folder))}")
    if done.head is not None:
        print(f"Head: {done.head}")
    return 0
