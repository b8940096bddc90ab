"""What changed between two reports: nothing for another moment, and every item, answer and setting that moved."""

import dataclasses
import json
from typing import Any

import pytest

from provenance.model.evidence import Bound, BoundKind, Claim
from provenance.model.finding import Finding, Likelihood, Question, Sentence, Verdict
from provenance.model.matches import EarlierCheck, Search
from provenance.model.noted import Noted, Review, ReviewWord
from provenance.model.outcome import CheckRun, Ran, Skipped
from provenance.model.report import Report
from provenance.model.source import Source, SourceKind
from provenance.report import jsonform
from provenance.report.changes import How, changes
from provenance.report.edition.edition import edition
from provenance.report.edition.parts import Part
from provenance.report.languages.tongue import tongue
from provenance.report.reading import read
from provenance.report.terminal.changes import MOST_LISTED, render, render_json, render_line

NOTED = Noted(entry=7, by="Anna", at="2026-03-01T12:00:00Z", line="ab" * 32)
LEAD = Claim(
    source=Source(kind=SourceKind.PERSON, name="A. Witness\x1b[31m", origin="w"), statement="A. Witness gives: 2015.",
    method="recorded by the desk", by="A. Witness", quote="2015", noted=NOTED, label="entry 7",
)  # fmt: skip


def with_item(report: Report, item: Claim, verdict: Verdict) -> Report:
    finding = Finding(question=Question.WHEN, verdict=verdict, sentences=(Sentence(text="By them.", cites=(item.id,)),))
    findings = tuple(finding if one.question is Question.WHEN else one for one in report.findings)
    return dataclasses.replace(report, evidence=(*report.evidence, item), findings=findings, overall=verdict)


def test_another_moment_is_no_change(founding: Report) -> None:
    later: Any = [
        dataclasses.replace(item, statement="It existed later.") if _clock(item) else item for item in founding.evidence
    ]
    again = dataclasses.replace(founding, made_at="2031-01-01T00:00:00Z", evidence=tuple(later))
    found = changes(founding, again)
    assert found.same
    assert "Nothing changed but the moment" in render(found, width=80)
    assert render_line(found).endswith("nothing changed")


def test_that_the_desk_checked_this_very_file_before_is_no_change(founding: Report) -> None:
    earlier = next(item for item in founding.evidence if isinstance(item, EarlierCheck))
    bound = next(item for item in founding.evidence if isinstance(item, Bound))
    same = dataclasses.replace(
        earlier, reference=dataclasses.replace(earlier.reference, image_id=founding.original.sha256)
    )
    before = dataclasses.replace(bound, bound=BoundKind.CHECKED_BEFORE, statement="The desk had it before.")
    again = dataclasses.replace(founding, evidence=(*founding.evidence, same, before))
    assert changes(founding, again).same
    other = dataclasses.replace(earlier, reference=dataclasses.replace(earlier.reference, image_id="ab" * 32))
    assert not changes(founding, dataclasses.replace(founding, evidence=(*founding.evidence, other))).same


def test_that_one_is_an_edition_is_told(founding: Report) -> None:
    made = edition(founding, frozenset({Part.SERIALS})).report
    told = {one.name: (one.was, one.now) for one in changes(founding, made).means}
    assert told["edition"] == ("the full record", "without serials")


def _clock(item: object) -> bool:
    return isinstance(item, Bound) and item.bound is BoundKind.RECEIVED


def test_what_came_moved_an_answer(founding: Report) -> None:
    word = next(one.verdict for one in founding.findings if one.question is Question.WHEN)
    new = Verdict.CONSISTENT if word is not Verdict.CONSISTENT else Verdict.DISPUTED
    found = changes(founding, with_item(founding, LEAD, new))
    assert [(item.how, item.id, item.entry) for item in found.items] == [(How.CAME, LEAD.id, 7)]
    told = {one.question: one for one in found.answers}
    assert told["when"].because == (LEAD.id,) and told["when"].now == new.value
    assert "overall" in told and not found.same
    text = render(found, width=60)
    assert "recorded by a person, entry 7" in text and max(map(len, text.splitlines())) <= 60
    assert "\x1b" not in text
    form = json.loads(render_json(found))
    assert (form["same"], form["items"][0]["how"]) == (False, "came")
    gone = changes(with_item(founding, LEAD, new), founding)
    assert [(item.how, item.id) for item in gone.items] == [(How.WENT, LEAD.id)]


def test_the_same_entry_read_otherwise_has_changed(founding: Report) -> None:
    other = dataclasses.replace(LEAD, defeaters=("corrected",))
    found = changes(with_item(founding, LEAD, Verdict.DISPUTED), with_item(founding, other, Verdict.DISPUTED))
    (item,) = found.items
    assert (item.how, item.id, item.was_id, item.fields) == (How.CHANGED, other.id, LEAD.id, ("defeaters",))


def test_versions_settings_and_snapshots_are_told(founding: Report) -> None:
    tool = dataclasses.replace(founding.tool, version="9.9")
    evidence: Any = [
        dataclasses.replace(item, snapshot="ff" * 32) if isinstance(item, Search) else item
        for item in founding.evidence
    ]
    new = dataclasses.replace(
        founding, tool=tool, evidence=tuple(evidence), settings={**founding.settings, "within_s": 3}
    )
    names = [one.name for one in changes(founding, new).means]
    assert "setting within_s" in names and founding.tool.name in names
    assert any(name.endswith(", snapshot") for name in names)


def test_different_pictures_are_said_and_nothing_else(founding: Report) -> None:
    other = dataclasses.replace(founding, original=dataclasses.replace(founding.original, sha256="0" * 64))
    found = changes(founding, with_item(other, LEAD, Verdict.DISPUTED))
    assert (found.same, found.same_picture, found.items) == (False, False, ())
    assert "different pictures" in render(found, width=80)


def test_new_words_of_people_are_told_and_read_back(founding: Report) -> None:
    review = Review(
        item="when",
        statement="x",
        word=ReviewWord.DISMISSED,
        by="B",
        reason="because",
        noted=NOTED,
        stands=True,
        here=True,
    )
    new = dataclasses.replace(with_item(founding, LEAD, Verdict.DISPUTED), reviews=(review,))
    assert changes(founding, new).reviews == (review,)
    assert 'B dismissed the answer to "when" in entry 7: "because"' in render(changes(founding, new), width=120)
    again = read(jsonform.render(new).encode())
    assert again.reviews == (review,) and again.by_id(LEAD.id) == LEAD
    form = json.loads(jsonform.render(new))
    assert {item["standing"] for item in form["evidence"]} == {"fact", "inference", "person"}


def test_a_check_that_gave_no_answer_this_time_is_told_with_its_reason(founding: Report) -> None:
    runs = [dataclasses.replace(run, outcome=Ran()) for run in founding.checks]
    asked = dataclasses.replace(founding, checks=(*runs, CheckRun(check="wayback", outcome=Ran())))
    why = Skipped(reason="wayback: it answers with a web page", remedy="later")
    failed = dataclasses.replace(founding, checks=(*runs, CheckRun(check="wayback", outcome=why)))
    (one,) = changes(asked, failed).means
    assert "1 setting, check, set or version differs" in render_line(changes(asked, failed))
    assert (one.name, one.was, one.now) == ("check wayback", "ran", "not checked: wayback: it answers with a web page")
    found = changes(dataclasses.replace(founding, checks=tuple(runs)), asked)
    assert [(one.was, one.now) for one in found.means] == [("not asked for", "ran")]
    assert "check wayback: not asked for -> ran" in render(found, width=80)


def test_what_is_not_listed_is_counted_whatever_it_is(founding: Report) -> None:
    many = MOST_LISTED + 5
    review = Review(
        item=founding.evidence[0].id, statement="x", word=ReviewWord.ACCEPTED, by="Anna", noted=NOTED, stands=True,
        here=True, reason="so",
    )  # fmt: skip
    reviews = tuple(dataclasses.replace(review, noted=dataclasses.replace(NOTED, entry=n)) for n in range(many))
    settings = {**founding.settings, **{f"made up {n}": n for n in range(many)}}
    shown = render(changes(founding, dataclasses.replace(founding, reviews=reviews, settings=settings)), width=100)
    assert shown.count("and 5 more, in the JSON form") == 2


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Since 2024-11-15T09:00:00Z: nothing changed"),
        ("ru", "Изменения с 2024-11-15T09:00:00Z: ничего не изменилось"),
        ("ko", "2024-11-15T09:00:00Z 이후: 변화 없음"),
    ],
)
def test_the_line_below_the_answers_speaks_their_language(founding: Report, language: str, words: str) -> None:
    same = changes(founding, founding)
    assert render_line(same, tongue(language)).replace(founding.made_at, "2024-11-15T09:00:00Z") == words
    recycled = dataclasses.replace(founding, overall=Verdict.RECYCLED)
    told = render_line(changes(founding, recycled), tongue(language))
    verdicts = [tongue(language).word(one.value, "verdict") for one in (founding.overall, Verdict.RECYCLED)]
    assert " -> ".join(verdicts) in told
    assert "{" not in told


def test_a_likelihood_is_said_of_the_claim_and_who_sets_aside_is_said_either_way(founding: Report) -> None:
    """ "recycled, almost no chance" reads as if that answer had none."""
    old = with_item(founding, LEAD, Verdict.UNPROVEN)
    recycled = with_item(founding, LEAD, Verdict.RECYCLED)
    findings = tuple(
        dataclasses.replace(one, likelihood=Likelihood.ALMOST_NO_CHANCE) if one.question is Question.WHEN else one
        for one in recycled.findings
    )
    review = Review(
        item=LEAD.id, statement=LEAD.statement, word=ReviewWord.DISMISSED, by="Anna", reason="Her clock was wrong.",
        noted=NOTED, stands=True, here=True,
    )  # fmt: skip
    new = dataclasses.replace(recycled, findings=findings, reviews=(review,))
    told, back = (" ".join(render(changes(*pair), width=200).split()) for pair in ((old, new), (new, old)))
    assert "When: unproven -> recycled (likelihood of what is claimed: almost no chance)" in told
    assert "which a person set aside" in told
    assert "which a person no longer sets aside" in back
