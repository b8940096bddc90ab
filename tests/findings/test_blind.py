"""What blind methods and the history of a file do to the answer, and what they leave as it is."""

import re
from pathlib import Path

from benchmarks.copies.limits import upper_limit
from provenance.findings import tables
from provenance.findings.blind import FEW, METHODS, TESTED, TESTED_TOGETHER
from provenance.findings.weigh import weigh
from provenance.model.differences import Anomaly, AnomalyKind, SuspectRegion
from provenance.model.evidence import Evidence, Fact, Trace
from provenance.model.finding import Finding, Question, Verdict
from provenance.model.outcome import CheckRun, Outcome, Ran, Skipped
from provenance.model.source import Source, SourceKind

MEASURED = Path(__file__).resolve().parents[2] / "docs" / "measured" / "blind.md"
PROGRAM = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")
REGION = SuspectRegion(
    box_px=(8, 8, 64, 64),
    share=0.01,
    outlines=(((8, 8), (72, 8), (72, 72)),),
    log10_nfa=-20.0,
    window_px=(8, 8, 64, 64),
    trials=64,
    hits=40,
    chance=1 / 64,
    tests=1000,
)


def anomaly() -> Anomaly:
    return Anomaly(
        source=PROGRAM,
        statement="A region carries another grid.",
        method="jpeg-grid",
        limits=("It shows that the part was changed; not by whom.",),
        what=AnomalyKind.FOREIGN_GRID,
        regions=(REGION,),
        alarms_per_thousand=0.25,
        formula="...",
    )


def answered(*items: Evidence, **outcomes: Outcome) -> Finding:
    runs = tuple(CheckRun(check=name.replace("_", "-"), outcome=outcome) for name, outcome in outcomes.items())
    (finding,) = weigh(items, runs, (Question.ALTERED,)).findings
    return finding


def texts(finding: Finding) -> list[str]:
    return [one.text for one in finding.sentences]


def test_an_alarm_is_a_trace_and_says_how_often_unaltered_pictures_raise_one() -> None:
    found = anomaly()
    answer = answered(found, jpeg_grid=Ran(evidence=(found,)), double_jpeg=Skipped(reason="not a JPEG"))
    assert answer.verdict is Verdict.TRACE_FOUND
    told = texts(answer)
    assert told[0] == found.statement
    assert any("at most 1 of 1,000 unaltered pictures" in one for one in told)
    assert "A trace was found by 1 of 1 method that could speak." in told
    assert any(one.startswith("The JPEG grid in tests: of ") and "posted copies" in one for one in told)
    photographs, alarms, one_in = TESTED_TOGETHER
    assert any(f"on {alarms} of {photographs:,} unaltered photographs" in one for one in told)
    assert any(one.endswith(f"cannot rule out a rate of 1 in {one_in}.") for one in told)


def test_counts_beside_an_alarm_are_those_of_the_measured_document() -> None:
    table = MEASURED.read_text().split("## What a report names")[1].split("\n## ")[0]
    rows = re.findall(rf"^\| ({'|'.join(METHODS)}|all of them together) \|(.*)\|$", table, re.MULTILINE)
    told = {name: tuple(int(one.replace(",", "")) for one in re.findall(r"[\d,]*\d", row)) for name, row in rows}
    photographs, alarms, one, limit, level = told.pop("all of them together")
    assert told == TESTED
    assert (photographs, alarms, limit) == TESTED_TOGETHER
    assert (one, level, int(1 / upper_limit(alarms, photographs))) == (1, 95, limit)
    assert {files + posted for files, _, _, posted, _ in TESTED.values()} == {photographs}
    assert sum(of[2] for of in TESTED.values()) >= alarms


def test_history_is_told_and_is_no_alteration() -> None:
    was = Trace(source=PROGRAM, statement="This PNG was a JPEG.", method="history", topic="history", value="x")
    answer = answered(was, jpeg_grid=Ran(note="nothing"), history=Ran(evidence=(was,)))
    assert answer.verdict is Verdict.NO_TRACE_FOUND
    assert texts(answer)[0] == f"No trace found by the 1 of 1 method that could speak for this file; {FEW}."
    assert was.statement in texts(answer)
    assert texts(answer)[-1].startswith("That is the history of the file")


def test_where_all_abstain_nothing_is_judged() -> None:
    skipped = Skipped(reason="saved below quality 98", remedy="ask for the original")
    answer = answered(jpeg_grid=skipped, double_jpeg=skipped)
    assert answer.verdict is Verdict.NOT_JUDGED
    assert texts(answer) == [
        "Of 2 methods none could speak for this file; that says nothing about the picture.",
        "The JPEG grid could not speak: saved below quality 98.",
        "Double compression could not speak: saved below quality 98.",
    ]
    longer = Skipped(reason="no thumbnail", remedy="ask for the original, from the author")
    assert answered(jpeg_grid=skipped, double_jpeg=longer).would_change == ("Ask for the original, from the author.",)


def test_tables_are_held_against_the_maker_with_counts() -> None:
    def fact(key: str, raw: str, normal: str) -> Fact:
        return Fact(source=PROGRAM, statement=key, method="exif", key=key, raw=raw, normal=normal, block="exif")

    listed = tables._listed()["canon"]
    digest, count = max(listed.items(), key=lambda one: one[1])
    known = tables.told([fact("exif.Make", "Canon", "Canon"), fact("jpeg.tables", "3 2", digest + 48 * "0")])
    assert f"those of {count} of {sum(listed.values())} camera files of Canon" in known[0].text
    strange = tables.told([fact("exif.Make", "CANON INC.", "Canon"), fact("jpeg.tables", "3 2", 64 * "0")])
    assert f"those of none of {sum(listed.values())} camera files of Canon" in strange[0].text
    assert not tables.told([fact("exif.Make", "Nobody", "Nobody"), fact("jpeg.tables", "3 2", 64 * "0")])
    assert not tables.told([fact("exif.Make", "Canon", "Canon")])
