"""`compare`: two pictures, no reference set."""

from __future__ import annotations

import argparse
from pathlib import Path

from .terminal import Verbs, add_verb, takes_colour, width


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
    verb.add_argument("--json", action="store_true", help="print the machine form")


def run(asked: argparse.Namespace) -> int:
    """Print the answer."""
    from ..api import compare

    match, first, second = compare(asked.first, asked.second)
    if asked.json:
        import json

        from ..model.canonical import plain

        form = {"id": match.id, "first": first.original, "second": second.original, "match": match}
        print(json.dumps(plain(form), ensure_ascii=False, indent=2))
    else:
        from ..rendering import render_comparison

        names = (first.original.name, second.original.name)
        print(render_comparison(match, names, width=width(), colour=takes_colour()))
    return 0
