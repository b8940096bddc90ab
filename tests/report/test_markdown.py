"""Markdown for a chat: the first screen, and nothing of a stranger's that a chat would act upon."""

from __future__ import annotations

import dataclasses

import pytest

from provenance.model.evidence import Claim, Evidence
from provenance.model.matches import Match
from provenance.model.report import Report
from provenance.model.source import Grade
from provenance.report import html, markdown
from provenance.report.edition.edition import edition
from provenance.report.edition.parts import ALL
from provenance.report.jsonform import body_digest


def test_it_holds_the_first_screen_with_its_evidence_and_the_digest(founding: Report, bare: Report) -> None:
    text = markdown.render(founding)
    for finding in founding.findings:
        assert finding.verdict.value in text.casefold()
    for part in ("**At odds**", "**Not established**", "**Next steps**", "**What is cited**", "1. Ask @"):
        assert part in text
    assert f"`{founding.next_steps[0].cites[0]}`" in text
    assert text.endswith(f"`{body_digest(founding)}`")
    assert "The pixels were not decoded" in markdown.render(bare)


def test_an_edition_earlier_checks_and_peoples_words_are_told(founding: Report, reviewed: Report) -> None:
    """None of these may stand on the page alone: what is pasted into a chat is all that its readers see."""
    text = markdown.render(edition(founding, ALL).report)
    assert "An edition, not the full record." in text, text
    assert "the file states" in text and body_digest(founding) in text
    assert "Checked before by this desk: 14 Nov 2024 20:02 UTC: contradicted" in markdown.render(founding)
    told = markdown.render(reviewed)
    assert "**What people added**" in told and "- Dismissed: “not this yard” (Eve Reader)" in told
    assert "set aside: it moves no verdict; entry 7, by Anna Desk" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a_b*c`d", "a\\_b\\*c\\`d"),
        ("[x](https://evil.example/)", "\\[x\\](https\u2060:\u2060//evil\u2060.example/)"),
        ("@everyone #1", "@\u2060everyone #\u20601"),
        ("line\n# heading", "line ⏎ #\u2060 heading"),
        ("\u202egpj.exe\x1b[31m", "\\\\u202egpj\u2060.exe\\\\x1b\\[31m"),
        ("1.18 MB, 13:55", "1.18 MB, 13:55"),
        ("<b>&lt;", "\\<b\\>\\&lt;"),
    ],
)
def test_marks_addresses_and_mentions_are_text(text: str, told: str) -> None:
    assert markdown.harmless(text) == told


def test_a_long_text_is_cut_and_many_items_are_counted(founding: Report) -> None:
    named = dataclasses.replace(founding, original=dataclasses.replace(founding.original, name="x" * 10_000))
    assert len(markdown.render(named)) < len(markdown.render(founding)) + 500
    step = founding.next_steps[0]
    said = next(item for item in founding.evidence if isinstance(item, Claim))
    items = tuple(dataclasses.replace(said, statement=f"Number {number}.") for number in range(100))
    cites = tuple(item.id for item in items)
    many = dataclasses.replace(founding, evidence=items, next_steps=(dataclasses.replace(step, cites=cites),))
    text = markdown.render(many)
    assert text.count("(grade ") == markdown.MOST_CITED
    assert "more in the report" in text and "And 88 more in the report." in text


def test_a_measurement_of_this_program_bears_no_grade_of_a_source(founding: Report) -> None:
    """ "F6" beside a match would read as if nobody could judge it; whoever said something is graded as before."""
    match = next(item for item in founding.evidence if isinstance(item, Match))
    said = next(item for item in founding.evidence if isinstance(item, Claim) and item.grade == Grade())
    page = html.render(founding, {})
    for item, told in ((match, False), (said, True)):
        card = page.partition(f'id="{item.id}"')[2].partition("</p>")[0]
        assert (f"grade {item.grade}" in card) is told, item.kind
        assert (f"`{item.id}` (grade {item.grade})" in markdown.render(_citing(founding, item))) is told


def _citing(report: Report, item: Evidence) -> Report:
    step = dataclasses.replace(report.next_steps[0], cites=(item.id,))
    return dataclasses.replace(report, next_steps=(step,))
