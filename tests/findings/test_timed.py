"""What each item counts for on the timeline is what the answer to "when" makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from provenance.findings.intervals import hull
from provenance.findings.strength import sort_evidence
from provenance.findings.timed import timed
from provenance.intake.claims import statements_from
from provenance.model.context import Context
from provenance.model.evidence import Appearance, Evidence
from provenance.model.limits import Limits
from provenance.model.timed import Counts, Says, Timed
from provenance.placetime.recorded import received

DAY = {"earliest": "2019-04-24", "latest": "2019-04-26"}


def read(*evidence: dict[str, Any], claims: list[dict[str, Any]] | None = None) -> tuple[Evidence, ...]:
    items = [{"id": f"e{number}", "grade": "B2", **one} for number, one in enumerate(evidence, 1)]
    return statements_from({"claims": claims or [], "evidence": items}, "test", Limits())


def publication(**more: Any) -> dict[str, Any]:
    return {"kind": "publication", "by": "somebody", "published": DAY, "match": "exact", **more}


@pytest.mark.parametrize(
    ("item", "counts", "says"),
    [
        (publication(date_basis="agency_record"), Counts.LIMIT, Says.PUBLISHED),
        (publication(date_basis="page_date"), Counts.LIMIT, Says.PUBLISHED),
        (publication(date_basis="page_date", grade="C3"), Counts.WEIGHED, Says.PUBLISHED),
        (publication(date_basis="search_snippet"), Counts.NOTHING, Says.PUBLISHED),
        (publication(date_basis="agency_record", match="similar_scene"), Counts.NOTHING, Says.PUBLISHED),
        ({"kind": "statement", "by": "a witness", "time": DAY}, Counts.WEIGHED, Says.TAKEN),
        ({"kind": "statement", "by": "a witness", "time": DAY, "about": "event"}, Counts.NOTHING, Says.TAKEN),
        ({"kind": "geolocation", "by": "a desk", "time": DAY, "asserts_not": True}, Counts.WEIGHED, Says.NOT_TAKEN),
        ({"kind": "author_life", "by": "an archive", "time": DAY}, Counts.LIMIT, Says.TAKEN),
        ({"kind": "similarity", "by": "an engine", "time": DAY}, Counts.LEAD, Says.TAKEN),
    ],
)
def test_an_item_counts_for_what_the_algebra_makes_of_it(item: dict[str, Any], counts: Counts, says: Says) -> None:
    (found,) = timed(read(item))
    assert (found.counts, found.says) == (counts, says)
    assert bool(found.reason) == (counts in (Counts.NOTHING, Counts.LEAD))


def test_a_publication_with_a_dated_caption_gives_two_rows_of_their_own_weight() -> None:
    found = timed(read(publication(date_basis="search_snippet", caption_time={"earliest": "2019", "latest": "2019"})))
    assert [(one.says, one.counts) for one in found] == [
        (Says.PUBLISHED, Counts.NOTHING),
        (Says.TAKEN, Counts.WEIGHED),
    ]
    both = timed(read(publication(date_basis="agency_record", caption_time=DAY)))
    assert [(one.says, one.counts) for one in both] == [(Says.PUBLISHED, Counts.LIMIT), (Says.TAKEN, Counts.WEIGHED)]


def test_what_a_limit_excludes_is_ruled_out_and_a_claim_stays_under_test() -> None:
    later = {"earliest": "2022-09-28", "latest": "2022-09-30"}
    items = read(
        publication(date_basis="agency_record"),
        {"kind": "statement", "by": "a witness", "time": later},
        claims=[{"id": "c1", "text": "now", "by": "a post", "time": later}],
    )
    assert {one.evidence.label: one.counts for one in timed(items)} == {
        "c1": Counts.TESTED,
        "e1": Counts.LIMIT,
        "e2": Counts.RULED_OUT,
    }


def test_every_interval_of_the_evidence_has_its_row_and_the_limits_are_those_of_the_answer() -> None:
    items = (
        *read(
            publication(date_basis="agency_record", caption_time=DAY),
            publication(date_basis="unknown"),
            {"kind": "statement", "by": "a witness", "time": DAY},
            {"kind": "context", "by": "news", "text": "says nothing of the time"},
            {"kind": "metadata", "field": "ICC:ProfileDateTime", "value": "2017:07:07", "time": DAY},
        ),
        received(Context(now=datetime(2024, 1, 1, tzinfo=UTC)), "00" * 32),
    )
    found = timed(items)
    assert len(found) == 6
    assert not [one for one in found if one.evidence.label == "e4"]
    left = hull(sort_evidence(items).times)
    ends = [one.interval.latest for one in found if one.counts is Counts.LIMIT and one.interval.latest]
    assert min(ends) == left.not_after
    assert {*map(_key, timed(items[::-1]))} == {*map(_key, found)}


@pytest.mark.parametrize(
    ("field", "capture"),
    [
        ("EXIF:DateTimeOriginal", True),
        ("Exif.Photo.DateTimeOriginal", True),
        ("EXIF:CreateDate", True),
        ("QuickTime:CreateDate", True),
        ("IPTC:DateCreated", True),
        ("XMP-photoshop:DateCreated", True),
        ("Composite:GPSDateTime", True),
        ("ICC:ProfileDateTime", False),
        ("EXIF:DateTime", False),
        ("Exif.Image.DateTime", False),
        ("DateTime", False),
        ("EXIF:ModifyDate", False),
        ("PNG:tIME", False),
        ("File:FileAccessDate", False),
        ("HTTP:Last-Modified", False),
        ("http: Date", False),
        ("st_mtime", False),
        ("atime", False),
        ("filename", False),
    ],
)
def test_the_field_decides_whether_a_date_is_that_of_capture(field: str, capture: bool) -> None:
    (found,) = timed(read({"kind": "metadata", "field": field, "value": "2014", "time": DAY}))
    assert (found.counts is Counts.WEIGHED) is capture, found


def _key(one: Timed) -> tuple[str, Says, Counts]:
    return one.evidence.id, one.says, one.counts


def test_nothing_gives_nothing() -> None:
    assert timed(()) == ()


def test_a_shadow_gives_the_stretches_in_which_the_sun_stood_so_at_the_claimed_place() -> None:
    place = {"name": "Pyongyang", "cc": "KP", "lat": 39.02, "lon": 125.75, "radius_km": 20, "level": "city"}
    shadow = {"object_px": 100, "shadow_px": 190, "object_error_px": 2, "shadow_error_px": 2, "slope_deg": 2}
    claim = {"id": "c1", "text": "x", "by": "a post", "place": place, "time": "2024-11-14/2024-11-16"}
    items = read({"kind": "sun", "by": "the desk", **shadow}, claims=[claim])
    under_test, sun = timed(items)
    assert (sun.says, sun.counts) == (Says.SUN, Counts.CONDITIONAL)
    assert len(sun.parts) >= 3
    assert under_test.interval.earliest is not None
    assert sun.interval.earliest is not None
    assert sun.interval.earliest >= under_test.interval.earliest
    assert (sun.interval.earliest, sun.interval.latest) == (sun.parts[0].earliest, sun.parts[-1].latest)
    assert "a post" in sun.reason


def test_a_caption_that_denies_a_time_does_not_say_that_it_was_taken_then() -> None:
    (item,) = read(publication(date_basis="agency_record", caption_time=DAY))
    assert isinstance(item, Appearance)
    _, caption = timed([replace(item, caption_denies=True)])
    assert (caption.says, caption.interval) == (Says.NOT_TAKEN, item.caption_time)
