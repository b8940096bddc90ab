"""`place`: what a name may mean, or what lies at a position; offline."""

from __future__ import annotations

import argparse

from .parser import Verbs, add_verb
from .terminal import print_json, width

EXAMPLE = """\
provenance place "Новом Осколе"
  provenance place Springfield --country US
  provenance place 51.30,34.40 --json"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(
        verbs,
        "place",
        "list what a place name may mean, or what lies at a latitude and longitude",
        EXAMPLE,
        run,
    )
    verb.add_argument(
        "place",
        metavar="NAME|LAT,LON",
        help='a name in any of ten scripts, inflected as in a text ("Курску", "쿠르스크에서", "Kursk\'s"), or degrees: '
        "51.30,34.40 or -33.87,151.21",
    )
    verb.add_argument("--country", metavar="CC", default="", help="only in this country, ISO 3166-1, such as RU")
    verb.add_argument("--json", action="store_true", help="print the machine form")


def run(asked: argparse.Namespace) -> int:
    """Print candidates, or country and settlements."""
    from ..output.rendering import render_place, render_place_json
    from ..place_and_sun import place

    found = place(asked.place, country=asked.country)
    if asked.json:
        print_json(render_place_json(found))
    else:
        print(render_place(found, width=width()))
    return 0
