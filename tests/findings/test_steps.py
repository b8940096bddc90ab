"""What a desk is told to do next: once for all answers it serves, the widest effect first, never without evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.desk.running import failed_by
from provenance.findings.steps.ranked import MOST_STEPS, next_steps
from provenance.findings.weigh import RECORD, weigh
from provenance.image.decoding.refusals import ASK_AGAIN, ASK_OR_SAVE, SMALLER_COPY
from provenance.intake.claims import statements_from
from provenance.matching.words import NO_SET
from provenance.model.evidence import Appearance, Claim, Evidence
from provenance.model.finding import Effort, Finding, NextStep, Question, Sentence, Verdict
from provenance.model.limits import Limits
from provenance.model.matches import Search
from provenance.model.outcome import CheckRun, Ran, Skipped
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import parse_interval
from provenance.placetime.located import BY_GAZETTEER, UNTIL_CHOSEN
from provenance.placetime.screen.said import BY, SHOWN_TIME
from provenance.report.languages.tongue import tongue
from provenance.report.linter import broken

KYIV = {"name": "Kyiv", "lat": 50.45, "lon": 30.52, "radius_km": 20, "level": "city"}
LVIV = {"name": "Lviv", "lat": 49.84, "lon": 24.03, "radius_km": 15, "level": "city"}
CLAIM = {"id": "c", "text": "x", "time": "2022-02-24", "place": KYIV, "by": "A post"}
OLD = {"id": "e", "kind": "publication", "origin": "o", "grade": "A1", "published": "2019-04-30", "by": "An agency",
       "date_basis": "archive_snapshot", "match": "exact"}  # fmt: skip
ELSEWHERE = {"id": "w", "kind": "statement", "origin": "w", "grade": "C3", "place": LVIV, "by": "A watcher"}
CLAIMED_AT_ALL = (
    "Record which time and place are claimed for the picture (--claimed-time and --claimed-place), and check again."
)
PROGRAM = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")
SEARCH = Search(source=PROGRAM, statement="Searched.", method="search", set_name="desk", set_id="1", snapshot="ab" * 32,
                pictures=16, searchable=15, fingerprint="phash256/1", radius_bits=31,
                would_catch="copies saved again", would_miss="crops")  # fmt: skip


def steps(claims: list[dict[str, Any]], *evidence: dict[str, Any], found: Evidence | None = None) -> list[NextStep]:
    items = statements_from({"claims": claims, "evidence": list(evidence)}, "case", Limits())
    searched = Ran(evidence=(found,)) if found else NO_SET
    runs = (
        CheckRun(check="recorded", outcome=Ran(evidence=items)),
        CheckRun(check="search", outcome=searched),
        CheckRun(check="credentials", outcome=Ran(note="no manifest store")),
        CheckRun(check="exif", outcome=Ran()),
    )
    everything = (*items, *([found] if found else []))
    weighed = weigh(everything, runs, tuple(Question))
    told = list(next_steps(weighed.findings, everything, runs))
    known = {item.id for item in everything} | {run.id for run in runs}
    for one in told:
        assert known.issuperset(one.cites) and not broken(one.text) and one.text.endswith(".")
    assert len(told) <= MOST_STEPS and len({one.text for one in told}) == len(told)
    return told


def test_one_step_that_serves_several_answers_is_told_once_and_of_equals_the_cheaper_first() -> None:
    first, second, *rest = steps([CLAIM], found=SEARCH)
    assert first.text.startswith("Search the reference set of another desk, ") and first.text.endswith("for a copy.")
    assert (first.could_settle, first.effort) == ((Question.SEEN_BEFORE, Question.WHEN), Effort.MINUTES)
    assert second.text == "Ask for the original file, and who took the picture: A post [c]."
    assert (second.could_settle, second.effort) == ((Question.WHEN, Question.ORIGIN), Effort.A_MESSAGE)
    assert not any("original file" in one.text for one in rest)
    assert any("second angle" in one.text for one in rest)


def test_the_order_is_effect_before_effort() -> None:
    told = steps([CLAIM], ELSEWHERE, found=SEARCH)
    effect = [
        (sum(q in (Question.WHEN, Question.WHERE) for q in one.could_settle), len(one.could_settle)) for one in told
    ]
    assert effect == sorted(effect, reverse=True)


def test_what_was_not_checked_is_first_made_to_run() -> None:
    told = steps([CLAIM])
    assert any(one.text == f"N{NO_SET.remedy[1:]}, and check again." for one in told)
    assert all(one.could_settle or one.could_overturn for one in told)


def test_an_answer_that_rests_on_a_firm_limit_falls_only_with_the_limit() -> None:
    told = steps([CLAIM], OLD, found=SEARCH)
    when = [one for one in told if Question.WHEN in (*one.could_settle, *one.could_overturn)]
    assert [one.text for one in when] == [
        "Look whether the copy at An agency [e] is the same picture, and whether its date holds."
    ]
    assert when[0].could_overturn == (Question.WHEN,)
    assert any(one.text == "Ask for the original file: An agency [e], the earliest publisher known." for one in told)


def test_a_copy_that_decides_time_and_place_is_looked_at_once_for_both() -> None:
    (look,) = (one for one in steps([CLAIM], OLD | {"caption_place": LVIV}) if "whether its date holds" in one.text)
    assert look.could_overturn == (Question.WHEN, Question.WHERE) and len(look.cites) == 1


def test_whoever_contradicts_each_other_is_asked_and_the_place_looked_up_from_orbit() -> None:
    told = " ".join(one.text for one in steps([CLAIM], ELSEWHERE, found=SEARCH))
    assert "Ask what each rests on: A post [c] and A watcher [w], who contradict each other." in told
    assert "satellite image of Lviv" in told and "from the claimed time, 24 Feb 2022" in told


def test_a_file_is_not_asked_what_it_rests_on() -> None:
    file = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")
    tags = Claim(source=file, statement="EXIF.", method="exif", by="", time=parse_interval("2019-01-01T10:00:00Z"),
                 basis="EXIF DateTimeOriginal")  # fmt: skip
    items = (*statements_from({"claims": [CLAIM], "evidence": []}, "case", Limits()), tags)
    runs = (CheckRun(check="recorded", outcome=Ran(evidence=items)),)
    weighed = weigh(items, runs, tuple(Question))
    assert any("tags" in one.text for finding in weighed.findings for one in finding.conflicts)
    assert not any("contradict each other" in one.text for one in next_steps(weighed.findings, items, runs))


def test_a_country_is_not_looked_for_from_orbit() -> None:
    wide = {**CLAIM, "place": {"name": "Russia", "cc": "RU", "level": "country"}}
    assert not any("satellite" in one.text for one in steps([wide], found=SEARCH))


def test_without_a_claim_one_is_asked_for() -> None:
    told = steps([{"id": "c", "text": "x", "by": "A post"}], found=SEARCH)
    assert told[0].text == CLAIMED_AT_ALL


def test_the_time_that_a_screenshot_shows_is_where_a_claim_begins() -> None:
    """It dates nothing, but whoever has only the first screen must learn that it stands there."""
    shown = Claim(source=Source(kind=SourceKind.PERSON, name=BY, origin="screenshot"), statement="Shown.", by=BY,
                  method="screen", time=parse_interval("2023-03-14T08:42"), basis=SHOWN_TIME)  # fmt: skip
    first, *_ = steps([{"id": "c", "text": "x", "by": "A post", "place": KYIV}], found=shown)
    assert first.text == (
        "Record which time is claimed for the picture (--claimed-time), and check again: "
        "the screenshot shows 14 Mar 2023 08:42 (no time zone)."
    )
    assert first.cites[0] == shown.id
    assert not any("screenshot" in one.text for one in steps([CLAIM], found=shown))


def test_without_a_set_the_search_by_hand_is_named() -> None:
    (by_hand,) = (one for one in steps([CLAIM]) if "by hand" in one.text)
    assert by_hand.text == "Search by hand with several reverse image searches, for a copy."
    assert (by_hand.could_settle, len(by_hand.cites)) == ((Question.SEEN_BEFORE, Question.WHEN), 1)


def test_nothing_said_of_a_place_and_no_time_claimed_is_one_step_not_two() -> None:
    """When lacks a claim, where has nothing to rest on: both wait for the same thing."""
    runs = (CheckRun(check="recorded", outcome=Ran()),)
    when = Finding(question=Question.WHEN, verdict=Verdict.NO_CLAIM, sentences=(Sentence(text="x.", cites=("a",)),))
    where = Finding(question=Question.WHERE, verdict=Verdict.NOT_CHECKED, reason="nothing", remedy=RECORD)
    (both,) = next_steps((when, where), (), runs)
    assert both.text == CLAIMED_AT_ALL
    assert both.could_settle == (Question.WHEN, Question.WHERE) and both.cites == ("a",)
    (sources,) = next_steps((replace(where, question=Question.SOURCES),), (), runs)
    assert sources.text == "Record claims and evidence in a claims file, and check again."
    assert sources.cites == (runs[0].id,)


def test_of_a_broken_file_the_sender_is_asked_once() -> None:
    """The file again and the original are one request to one person."""
    runs = (CheckRun(check="search", outcome=Skipped(reason="cut", remedy=ASK_AGAIN)),)
    seen = Finding(question=Question.SEEN_BEFORE, verdict=Verdict.NOT_CHECKED, reason="cut", remedy=ASK_AGAIN)
    altered = Finding(
        question=Question.ALTERED, verdict=Verdict.NOT_JUDGED, sentences=(Sentence(text="x.", cites=("a",)),)
    )
    (only,) = next_steps((seen, altered), (), runs)
    assert only.text.startswith("Ask the sender for the file again, as the original, ")
    assert only.could_settle == (Question.SEEN_BEFORE, Question.ALTERED) and only.effort is Effort.A_MESSAGE
    assert next_steps((altered,), (), runs)[0].text.startswith("Ask for the original file")
    first, second = sorted(next_steps((replace(seen, remedy=ASK_OR_SAVE), altered), (), runs), key=lambda one: one.text)
    assert (first.text, first.could_settle) == (only.text, only.could_settle)
    assert second.text == "Open it in a program you trust, save it as PNG, and check that copy as well."
    assert second.effort is Effort.MINUTES


@pytest.mark.parametrize("remedy", [SMALLER_COPY, failed_by(MemoryError()).remedy])
def test_nobody_is_told_twice_to_check_again(remedy: str) -> None:
    runs = (CheckRun(check="search", outcome=Skipped(reason="x", remedy=remedy)),)
    seen = Finding(question=Question.SEEN_BEFORE, verdict=Verdict.NOT_CHECKED, reason="x", remedy=remedy)
    (only,) = next_steps((seen,), (), runs)
    assert only.text.count("check") == 1
    assert all(tongue(code).told(text) for code in ("ru", "uk", "ko") for text in (only.text, remedy))


def test_many_items_give_no_more_than_five_steps_and_the_same_for_any_order() -> None:
    many = [{**ELSEWHERE, "id": f"w{number}", "origin": f"w{number}"} for number in range(60)]
    assert steps([CLAIM], *many, found=SEARCH)[0] == steps([CLAIM], *many[::-1], found=SEARCH)[0]


def test_a_step_that_starts_from_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="starts from nothing"):
        NextStep(text="Wait.", could_settle=(Question.WHEN,), effort=Effort.HOURS, cites=())


def test_no_finding_gives_no_step() -> None:
    assert next_steps((), ()) == ()
    settled = Finding(question=Question.ORIGIN, verdict=Verdict.NOT_CHECKED, reason="time")
    assert next_steps((replace(settled),), ()) == ()


def test_an_engine_that_saw_it_is_not_asked_for_the_original() -> None:
    at = "https://old.example/p"
    seen = Appearance(source=Source(kind=SourceKind.WEB, name="TinEye", origin=at, url=at), statement="S.",
                      method="tineye", by="TinEye", published=parse_interval("2019-04-30"), copy=CopyKind.NEAR,
                      date_basis=DateBasis.CRAWL_DATE, grade=Grade("B", 2))  # fmt: skip
    asks = next(one.text for one in steps([CLAIM], found=seen) if "original file" in one.text)
    assert asks == "Ask for the original file: old.example, the earliest publisher known."


def test_no_satellite_image_is_asked_for_of_a_day_before_there_were_any() -> None:
    before = {**CLAIM, "time": "1945-05-09"}
    assert not any("satellite" in one.text for one in steps([before], ELSEWHERE, found=SEARCH))
    after = " ".join(one.text for one in steps([{**CLAIM, "time": "1989-11-09"}], ELSEWHERE, found=SEARCH))
    assert "satellite image of Lviv" in after and "9 Nov 1989" in after


def test_a_refuted_time_is_no_day_to_look_for_from_orbit() -> None:
    died = {"id": "d", "kind": "author_life", "grade": "A1", "by": "Estate", "text": "died", "time": "../1994-07-27"}
    told = [one.text for one in steps([CLAIM], ELSEWHERE, died, found=SEARCH) if "satellite" in one.text]
    assert told
    assert all("2022" not in one for one in told)


def test_a_refuted_time_before_satellites_does_not_hide_the_step() -> None:
    since = {"id": "b", "kind": "author_life", "grade": "A1", "by": "Registry", "text": "born", "time": "1979-07-27/.."}
    told = [one.text for one in steps([{**CLAIM, "time": "1945-05-09"}], ELSEWHERE, since, found=SEARCH)]
    assert any("satellite" in one for one in told)
    assert all("1945" not in one for one in told if "satellite" in one)


def test_a_command_is_not_told_with_a_capital() -> None:
    """Copied from the report, it would not run."""
    remedy = "pip install 'provenance-desk[jpeg]'"
    runs = (CheckRun(check="search", outcome=Skipped(reason="x", remedy=remedy)),)
    seen = Finding(question=Question.SEEN_BEFORE, verdict=Verdict.NOT_CHECKED, reason="x", remedy=remedy)
    (step,) = next_steps((seen,), (), runs)
    assert step.text == f"Install what is missing ({remedy}), and check again."


def test_a_claimed_name_that_stands_for_several_places_is_asked_about() -> None:
    """Until it is one place, nothing can support or refute the claim."""
    limit = f'{BY_GAZETTEER} "Springfield" may be Springfield, Missouri, US or 33 more: {UNTIL_CHOSEN}'
    place = {"name": "Springfield", "level": "city"}
    (claim,) = statements_from({"claims": [{**CLAIM, "place": place}]}, "case", Limits())
    for limits, asked in (((limit,), True), ((f"{BY_GAZETTEER} it is read as one.",), False)):
        items = (replace(claim, limits=limits),)
        told = next_steps(weigh(items, (), tuple(Question)).findings, items)
        named = [one for one in told if 'Say which place "Springfield" is' in one.text]
        assert len(named) == asked
        for step in named:
            assert (step.could_settle, step.effort) == ((Question.WHERE,), Effort.MINUTES)
            assert step.cites == (items[0].id,)
            assert all(tongue(code).told(step.text) for code in ("ru", "uk", "ko"))
