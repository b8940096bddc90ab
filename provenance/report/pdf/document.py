"""The report as a PDF, by Typst: offline, tagged, PDF/A-2a and PDF/UA-1 (ISO 19005-2, ISO 14289-1).

Nothing of a report is ever part of the template's source: texts are values in a JSON file that Typst inserts as they
are, and what stands in them (`#`, `$`, `[`) is no mark-up. The compiler opens no file outside a folder that holds the
template, that JSON and the report's own JPEG and SVG files; the template names no package, so that it asks no network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from ...errors import OutputError, unless_full
from ...model.report import Report
from ..figures.match import Figures
from ..languages.tongue import ENGLISH, Tongue
from ..sky.sheet import draw
from ..sky.tested import Tested
from .form import form
from .glyphs import escaped, lacking, simplified, without_glyph

MISSING, REMEDY = "Typst, which makes the PDF, is not installed", "pip install 'provenance-desk[pdf]'"
ARCHIVAL = ("a-2a", "ua-1")
MOST_TRIES = 4
"""How often the page is made again with what no font can show as escapes, before it is made without a standard."""
_VARIABLE, _USED = re.compile(r"(--[a-z-]+):\s*([^;}]+)"), re.compile(r"var\((--[a-z-]+)\)")
_DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{.*?\n\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdf:
    """The file, and the standard that it keeps to."""

    data: bytes = field(repr=False)
    standard: str
    """ "PDF/A-2a and PDF/UA-1", or "" where a text or picture did not allow it."""
    lacking: frozenset[str] = frozenset()
    """Characters that no font of this machine shows: they stand as escapes."""


def render(
    report: Report,
    pictures: Mapping[str, bytes],
    figures: Figures | None,
    *,
    drawings: Mapping[str, bytes],
    suns: Sequence[Tested] = (),
    blur: bool = False,
    tongue: Tongue = ENGLISH,
) -> Pdf:
    """The PDF. `pictures`, `figures`, `suns`: as for the page; `drawings`: SVG by the name of its file;
    `blur`: pictures on the last pages alone; `tongue`: the language of our words.

    The same report and pictures give the same bytes with the same fonts and version of Typst. Characters that no font
    of this machine can show stand as escapes. Raises OutputError where Typst is missing or cannot make the page.
    """
    try:
        import typst
    except ImportError as error:
        raise OutputError(MISSING, remedy=REMEDY) from error
    fonts = typst.Fonts()
    plain = {name: _plain(svg) for name, svg in drawings.items()}
    drawn = draw(suns, tongue)[0]
    values, files = form(report, pictures, figures or Figures(), plain, suns=drawn, blur=blur, tongue=tongue)
    lost = without_glyph(typst, fonts, values)
    values, simple = escaped(values, lost), False
    for _ in range(MOST_TRIES):
        try:
            data = _compiled(typst, fonts, values, files, ARCHIVAL)
            return Pdf(data=data, standard="PDF/A-2a and PDF/UA-1", lacking=lost)
        except typst.TypstError as error:
            joined = lacking(str(error))  # characters that a font shows apart, and not together
            if not joined and simple:
                break
            if not joined:
                files = files | {name: simplified(svg, lost) for name, svg in files.items() if name.endswith(".svg")}
            values, simple, lost = escaped(values, joined), simple or not joined, lost | joined
    try:
        return Pdf(data=_compiled(typst, fonts, values, files, ()), standard="", lacking=lost)
    except typst.TypstError as error:
        raise OutputError(f"the PDF cannot be made: {error}", remedy="use the HTML form, and report this") from error


def _compiled(
    typst: Any, fonts: Any, values: dict[str, Any], files: Mapping[str, bytes], kept: tuple[str, ...]
) -> bytes:
    """In a folder of its own, beyond which Typst opens nothing but fonts; it is gone afterwards. Raises OutputError."""
    source = resources.files("provenance.report").joinpath("templates", "report.typ").read_bytes()
    try:
        with TemporaryDirectory(prefix="provenance-pdf-") as name:
            folder = Path(name)
            inside = {"report.typ": source, "form.json": json.dumps(values).encode(), **files}
            for file, data in inside.items():
                (folder / file).write_bytes(data)
            main = folder / "report.typ"
            made: bytes = typst.compile(main, root=folder, format="pdf", font_paths=fonts, pdf_standards=list(kept))
            return made
    except OSError as error:
        remedy = unless_full(error, "name another folder for temporary files with $TMPDIR")
        raise OutputError(f"the PDF cannot be made in {gettempdir()}: {error.strerror}", remedy=remedy) from error


def _plain(svg: bytes) -> bytes:
    """A drawing in its light colours, written out: Typst reads neither custom properties nor media queries."""
    text = _DARK.sub("", svg.decode("utf-8"))
    style = text[: text.find("</style>")]
    colours = {name: value.strip() for name, value in _VARIABLE.findall(style)}
    return _USED.sub(lambda found: colours.get(found[1], "black"), text).encode()
