"""`inspect`: what the file says of itself, without decoding or searching."""

from __future__ import annotations

import argparse
from pathlib import Path
from textwrap import fill

from ..model.text import visible
from .options import add_language, add_trust_lists, seconds
from .parser import Verbs, add_verb
from .terminal import beside, print_json, takes_colour, width


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "inspect",
        "show a file's metadata and structure; nothing is searched, and without --ela nothing decoded",
        "provenance inspect samples/stranger.jpg",
        run,
    )
    verb.add_argument("image", metavar="IMAGE", type=Path, help="a picture file")
    add_trust_lists(verb)
    verb.add_argument(
        "--within",
        metavar="SECONDS",
        type=seconds,
        help='bound the whole run; what is not finished reads "not checked: time"',
    )
    verb.add_argument(
        "--ela",
        metavar="DIR",
        type=Path,
        help="write error levels there, a picture for the eye; no answer rests on them",
    )
    add_language(verb, "the terminal")
    verb.add_argument("--json", action="store_true", help="print the machine form")


def run(asked: argparse.Namespace) -> int:
    """Print the facts."""
    from ..api import inspect
    from ..output.rendering import render_inspection, render_json

    report = inspect(asked.image, trust_lists=asked.trust_list, within_s=asked.within)
    if asked.json:
        print_json(render_json(report))
    else:
        print(render_inspection(report, width=width(), colour=takes_colour(), language=asked.language))
    if asked.ela is not None:
        from ..desk.lens import write_error_levels

        path, said = write_error_levels(asked.image, asked.ela)
        told = f"\nError levels: {visible(str(path))}\n{fill(said, width())}"
        (beside if asked.json else print)(told)
    return 0
