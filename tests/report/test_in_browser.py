"""The page in a real engine: Chromium lays it out without an error, a request, or a sideways scroll."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image as PillowImage

import provenance
from provenance.findings.timed import timed
from provenance.model.report import Report
from provenance.report import html
from tests.report.chromium import CHROMIUM, DARK, LIGHT, asked, chromium

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium to open the page with")

WIDTHS = (360, 768, 1440)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def page(folder: Path, founding: Report, pictures: dict[str, bytes]) -> Path:
    """The founding case, with one word that is longer than any screen is wide."""
    claims = tuple(
        dataclasses.replace(item, quote="A" * 3000) if item.kind == "claim" and not item.limits else item
        for item in founding.evidence
    )
    path = folder / "report.html"
    report = dataclasses.replace(founding, evidence=claims)
    path.write_text(html.render(report, pictures, timed=timed(claims)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def comparison(folder: Path) -> Path:
    """A screenshot of a post and the photograph in it, compared, with the figures that show how they meet."""
    samples = Path(__file__).resolve().parents[2] / "samples"
    match, first, second = provenance.compare(samples / "railcar_post.png", samples / "reference" / "railcar_yard.jpg")
    return provenance.write_comparison(match, first, second, folder / "comparison").page


def screenshots(folder: Path, page: Path, scheme: int) -> tuple[list[PillowImage.Image], list[str]]:
    """The page at every width, side by side in frames, because a headless window is never narrower than 500 px."""
    frame = folder / f"frame-{scheme}.html"
    frames = (
        f'<iframe src="{page.as_uri()}" style="border:0;width:{width}px;height:1200px"></iframe>' for width in WIDTHS
    )
    frame.write_text(f'<body style="margin:0;display:flex">{"".join(frames)}', encoding="utf-8")
    file = folder / f"{scheme}.png"
    window = f"--window-size={sum(WIDTHS)},1200"
    blink = f"--blink-settings=preferredColorScheme={scheme}"
    _, console = chromium(folder / "profile", frame, window, blink, f"--screenshot={file}")
    with PillowImage.open(file) as whole:
        edges = [sum(WIDTHS[:index]) for index in range(len(WIDTHS) + 1)]
        picture = whole.convert("RGB")
        return [picture.crop((left, 0, right, 1200)) for left, right in pairwise(edges)], console


def test_the_page_opens_at_every_width_without_a_console_message(folder: Path, page: Path) -> None:
    pictures, console = screenshots(folder, page, LIGHT)
    assert console == []
    for picture in pictures:
        assert picture.getpixel((2, 2)) == (250, 248, 244)
        ink = sum(1 for value in picture.convert("L").tobytes() if value < 100)
        assert ink > 0.01 * picture.width * picture.height


def test_the_dark_scheme_is_dark(folder: Path, page: Path) -> None:
    pictures, console = screenshots(folder, page, DARK)
    assert console == []
    assert all(picture.getpixel((2, 2)) == (21, 22, 26) for picture in pictures)


def probed(folder: Path, page: Path, script: str) -> str:
    """What a script writes into the title of the page, which stands in a frame as wide as a phone."""
    probe = folder / "probe.html"
    probe.write_text(
        page.read_text(encoding="utf-8")
        .replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
        .replace("</body>", f"<script>document.title = {script}</script></body>"),
        encoding="utf-8",
    )
    frame = folder / "frame-probe.html"
    frame.write_text(
        f'<iframe id="f" src="{probe.as_uri()}" style="border:0;width:360px;height:800px"></iframe>'
        "<script>onload = () => { document.title = document.getElementById('f').contentDocument.title }</script>",
        encoding="utf-8",
    )
    dom, _ = chromium(folder / "profile", frame, "--allow-file-access-from-files", "--dump-dom")
    return dom


def test_nothing_reaches_beyond_the_right_edge_of_a_phone(folder: Path, page: Path) -> None:
    """The browser says so itself: scrollWidth of the framed page, written into the title of the frame."""
    dom = probed(folder, page, "'wide ' + document.documentElement.scrollWidth")
    assert "<title>wide 360</title>" in dom


def test_names_in_tables_are_not_broken_into_letters_on_a_phone(folder: Path, page: Path) -> None:
    """The narrowest heading of a row: "telegram-post" takes 110 px."""
    rows = "[...document.querySelectorAll('.scroll th[scope=row]')].map((one) => one.offsetWidth).filter((px) => px)"
    found = re.search(r"<title>narrowest (\d+)</title>", probed(folder, page, f"'narrowest ' + Math.min(...{rows})"))
    assert found is not None and int(found[1]) >= 130


PROBE = """
<script>
const of = (name) => document.querySelector('.over').getBoundingClientRect().width | 0;
const [under, over] = document.querySelectorAll('.stage img');
const same = ['left', 'top', 'width', 'height'].every(
  (side) => Math.abs(under.getBoundingClientRect()[side] - over.getBoundingClientRect()[side]) < 1);
const widths = NAMES.map((name) => {
  document.getElementById('laid-1-' + name).click();
  return Math.round(100 * of(name) / under.getBoundingClientRect().width);
});
const shape = getComputedStyle(document.querySelector('.over'));
document.title = [same, ...widths, shape.resize, shape.overflow].join(' ');
</script></body>"""


@pytest.mark.parametrize(
    ("chosen", "told"),
    [(("under", "both", "over"), "0 50 100 none"), (("under", "over", "both"), "0 100 50 horizontal")],
)
def test_the_upper_picture_lies_on_the_lower_one_and_opens_by_choice_or_by_hand(
    folder: Path, comparison: Path, chosen: tuple[str, ...], told: str
) -> None:
    """The same place and size for both; none, half or all of the upper one shown; and a corner that can be dragged."""
    text = comparison.read_text(encoding="utf-8")
    text = text.replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    path = folder / f"laid-{chosen[1]}.html"
    path.write_text(text.replace("</body>", PROBE.replace("NAMES", repr(list(chosen)))), encoding="utf-8")
    dom, console = chromium(folder / "profile", path, "--dump-dom")
    assert console == []
    assert f"<title>true {told} hidden</title>" in dom


def test_a_comparison_fits_a_phone_and_asks_for_nothing(folder: Path, comparison: Path) -> None:
    pictures, console = screenshots(folder, comparison, LIGHT)
    assert console == []
    for picture in pictures:
        right = picture.crop((picture.width - 3, 0, picture.width, picture.height))
        assert right.getcolors() == [(3 * picture.height, (250, 248, 244))]


TIMELINE_PROBE = """
<script>
const shown = [...document.querySelectorAll('svg.tl')].filter((one) => one.getBoundingClientRect().width);
const box = (one) => one.getBoundingClientRect();
const wide = (one) => one.getBBox().width;
const drawn = [...shown[0].querySelectorAll('g[role=img] svg')];
const beyond = drawn.filter((one) => wide(one.firstChild) > one.width.baseVal.value + 1).length;
const clear = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1
  || one.bottom <= other.top + 4 || other.bottom <= one.top + 4;
const apart = (all) => all.every((one, index) => all.slice(index + 1).every((other) => clear(box(one), box(other))));
const marks = apart([...shown[0].querySelectorAll('.tl-tick')]);
const cites = [...shown[0].querySelectorAll('.tl-cite')];
const inside = cites.every((one) => box(one).right <= box(shown[0]).right + 1);
document.title = ['shown', shown.length, shown[0].classList[1], drawn.length > 9, beyond, marks, inside].join(' ');
</script></body>"""


@pytest.mark.parametrize(("width_px", "name"), [(360, "tl-narrow"), (768, "tl-wide"), (1440, "tl-broad")])
def test_texts_of_the_timeline_stay_in_their_boxes_in_the_fonts_of_a_browser(
    folder: Path, page: Path, width_px: int, name: str
) -> None:
    """One drawing is shown; no label is wider than its box; no two marks of the axis touch; links end inside."""
    text = page.read_text(encoding="utf-8")
    text = text.replace("default-src 'none';", "default-src 'none'; script-src 'unsafe-inline';")
    probe = folder / f"timeline-{width_px}.html"
    probe.write_text(text.replace("</body>", TIMELINE_PROBE), encoding="utf-8")
    frame = folder / f"frame-timeline-{width_px}.html"
    frame.write_text(
        f'<iframe id="f" src="{probe.as_uri()}" style="border:0;width:{width_px}px;height:800px"></iframe>'
        "<script>onload = () => { document.title = document.getElementById('f').contentDocument.title }</script>",
        encoding="utf-8",
    )
    dom, _ = chromium(folder / "profile", frame, "--allow-file-access-from-files", "--dump-dom")
    assert f"<title>shown 1 {name} true 0 true true</title>" in dom


def test_hostile_text_makes_no_element_and_runs_nothing(
    folder: Path, founding: Report, with_text: Callable[[Report, Callable[[], str]], Report]
) -> None:
    numbers = iter(range(10_000))
    hostile = with_text(founding, lambda: f"\"'></title></style><script>document.title='ran'</script>{next(numbers)}")
    path = folder / "hostile.html"
    path.write_text(html.render(hostile, {}, timed=timed(hostile.evidence)), encoding="utf-8")
    dom, console = chromium(folder / "profile", path, "--dump-dom")
    assert console == []
    assert "<script" not in dom
    assert not re.search("<title>ran", dom)


def test_it_prints_on_paper(folder: Path, page: Path) -> None:
    target = folder / "report.pdf"
    _, console = chromium(folder / "profile", page, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    assert console == []
    paper = target.read_bytes()
    assert paper.startswith(b"%PDF-")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 35


def test_what_is_not_known_and_the_next_steps_stand_on_the_first_screen(folder: Path, page: Path) -> None:
    """At 1440 px with a reference picture and an earlier check; the longest claim is cut to five lines here."""
    script = """return ['h-odds', 'h-next', 'h-unknown', 'answers'].map(
      (one) => Math.round(document.getElementById(one).getBoundingClientRect().bottom))"""
    (odds, following, unknown, answers), _ = asked(folder, page, script, width_px=1440)
    assert odds < following < 800 and answers < unknown < 1000
