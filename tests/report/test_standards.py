"""A page as others judge it: an HTML parser that forgives nothing, the W3C's checker, axe for WCAG 2.2 A and AA.

Pieces that are missing are skipped: `pip install --group pages`; the checker is `npm install vnu-jar` and Java, and
$VNU_JAR names its file. The reports on all samples: `pytest -m slow tests/report/test_standards.py`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

import provenance
from provenance.findings.timed import timed
from provenance.model.place import Place
from provenance.model.report import Report
from provenance.model.time import parse_interval
from provenance.output.rendering import draw_map
from provenance.placetime.sun.answer import ask
from provenance.placetime.sun.shadow import Measured, Shadow
from provenance.report import html
from provenance.report.jsonform import schema
from provenance.report.sky.tested import Tested
from tests.report.chromium import CHROMIUM, DARK, LIGHT, asked, chromium, scheme

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
CHECKED = sorted([*SAMPLES.glob("*.jpg"), *SAMPLES.glob("*.png")])
WIDTHS = (360, 768, 1440)
JAR = Path(os.environ.get("VNU_JAR", "/nonexistent"))
needs_jar = pytest.mark.skipif(not (JAR.is_file() and shutil.which("java")), reason="no $VNU_JAR and Java")
needs_axe = pytest.mark.skipif(
    not (CHROMIUM.exists() and find_spec("axe_playwright_python")), reason="no Chromium, or no axe"
)
needs_chromium = pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium to open the page with")

# Deque's rules for WCAG 2.0 to 2.2, levels A and AA; nothing is left out.
EVERY_RULE = "document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
# Of these the ones that a dark scheme can break: it changes colours and nothing else. The long lists of the page repeat
# the colours of its first rows, so that these parts show every colour there is.
OF_COLOURS = (
    "{include: ['.first', '.answer', '.timed', '.claims', '#structure', '#checks', '.item', 'footer']"
    ".map((one) => document.querySelector(one)).filter(Boolean)}, "
    "{runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}"
)
AXE = """
const found = await axe.run(RULES);
return [found.passes.length, found.violations.map((one) => one.id + ' ' + one.nodes.slice(0, 3).map((node) =>
  node.target + ' ' + (node.any[0] ? node.any[0].message : node.failureSummary)).join(' | '))];
"""
# Every link of the page is to a place in it; everything asked of the network shows as a resource.
LINKS = """
const links = [...document.querySelectorAll('a')].map((one) => one.getAttribute('href'));
const lost = links.filter((one) => !one.startsWith('#') || !document.getElementById(one.slice(1)));
const asked = performance.getEntriesByType('resource').map((one) => one.name).filter((one) => !one.startsWith('data:'));
const ids = [...document.querySelectorAll('[id]')].map((one) => one.id);
const beyond = document.documentElement.scrollWidth - innerWidth;
return [links.length > 20, lost, asked, ids.length - new Set(ids).size, beyond];
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("standards")


@pytest.fixture(scope="module")
def pages(folder: Path, founding: Report, bare: Report, pictures: Mapping[str, bytes]) -> list[Path]:
    """A page with every kind of evidence and one with none."""
    made = []
    for name, report, shown in (("founding", founding, pictures), ("bare", bare, {})):
        path = folder / f"{name}.html"
        suns = _suns() if shown else ()
        text = html.render(report, shown, timed=timed(report.evidence), chart=draw_map(report), suns=suns)
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return made


def _suns() -> tuple[Tested, ...]:
    """A shadow against a day and against a moment."""
    place = Place(name="Pyongyang", cc="KP", lat_deg=39.02, lon_deg=125.75, radius_km=20)
    shadow = Shadow(object_px=Measured(value=100, error=3), shadow_px=Measured(value=190, error=6))
    times = map(parse_interval, ("2024-11-14", "2024-11-14T04:30Z"))
    return tuple(Tested(found=ask(place=place, time=time, shadow=shadow), shadow=shadow) for time in times)


@pytest.fixture(scope="module")
def of_samples(folder: Path) -> list[Path]:
    """The report on each sample picture, with the claims of the founding case."""
    claims = provenance.read_claims(SAMPLES / "railcar_post.claims.yaml")
    with provenance.Desk(references=[SAMPLES / "reference"], statements=claims) as desk:
        return [provenance.write(desk, desk.check(path), folder / path.stem).page for path in CHECKED]


def test_a_parser_that_forgives_nothing_reads_the_page(pages: list[Path]) -> None:
    html5lib = pytest.importorskip("html5lib")
    for page in pages:
        html5lib.HTMLParser(strict=True).parse(page.read_text(encoding="utf-8"))


def _complaints(pages: list[Path]) -> Counter[str]:
    command = ["java", "-Xss64m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    messages = json.loads(done.stderr or done.stdout)["messages"]
    return Counter(one["message"] for one in messages if one["type"] == "error")


@needs_jar
def test_the_checker_of_the_w3c_finds_no_error(pages: list[Path]) -> None:
    assert _complaints(pages) == Counter()


def accessible(folder: Path, page: Path, which: int, rules: str = EVERY_RULE) -> None:
    """Hold a page to axe; its profile is made in `folder`."""
    from axe_playwright_python.base import AXE_FILE_PATH

    script = (
        Path(AXE_FILE_PATH).read_text(encoding="utf-8").replace("</script", "<\\/script").replace("</body", "<\\/body")
    )
    (passed, violations), console = asked(
        folder / "profile", page, f"{script};{AXE.replace('RULES', rules)}", scheme(which)
    )
    assert passed > 15 or (passed and rules == OF_COLOURS)
    assert violations == [], f"{page.parent.name}/{page.name}"
    assert console == []


@needs_axe
@pytest.mark.parametrize(("which", "rules"), [(LIGHT, EVERY_RULE), (DARK, OF_COLOURS)], ids=["light", "dark"])
def test_a_page_with_every_kind_of_evidence_is_accessible(
    folder: Path, pages: list[Path], which: int, rules: str
) -> None:
    accessible(folder, pages[0], which, rules)


def _leads_only_to_itself(folder: Path, page: Path, width_px: int, which: int) -> None:
    told, console = asked(folder / "profile", page, LINKS, scheme(which), width_px=width_px)
    assert (told, console) == ([True, [], [], 0, 0], []), f"{page.parent.name}/{page.name}"


@needs_chromium
def test_every_link_lands_nothing_is_asked_of_a_network_and_nothing_is_wider_than_a_phone(
    folder: Path, pages: list[Path]
) -> None:
    _leads_only_to_itself(folder, pages[0], 360, LIGHT)


@needs_jar
@pytest.mark.slow
def test_the_checker_finds_no_error_in_the_report_on_any_sample(of_samples: list[Path]) -> None:
    assert len(of_samples) == 6 and _complaints(of_samples) == Counter()


@needs_axe
@pytest.mark.slow
@pytest.mark.parametrize("which", [LIGHT, DARK], ids=["light", "dark"])
def test_the_report_on_every_sample_is_accessible(folder: Path, of_samples: list[Path], which: int) -> None:
    for page in of_samples:
        accessible(folder, page, which)


@needs_chromium
@pytest.mark.slow
@pytest.mark.parametrize("which", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("width_px", WIDTHS)
def test_the_report_on_every_sample_fits_and_leads_only_to_itself(
    folder: Path, of_samples: list[Path], width_px: int, which: int
) -> None:
    for page in of_samples:
        _leads_only_to_itself(folder, page, width_px, which)


@needs_chromium
@pytest.mark.slow
def test_the_report_on_every_sample_prints(folder: Path, of_samples: list[Path]) -> None:
    for page in of_samples:
        target = page.with_suffix(".print.pdf")
        _, console = chromium(folder / "profile", page, f"--print-to-pdf={target}", "--no-pdf-header-footer")
        assert console == [] and target.read_bytes().startswith(b"%PDF-")


@pytest.mark.slow
def test_the_json_of_every_sample_obeys_the_schema(of_samples: list[Path]) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    for page in of_samples:
        validator.validate(json.loads((page.parent / "report.json").read_text(encoding="utf-8")))
