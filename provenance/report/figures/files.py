"""Figures of a report as SVG files that can be passed on alone: the sun, the credential chain, the file's structure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ...model.report import Report
from ..chain import panels
from ..environment import page_environment
from ..languages.tongue import ENGLISH, Tongue
from ..page_words import word
from ..sky.sheet import SunFigure, draw
from ..sky.tested import Tested
from .chain import chain_drawings
from .structure import strips

SUN, DRAWN, STRUCTURE_NAME = "sun_file.svg.j2", "drawn_file.svg.j2", "structure.svg"


def drawn_files(
    report: Report, tests: Iterable[Tested], *, compiled: Path | None = None, tongue: Tongue = ENGLISH
) -> dict[str, bytes]:
    """By name: sun-1.svg, credentials-1.svg, structure.svg; what the report has nothing to draw of is not there.

    `tongue`: the language of our words in them.
    """
    template, told = page_environment(compiled).get_template(DRAWN), {"tongue": tongue, "_": word(tongue)}
    files = {
        one.file: render_sun_figure(one, compiled=compiled, tongue=tongue).encode() for one in draw(tests, tongue)[0]
    }
    for number, panel in enumerate(panels(report.evidence), 1):
        drawn = chain_drawings(panel, tongue)[0]
        files[f"credentials-{number}.svg"] = template.render(d=drawn, which="chain", **told).encode()
    for strip in strips(report.structure, report.original, tongue)[:1]:
        files[STRUCTURE_NAME] = template.render(d=strip, which="strip", **told).encode()
    return files


def render_sun_figure(figure: SunFigure, *, compiled: Path | None = None, tongue: Tongue = ENGLISH) -> str:
    """The wide drawing as a file that needs nothing else; in a reader's dark scheme it is dark."""
    return page_environment(compiled).get_template(SUN).render(sun=figure, tongue=tongue, _=word(tongue))
