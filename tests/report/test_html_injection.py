"""Hostile text in every field of a report changes no element of the page, and no line of the terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import pytest

from provenance.findings.timed import timed
from provenance.model.matches import Match
from provenance.model.report import Report
from provenance.report import html
from provenance.report.terminal import report as terminal
from provenance.report.terminal.columns import display_width

WithText = Callable[[Report, Callable[[], str]], Report]


def _character(escape: re.Match[str]) -> str:
    """The character of an escape in payloads.txt, which keeps them readable."""
    return ast.literal_eval(f'"{escape[0]}"')  # type: ignore[no-any-return]


LINES = (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()
PAYLOADS = [re.sub(r"\\(?:[rtn]|x[0-9a-f]{2}|u[0-9a-f]{4})", _character, line) for line in LINES]
KEPT = "\n\u200c\u200d\u2068\u2069"  # the last two, isolates, are ours: those of strangers are escaped
"""Line ends of our own, and the joiners that stay between letters."""
URL_ATTRIBUTES = {"href", "src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "ping"}


class Elements(HTMLParser):
    """The elements of a page with the names of their attributes, and every attribute with its value."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.structure: list[tuple[str, ...]] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.structure.append((tag, *(name for name, _ in attrs)))
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.structure.append(("/" + tag,))

    def handle_comment(self, data: str) -> None:
        self.structure.append(("comment",))

    def handle_decl(self, decl: str) -> None:
        self.structure.append(("declaration", decl))

    def unknown_decl(self, data: str) -> None:
        self.structure.append(("unknown declaration",))

    def handle_pi(self, data: str) -> None:
        self.structure.append(("processing instruction",))


def numbered(text: str) -> Callable[[], str]:
    """Different texts that all carry the payload, so that nothing is dropped as a repetition."""
    numbers: Iterator[int] = count()
    return lambda: f"{text} {next(numbers)}"


def page(report: Report) -> str:
    references = {item.reference.image_id: b"\xff\xd8\xff" for item in report.evidence if isinstance(item, Match)}
    return html.render(report, {"query": b"\xff\xd8\xff", **references}, timed=timed(report.evidence))


@pytest.fixture(scope="module")
def benign(founding: Report, with_text: WithText) -> list[tuple[str, ...]]:
    return Elements(page(with_text(founding, numbered("plain words")))).structure


def test_there_are_at_least_sixty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60
    assert any("\x1b" in payload for payload in PAYLOADS)
    assert any("\u202e" in payload for payload in PAYLOADS)


@pytest.fixture(scope="module", params=PAYLOADS)
def hostile(request: pytest.FixtureRequest, founding: Report, with_text: WithText) -> Report:
    return with_text(founding, numbered(request.param))


def test_a_payload_in_every_field_leaves_the_elements_as_they_are(
    hostile: Report, benign: list[tuple[str, ...]]
) -> None:
    text = page(hostile)
    found = Elements(text)
    assert found.structure == benign
    for name, value in found.attributes:
        assert not name.startswith("on")
        if name in URL_ATTRIBUTES:
            assert value.startswith(("#", "data:image/jpeg;base64,")) or value == "data:,"
    assert not any(hidden in text for hidden in "\x00\x1b\x07\x7f\x9b\u202e\u2066\u200b\u200f\u2028\ufeff")
    text.encode("utf-8")


@pytest.mark.parametrize("width", [40, 80])
def test_the_terminal_gets_no_control_character(hostile: Report, width: int) -> None:
    match = next(item for item in hostile.evidence if isinstance(item, Match))
    for text in (
        terminal.render(hostile, width=width, colour=False),
        terminal.render_inspect(hostile, width=width, colour=False),
        terminal.render_comparison(match, (hostile.clock, hostile.made_at), width=width, colour=False),
    ):
        assert all(character in KEPT or character.isprintable() for character in text)
        assert max(display_width(line) for line in text.split("\n")) <= width


def test_with_colour_the_only_escapes_are_our_own(hostile: Report) -> None:
    text = terminal.render(hostile, width=80, colour=True)
    for ours in ("\x1b[1;7m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"):
        text = text.replace(ours, "")
    assert "\x1b" not in text


def test_the_payload_is_shown_and_not_dropped(founding: Report, with_text: WithText) -> None:
    text = page(with_text(founding, numbered("<script>alert(1)</script>")))
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 100


def test_template_syntax_in_a_field_is_not_run(founding: Report, with_text: WithText) -> None:
    text = page(with_text(founding, numbered("{{7*7}}")))
    assert "{{7*7}}" in text
