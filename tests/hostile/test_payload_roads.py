"""A hundred payloads on every road into a report: none runs, none leaves its cell, none reaches a terminal raw."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import provenance
from provenance.model.batch import Batch, Group, Row
from provenance.model.report import Report
from provenance.output.drawn import drawings, sun_tests
from provenance.output.rendering import draw_map
from provenance.report.by_hand import LONGEST_CHARS
from provenance.report.index import pages
from tests.hostile import roads
from tests.report.chromium import CHROMIUM, asked
from tests.report.test_html_injection import URL_ATTRIBUTES, Elements

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "railcar_recompressed.jpg"
TEXTS = [text.encode("utf-8", "ignore").decode().replace("\0", "") for text in roads.payloads()]
"""Without lone surrogates and NUL, which the readers of files refuse; test_html_injection.py has these."""
ELEMENTS = {"script", "iframe", "object", "embed", "base", "form", "image"}
DRAWN = {
    "svg",
    "style",
    "title",
    "desc",
    "defs",
    "rect",
    "text",
    "g",
    "pattern",
    "path",
    "circle",
    "clipPath",
    "ellipse",
}
SHOWN = "\n\u200c\u200d"
"""Line ends of ours, and the joiners that stay between letters."""

# What the payloads call, caught; every text inside the box of its cell; nothing over anything else.
LAYOUT = """
const cell = (one) => one.closest('td, th, dd, dt, li, p, h1, h2, h3, h4, span.sentence, code, q, figcaption, summary');
const box = (one) => one.getBoundingClientRect();
const out = [...document.querySelectorAll('bdi')].filter((one) => {
  const around = cell(one.parentElement);
  const [inner, outer] = [box(one), box(around || document.body)];
  return inner.width && (inner.left < outer.left - 1 || inner.right > outer.right + 1);
});
const moved = [...document.querySelectorAll('bdi *')].length;
return [window.ran || 0, document.title.includes('ran'), out.length, moved,
  document.documentElement.scrollWidth - innerWidth, performance.getEntriesByType('resource')
    .filter((one) => !one.name.startsWith('data:')).length];
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("roads")


@pytest.fixture(scope="module")
def report(folder: Path) -> Report:
    """One check of a picture that carries every payload, against a set and claims that do."""
    held = folder / "set"
    held.mkdir()
    data = roads.picture(SAMPLE.read_bytes(), TEXTS)
    (held / "held.jpg").write_bytes(data)
    (folder / "query.jpg").write_bytes(data)
    roads.records("held.jpg", TEXTS, held / "records.csv")
    claims = roads.claims(TEXTS, folder / "claims.json")
    return provenance.check(folder / "query.jpg", references=[held], claims=claims)


@pytest.fixture(scope="module")
def led(report: Report) -> Report:
    """The report of a picture whose address on the web carries every payload that fits: searches by hand repeat it."""
    address = f"https://evil.example/{' '.join(TEXTS)}"[:LONGEST_CHARS]
    return dataclasses.replace(report, settings={**report.settings, "addresses": (address,)})


@pytest.fixture(scope="module", params=["en", "ko"])
def page(request: pytest.FixtureRequest, folder: Path, led: Report) -> Path:
    path = folder / f"report-{request.param}.html"
    text = provenance.render_html(led, {}, chart=draw_map(led), language=request.param)
    path.write_text(text, encoding="utf-8")
    return path


def test_there_are_a_hundred_payloads_and_every_road_carries_them(report: Report) -> None:
    assert len(set(TEXTS)) >= 100
    found = {item.kind: 0 for item in report.evidence}
    for item in report.evidence:
        found[item.kind] += 1
    keys = [getattr(item, "key", "") for item in report.evidence]
    assert found["claim"] >= len(TEXTS) and found["appearance"] >= 90
    assert sum(key.startswith("exif.") for key in keys) >= 7
    whole = json.dumps([vars_of(item) for item in report.evidence])
    for road, least in (("iptc.Keywords", 100), ("xmp.dc:subject", 100), ("c2pa.generator", 14)):
        assert sum(key.startswith(road) for key in keys) >= least, road
    for mark in ("#panic", "alert(1)", "evil.example", "{{7*7}}", "@everyone"):
        assert whole.count(mark) > 20, mark


def test_the_addresses_of_searches_by_hand_stay_text_that_nobody_can_follow(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "lens.google.com/uploadbyurl?url=https%3A%2F%2Fevil.example" in text and 'href="http' not in text


def vars_of(item: object) -> dict[str, str]:
    return {name: str(getattr(item, name)) for name in item.__dataclass_fields__}  # type: ignore[attr-defined]


def test_the_page_has_no_element_and_no_address_of_theirs(page: Path) -> None:
    found = Elements(page.read_text(encoding="utf-8"))
    assert {tag for tag, *_ in found.structure} & ELEMENTS == set()
    for name, value in found.attributes:
        assert not name.startswith("on")
        if name in URL_ATTRIBUTES:
            assert value.startswith(("#", "data:image/jpeg;base64,")) or value == "data:,"


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium to open the page with")
def test_no_payload_runs_or_leaves_its_cell_even_without_the_policy(folder: Path, page: Path) -> None:
    """The Content Security Policy is taken out, and what the payloads call is a canary."""
    canary = "<script>window.alert = window.msgbox = () => { window.ran = 1 }</script>"
    text = page.read_text(encoding="utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', f"{canary}<!-- default-src 'none'; -->", text)
    bare = page.with_name(f"bare-{page.name}")
    bare.write_text(text, encoding="utf-8")
    told, console = asked(folder / "profile", bare, LAYOUT, width_px=360)
    assert (told, console) == ([0, False, 0, 0, 0, 0], [])


def test_no_drawing_has_an_element_of_theirs(report: Report) -> None:
    """As files of their own, where no page's policy holds."""
    drawn = drawings(report, sun_tests(report), draw_map(report))
    assert set(drawn) >= {"sun-1.svg", "sun-3.svg", "structure.svg", "timeline.svg", "map.svg"}
    assert any("#panic" in data.decode() or "alert(1)" in data.decode() for data in drawn.values())
    for name, data in drawn.items():
        root = ElementTree.fromstring(data)
        assert {one.tag.rpartition("}")[2] for one in root.iter()} <= DRAWN, name
        attributes = [(key, value) for one in root.iter() for key, value in one.attrib.items()]
        assert not [key for key, value in attributes if key.startswith("on") or "href" in key or "url(h" in value], name
        assert all(one.isprintable() or one in SHOWN for one in data.decode()), name


def test_the_index_of_a_batch_has_no_element_of_theirs() -> None:
    known = {"sha256": "0" * 64, "report": "20241115T090000Z-01234567", "overall": "no claim"}

    def structure(said: list[str]) -> list[object]:
        texts = [f"{number:04} {text}" for number, text in enumerate(said)]  # in one order, whatever they say
        rows = [Row(name=text, date=text, date_item="fact-1", problem=text, remedy=text, **known) for text in texts]
        rows += [Row(name=text, problem=text, remedy=text) for text in texts]
        batch = Batch(rows=tuple(rows), groups=(Group(members=(0, 1), ways=("x",)),), made_at="2024-11-15T09:00:00Z")
        return Elements(dict(pages(batch, lambda _: b""))["index.html"]).structure

    assert structure(TEXTS) == structure(["harmless"] * len(TEXTS))


def test_no_control_character_reaches_a_terminal_or_a_chat(report: Report) -> None:
    for render in (provenance.render_text, provenance.render_inspection, provenance.render_markdown):
        # Around what is written from right to left stand isolates of ours, in pairs that never hold another.
        said = re.sub("\u2068([^\u2068\u2069]*)\u2069", r"\1", render(report))
        hidden = {one for one in said if not one.isprintable()} - set(f"{SHOWN}\u2060")
        assert hidden == set()


def test_the_name_of_a_file_is_one_road_more(tmp_path: Path) -> None:
    """Three payloads a name, as far as a name may be long."""
    data, structures = SAMPLE.read_bytes(), set()
    for number in range(0, len(TEXTS), 3):
        named = re.sub(r"/", "\u2215", " ".join(text[:60] for text in TEXTS[number : number + 3]))
        path = tmp_path / f"{named.encode()[:240].decode('utf-8', 'ignore')}.jpg"
        path.write_bytes(data)
        report = provenance.inspect(path)
        assert all(one.isprintable() or one in SHOWN for one in provenance.render_text(report)), named
        structures.add(tuple(Elements(provenance.render_html(report, {})).structure))
    assert len(structures) == 1


def test_a_chat_makes_no_link_no_mention_and_no_element_of_them(report: Report) -> None:
    text = provenance.render_markdown(report)
    assert not re.search(r"(?<![\\\w])@\w|(?<!\\)[<>]|https?://|(?<!\\)\]\(|\bwww\.\w", text)
    markdown_it = pytest.importorskip("markdown_it")
    pytest.importorskip("linkify_it")
    parser = markdown_it.MarkdownIt("commonmark", {"html": True, "linkify": True})
    parser.enable(["linkify", "table", "strikethrough"])
    kinds = {inner.type for token in parser.parse(text) for inner in (token, *(token.children or ()))}
    assert kinds <= {
        "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close", "ordered_list_open",
        "ordered_list_close", "list_item_open", "list_item_close", "inline", "text", "strong_open", "strong_close",
        "em_open", "em_close", "code_inline", "softbreak",
    }  # fmt: skip


def test_the_pdf_runs_nothing_leads_nowhere_else_and_reads_no_markup_of_them(report: Report) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("typst")
    made = provenance.render_pdf(report, {}, chart=draw_map(report))
    document = pypdf.PdfReader(io.BytesIO(made.data))
    targets = [note["/A"]["/S"] if "/A" in note else "/Dest" for page in document.pages for note in notes(page)]
    assert len(targets) > 50 and set(targets) <= {"/GoTo", "/Dest"}
    assert not {"/OpenAction", "/AA", "/AcroForm", "/JavaScript"} & {*document.trailer["/Root"]}
    assert not {"/JavaScript", "/EmbeddedFiles"} & {*document.trailer["/Root"].get("/Names", {})}
    wanted = {"#panic", "#eval", "*bold*", "<label>", "{{7*7}}"}
    for page in document.pages:  # reading one takes long: no more of them than it takes
        if wanted:
            text = page.extract_text()
            wanted = {mark for mark in wanted if mark not in text}
    assert not wanted
    assert {tuple(map(round, page.mediabox[2:])) for page in document.pages} == {(595, 842)}


def notes(page: object) -> list[dict[str, dict[str, str]]]:
    return [note.get_object() for note in page.get("/Annots", ())]  # type: ignore[attr-defined]
