"""The timeline: all that is dated, each row in its own room, nothing from a stranger that could act or spread."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from provenance.findings.timed import timed
from provenance.findings.weigh import weigh
from provenance.intake.claims import read_claims
from provenance.model.context import Context
from provenance.model.evidence import Appearance, Bound, BoundKind, Claim, Evidence
from provenance.model.finding import Question, Verdict
from provenance.model.outcome import CheckRun, Ran
from provenance.model.publication import CopyKind, DateBasis
from provenance.model.report import Report
from provenance.model.source import Source, SourceKind
from provenance.model.time import Interval, parse_interval
from provenance.model.timed import Counts
from provenance.placetime.recorded import received
from provenance.report import html
from provenance.report.terminal.columns import display_width
from provenance.report.timeline.layout import LEAST_BAR_PX, drawing
from provenance.report.timeline.parts import BROAD, NARROW, WIDE, Drawing, Frame
from provenance.report.timeline.rows import GROUPS, MOST_ROWS, Timeline, timeline
from provenance.report.timeline.timescale import seconds
from tests.report.test_html_injection import PAYLOADS, Elements, numbered

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "railcar_post.claims.yaml"
NOW = datetime(2024, 11, 15, 12, tzinfo=UTC)
CLOCK = received(Context(now=NOW), "00" * 32)
FRAMES = pytest.mark.parametrize("frame", [BROAD, WIDE, NARROW], ids=lambda frame: frame.name)


def claim(time: str | Interval, by: str = "somebody", *, tested: bool = False, denies: bool = False) -> Claim:
    return Claim(
        source=Source(kind=SourceKind.PERSON, name=by, origin=by),
        statement="Somebody says so.",
        method="recorded by the desk",
        by=by,
        tested=tested,
        denies=denies,
        time=parse_interval(time) if isinstance(time, str) else time,
    )


def of(report: Report, items: Sequence[Evidence]) -> Report:
    """A report that holds these items and the answers to them."""
    weighed = weigh(tuple(items), (CheckRun(check="recorded", outcome=Ran(evidence=tuple(items))),), tuple(Question))
    return dataclasses.replace(report, evidence=tuple(items), claims=weighed.claims, findings=weighed.findings)


def lines(report: Report, items: Sequence[Evidence]) -> Timeline:
    found = timeline(of(report, items), timed(items))
    assert found is not None
    return found


def svg(report: Report, items: Sequence[Evidence]) -> str:
    text = html.render_timeline(of(report, items), timed(items))
    assert text is not None
    return text


def texts(root: Element) -> str:
    return " ".join("".join(one.itertext()) for one in root.iter() if one.tag.endswith("}text"))


def page(report: Report) -> str:
    return html.render(report, {}, timed=timed(report.evidence))


def test_the_founding_sample_holds_all_that_is_dated(bare: Report) -> None:
    items = (*read_claims(SAMPLE), CLOCK)
    dated = [one for one in items if getattr(one, "time", None) or isinstance(one, Appearance)]
    found = lines(bare, items)
    assert {row.id for row in found.rows} == {one.id for one in dated}
    assert [row.group for row in found.rows] == [GROUPS[0]] * 2 + [GROUPS[1]] + [GROUPS[2]] * 2
    assert [row.told for row in found.rows] == ["unproven", "unproven", "limit: not after", "weighed", "weighed"]
    assert found.not_after == NOW
    assert found.not_before is None
    text = texts(fromstring(svg(bare, items)))
    for row in found.rows:
        assert row.id.rpartition("-")[2][:4] in text


BY_CLOCK = (BoundKind.RECEIVED, BoundKind.CHECKED_BEFORE)


@pytest.mark.parametrize("kind", [one for one in BoundKind if one not in BY_CLOCK])
def test_every_kind_of_limit_and_every_open_end_is_told_in_words(bare: Report, kind: BoundKind) -> None:
    limits = tuple(
        Bound(source=Source(kind=SourceKind.PERSON, name="desk", origin="desk"), statement="A limit.",
              method="recorded by the desk", bound=kind, time=parse_interval(time))
        for time in ("2015-01-01/..", "../2016-01-01", "2015-06")
    )  # fmt: skip
    rows = {row.id: row for row in lines(bare, (*limits, CLOCK)).rows}
    since, until, within = (rows[one.id] for one in limits)
    assert since.says.startswith("no earlier than 1 Jan 2015, ") and since.utc == "from 2014-12-31 10:00 UTC"
    assert until.says.startswith("no later than 1 Jan 2016, ") and until.utc == "until 2016-01-02 12:00 UTC"
    assert within.says.startswith("Jun 2015, ")
    assert not re.search(r"by (author|object|weather|signed|sign|sun|geolocation)\b|_", within.says)


def test_a_broad_page_says_why_an_item_counts_for_nothing(bare: Report) -> None:
    shown = dataclasses.replace(
        claim("2024-11-14T15:42", "whoever made the screenshot"), basis="the time shown on the screen"
    )
    found = lines(bare, (shown, claim("2024-11-01", tested=True), CLOCK))
    row = next(one for one in found.rows if one.id == shown.id)
    assert row.reason == "the time shown on the screen is not a time of capture"
    broad, wide = (next(one for one in drawing(found, frame).lines if one.row is row) for frame in (BROAD, WIDE))
    assert broad.told.text == "counts for nothing: not a time of capture"
    assert broad.says.text == "14 Nov 2024 15:42 (no time zone), the time shown on the screen"
    assert wide.says.text.startswith("14 Nov 2024 15:42 (no zone), the time") and wide.told.text == "counts for nothing"


@pytest.mark.parametrize("items", [(), (CLOCK,)], ids=["nothing", "only the clock of the check"])
def test_where_nothing_speaks_of_time_there_is_no_figure(bare: Report, items: tuple[Evidence, ...]) -> None:
    report = of(bare, items) if items else bare
    assert timeline(report, timed(items)) is None
    assert html.render_timeline(report, timed(items)) is None
    assert "<svg" not in page(report)


def many(number: int) -> tuple[Evidence, ...]:
    claims = [claim(f"{2001 + index // 2}-0{1 + index % 9}-1{index % 9}", f"account {index}", tested=index % 2 == 0)
              for index in range(number)]  # fmt: skip
    return (*claims, CLOCK)


@FRAMES
@pytest.mark.parametrize("number", [1, 5, 40])
def test_nothing_lies_on_anything_else(bare: Report, frame: Frame, number: int) -> None:
    found = drawing(lines(bare, many(number)), frame)
    tops = [one.top_px for one in found.lines]
    assert all(after - before >= frame.row_px for before, after in pairwise(tops))
    assert not {heading.y_px for heading in found.headings} & {one.who.y_px for one in found.lines}
    for one in found.lines:
        assert one.who.x_px + one.who.width_px <= one.told.x_px
        assert one.says.x_px + one.says.width_px <= one.cited.x_px
        assert one.told.x_px + one.told.width_px <= frame.width_px
        assert one.top_px <= one.middle_px <= one.top_px + frame.row_px
        assert frame.axis_left_px <= one.bar.left_px < one.bar.right_px <= frame.axis_right_px
        assert one.bar.right_px - one.bar.left_px >= LEAST_BAR_PX - 0.01
        for text in (one.who, one.says, one.told):
            assert display_width(text.text) * 5.9 <= text.width_px + 6
    assert tops[-1] + frame.row_px <= found.bottom_px < found.height_px
    keys = [(key.y_px, key.x_px) for key in found.keys]
    assert keys == sorted(set(keys))


@FRAMES
def test_open_ends_reach_the_end_of_the_axis_and_say_so(bare: Report, frame: Frame) -> None:
    items = (claim("../2024-11-14"), claim("2024-11-01/.."), claim("2024-11-02/2024-11-03"), CLOCK)
    found = {one.row.id: one.bar for one in drawing(lines(bare, items), frame).lines}
    until, since, closed = (found[one.id] for one in items[:3])
    assert (until.open_left, until.open_right) == (True, False)
    assert until.left_px == frame.axis_left_px
    assert (since.open_left, since.open_right) == (False, True)
    assert since.right_px == frame.axis_right_px
    assert not closed.open_left
    assert not closed.open_right


def test_an_unknown_zone_is_drawn_as_its_26_hours(bare: Report) -> None:
    items = (claim("2024-11-14T15:42:00"), claim("2024-11-14T15:42:00Z"), CLOCK)
    line = lines(bare, items)
    found = drawing(line, WIDE)
    zoneless, zoned = ({one.row.id: one.bar for one in found.lines}[item.id] for item in items[:2])
    hour_px = _hour_px(found)
    assert zoneless.right_px - zoneless.left_px == pytest.approx(26 * hour_px, rel=0.01)
    assert zoneless.spread
    assert zoneless.written_right_px - zoneless.written_left_px == pytest.approx(LEAST_BAR_PX)
    assert zoned.right_px - zoned.left_px == pytest.approx(LEAST_BAR_PX)
    assert not zoned.spread
    assert "spread" in {key.sign for key in found.keys}


def _hour_px(found: Drawing) -> float:
    """By two of the bars' own ends."""
    one = next(one for one in found.lines if one.bar.spread)
    start, end = one.row.interval.earliest, one.row.interval.latest
    assert start is not None
    assert end is not None
    return (one.bar.right_px - one.bar.left_px) / ((seconds(end) - seconds(start)) / 3600)


def test_what_the_limits_exclude_is_shaded_over_the_whole_height(bare: Report) -> None:
    found = drawing(lines(bare, (claim("2024-11-01", tested=True), CLOCK)), WIDE)
    ((left, right),) = found.shut
    bar = next(one.bar for one in found.lines if one.row.counts is Counts.LIMIT)
    assert left == pytest.approx(bar.right_px)
    assert right == WIDE.axis_right_px
    assert bar.limit_right
    assert not bar.limit_left
    root = fromstring(svg(bare, (claim("2024-11-01", tested=True), CLOCK)))
    heights = [float(one.get("height", "0")) for one in root.iter() if str(one.get("fill")).endswith("-shut)")]
    assert max(heights) == pytest.approx(found.bottom_px - found.axis_px)


def test_no_more_rows_than_a_page_holds_and_the_rest_is_counted_in_words(bare: Report) -> None:
    items = many(61)
    report = of(bare, items)
    found = lines(bare, items)
    assert len(found.rows) == MOST_ROWS
    assert found.not_drawn == 62 - MOST_ROWS
    assert len(found.table) == 62
    assert any(row.counts is Counts.LIMIT for row in found.rows)
    assert any(row.counts is Counts.WEIGHED for row in found.rows)
    text = page(report)
    assert "22 more rows stand in the table only." in text
    assert "22 more rows stand in the report." in svg(bare, items)
    assert '<details class="tabled" open>' in text


def test_every_sign_is_told_in_words(bare: Report) -> None:
    """Nothing is told by colour alone: each row says what it counts for, and the key names each sign."""
    items = (claim("2024-11-01", tested=True), claim("2025-03", "late"), claim("2024-10", "no", denies=True), CLOCK)
    text = texts(fromstring(svg(bare, items)))
    for words in ("unproven", "ruled out", "weighed", "limit: not after", "denies", "not", "All times UTC"):
        assert words in text
    for words in ("claim under test", "hard limit", "excluded by the limits", "ruled out by a limit"):
        assert words in text


def test_the_drawing_names_itself_and_its_links_land(bare: Report) -> None:
    report = of(bare, (claim("2024-11-01", tested=True), claim("2024-11-14", "a witness"), CLOCK))
    text = page(report)
    found = Elements(text)
    ids = {value for name, value in found.attributes if name == "id"}
    for name, value in found.attributes:
        if name == "aria-labelledby":
            assert set(value.split()) <= ids
    for item in report.evidence:
        assert text.count(f'<a href="#{item.id}"><text') == 3
        assert item.id in ids
    assert text.count('<g role="img"') == 3
    assert "In UTC: 2024-10-31 10:00 to 2024-11-02 12:00 UTC" in text
    assert "style=" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)


def test_the_halo_of_a_text_lies_under_it_everywhere(bare: Report) -> None:
    """A stroke over the letters leaves only specks of them."""
    text = svg(bare, (claim("2024-11-14"), CLOCK))
    texts = re.findall(r'<text class="(?:tl-who|tl-small|tl-told|tl-cite)[^>]*>', text)
    assert len(texts) > 5 and all('paint-order="stroke"' in one for one in texts)


def test_the_same_report_gives_the_same_file(bare: Report) -> None:
    items = many(9)
    assert svg(bare, items) == svg(bare, items)
    assert svg(bare, items).count("<script") == 0


@pytest.mark.parametrize("payload", [*PAYLOADS[:40], "\u0301" * 5000, "W" * 5000, "خط " * 900, "榴" * 3000])
def test_hostile_labels_are_shown_harmless_and_keep_the_layout(bare: Report, payload: str) -> None:
    def items(text: Callable[[], str]) -> tuple[Evidence, ...]:
        first = dataclasses.replace(claim("2024-11-01", text(), tested=True), label=text())
        second = dataclasses.replace(claim("2024-11-03", text()), basis=text(), defeaters=(text(),))
        return first, second, CLOCK

    hostile, benign = items(numbered(payload)), items(numbered("plain words"))
    text, plain = svg(bare, hostile), svg(bare, benign)
    assert _shape(fromstring(text)) == _shape(fromstring(plain))
    assert all(character.isprintable() or character in "\n\u200c\u200d" for character in text)
    assert len(text) < len(plain) + 9_000
    for frame in (WIDE, NARROW):
        placed, same = drawing(lines(bare, hostile), frame), drawing(lines(bare, benign), frame)
        assert placed.height_px == same.height_px
        assert [one.bar for one in placed.lines] == [one.bar for one in same.lines]


def _shape(root: Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.tag, tuple(one.attrib)) for one in root.iter()]


def test_a_payload_in_every_field_leaves_the_elements_of_the_page(
    founding: Report, with_text: Callable[[Report, Callable[[], str]], Report]
) -> None:
    numbers = count()
    plain = with_text(founding, lambda: f"plain words {next(numbers)}")
    hostile = with_text(founding, lambda: f"\"'></text></svg><script>{{{{7*7}}}}</script>\u202e {next(numbers)}")
    assert Elements(page(hostile)).structure == Elements(page(plain)).structure


def test_limits_that_exclude_each_other_are_told(bare: Report) -> None:
    row = lines(bare, (claim("2024-11-01"), CLOCK)).rows[0]
    early = dataclasses.replace(row, counts=Counts.LIMIT, interval=parse_interval("2025-01-01/.."))
    assert early.told == "limit: not before"
    clash = dataclasses.replace(lines(bare, (claim("2024-11-01"), CLOCK)), not_before=datetime(2025, 1, 1, tzinfo=UTC))
    assert clash.clash
    assert len(drawing(clash, WIDE).shut) == 2


def test_a_row_carries_the_finding_on_the_time_and_not_the_overall_one(founding: Report) -> None:
    report = dataclasses.replace(
        founding,
        claims=tuple(
            dataclasses.replace(one, when=Verdict.RECYCLED, overall=Verdict.DISPUTED) for one in founding.claims
        ),
    )
    found = timeline(report, timed(report.evidence))
    assert found is not None
    assert {row.told for row in found.rows if row.group == GROUPS[0]} == {"recycled"}


def test_what_an_archive_saw_is_not_said_to_be_published(bare: Report) -> None:
    at = "https://old.example/p"
    saw = Appearance(
        source=Source(kind=SourceKind.WEB, name="Archive", origin=at, url=at), statement="S.", method="wayback",
        by="Archive", published=parse_interval("2015-05-01"), date_basis=DateBasis.ARCHIVE_SNAPSHOT,
        copy=CopyKind.EXACT,
    )  # fmt: skip
    posted = dataclasses.replace(
        saw, source=Source(kind=SourceKind.PERSON, name="a page", origin="a page"), by="a page"
    )
    told = {row.who: row.says for row in lines(bare, [saw, posted]).rows}
    assert told == {
        "Archive": "seen 1 May 2015 (archive snapshot)",
        "a page": "published 1 May 2015 (archive snapshot)",
    }
