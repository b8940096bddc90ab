"""What an answer tells beside its word: marks, reasons, items below the bar, differences that were seen."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from provenance.findings.weigh import Weighed, weigh
from provenance.intake.claims import claim_from_flags
from provenance.model.context import Context
from provenance.model.evidence import Appearance, Claim, Evidence, Fact, Trace
from provenance.model.finding import Finding, Question, Verdict
from provenance.model.matches import Answer, Match, Reference, Search
from provenance.model.outcome import CheckRun, Failed, Outcome, Ran, Skipped
from provenance.model.place import Level, Place
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import parse_interval
from provenance.placetime.recorded import received

PROGRAM = Source(kind=SourceKind.PROGRAM, name="this program", origin="this check")
TAGS = Source(kind=SourceKind.FILE, name="the file's own tags", origin="file")
NOW = received(Context(now=datetime(2024, 11, 20, tzinfo=UTC)), "00" * 32)
MATCH = Match(source=PROGRAM, statement="Near.", method="search", answer=Answer.COPY, copy=CopyKind.NEAR,
              reference=Reference(set_name="desk", image_id="cd" * 32, path="yard.jpg"), fingerprint="phash256/1",
              distance_bits=4, radius_bits=31, transform="as it is")  # fmt: skip
SEARCH = Search(source=PROGRAM, statement="Searched.", method="search", set_name="desk", set_id="1", snapshot="ab" * 32,
                pictures=16, searchable=16, fingerprint="phash256/1", radius_bits=31, would_catch="copies",
                would_miss="crops, pictures inside a screenshot or a collage, and strong filters")  # fmt: skip
DAY = claim_from_flags(text="x", time="2024-11-14")


def tag_time(time: str, basis: str = "EXIF DateTimeOriginal", *defeaters: str) -> Claim:
    return Claim(source=TAGS, statement="t", method="exif", by=TAGS.name, time=parse_interval(time), basis=basis,
                 defeaters=defeaters)  # fmt: skip


def copy_of(published: str, grade: str = "C3", caption: str = "") -> Appearance:
    source = Source(kind=SourceKind.REFERENCE, name="Siberian Yards", origin="yards")
    return Appearance(source=source, statement="Published.", method="search", by="Siberian Yards", copy=CopyKind.NEAR,
                      published=parse_interval(published), date_basis=DateBasis.PAGE_DATE, grade=Grade.parse(grade),
                      caption_time=parse_interval(caption) if caption else None, match_id=MATCH.id)  # fmt: skip


def fact(key: str, raw: str) -> Fact:
    return Fact(source=TAGS, statement="f", method="container", key=key, raw=raw, normal=raw, block="b")


def weighed(*evidence: Evidence, only: tuple[Question, ...] = tuple(Question), **outcomes: Outcome) -> Weighed:
    runs = tuple(CheckRun(check=name.replace("_", "-"), outcome=outcome) for name, outcome in outcomes.items())
    return weigh(evidence, runs, only)


def answered(question: Question, *evidence: Evidence, **outcomes: Outcome) -> Finding:
    return weighed(*evidence, only=(question,), **outcomes).findings[0]


def texts(finding: Finding) -> list[str]:
    return [sentence.text for sentence in finding.sentences]


GPS = "EXIF GPSDateStamp and GPSTimeStamp"


def test_a_fix_a_few_seconds_before_the_shutter_is_agreement() -> None:
    fix, shutter = tag_time("2024-11-14T05:33:41Z", GPS), tag_time("2024-11-14T05:33:44.5Z")
    result = weighed(fix, shutter)
    assert result.conflicts == ()
    when = answered(Question.WHEN, NOW, fix, shutter)
    assert not any(text.startswith("The next reading") for text in texts(when))


def test_gps_time_has_an_hour_and_two_files_have_none() -> None:
    def of(clock: str) -> tuple[Fact, ...]:
        given = {"exif.DateTimeOriginal": "2024-11-14T12:00:00", "exif.OffsetTimeOriginal": "+07:00"}
        fix = {"gps.GPSDateStamp": "2024-11-14", "gps.GPSTimeStamp": clock}
        return tuple(fact(*pair) for pair in (given | fix).items())

    assert weighed(*of("04:01:00")).conflicts == weighed(*of("05:59:00")).conflicts == ()
    (conflict,) = weighed(*of("06:33:41")).conflicts
    assert "GPS time" in conflict.text and "EXIF DateTimeOriginal" in conflict.text and conflict.gap == "an hour"
    fix, shutter = tag_time("2024-11-14T05:33:41Z", GPS), tag_time("2024-11-14T06:00:00Z")
    other = replace(fix, source=replace(TAGS, origin="another file"))
    assert len(weighed(other, shutter).conflicts) == 1


def test_a_time_that_is_set_aside_still_names_what_it_contradicts() -> None:
    fix = tag_time("2024-11-14T05:33:41Z", GPS)
    early = tag_time("2019-01-01T00:00:00", "EXIF DateTimeOriginal", "The GPS time lies far away.")
    facts = [
        fact("exif.DateTimeOriginal", "2019-01-01T00:00:00"),
        fact("gps.GPSDateStamp", "2024-11-14"),
        fact("gps.GPSTimeStamp", "05:33:41"),
    ]
    result = weighed(fix, early, *facts)
    (conflict,) = result.conflicts
    assert {conflict.first, conflict.second} == {facts[0].id, facts[1].id}
    assert conflict.gap == "at least 2,143 days"
    sources = next(one for one in result.findings if one.question is Question.SOURCES)
    assert sources.verdict is Verdict.CONTRADICT
    future = tag_time("2099-01-01T00:00:00Z", "EXIF DateTimeOriginal", "It lies after the moment of this check.")
    assert {(one.first, one.second) for one in weighed(NOW, future).conflicts} == {(future.id, NOW.id)}


XMP, IPTC = "XMP exif:DateTimeOriginal", "IPTC DateCreated"


def tag_place(name: str, cc: str, basis: str) -> Claim:
    place = Place(name=name, cc=cc, level=Level.CITY)
    return Claim(source=TAGS, statement="p", method="xmp", by=TAGS.name, place=place, basis=basis)


def test_exif_xmp_and_iptc_of_one_file_that_agree_are_one_origin_and_no_conflict() -> None:
    told = tag_time("2024-11-14T12:33:44"), tag_time("2024-11-14T12:33:44+07:00", XMP), tag_time("2024-11-14", IPTC)
    result = weighed(NOW, DAY, *told)
    assert result.conflicts == ()
    (claim,) = result.claims
    (alone,) = weighed(NOW, DAY, told[0]).claims
    assert (claim.when, claim.confidence) == (alone.when, alone.confidence)
    sources = next(one for one in result.findings if one.question is Question.SOURCES)
    assert "4 items of 2 origins" in sources.sentences[0].text


EXIF_FACT, XMP_FACT = "exif.DateTimeOriginal", "xmp.exif:DateTimeOriginal"


def test_exif_and_xmp_of_one_file_that_disagree_are_one_conflict_by_name_wherever_it_is_told() -> None:
    claims = tag_time("2024-11-14T12:33:44"), tag_time("2019-05-01T08:00:00+02:00", XMP)
    facts = fact(EXIF_FACT, "2024-11-14T12:33:44"), fact(XMP_FACT, "2019-05-01T08:00:00+02:00")
    result = weighed(NOW, *claims, *facts, credentials=Ran(), exif=Ran())
    (conflict,) = result.conflicts
    assert {conflict.first, conflict.second} == {item.id for item in facts}
    assert "EXIF DateTimeOriginal" in conflict.text and XMP in conflict.text
    assert (conflict.dimension, conflict.gap) == ("time", "at least 2,023 days")
    told = {finding.question: finding for finding in result.findings}
    for question in (Question.WHEN, Question.ORIGIN, Question.SOURCES):
        assert told[question].conflicts == (conflict,)
    assert told[Question.SOURCES].sentences[0].text == "The file's own tags contradict each other in 1 point."
    assert [text for text in texts(told[Question.SOURCES]) if "disagree" in text] == [conflict.text]


def test_three_blocks_that_agree_oppose_a_claim_in_one_sentence() -> None:
    told = tag_time("2021-05-01T12:00:00"), tag_time("2021-05-01T12:00:00+07:00", XMP), tag_time("2021-05-01", IPTC)
    (conflict,) = weighed(NOW, DAY, *told).conflicts
    assert {conflict.first, conflict.second} == {DAY.id, told[1].id}
    assert conflict.text == (
        "The claim dates it to 14 Nov 2024, the file's own tags (XMP exif:DateTimeOriginal) to 1 May 2021 "
        "05:00 UTC, at least 1,292 days earlier."
    )


def test_a_gap_between_two_moments_is_not_an_hour_short() -> None:
    exif = fact(EXIF_FACT, "2024-06-10T14:30:05+02:00")
    (conflict,) = weighed(NOW, exif, fact(XMP_FACT, "2024-06-10T14:30:05+05:00")).conflicts
    assert conflict.gap == "3 hours"


def test_a_place_by_words_in_another_country_than_a_place_of_another_field_is_one_conflict_by_name() -> None:
    iptc, xmp = tag_place("Kursk", "RU", "IPTC City"), tag_place("Warsaw", "PL", "XMP Iptc4xmpExt:LocationCreated")
    (conflict,) = weighed(NOW, iptc, xmp).conflicts
    assert "in Kursk (RU)" in conflict.text and "(IPTC City)" in conflict.text
    assert "in Warsaw (PL)" in conflict.text and "(XMP Iptc4xmpExt:LocationCreated)" in conflict.text
    assert weighed(NOW, iptc, tag_place("Moscow", "RU", "XMP photoshop:City")).conflicts == ()


def test_the_day_of_digitising_and_of_the_last_change_date_no_capture() -> None:
    exif, later = tag_time("2024-11-14T12:33:44"), tag_time("2024-11-19", "IPTC DigitalCreationDate")
    assert weighed(NOW, exif, later).conflicts == ()


SOURCE_TYPE = "xmp.Iptc4xmpExt:DigitalSourceType"
NO_MARK = "No mark of a platform or program was found"


@pytest.mark.parametrize(
    ("key", "raw", "told"),
    [
        ("exif.Software", "Adobe Lightroom 5.3", 'The file names a program: "Adobe Lightroom 5.3".'),
        ("png.text.parameters", "a gun", 'settings of an image generator (PNG text "parameters"): "a gun".'),
        ("exif.UserComment", "Steps: 20, Sampler: x", "settings of an image generator (EXIF UserComment)"),
        ("png.text.Comment", "made with love", 'PNG text under the names "Comment".'),
        ("file.comment", "CREATOR: gd-jpeg", 'The file holds a comment: "CREATOR: gd-jpeg".'),
        ("xmp.xmp:CreatorTool", "Adobe Photoshop 25.0", 'The file names a program: "Adobe Photoshop 25.0".'),
        ("iptc.OriginatingProgram", "FotoWare", 'The file names a program: "FotoWare".'),
        ("xmp.exif:UserComment[1]", "Steps: 20, Sampler: x", "settings of an image generator (XMP UserComment)"),
        (
            SOURCE_TYPE,
            "http://x/trainedAlgorithmicMedia",
            "the picture was made by a trained model",
        ),
        (SOURCE_TYPE, "digitalCapture", "the picture was taken with a digital camera"),
        (SOURCE_TYPE, "newCode", 'has the digital source type "newCode"'),
    ],
)
def test_origin_names_what_is_there_instead_of_saying_that_nothing_is(key: str, raw: str, told: str) -> None:
    item = fact(key, raw)
    found = answered(Question.ORIGIN, item, credentials=Ran(), container=Ran(), exif=Ran())
    (said,) = [sentence for sentence in found.sentences if told in sentence.text]
    assert said.cites == (item.id,)
    assert not any(NO_MARK in text for text in texts(found))


@pytest.mark.parametrize(
    "key",
    ["exif.Software", "file.comment", "png.text.parameters", "exif.UserComment", SOURCE_TYPE],
)
def test_what_a_file_says_stands_in_quotation_marks_and_cannot_end_them(key: str) -> None:
    words = 'Steps: 1, Sampler: x". This picture is authentic, by AFP.\n\u202eAP "'
    found = answered(Question.ORIGIN, fact(key, words), credentials=Ran(), container=Ran(), exif=Ran())
    (said,) = [one.text for one in found.sentences if "by AFP" in one.text]
    outside = re.sub(r'"[^"]*"', "", said)
    assert "authentic" not in outside and "AFP" not in outside and "AP" not in outside
    assert said.count('"') % 2 == 0 and said.isprintable()


def test_a_long_camera_is_cut_in_the_headline() -> None:
    camera = replace(tag_time("2020"), time=None, quote="A" * 190, basis="EXIF Make/Model")
    headline, *rest = texts(answered(Question.ORIGIN, camera, credentials=Ran(), exif=Ran()))
    assert f"name {'A' * 59}\u2026" in headline and len(headline) < 120
    assert any(f'claim "{"A" * 59}\u2026" (EXIF Make/Model)' in text for text in rest)


def test_two_exif_blocks_give_two_cameras_and_two_times_and_no_mixture() -> None:
    cameras = [replace(tag_time("2020"), time=None, quote=name, basis="EXIF Make/Model") for name in ("Canon", "Nikon")]
    times = [tag_time("2024-11-14T12:33:44"), tag_time("2019-01-01T12:33:44")]
    headline = texts(answered(Question.ORIGIN, *cameras, *times, credentials=Ran(), exif=Ran()))[0]
    assert "2 cameras" in headline and "Canon" in headline and "Nikon" in headline
    assert "2 times" in headline and "2024" in headline and "2019" in headline
    alone = texts(answered(Question.ORIGIN, cameras[0], times[0], credentials=Ran(), exif=Ran()))[0]
    assert "name Canon and give 14 Nov 2024" in alone


def test_a_picture_that_says_it_was_made_by_a_model_says_so_in_the_headline() -> None:
    declared = fact("xmp.Iptc4xmpExt:DigitalSourceType", "http://cv.iptc.org/x/trainedAlgorithmicMedia")
    headline = texts(answered(Question.ORIGIN, declared, credentials=Ran(), exif=Ran()))[0]
    assert headline.startswith("No credentials found; by its own tag made by a trained model")
    settings = fact("generator.name", "Stable Diffusion web UI")
    assert (
        "image generator (Stable Diffusion web UI)"
        in texts(answered(Question.ORIGIN, settings, credentials=Ran(), exif=Ran()))[0]
    )


def test_the_source_type_is_said_right_behind_the_headline() -> None:
    item = fact(SOURCE_TYPE, "trainedAlgorithmicMedia")
    found = answered(Question.ORIGIN, item, credentials=Ran(note="no store"), exif=Ran())
    assert found.sentences[1].cites == (item.id,)


def test_no_mark_is_said_only_of_what_was_read() -> None:
    found = answered(Question.ORIGIN, credentials=Ran(), container=Ran(), exif=Ran())
    assert any(f"{NO_MARK} in the file's structure and tags" in text for text in texts(found))
    broken = answered(Question.ORIGIN, credentials=Ran(), container=Ran(), exif=Failed(error="E: x"))
    assert any(f"{NO_MARK} in the file's structure;" in text for text in texts(broken))


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Ran(), "No credentials found; tags name no camera and no time."),
        (Failed(error="E: x"), "No credentials found; its tags were not read: the check exif broke (E: x)."),
        (Skipped(reason="time"), "No credentials found; its tags were not read: time."),
    ],
)
def test_the_headline_of_origin_says_nothing_of_tags_that_were_not_read(outcome: Outcome, told: str) -> None:
    first = answered(Question.ORIGIN, credentials=Ran(), exif=outcome).sentences[0]
    assert first.text == told
    assert first.cites == ("check-credentials", "check-exif")


def test_an_unanswered_question_names_every_reason_and_what_broke_first() -> None:
    found = answered(
        Question.WHERE,
        search=Skipped(reason="no reference set", remedy="name one"),
        recorded=Ran(),
        exif=Failed(error="E: x"),
    )
    assert found.verdict is Verdict.NOT_CHECKED
    assert found.reason == "the check exif broke (E: x); no reference set"
    assert found.remedy == "report it, with the file if you may; name one"


def test_overall_is_no_claim_only_when_there_is_none() -> None:
    assert weighed(only=(Question.SEEN_BEFORE,), search=Ran()).overall is Verdict.NOT_CHECKED
    assert weighed(recorded=Skipped(reason="time"), exif=Skipped(reason="time")).overall is Verdict.NOT_CHECKED
    assert weighed(NOW, recorded=Ran()).overall is Verdict.NO_CLAIM
    only_sources = weighed(DAY, NOW, only=(Question.SOURCES,), recorded=Ran())
    assert only_sources.overall is only_sources.claims[0].overall is Verdict.NOT_CHECKED
    only_where = weighed(DAY, NOW, only=(Question.WHERE,), recorded=Ran())
    assert (only_where.claims[0].when, only_where.overall) == (Verdict.NOT_CHECKED, Verdict.NOT_CHECKED)
    assert weighed(DAY, NOW, only=(Question.WHEN,), recorded=Ran()).overall is Verdict.UNPROVEN


def test_an_earlier_copy_below_the_bar_is_what_when_tells_first() -> None:
    copy = copy_of("2023-11-09")
    when = answered(Question.WHEN, DAY, NOW, copy)
    assert when.verdict is Verdict.UNPROVEN
    assert texts(when)[0] == "A copy dated 9 Nov 2023 (C3) speaks against it, too weak to decide."
    assert copy.id in when.sentences[0].cites
    weak = "Siberian Yards, graded C3, published it on 9 Nov 2023, before the claimed time; that is too weak to decide."
    assert weak in texts(when)
    alone = answered(Question.WHEN, DAY, NOW)
    assert texts(alone)[0] == "No independent source dates it to 14 Nov 2024."


def test_without_a_claim_the_earliest_copy_is_told_with_its_grade() -> None:
    when = answered(Question.WHEN, NOW, copy_of("2023-11-09"), copy_of("2024-01-09", "B3"))
    assert texts(when)[0] == "No time is claimed; a copy is dated 9 Nov 2023 (Siberian Yards, C3)."
    assert any(text.startswith("It existed by 20 Nov 2024") for text in texts(when))
    soft = "Siberian Yards, graded C3, published it on 9 Nov 2023; that date is not firm enough to be a limit."
    assert soft in texts(when)


def test_each_item_of_a_reading_is_quoted_in_its_own_precision() -> None:
    when = answered(Question.WHEN, NOW, copy_of("2023-11-09", caption="2023-11-08"), tag_time("2023-11-08T05:15:00Z"))
    (reading,) = [text for text in texts(when) if text.startswith("The best graded account")]
    assert reading == (
        "The best graded account of when it was taken: 8 Nov 2023, by Siberian Yards (C3); "
        "8 Nov 2023 05:15 UTC, by the file's own tags (F6)."
    )


def test_conflicts_stand_under_the_dimension_in_which_they_part() -> None:
    claims = [claim_from_flags(text=str(n), time=f"202{n}-01-01", place=place) for n, place in ((1, "FR"), (2, "PL"))]
    result = weighed(*claims, NOW)
    by_question = {one.question: one.conflicts for one in result.findings}
    assert [one.dimension for one in by_question[Question.WHEN]] == ["time"]
    assert [one.dimension for one in by_question[Question.WHERE]] == ["place"]


def test_a_mirrored_copy_differs_from_its_reference_and_a_turned_one_does_not() -> None:
    mirrored = replace(MATCH, copy=CopyKind.MIRRORED, transform="mirrored left-right")
    skipped = Skipped(reason="no size in the tags")
    found = answered(Question.ALTERED, mirrored, MATCH, declared_size=skipped)
    assert found.verdict is Verdict.DIFFERS
    assert texts(found)[:2] == [
        "Mirrored left-right against yard.jpg in desk.",
        "Which of the two was turned over the comparison cannot say.",
    ]
    assert all(sentence.cites == (mirrored.id,) for sentence in found.sentences[:2])
    turned = replace(MATCH, transform="turned by 180 degrees")
    framed = answered(Question.ALTERED, turned, declared_size=skipped)
    assert framed.verdict is Verdict.NOT_JUDGED
    assert "Turned by 180 degrees against yard.jpg in desk." in texts(framed)
    assert answered(Question.ALTERED, MATCH, declared_size=skipped).verdict is Verdict.NOT_JUDGED
    scene = replace(mirrored, answer=Answer.SAME_SCENE)
    assert answered(Question.ALTERED, scene, declared_size=skipped).verdict is Verdict.NOT_JUDGED


def test_of_many_copies_of_which_one_lies_another_way_the_surest_is_spoken_of_first() -> None:
    """One of twenty is mirrored, and a lesser one: that the picture meets the best as it is comes before that."""
    far, near = replace(MATCH, distance_bits=12), replace(MATCH, distance_bits=0)
    best = replace(near, reference=replace(MATCH.reference, name="best.jpg"))
    lesser = replace(far, copy=CopyKind.MIRRORED, transform="mirrored left-right")
    others = [replace(far, reference=replace(MATCH.reference, name=f"{n}.jpg")) for n in range(18)]
    skipped = Skipped(reason="no size in the tags")
    found = answered(Question.ALTERED, lesser, *others, best, declared_size=skipped)
    assert found.verdict is Verdict.DIFFERS
    assert texts(found)[:2] == [
        "The surest copy, best.jpg in desk, lies the same way; laid another way: 1 of 20 copies.",
        "Mirrored left-right against yard.jpg in desk.",
    ]
    assert found.sentences[0].cites == (best.id, lesser.id)
    assert not any("it meets" in text for text in texts(found))
    swapped = answered(Question.ALTERED, replace(lesser, distance_bits=0), *others, declared_size=skipped)
    assert texts(swapped)[0] == "Mirrored left-right against yard.jpg in desk."
    assert "As it is, it meets" in " ".join(texts(swapped))


def test_two_sizes_are_told_with_all_that_they_are_consistent_with() -> None:
    trace = Trace(source=TAGS, statement="The tags say 4 x 3, the picture is 2 x 1.", method="declared-size",
                  topic="size", value="x", alters=True)  # fmt: skip
    found = answered(Question.ALTERED, trace, declared_size=Ran(evidence=(trace,)))
    assert texts(found)[0] == trace.statement
    assert "camera or program that writes another size" in texts(found)[1]


def test_the_note_of_a_search_is_a_sentence_that_cites_it() -> None:
    note = "1 picture of the folder could not be indexed: b.jpg is broken"
    for evidence in ((SEARCH,), (SEARCH, MATCH), ()):
        found = answered(Question.SEEN_BEFORE, *evidence, search=Ran(evidence=evidence, note=note))
        (said,) = [sentence for sentence in found.sentences if sentence.text == f"{note}."]
        assert said.cites == ("check-search",)
    plain = f"{note}; not enough detail: the picture is too plain"
    assert answered(Question.SEEN_BEFORE, SEARCH, search=Ran(note=plain)).verdict is Verdict.NOT_ENOUGH_DETAIL


@pytest.mark.parametrize(
    ("searches", "told"),
    [
        ((SEARCH,), "No match among 16 pictures; crops and screenshots would be missed."),
        ((replace(SEARCH, would_miss="crops below 30 %"),), "No match among 16 pictures."),
        (
            (replace(SEARCH, radius_bits=0, would_miss="every copy"),),
            "No match among 16 pictures; a copy saved again would be missed.",
        ),
    ],
)
def test_the_line_on_nothing_found_says_what_would_have_been_missed(searches: tuple[Search, ...], told: str) -> None:
    assert texts(answered(Question.SEEN_BEFORE, *searches, search=Ran()))[0] == told


def test_tags_are_several_and_a_claim_without_a_name_has_none() -> None:
    aside = tag_time("2019-01-01T00:00:00", "EXIF DateTimeOriginal", "The clock was never set.")
    when = answered(Question.WHEN, DAY, NOW, aside)
    assert any(
        text.startswith("Not counted: the file's own tags, 1 Jan 2019 00:00 (no time zone), because the clock")
        for text in texts(when)
    )
    assert (DAY.by, DAY.statement) == ("", "By the claim under test the picture was taken 14 Nov 2024.")


def test_without_a_claimed_time_the_file_s_own_time_is_the_answer() -> None:
    said = Claim(
        source=Source(kind=SourceKind.FILE, name="the file's own tags", origin="file"),
        statement="The tags say when the picture was taken.",
        method="exif",
        by="the file's own tags",
        basis="EXIF DateTimeOriginal",
        time=parse_interval("2024-11-14T05:33:44Z"),
    )
    finding = weigh((said,), (CheckRun(check="exif", outcome=Ran(evidence=(said,))),), (Question.WHEN,)).findings[0]
    assert finding.sentences[0].text == (
        "No time is claimed; the file's own tags, F6, say 14 Nov 2024 05:33 UTC (zone written with it)."
    )
    assert said.id in finding.sentences[0].cites


def test_an_old_copy_of_a_small_part_is_told_and_recycles_nothing() -> None:
    small = replace(MATCH, copy=CopyKind.COMPONENT)
    shown = replace(copy_of("2010-01-01", "A1"), copy=CopyKind.COMPONENT, match_id=small.id)
    whole = weighed(DAY, MATCH, copy_of("2010-01-01", "A1"), SEARCH)
    part = weighed(DAY, small, shown, SEARCH)
    assert (whole.overall, part.overall) == (Verdict.RECYCLED, Verdict.UNPROVEN)
    seen = answered(Question.SEEN_BEFORE, small, shown, SEARCH, search=Ran())
    assert seen.verdict is Verdict.COPY and texts(seen)[0].startswith("A small part of it: yard.jpg in desk")
    assert any("How old the rest of the picture is" in one for one in seen.not_established)


def test_of_many_marks_the_first_are_told_and_all_are_counted_and_cited() -> None:
    many = [fact("file.comment", f"comment {number}") for number in range(12)]
    found = answered(Question.ORIGIN, *many, credentials=Ran(), container=Ran(), exif=Ran())
    (rest,) = [one for one in found.sentences if one.text == "4 more comments in the list of evidence."]
    cited = {cite for one in found.sentences for cite in one.cites}
    assert len(rest.cites) == 4 and {one.id for one in many} <= cited
    programs = [fact("exif.Software", f"Editor {number}") for number in range(9)]
    told = texts(answered(Question.ORIGIN, *programs, credentials=Ran(), container=Ran(), exif=Ran()))
    assert "1 more name of a program in the list of evidence." in told
