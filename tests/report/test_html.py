"""The page: one file, every sentence cited, every citation landing, nothing from outside."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest

from provenance.model.evidence import Evidence, Fact
from provenance.model.finding import WORDS, Question, Verdict
from provenance.model.matches import Match
from provenance.model.report import Report
from provenance.report import html
from provenance.report.environment import page_environment
from provenance.report.glossary import MEANINGS
from provenance.report.jsonform import body_digest
from provenance.report.languages.tongue import ENGLISH, tongue
from provenance.report.outline import Line
from provenance.report.pdf.values import Values
from tests.machine import largest_file

TEMPLATES = Path(html.__file__).parent / "templates"
BANNED = re.compile(r"\b(authentic\w*|genuine\w*|fake[ds]?|verified|real|proof|proven true)\b|\d\s*%\s*confiden", re.I)


class Links(HTMLParser):
    """Ids, links to them, and the sentences with the number of links in each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.sentences: list[int] = []
        self.depth = 0
        self.headings: list[int] = []
        self.pictures_without_words = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a":
            self.targets.append(values["href"].removeprefix("#"))
            if self.depth:
                self.sentences[-1] += 1
        if tag == "span":
            if values.get("class") == "sentence":
                self.sentences.append(0)
                self.depth = 1
            elif self.depth:
                self.depth += 1
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and not values.get("alt"):
            self.pictures_without_words += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.depth:
            self.depth -= 1


@pytest.fixture(scope="module")
def page(founding: Report, pictures: dict[str, bytes]) -> str:
    return html.render(founding, pictures)


def test_every_citation_lands_on_an_item_of_the_page(page: str) -> None:
    links = Links(page)
    assert len(links.ids) == len(set(links.ids))
    assert set(links.targets) <= set(links.ids)


def test_every_sentence_has_a_citation(page: str, founding: Report) -> None:
    links = Links(page)
    assert len(links.sentences) > sum(len(finding.sentences) for finding in founding.findings)
    assert min(links.sentences) >= 1


def test_every_item_of_evidence_and_every_check_has_its_anchor(page: str, founding: Report) -> None:
    ids = set(Links(page).ids)
    assert {item.id for item in founding.evidence} <= ids
    assert {run.id for run in founding.checks} <= ids


def test_a_citation_of_something_that_is_not_there_says_so(founding: Report) -> None:
    evidence = tuple(item for item in founding.evidence if item.kind != "trace")
    text = html.render(dataclasses.replace(founding, evidence=evidence), {})
    assert "(not in this report)" in text
    links = Links(text)
    assert set(links.targets) <= set(links.ids)


def test_the_page_asks_no_network_for_anything(page: str) -> None:
    outside = re.compile(r"""(?:href|src|srcset|action|url)\s*[=(]\s*["']?\s*(?:https?:|//|ftp:|file:)""", re.I)
    assert not outside.search(page)
    assert "<script" not in page
    assert "@import" not in page
    assert not re.search(r"\sstyle\s*=", page)


def test_the_policy_allows_the_style_of_the_page_and_no_other(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert policy
    assert style
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1].replace("&#39;", "'").split("; ") == [
        "default-src 'none'",
        "img-src data:",
        f"style-src 'sha256-{allowed}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def test_addresses_from_strangers_are_text_and_no_links(page: str) -> None:
    assert "https://x.example/war_watch_88/status/1857" in page
    assert "javascript:alert(document.domain)" in page
    assert not any(target.startswith(("http", "javascript")) for target in Links(page).targets)


def test_headings_descend_without_a_gap_and_pictures_have_words(page: str) -> None:
    links = Links(page)
    assert links.headings[0] == 1
    assert links.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(links.headings, links.headings[1:], strict=False))
    assert links.pictures_without_words == 0
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')


def test_pictures_stand_in_the_page_itself(page: str, pictures: dict[str, bytes]) -> None:
    for jpeg in pictures.values():
        assert f'src="data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"' in page
    assert "The reference picture is not at hand" in page


def test_what_was_skipped_what_broke_and_what_was_searched_is_said(page: str, founding: Report) -> None:
    for words in (
        "no shadow was measured",
        "measure one: docs/claims.md",
        "ValueError: &lt;img src=x onerror=alert(1)&gt;",
        "would have missed",
        "crops below that",
        body_digest(founding),
        "limits.decode_wall_s",
    ):
        assert words in page


def test_a_tag_that_says_computer_made_is_told_with_its_fact(page: str, evidence: dict[str, Evidence]) -> None:
    told = re.search(r"By the file's own tag, the picture was computed by a program.*?</a>", page, re.S)
    assert told
    assert f'href="#{evidence["rendered"].id}"' in told[0]


def test_a_tag_that_names_a_camera_is_not_told_as_computer_made(founding: Report) -> None:
    def camera(item: Evidence) -> Evidence:
        if isinstance(item, Fact) and item.key == "xmp.Iptc4xmpExt:DigitalSourceType":
            return dataclasses.replace(item, normal="digitalCapture")
        return item

    text = html.render(dataclasses.replace(founding, evidence=tuple(map(camera, founding.evidence))), {})
    assert "own tag, the picture was" not in text


def test_a_file_without_pixels_still_gets_its_page(bare: Report) -> None:
    text = html.render(bare, {})
    assert "the file is cut off after 12 bytes" in text
    assert "ask for the file again" in text
    assert "no reference set was given" in text
    links = Links(text)
    assert set(links.targets) <= set(links.ids)


def test_right_to_left_text_is_isolated(page: str) -> None:
    assert re.search(r'<bdi dir="auto">[^<]*خط السكة[^<]*</bdi>', page)
    assert "\u202e" not in page
    assert "\\u202egpj.exe" in page


def test_our_own_words_promise_nothing_about_a_picture() -> None:
    own = [path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.j2"))]
    sources = [path for path in sorted(TEMPLATES.parent.glob("*.py")) if path.name != "linter.py"]  # it refuses them
    own += [path.read_text(encoding="utf-8") for path in sources]
    own += MEANINGS.values()
    assert [found[0] for text in own for found in BANNED.finditer(text)] == []


def test_the_same_report_gives_the_same_page(page: str, founding: Report, pictures: dict[str, bytes]) -> None:
    assert html.render(founding, pictures) == page


def test_a_page_is_made_quickly_once_the_templates_are_compiled(page: str, founding: Report) -> None:
    started = time.process_time()
    html.render(founding, {})
    assert time.process_time() - started < 0.5  # measured 0.012; forty times that would be a different algorithm


def test_nothing_but_a_page_imports_the_template_engine() -> None:
    program = (
        "import sys, provenance.report.terminal, provenance.report.jsonform, provenance.report.html;"
        "sys.exit('jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, cwd=TEMPLATES.parents[2])
    assert done.returncode == 0


def _colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_by_wcag_aa(scheme: str) -> None:
    light, dark = (TEMPLATES / "style.css").read_text().split("@media screen and (prefers-color-scheme: dark)")
    colours = _colours(light) | (_colours(dark) if scheme == "dark" else {})
    pairs = [(ink, ground) for ink in ("ink", "soft", "link") for ground in ("paper", "card", "mark")]
    pairs += [(tone, f"{tone}-bg") for tone in ("against", "open", "found", "agrees", "quiet")]
    for ink, ground in pairs:
        assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_a_likelihood_that_a_sentence_says_is_not_said_again(founding: Report, page: str) -> None:
    when = founding.finding(Question.WHEN)
    assert when
    assert page.count("Confidence in this answer: low.") == 2
    assert "Likelihood of what is claimed: roughly even chance." in page
    said = dataclasses.replace(when.sentences[0], text="Confidence in this judgement is low: nothing is dated.")
    told = dataclasses.replace(when, sentences=(*when.sentences, said))
    findings = tuple(told if finding is when else finding for finding in founding.findings)
    assert (
        html.render(dataclasses.replace(founding, findings=findings), {}).count("Confidence in this answer: low.") == 1
    )


SAID_ONCE = (
    (
        Verdict.CREDENTIALS_NONE,
        "No credentials found; tags name no camera and no time.",
        "Tags name no camera and no time.",
    ),
    (Verdict.NO_TRACE_FOUND, "No trace found by the 2 of 5 methods.", "by the 2 of 5 methods."),
    (Verdict.NO_MATCH, "No matching reference among 5 pictures.", "No matching reference among 5 pictures."),
    (Verdict.CREDENTIALS_NONE, "No credentials found.", ""),
)


@pytest.mark.parametrize(("verdict", "text", "left"), SAID_ONCE)
def test_a_sentence_does_not_say_the_word_of_its_chip_again(
    founding: Report, verdict: Verdict, text: str, left: str
) -> None:
    asked = next(one for one in founding.findings if verdict in WORDS[one.question])
    told = dataclasses.replace(asked.sentences[0], text=text)
    finding = dataclasses.replace(asked, verdict=verdict, sentences=(told,))
    report = dataclasses.replace(founding, findings=(finding,))
    shown = re.findall(
        rf'<span class="chip \w+">{verdict}</span>\s*(?:<span class="sentence">)?<bdi dir="ltr">([^<]*)</bdi>',
        html.render(report, {}),
    )
    assert shown == [left, left]  # at the answers, and at the head of the section
    values = Values(frozenset(), ENGLISH)
    assert values.line(Line(text=text, verdict=verdict))["text"] == left
    assert values.line(Line(text=text, verdict=verdict, by="a person"))["text"] == text


def test_in_another_language_the_word_is_that_of_the_language(founding: Report) -> None:
    finding = next(one for one in founding.findings if one.question is Question.ORIGIN)
    told = dataclasses.replace(finding.sentences[0], text="No credentials found.")
    finding = dataclasses.replace(finding, verdict=Verdict.CREDENTIALS_NONE, sentences=(told,))
    report = dataclasses.replace(founding, findings=(finding,))
    korean = "C2PA 정보를 찾지 못했다."  # which its chip says in other words
    for code, left in (("ru", ""), ("uk", ""), ("ko", korean)):
        page, chip = html.render(report, {}, tongue=tongue(code)), tongue(code).word(finding.verdict, "verdict")
        shown = rf'{chip}</span>\s*<span class="sentence"><bdi dir="ltr" title="No credentials found.">{left}</bdi>'
        assert re.search(shown, page)


def test_many_contradictions_do_not_bury_the_answers(founding: Report) -> None:
    where = founding.finding(Question.WHERE)
    assert where
    many = tuple(dataclasses.replace(where.conflicts[0], text=f"Number {number}") for number in range(40))
    findings = (dataclasses.replace(where, conflicts=many),)
    text = html.render(dataclasses.replace(founding, findings=findings), {})
    assert "And 34 more under" in text
    assert text.count("Number 39") == 1


def test_a_flood_of_metadata_and_blocks_is_counted_and_does_not_flood_the_page(
    founding: Report, evidence: dict[str, Evidence]
) -> None:
    make = evidence["make"]
    assert isinstance(make, Fact)
    flood = tuple(dataclasses.replace(make, key=f"exif.Unknown{number}") for number in range(700))
    last = flood[-1].id
    when = founding.finding(Question.WHEN)
    assert when
    citing = dataclasses.replace(when, sentences=(dataclasses.replace(when.sentences[0], cites=(last,)),))
    first, second = founding.structure.blocks[:2]
    structure = dataclasses.replace(founding.structure, blocks=(first, second) * 400)
    text = html.render(
        dataclasses.replace(founding, evidence=(*founding.evidence, *flood), findings=(citing,), structure=structure),
        {},
    )
    assert "204 more values are in the JSON form" in text
    assert "300 more lines are in the JSON form" in text
    assert f'<tr id="{last}">' in text
    links = Links(text)
    assert set(links.targets) <= set(links.ids)


def test_where_contradictions_were_not_looked_for_the_page_does_not_say_there_are_none(founding: Report) -> None:
    seen = founding.finding(Question.SEEN_BEFORE)
    assert seen
    text = html.render(dataclasses.replace(founding, findings=(seen,)), {})
    assert "Whether the sources contradict each other was not looked for." in text
    assert "Nothing in this report contradicts" not in text


def test_the_folders_of_the_desks_machine_stand_in_no_heading(founding: Report) -> None:
    def moved(item: Evidence) -> Evidence:
        if isinstance(item, Match):
            return dataclasses.replace(item, reference=dataclasses.replace(item.reference, path="/home/desk/yard.jpg"))
        return item

    text = html.render(dataclasses.replace(founding, evidence=tuple(map(moved, founding.evidence))), {})
    headings = re.findall(r"<h[1-6].*?</h[1-6]>", text)
    assert any("yard.jpg" in heading for heading in headings)
    assert not any("/home/desk" in heading for heading in headings)


def test_a_list_with_nothing_in_it_says_so_in_the_language_of_the_page(founding: Report) -> None:
    settled = dataclasses.replace(
        founding,
        findings=tuple(dataclasses.replace(one, not_established=()) for one in founding.findings),
        checks=tuple(run for run in founding.checks if run.outcome.ended != "failed"),
    )
    for code, told in (("en", "Nothing is listed."), ("uk", "Нічого не зазначено.")):
        page = html.render(settled, {}, tongue=tongue(code))
        assert told in page.partition('id="h-unknown"')[2].partition("</section>")[0]
        assert told not in html.render(founding, {}, tongue=tongue(code))


def test_the_first_screen_stands_in_the_order_in_which_it_is_read(founding: Report) -> None:
    """A reader who tabs or listens meets the parts as they stand: the grid moves none before another on a phone."""
    page = html.render(founding, {})
    parts = [page.index(f'id="{name}"') for name in ("h-answers", "h-odds", "h-next", "h-unknown")]
    assert parts == sorted(parts)


def test_templates_are_compiled_where_there_is_no_room_to_keep_them(tmp_path: Path) -> None:
    environment = page_environment(tmp_path / "templates")
    with largest_file(100):
        made = environment.get_template("report.html.j2")
    assert made.name == "report.html.j2" and list((tmp_path / "templates").iterdir()) == []
    page_environment(tmp_path / "others").get_template("report.html.j2")
    assert list((tmp_path / "others").iterdir())
