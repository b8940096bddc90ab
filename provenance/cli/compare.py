"""`compare`: two pictures, no reference set."""

from __future__ import annotations

import argparse
from pathlib import Path

from .options import add_language
from .parser import Verbs, add_verb
from .terminal import print_json, takes_colour, where_to_look, width


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "compare",
        "say how two pictures relate",
        "provenance compare samples/railcar_mirrored.jpg samples/reference/railcar_yard.jpg",
        run,
    )
    verb.add_argument("first", metavar="A", type=Path, help="a picture file")
    verb.add_argument("second", metavar="B", type=Path, help="another one")
    verb.add_argument(
        "--out", metavar="DIR", type=Path, help="write compare.html, compare.json and the figures of the match there"
    )
    add_language(verb, "the terminal and that page")
    verb.add_argument("--json", action="store_true", help="print the machine form")


def run(asked: argparse.Namespace) -> int:
    """Print the answer."""
    from ..api import compare, difference

    match, first, second = compare(asked.first, asked.second)
    found = difference(match, first, second)
    written = None
    if asked.out is not None:
        from ..output.report_folder import write_comparison

        written = write_comparison(match, first, second, asked.out, compared=found, language=asked.language)
    if asked.json:
        from ..output.rendering import render_comparison_json

        print_json(render_comparison_json(match, first, second, found))
    else:
        from ..output.rendering import render_comparison

        names = (first.original.name, second.original.name)
        told = render_comparison(
            match, names, width=width(), colour=takes_colour(), compared=found, language=asked.language
        )
        print(told)
    if written is not None:
        where_to_look(written.page, written.figures, apart=asked.json, language=asked.language)
    return 0
