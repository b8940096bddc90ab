"""Figures of the credential chain and of the file's structure: to scale, complete, legible without hue."""

from __future__ import annotations

import dataclasses
import io
import re
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest

import provenance
from provenance.model.credentials import Ancestor, Credential, CredentialState, Signing
from provenance.model.image import Block, Original, Structure
from provenance.model.report import Report
from provenance.report import html
from provenance.report.chain import Held, panels
from provenance.report.figures import chain as chain_figure
from provenance.report.figures import structure as structure_figure
from provenance.report.figures.files import drawn_files
from tests.report.founding_evidence import HOSTILE

TEMPLATES = Path(html.__file__).with_name("templates")


def credential(report: Report) -> Credential:
    return next(item for item in report.evidence if isinstance(item, Credential))


def test_each_manifest_is_a_box_and_its_sign_tells_what_held(founding: Report) -> None:
    signed = Signing(manifest="m", signer=HOSTILE, title=HOSTILE)
    ancestors = (
        Ancestor(depth=1, relationship="parentOf", signing=signed, checked=True),
        Ancestor(depth=1, relationship="componentOf", signing=signed),
        Ancestor(depth=2, relationship="parentOf", signing=signed, failures=("assertion.dataHash.mismatch",)),
    )
    states = {CredentialState.TRUSTED: Held.HOLDS, CredentialState.CONTENT_CHANGED: Held.FAILS}
    for state, sign in states.items():
        (panel,) = panels([dataclasses.replace(credential(founding), state=state, ancestors=ancestors)])
        wide, narrow = chain_figure.chain_drawings(panel)
        assert [box.sign for box in wide.boxes] == [sign, Held.RECORDED, Held.UNKNOWN, Held.FAILS]
        assert [one.text for one in wide.headings] == [
            "The file's own manifest", "Named by this file", "2 generations back",
        ]  # fmt: skip
        for drawing in (wide, narrow):
            tops = [(box.y, box.y + box.height) for box in drawing.boxes]
            assert all(one[1] <= other[0] for one, other in combinations(tops, 2))
            assert all(box.x + box.width <= drawing.width_px for box in drawing.boxes)
            assert {key.sign for key in drawing.keys} == {box.sign for box in drawing.boxes}


def test_of_a_long_chain_the_failures_are_drawn_and_the_rest_is_counted(founding: Report) -> None:
    fine = Ancestor(depth=1, relationship="componentOf", signing=Signing(manifest="m", signer="S"), checked=True)
    failed = dataclasses.replace(fine, failures=("assertion.dataHash.mismatch",))
    (panel,) = panels([dataclasses.replace(credential(founding), ancestors=(*[fine] * 40, failed))])
    (wide, _) = chain_figure.chain_drawings(panel)
    assert len(wide.boxes) == chain_figure.MOST_BOXES and wide.not_drawn == 42 - chain_figure.MOST_BOXES
    assert wide.boxes[-1].sign == Held.FAILS


def block(kind: str, start: int, length: int) -> Block:
    return Block(kind=kind, name=kind, offset_bytes=start, length_bytes=length, sha256="0" * 64)


def strip(size_bytes: int, *blocks: Block) -> structure_figure.Strip:
    original = Original(name="a.jpg", path="", sha256="0" * 64, size_bytes=size_bytes, media_type="image/jpeg")
    return structure_figure.strips(Structure(media_type="image/jpeg", blocks=blocks), original)[0]


def test_the_strip_is_to_scale_and_shows_what_no_block_holds() -> None:
    shown = strip(1_000, block("exif", 2, 298), block("SOS", 300, 500))
    heights = {part.name: part.height for part in shown.parts}
    assert list(heights) == ["signature", "exif", "SOS", "in no listed block"]
    whole = shown.bottom - shown.top
    assert heights["SOS"] == pytest.approx(whole / 2, abs=0.1)
    assert heights["in no listed block"] == pytest.approx(whole / 5, abs=0.1)
    assert [part.sign for part in shown.parts] == ["other", "says", "picture", "none"]
    assert heights["signature"] == structure_figure.LEAST_PX, "seen, however short"
    rows = [part.row for part in shown.parts]
    assert rows == sorted(rows) and all(shown.top <= row <= shown.bottom for row in rows)


def test_lies_about_lengths_stay_inside_the_strip() -> None:
    shown = strip(100, block("IDAT", 50, 10**15), block("exif", 10**9, 5), block(HOSTILE, 0, 0))
    assert all(shown.top <= part.top and part.top + part.height <= shown.bottom + 0.2 for part in shown.stretches)
    assert len(strip(10**6, *(block(f"x{n}", n * 9, 9) for n in range(20_000))).parts) <= structure_figure.MOST_PARTS
    many = strip(10**6, *(block(f"x{n}", n * 9, 9) for n in range(20_000)))
    assert len(many.stretches) <= structure_figure.MOST_STRETCHES and {p.row for p in many.stretches} == {0.0}
    assert many.not_drawn == 20_001 - len(many.stretches) and many.not_named == 20_001 - len(many.parts)
    empty = Original(name="a", path="", sha256="0" * 64, size_bytes=0, media_type="")
    assert structure_figure.strips(Structure(media_type=""), empty) == ()


def test_the_files_are_svg_of_ours_alone_and_stand_in_the_page(founding: Report) -> None:
    item = credential(founding)
    hostile = dataclasses.replace(item, active=Signing(manifest="m", signer=HOSTILE, generator=HOSTILE, title=HOSTILE))
    blocks = (block(HOSTILE, 2, 9), *founding.structure.blocks)
    report = dataclasses.replace(
        founding,
        evidence=tuple(hostile if one is item else one for one in founding.evidence),
        structure=dataclasses.replace(founding.structure, blocks=blocks),
    )
    files = drawn_files(report, ())
    assert set(files) == {"credentials-1.svg", "structure.svg"}
    for data in files.values():
        text = data.decode()
        assert {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()} <= {
            "svg", "style", "title", "desc", "rect", "text", "g", "pattern", "path", "circle",
        }  # fmt: skip
        assert "\u202e" not in text and "\x1b" not in text
    page = html.render(report, {})
    assert page.count('class="drawn drawn-wide"') == page.count('class="drawn drawn-narrow"') == 2
    assert all(name in page for name in files)


def test_every_class_of_a_drawing_is_in_its_style() -> None:
    for name, sheets in (("sun", ("sun.css",)), ("chain", ("figures.css",)), ("structure", ("figures.css",))):
        style = "".join((TEMPLATES / sheet).read_text("utf-8") for sheet in sheets)
        text = re.sub(r"\{[%{].*?[%}]\}", " ", (TEMPLATES / f"{name}.svg.j2").read_text("utf-8"))
        used = {one for words in re.findall(r'class="([^"]*)"', text) for one in words.split()}
        assert used and not {one for one in used if not re.search(rf"\.{one}\b", style)}


def luminance(hexadecimal: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def schemes() -> list[dict[str, str]]:
    style = (TEMPLATES / "style.css").read_text("utf-8")
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part)) for part in style.split("@media", 2)[:2])
    return [light, light | dark]


@pytest.mark.parametrize("scheme", schemes(), ids=["light", "dark"])
def test_the_figures_can_be_told_apart_in_grey(scheme: dict[str, str]) -> None:
    """A grey print keeps nothing but luminance, and so does the worst colour blindness (achromatopsia)."""
    assert contrast(scheme["ink"], scheme["paper"]) > 7 and contrast(scheme["soft"], scheme["paper"]) > 4.5
    assert contrast(scheme["ink"], scheme["card"]) > 7 and contrast(scheme["ink"], scheme["line"]) > 3
    used = {
        one
        for name in ("sun.css", "figures.css")
        for one in re.findall(r"var\(--([a-z-]+)\)", (TEMPLATES / name).read_text("utf-8"))
    }
    assert used <= {"ink", "soft", "line", "card", "paper", "sans"}, "no hue carries a meaning"


def test_the_pdf_holds_the_strip_of_steps_the_structure_and_the_chain(founding: Report) -> None:
    pytest.importorskip("typst")
    pypdf = pytest.importorskip("pypdf")
    made = provenance.render_pdf(founding, {})
    assert made.standard == "PDF/A-2a and PDF/UA-1"
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.data)).pages)
    for words in (
        "Credential chain",
        "credentials-1.svg",
        "structure.svg",
        "What the facts tell of its history",
        "File structure",
    ):
        assert words in text
