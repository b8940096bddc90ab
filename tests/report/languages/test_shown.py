"""A report in another language: what every form says, what stays English, and right-to-left text in its place."""

from __future__ import annotations

import dataclasses
import io
import re
import subprocess
import sys
from collections.abc import Mapping
from html import escape as html_escaped
from html.parser import HTMLParser
from pathlib import Path

import pytest

from provenance.api import compare, difference, inspect
from provenance.findings.timed import timed
from provenance.model.evidence import Fact
from provenance.model.finding import Question, Sentence
from provenance.model.languages import LANGUAGES
from provenance.model.report import Report
from provenance.output.rendering import render_comparison, render_inspection
from provenance.output.report_folder import write_comparison
from provenance.report import html, markdown
from provenance.report.jsonform import body_digest
from provenance.report.languages.coverage import coverage
from provenance.report.languages.isolate import ISOLATE, POP, isolated
from provenance.report.languages.tongue import UNREVIEWED, tongue
from provenance.report.pdf import document as pdf
from provenance.report.terminal import report as terminal
from provenance.report.terminal.columns import display_width
from tests.report.chromium import CHROMIUM, LIGHT, asked, scheme
from tests.report.test_standards import accessible, needs_axe

ROOT = Path(__file__).resolve().parents[3]
CODES = [code for code in LANGUAGES if code != "en"]
in_each = pytest.mark.parametrize("code", CODES)
UNKNOWN = "An owl sat on the flat car."
ARABIC = "قناة الأخبار"


def page(report: Report, code: str, pictures: Mapping[str, bytes] | None = None) -> str:
    return html.render(report, pictures or {}, timed=timed(report.evidence), tongue=tongue(code))


@pytest.fixture(scope="module")
def whole(founding: Report) -> dict[str, str]:
    """The page of the founding case in each language."""
    return {code: page(founding, code) for code in LANGUAGES}


def saying(report: Report, text: str) -> Report:
    """The report with this as the one sentence on when."""
    when = report.finding(Question.WHEN)
    assert when
    said = dataclasses.replace(when, sentences=(Sentence(text=text, cites=when.sentences[0].cites),))
    return dataclasses.replace(report, findings=tuple(said if one is when else one for one in report.findings))


class Marked(HTMLParser):
    """The text that stands in an element marked as English."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.english = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "img", "br", "input"):
            self.open.append((tag, tag != "html" and dict(attrs).get("lang") == "en"))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.english += data if any(english for _, english in self.open) else ""


@in_each
def test_every_form_says_first_that_the_english_governs(founding: Report, whole: dict[str, str], code: str) -> None:
    told = tongue(code).word(UNREVIEWED)
    text, chat = (
        terminal.render(founding, width=80, colour=False, tongue=tongue(code)),
        markdown.render(founding, tongue(code)),
    )
    for form in (whole[code], text, chat):
        assert told != UNREVIEWED and told in form.replace("\n", " ")
        assert UNREVIEWED in form.replace("\n", " ")
        assert form.index(told[:20]) < form.index(tongue(code).word("Where", "question"))
    assert f'<html lang="{code}">' in whole[code]


def test_in_english_nothing_is_said_of_languages(founding: Report, whole: dict[str, str]) -> None:
    assert UNREVIEWED not in whole["en"] and '<html lang="en">' in whole["en"]
    assert UNREVIEWED not in terminal.render(founding, width=80, colour=False) + markdown.render(founding)


@in_each
def test_a_sentence_without_a_translation_is_marked_and_counted(founding: Report, code: str) -> None:
    report, before = saying(founding, UNKNOWN), coverage(founding, tongue(code))
    assert coverage(report, tongue(code)).shown >= 1 and before.all > 40
    assert UNKNOWN in Marked(page(report, code)).english
    assert f"(en) {UNKNOWN}" in markdown.render(report, tongue(code))
    assert f"(en) {UNKNOWN}"[:30] in terminal.render(report, width=80, colour=False, tongue=tongue(code))


@pytest.mark.parametrize("code", ["ko"])
def test_the_english_of_a_translated_sentence_is_there(founding: Report, code: str) -> None:
    english = "No independent source dates it to 3 Sep 2021."
    text = page(saying(founding, english), code)
    assert f'title="{english}"' in text
    assert english in Marked(text).english


@in_each
def test_the_digest_is_that_of_the_english_record(founding: Report, whole: dict[str, str], code: str) -> None:
    for form in (whole[code], markdown.render(founding, tongue(code))):
        assert body_digest(founding) in form


@in_each
def test_quoted_words_stand_as_they_were_written(whole: dict[str, str], code: str) -> None:
    quotes = re.findall(r"<q class.*?</q>", whole["en"])
    assert quotes and re.findall(r"<q class.*?</q>", whole[code]) == quotes


@in_each
@pytest.mark.parametrize("width", [80, 120])
def test_no_line_of_the_terminal_is_wider_than_the_window(founding: Report, code: str, width: int) -> None:
    lines = terminal.render(founding, width=width, colour=False, tongue=tongue(code)).splitlines()
    assert max(map(display_width, lines)) <= width


def test_a_run_from_right_to_left_is_set_apart_and_nothing_else() -> None:
    assert isolated("Published by RFA, 14 Nov 2024.") == "Published by RFA, 14 Nov 2024."
    assert isolated(f"Published by {ARABIC}, 14 Nov 2024.") == f"Published by {ISOLATE}{ARABIC}{POP}, 14 Nov 2024."
    assert isolated("a עברית b ערבית") == f"a {ISOLATE}עברית{POP} b {ISOLATE}ערבית{POP}"


def test_the_terminal_isolates_names_from_right_to_left(founding: Report) -> None:
    report = saying(founding, f"It was not taken before 9 Nov 2023: {ARABIC}.")
    for code in ("en", "uk"):
        assert f"{ISOLATE}{ARABIC}{POP}" in terminal.render(report, width=120, colour=False, tongue=tongue(code))


_PLACES = """
const holder = [...document.querySelectorAll('.answers bdi')].find((one) => one.textContent.includes('2023'));
const text = holder.firstChild, at = (what) => {
  const range = document.createRange(); const start = text.data.indexOf(what);
  range.setStart(text, start); range.setEnd(text, start + what.length); return range.getBoundingClientRect(); };
const name = at('%s'), day = at('14'), before = at('%s');
return [before.right <= name.left + 1, name.right <= day.left + 1, document.documentElement.scrollWidth <= innerWidth];
"""  # fmt: skip


@pytest.mark.skipif(not CHROMIUM.exists(), reason="no /usr/bin/chromium to open the page with")
@pytest.mark.parametrize(("code", "before", "name"), [("en", "Published", ARABIC), ("ru", "Публикация", "חדשות הערוץ")])
def test_a_date_stays_behind_a_name_from_right_to_left(
    founding: Report, tmp_path: Path, code: str, before: str, name: str
) -> None:
    """In Chromium: without isolation the day stands on the other side of the name, as a part of it."""
    report = saying(founding, f"Published by {name}, 14 Nov 2023 (page date); graded B3.")
    path = tmp_path / "page.html"
    path.write_text(page(report, code), encoding="utf-8")
    told, console = asked(tmp_path / "profile", path, _PLACES % (name, before), scheme(LIGHT), width_px=1440)
    assert (told, console) == ([True, True, True], [])


class Attributes(HTMLParser):
    """Every element with the names of its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: set[tuple[str, ...]] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, *(name for name, _ in attrs)))


@pytest.mark.parametrize("payload", ["<script>alert(1)</script>", '" onmouseover="x', "'><img src=x onerror=y>", "{x}"])
def test_what_strangers_wrote_is_escaped_in_a_translated_sentence(founding: Report, payload: str) -> None:
    english = f"No place is claimed; {payload}, B2, says {payload}."
    text = page(saying(founding, english), "ru")
    assert Attributes(text).found == Attributes(page(saying(founding, english.replace(payload, "RFA")), "ru")).found
    assert f"указывает: {html_escaped(payload)}." in text.replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


def test_a_parser_that_forgives_nothing_reads_a_translated_page(whole: dict[str, str]) -> None:
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse(whole["ko"])


@needs_axe
@pytest.mark.slow
def test_a_translated_page_is_accessible(founding: Report, pictures: Mapping[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(founding, "ru", pictures), encoding="utf-8")
    accessible(tmp_path, path, LIGHT)


def test_the_pdf_is_in_the_language_and_tells_what_no_font_shows(bare: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst")
    pypdf = pytest.importorskip("pypdf")
    monkeypatch.setattr(pdf, "without_glyph", lambda *_: frozenset("ї"))
    made = pdf.render(bare, {}, None, drawings={}, tongue=tongue("uk"))
    read = pypdf.PdfReader(io.BytesIO(made.data))
    first = " ".join(read.pages[0].extract_text().split())
    assert read.trailer["/Root"]["/Lang"] == "uk"
    assert tongue("uk").word(UNREVIEWED) in first and UNREVIEWED in first
    assert made.lacking == frozenset("ї") and "ї" not in first


def test_the_command_line_knows_the_languages_and_no_other() -> None:
    ended = subprocess.run(
        [sys.executable, ROOT / "cli.py", "render", "x", "--to", "text", "--language", "xx"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 2 and "'xx'" in ended.stderr


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_comparison_is_shown_in_another_language(tmp_path: Path, code: str) -> None:
    samples = Path(__file__).resolve().parents[3] / "samples"
    match, first, second = compare(samples / "railcar_mirrored.jpg", samples / "reference" / "railcar_yard.jpg")
    page = write_comparison(match, first, second, tmp_path / "out", language=code).page.read_text(encoding="utf-8")
    there = tongue(code)
    assert f'<html lang="{code}">' in page and there.word("copy", "verdict") in page
    assert there.told(match.statement) and all(there.told(limit) for limit in match.limits)
    for ours in ("Provenance comparison", "Side by side", "The two files", "The picture under test"):
        assert there.word(ours) != ours and f">{ours}<" not in page and f'"{ours}"' not in page


@in_each
@pytest.mark.parametrize("pair", ["railcar_mirrored.jpg", "stranger.jpg"])
def test_a_comparison_speaks_the_language_on_a_terminal_too(pair: str, code: str) -> None:
    match, first, second = compare(ROOT / "samples" / pair, ROOT / "samples/reference/railcar_yard.jpg")
    found = difference(match, first, second)
    names = (first.original.name, second.original.name)
    text = render_comparison(match, names, width=90, compared=found, language=code)
    english = render_comparison(match, names, width=90, compared=found)
    assert text.startswith(tongue(code).word(UNREVIEWED)[:30]) and UNREVIEWED in text and UNREVIEWED not in english
    assert tongue(code).word(match.answer.value, "verdict") in text and match.id in text and pair in text
    assert "(en)" not in text
    labels = [line.split("  ")[0] for line in text.splitlines() if line and not line.startswith((" ", "Transl"))]
    assert not {line.split("  ")[0] for line in english.splitlines()} & set(labels) - {""}


@in_each
@pytest.mark.parametrize("name", ["stranger.jpg", "railcar_post.png", "railcar_captioned.jpg"])
def test_what_a_file_says_of_itself_is_shown_in_the_language_and_its_values_as_they_stand(name: str, code: str) -> None:
    report = inspect(ROOT / "samples" / name)
    text, english = (render_inspection(report, width=100, language=one) for one in (code, "en"))
    assert tongue(code).word(UNREVIEWED)[:30] in text and UNREVIEWED not in english
    for fact in (item for item in report.evidence if isinstance(item, Fact) and len(item.normal) in range(4, 20)):
        assert (fact.normal in english) is (fact.normal in text), fact.key
    heads = [line for line in english.splitlines() if line and not line.startswith(" ")][2:]
    assert not set(heads) & set(text.splitlines())
    assert tongue(code).word("File structure") in text and tongue(code).word("Holds") in text
    for line in text.splitlines():
        assert display_width(line) <= 100


def test_an_untranslated_statement_on_a_terminal_is_marked() -> None:
    match, first, second = compare(ROOT / "samples/stranger.jpg", ROOT / "samples/reference/railcar_yard.jpg")
    said = dataclasses.replace(match, statement=UNKNOWN)
    text = render_comparison(said, (first.original.name, second.original.name), language="uk")
    assert f"(en) {UNKNOWN}" in text
    assert (
        tongue("uk").word("{n} of {all} sentences in English: not translated.", n=1, all=1 + len(said.limits)) in text
    )


@in_each
def test_rows_of_evidence_and_custody_are_in_the_language_of_the_page(whole: dict[str, str], code: str) -> None:
    """Places with their circles, hours in UTC, where a value stands, and what was done to the bytes."""
    shown, english = (re.sub(r"<[^>]+>", "\n", whole[one]) for one in (code, "en"))
    ours = (
        r"^[^\n]+, (?:city|region|country), [\d,]+ km around [-\d., ]+$",
        r"\(in UTC: [-\d: ]+ to [-\d: ]+ UTC\)",
        r"^(?:claim under test|decoded|received|reported|[\d,]+ bytes)$",
        r"^\d+ items of evidence, \d+ findings$",
    )
    for pattern in ours:
        assert re.search(pattern, english, re.MULTILINE), pattern
        assert not re.search(pattern, shown, re.MULTILINE), pattern


@in_each
def test_a_time_that_ends_in_a_full_stop_is_followed_by_one_alone(whole: dict[str, str], code: str) -> None:
    titles = re.findall(r"<title>([^<]*)</title>", whole[code])
    assert titles and not [title for title in titles if ".." in title]


@in_each
@pytest.mark.parametrize(
    "text",
    [
        "Double compression could not speak: jpeglib is not installed.",
        "Install what is missing (pip install 'provenance-desk[c2pa]'), and check again.",
        "yard.jpg in reference: both are the same file, byte for byte.",
        "Not counted: the file's own tags, 49.450 N, 34.200 E, because the position is rounded to whole minutes.",
        "By the claim under test the picture was taken in Gaza, Oct 2023.",
        "Found by hand with TinEye; this program asked no search engine.",
        'Anna accepts this answer, then "no claim", in entry 13: "Seen and agreed".',
        'It would read "recycled" but for the claim 0a0e, which Anna set aside in entry 12: "The clock was wrong".',
    ],
)
def test_what_a_small_install_and_a_case_say_is_translated(code: str, text: str) -> None:
    told = tongue(code).told(text)
    assert told and told != text
