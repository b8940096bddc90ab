"""Which of several times of one file is told, where its zone comes from, and what is said once of an editor."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from provenance.findings.weigh import weigh
from provenance.intake.claims import claim_from_flags
from provenance.model.context import Context
from provenance.model.evidence import Appearance, Claim, Evidence, Fact
from provenance.model.finding import Finding, Question
from provenance.model.outcome import CheckRun, Ran
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import parse_interval
from provenance.placetime.recorded import received

TAGS = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")
NOW = received(Context(now=datetime(2024, 11, 20, tzinfo=UTC)), "00" * 32)
EXIF, GPS = "EXIF DateTimeOriginal", "EXIF GPSDateStamp and GPSTimeStamp"
XMP, IPTC, CREATED = "XMP exif:DateTimeOriginal", "IPTC DateCreated", "XMP photoshop:DateCreated"


def tag(time: str, basis: str) -> Claim:
    return Claim(source=TAGS, statement="t", method="exif", by=TAGS.name, time=parse_interval(time), basis=basis)


def fact(key: str, raw: str) -> Fact:
    return Fact(source=TAGS, statement="f", method="exif", key=key, raw=raw, normal=raw, block="b")


def answered(question: Question, *evidence: Evidence) -> Finding:
    runs = tuple(CheckRun(check=name, outcome=Ran()) for name in ("exif", "credentials", "container"))
    return weigh((NOW, *evidence), runs, (question,)).findings[0]


BARE, ZONED = "2024-11-14T12:33:44", "2024-11-14T12:33:44+07:00"


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([tag(BARE, EXIF)], "say 14 Nov 2024 12:33 (no time zone)."),
        ([tag(BARE, EXIF), tag(ZONED, XMP)], "say 14 Nov 2024 05:33 UTC (zone by XMP)."),
        ([tag(BARE, EXIF), tag("2024-11-14T05:33:41Z", GPS)], "say 14 Nov 2024 05:33 UTC (GPS time)."),
        ([tag(BARE, EXIF), tag("2024-11-14", IPTC), tag(ZONED, IPTC)], "say 14 Nov 2024 05:33 UTC (zone by IPTC)."),
        (
            [tag(ZONED, EXIF), fact("exif.OffsetTimeOriginal", "+07:00"), tag("2024-11-14T05:33:41Z", GPS)],
            "say 14 Nov 2024 05:33 UTC (zone by OffsetTimeOriginal).",
        ),
        ([tag("2024-11-14T05:33:41Z", GPS), tag(ZONED, XMP)], "say 14 Nov 2024 05:33 UTC (zone by XMP)."),
        ([tag(BARE, "PNG Creation Time")], "say 14 Nov 2024 12:33 (no time zone)."),
        ([tag(BARE, EXIF), tag("2019-01-01T10:00:00+02:00", "XMP xmp:CreateDate")], "say 14 Nov 2024 12:33 (no time"),
    ],
)
def test_of_several_fields_that_give_one_moment_the_one_with_a_zone_is_told(items: list[Evidence], told: str) -> None:
    for given in (items, items[::-1]):
        assert told in answered(Question.WHEN, *given).sentences[0].text


def test_two_days_of_one_file_are_two_also_where_some_zone_makes_them_one() -> None:
    claimed = claim_from_flags(text="x", time="2024-11-15")
    items = (claimed, tag("2024-11-13", CREATED), tag("2024-11-15", IPTC), tag("2024-11-15", "PNG Creation Time"))
    told = [one.text for one in answered(Question.WHEN, *items).sentences if "too weak to decide" in one.text]
    assert told == [
        "The file's own tags, graded F6, date it to 15 Nov 2024, within the claimed time; "
        "and date it to 13 Nov 2024, within the claimed time; that is too weak to decide."
    ]


def test_origin_tells_the_same_moment_with_the_same_zone() -> None:
    assert answered(Question.ORIGIN, tag(BARE, EXIF), tag(ZONED, XMP)).sentences[0].text == (
        "No credentials found; tags give 14 Nov 2024 05:33 UTC (zone by XMP)."
    )


def test_a_better_grade_is_told_before_any_zone() -> None:
    source = Source(kind=SourceKind.PERSON, name="A reporter", origin="reporter")
    word = Claim(source=source, statement="s", method="recorded by the desk", by="A reporter", basis="statement",
                 time=parse_interval("2024-11-14"), grade=Grade("B", 2))  # fmt: skip
    told = answered(Question.WHEN, tag(ZONED, EXIF), word).sentences[0].text
    assert told == "No time is claimed; A reporter, B2, says 14 Nov 2024."


@pytest.mark.parametrize("basis", [EXIF, XMP, IPTC, CREATED])
@pytest.mark.parametrize("key", ["exif.Software", "xmp.xmp:CreatorTool", "iptc.OriginatingProgram"])
def test_an_editor_is_one_caution_for_every_block_and_sets_none_aside(basis: str, key: str) -> None:
    program = fact(key, "Adobe Photoshop 25.0")
    when = answered(Question.WHEN, tag(BARE, basis), tag("2024-11-14", IPTC), program)
    cautions = [sentence for sentence in when.sentences if "edits pictures" in sentence.text]
    assert [one.text for one in cautions] == [
        "The file names Adobe Photoshop 25.0, a program that edits pictures and can rewrite every time in it."
    ]
    assert program.id in cautions[0].cites and tag(BARE, basis).id in cautions[0].cites
    assert not any("no limit" in sentence.text for sentence in when.sentences)
    camera = answered(Question.WHEN, tag(BARE, basis), fact(key, "Ver.1.00"))
    assert not any("edits pictures" in sentence.text for sentence in camera.sentences)


def test_a_recorded_contradiction_that_is_also_measured_is_told_once_with_its_gap() -> None:
    def post(by: str, day: str, *against: str) -> Appearance:
        source = Source(kind=SourceKind.PERSON, name=by, origin=by)
        return Appearance(source=source, statement="p", method="recorded by the desk", by=by, label=by, published=None,
                          date_basis=DateBasis.UNKNOWN, copy=CopyKind.NEAR, caption_time=parse_interval(day),
                          grade=Grade("C", 3), contradicts=against)  # fmt: skip

    first, second = post("North (a paper)", "2024-11-14"), post("South", "2023-11-14", "North (a paper)")
    sources = answered(Question.SOURCES, first, second)
    (conflict,) = sources.conflicts
    assert conflict.gap == "at least 363 days" and conflict.text in [one.text for one in sources.sentences]
    assert {conflict.first, conflict.second} == {first.id, second.id}
    assert "North to 14 Nov 2024" in conflict.text, conflict.text
