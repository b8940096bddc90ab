"""`sun`: where the sun stood, and what a shadow leaves of a claimed place and time."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from ..errors import UsageError
from .parser import Verbs, add_verb
from .terminal import print_json, width

FULL_TURN_DEG = 360
EXAMPLE = """\
provenance sun --place "Krasnoyarsk@56.01,92.85,20km" --time 2024-11-14 \\
      --object 100+-3 --shadow 380+-10"""


def add_parser(verbs: Verbs) -> None:
    """Describe the verb."""
    verb = add_verb(verbs, "sun", "say where the sun stood, and which times and places a shadow leaves", EXAMPLE, run)
    verb.add_argument("--place", metavar="PLACE", default="", help='such as "56.01,92.85" or "Kursk@51.73,36.19,20km"')
    verb.add_argument("--time", metavar="TIME", default="", help="ISO 8601: 2024-11-14T04:30Z, 2024-11-14, A/B")
    shadow = verb.add_argument_group("a measured shadow (errors: what holds nineteen times in twenty)")
    shadow.add_argument("--object", metavar="PX", type=measured, help="height of an upright object in pixels: 100+-3")
    shadow.add_argument("--shadow", metavar="PX", type=measured, help="length of its shadow in pixels: 380+-10")
    shadow.add_argument("--slope", metavar="DEG", type=float, help="how far the ground may slope (default: 5 degrees)")
    shadow.add_argument(
        "--bearing", metavar="DEG", type=measured, help="where the shadow points, from true north: 312+-10"
    )
    verb.add_argument(
        "--geojson", metavar="FILE", type=Path, help="write the places that the shadow leaves there, into a new file"
    )
    verb.add_argument("--figure", metavar="FILE", type=Path, help="draw the sky and the shadow into a new file, as SVG")
    verb.add_argument("--json", action="store_true", help="print the machine form")


def measured(text: str) -> tuple[float, float]:
    """ "100+-3", "100±3" or "100"."""
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:(?:\+-|\+/-|±)\s*(\d{1,6}(?:\.\d{1,6})?))?\s*", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no measurement such as 100+-3")
    return float(match[1]), float(match[2] or 0)


def run(asked: argparse.Namespace) -> int:
    """Print what the sun says."""
    from ..output.exporting import write_new
    from ..output.rendering import render_sun, render_sun_figure, render_sun_json
    from ..place_and_sun import sun

    _require_sense(asked)
    found = sun(
        place=asked.place,
        time=asked.time,
        object_px=asked.object,
        shadow_px=asked.shadow,
        slope_deg=asked.slope,
        bearing_deg=asked.bearing,
    )
    made: list[tuple[Path, str]] = []
    if asked.geojson is not None:
        if found.region is None:
            raise UsageError("there is no region to write", remedy="give a shadow and a moment with its time zone")
        made.append((asked.geojson, json.dumps(found.region)))
    if asked.figure is not None:
        drawn = render_sun_figure(found)
        if drawn is None:
            raise UsageError(
                "there is no figure to draw", remedy="give a place and a time with two ends, such as a day"
            )
        made.append((asked.figure, drawn))
    for path, text in made:
        write_new(path, text)
    if asked.json:
        print_json(render_sun_json(found))
    else:
        print(render_sun(found, width=width()))
    return 0


def _require_sense(asked: argparse.Namespace) -> None:
    if asked.object is None and asked.shadow is None and (asked.bearing is not None or asked.slope is not None):
        raise UsageError("--bearing and --slope belong to a shadow", remedy="give --object and --shadow too")
    if asked.bearing is not None and asked.bearing[0] > FULL_TURN_DEG:
        raise UsageError(f"a bearing of {asked.bearing[0]:g} degrees is none", remedy="give 0 to 360 from true north")
    if (asked.object is None) != (asked.shadow is None):
        raise UsageError("a shadow needs the length of its object too", remedy="give --object and --shadow together")
