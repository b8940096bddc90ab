"""What people added stands apart, on the page and in the terminal, escaped."""

import dataclasses

from provenance.model.noted import Noted, Review, ReviewWord
from provenance.model.report import Report
from provenance.model.standing import Standing, standing
from provenance.report import html
from provenance.report.people import additions
from provenance.report.terminal import report as terminal

NOTED = Noted(entry=7, by="<b>Anna</b>", at="2026-03-01T12:00:00Z", line="ab" * 32)


def added(report: Report) -> Report:
    items = tuple(
        dataclasses.replace(item, noted=NOTED) if item.source.kind.value == "person" else item
        for item in report.evidence
    )
    first = next(item for item in items if item.noted)
    review = Review(
        item=first.id, statement=first.statement, word=ReviewWord.DISMISSED, by="<script>Eve", reason="<i>why\u202e",
        noted=NOTED, stands=True, here=True,
    )  # fmt: skip
    return dataclasses.replace(report, evidence=items, reviews=(review,), findings=(), claims=())


def test_the_page_tells_people_facts_and_inferences_apart(founding: Report) -> None:
    page = html.render(added(founding), {})
    assert 'id="people"' in page and "entry 7, by &lt;b&gt;Anna&lt;/b&gt;" in page
    assert "&lt;script&gt;Eve" in page and "<script>" not in page and "<i>why" not in page
    assert "set aside: it moves no verdict" in page
    for words in ("fact: read as it stands there", "inference of this program", "added by a person"):
        assert f'<span class="standing">{words}</span>' in page


def test_what_a_screen_or_a_files_name_says_was_added_by_nobody(founding: Report) -> None:
    said = next(item for item in founding.evidence if item.source.kind.value == "person")
    read = dataclasses.replace(said, method="screen")
    assert standing(said) is Standing.PERSON and standing(read) is Standing.FACT
    report = dataclasses.replace(founding, evidence=(read,))
    assert not additions(report)


def test_the_terminal_names_what_people_added_and_set_aside(founding: Report) -> None:
    report = added(founding)
    text = terminal.render(report, width=200, colour=False)
    line = next(line for line in text.splitlines() if line.startswith("People"))
    assert f"added {len(additions(report))} items of evidence (entries 7" in line, line
    assert "\u202e" not in text
