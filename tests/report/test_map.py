"""The map of a report: what stands on it, that nothing covers anything, and that nobody's text can do harm."""

from __future__ import annotations

import dataclasses
import itertools
import re
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from provenance.api import read_claims
from provenance.findings.weigh import weigh
from provenance.model.evidence import Bound, BoundKind, Claim, Evidence, Lead, LeadKind, StatedDistance
from provenance.model.finding import Question
from provenance.model.place import Level, Place
from provenance.model.report import Report
from provenance.model.shadow import MeasuredShadow
from provenance.model.source import Grade, Source, SourceKind
from provenance.model.time import parse_interval
from provenance.output.rendering import draw_map, render_map
from provenance.report import html
from provenance.report.map.labels import Box, cut, width_px
from provenance.report.map.marks import MOST_MARKS, Role
from provenance.report.map.sheet import Map, Sheet
from provenance.report.map.sketch import MOST_GROUND_CHARS

SVG = "{http://www.w3.org/2000/svg}"
SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "railcar_post.claims.yaml"
ELEMENTS = {"svg", "g", "path", "rect", "circle", "text", "title", "desc", "style", "clipPath", "pattern"}
LINES = (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()


def place(name: str, lat: float | None, lon: float | None, radius_km: float = 10, cc: str = "") -> Place:
    level = Level.CITY if radius_km < 100 else Level.REGION
    return Place(name=name, cc=cc, lat_deg=lat, lon_deg=lon, radius_km=radius_km, level=level)


def country(name: str, cc: str) -> Place:
    return Place(name=name, cc=cc, level=Level.COUNTRY)


def says(by: str, where: Place | None, *, tested: bool = False, **more: object) -> Claim:
    return Claim(
        source=Source(kind=SourceKind.PERSON, name=by, origin=by),
        statement="Somebody says so.",
        method="recorded by the desk",
        grade=Grade("B", 2),
        by=by,
        tested=tested,
        place=where,
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def of(founding: Report):  # type: ignore[no-untyped-def]
    """A report on some evidence alone, weighed."""

    def report(*evidence: Evidence) -> Report:
        weighed = weigh(tuple(evidence), (), tuple(Question))
        return dataclasses.replace(
            founding,
            evidence=tuple(evidence),
            findings=weighed.findings,
            claims=weighed.claims,
            overall=weighed.overall,
        )

    return report


def boxes(sheet: Sheet) -> list[list[tuple[str, Box]]]:
    """What a reader must be able to read on each window: marks and texts, measured as a wide font would set them."""
    found = []
    for panel in sheet.panels:
        here = [(f"mark {one.number}", Box(one.x, one.y, one.x, one.y).grown(9)) for one in panel.badges]
        for text in panel.texts:
            size = 13 if text.css.startswith("name") else 12 if "on-line" in text.css else 11.5
            width = width_px(text.text, size)
            left = text.x - width if "to-end" in text.css else text.x - width / 2 if "on-line" in text.css else text.x
            here.append((text.text, Box(left, text.y - size * 0.8, left + width, text.y + size * 0.2)))
        here += [
            (f"town {one.text}", Box(one.x, one.y - 9, one.x + width_px(one.text, 11.5), one.y + 2))
            for one in panel.towns
        ]
        found.append(here)
    return found  # fmt: skip


def assert_nothing_covered(drawn: Map) -> None:
    for sheet in (drawn.wide, drawn.narrow):
        for panel, here in zip(sheet.panels, boxes(sheet), strict=True):
            window = Box(0, 0, panel.width_px, panel.height_px)
            for (name, one), (other_name, other) in itertools.combinations(here, 2):
                assert not one.meets(other), (sheet.name, name, other_name)
            for name, one in here:
                assert one.within(window) or name.startswith("mark"), (sheet.name, name)


def test_the_founding_sample_has_its_marks_and_both_distances(of) -> None:  # type: ignore[no-untyped-def]
    drawn = draw_map(of(*read_claims(SAMPLE)))
    assert drawn is not None
    marks = {mark.name: mark for mark in drawn.marks}
    assert set(marks) == {"Russia (RU)", "Kursk Oblast (RU)", "Krasnoyarsk (RU)", "Kursk (RU)"}
    assert marks["Russia (RU)"].country == "RU"
    assert marks["Kursk Oblast (RU)"].roles == (Role.CLAIMED,)
    assert marks["Krasnoyarsk (RU)"].roles == (Role.EVIDENCE, Role.LEAD)
    assert marks["Kursk (RU)"].roles == (Role.SPOKEN,)
    assert [line.label for line in drawn.lines] == ["at least 3,460 km apart", "4,400 km stated, 3,650 km measured"]
    texts = [text.text for text in drawn.wide.panels[0].texts]
    assert {"at least 3,460 km apart", "4,400 km stated, 3,650 km measured"} <= set(texts)
    assert_nothing_covered(drawn)
    written = render_map(drawn)
    assert "3,460 km apart" in written and "Krasnoyarsk" in written


def test_it_is_small_asks_for_nothing_and_is_well_formed(of) -> None:  # type: ignore[no-untyped-def]
    world = [("Sydney", -33.9, 151.2), ("London", 51.5, -0.1), ("Santiago", -33.4, -70.7), ("Nairobi", -1.3, 36.8)]
    for evidence in (
        read_claims(SAMPLE),
        [says(name, place(name, lat, lon), tested=name == "Sydney") for name, lat, lon in world],
        [says("a", country("Indonesia", "ID"), tested=True), says("b", country("Canada", "CA"))],
    ):
        drawn = draw_map(of(*evidence))
        assert drawn is not None
        text = render_map(drawn)
        assert len(text.encode()) < 160_000
        for panel in drawn.wide.panels:
            assert len(panel.under.land) + len(panel.under.borders) <= MOST_GROUND_CHARS * 1.2
        tree = ET.fromstring(text)
        assert {node.tag.removeprefix(SVG) for node in tree.iter()} <= ELEMENTS
        ids = {f"#{one.name}-{what}" for one in drawn.wide.panels for what in ("window", "hatch")}
        assert set(re.findall(r"url\(([^)]*)\)", text)) <= ids
        assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "") and "@import" not in text
        names = {name.rpartition("}")[2] for node in tree.iter() for name in node.attrib}
        assert not names & {"href", "src", "style"} and not any(name.startswith("on") for name in names)


def test_a_drawing_takes_a_fraction_of_a_second(of) -> None:  # type: ignore[no-untyped-def]
    report = of(*read_claims(SAMPLE))
    draw_map(report)  # maps the file
    started_s = time.process_time()
    draw_map(report)
    assert time.process_time() - started_s < 1.5  # measured: a fifth of that (docs/measured/map.md)


def _unescaped(line: str) -> str:
    return re.sub(
        r"\\(?:[rtn]|x[0-9a-f]{2}|u[0-9a-f]{4})", lambda found: found[0].encode().decode("unicode_escape"), line
    )


def test_hostile_text_is_text(of) -> None:  # type: ignore[no-untyped-def]
    """Thirty payloads as names of places and speakers change no element, and nothing of them is a control character."""
    payloads = [_unescaped(line) for line in LINES][:30]
    assert len(payloads) == 30

    def drawn(texts: Sequence[str]) -> tuple[Map, str, str]:
        report = of(
            *(
                says(text, place(text, -50 + 3.3 * number, (number * 47) % 360 - 180), tested=number < 2)
                for number, text in enumerate(texts)
            ),
            says(texts[0], None, distance=StatedDistance(start=texts[0], end=texts[1], km=5.0)),
        )
        found = draw_map(report)
        assert found is not None
        return found, render_map(found), html.render(report, {}, None, chart=found)

    found, text, page = drawn(payloads)
    tree = ET.fromstring(text)  # well-formed, whatever they wrote
    assert {node.tag.removeprefix(SVG) for node in tree.iter()} <= ELEMENTS
    attributes = {name for node in tree.iter() for name in node.attrib}
    harmless = ET.fromstring(drawn([f"Name {number}" for number in range(30)])[1])
    assert attributes <= {name for node in harmless.iter() for name in node.attrib} | {"transform"}
    for whole in (text, page[page.index('<figure class="mapped" id="map">') :]):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b\ufeff]", whole)
        assert "<script" not in whole and "<img" not in whole.partition("</figure>")[0]
    assert_nothing_covered(found)


def test_long_names_are_cut_and_told_in_full(of) -> None:  # type: ignore[no-untyped-def]
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch on the Isle of Anglesey"
    drawn = draw_map(of(says("A" * 300, place(name, 53.2, -4.2), tested=True)))
    assert drawn is not None
    shown = drawn.wide.panels[0].texts[0]
    assert shown.text.endswith("…") and len(shown.text) < 50
    assert name in shown.title


def test_a_thousand_places_are_bounded_and_counted(of) -> None:  # type: ignore[no-untyped-def]
    many = [
        says(
            f"speaker {one}",
            place(f"Place {one}", -60 + one * 37 % 120, -180 + one * 71 % 360, one % 300),
            tested=one < 3,
        )
        for one in range(1000)
    ]
    started_s = time.process_time()
    drawn = draw_map(of(*many))
    assert time.process_time() - started_s < 8
    assert drawn is not None
    assert len(drawn.marks) == MOST_MARKS
    assert drawn.marks[0].roles[0] is Role.CLAIMED
    distinct = {(-60 + one * 37 % 120, -180 + one * 71 % 360, one % 300 < 100) for one in range(1000)}
    assert f"{len(distinct) - MOST_MARKS} more places are not drawn." in drawn.left_out
    assert_nothing_covered(drawn)
    assert len(render_map(drawn)) < 200_000


def test_the_same_place_is_one_mark_with_a_list(of) -> None:  # type: ignore[no-untyped-def]
    drawn = draw_map(of(*(says(f"speaker {one}", place("Kursk", 51.73, 36.19), tested=one == 3) for one in range(20))))
    assert drawn is not None
    (mark,) = drawn.marks
    assert mark.roles == (Role.CLAIMED, Role.EVIDENCE)
    assert mark.entries[0].by == "speaker 3"
    assert len(mark.entries) + mark.more == 20


def test_marks_that_touch_get_a_map_of_their_own(of) -> None:  # type: ignore[no-untyped-def]
    drawn = draw_map(
        of(
            says("a", place("Odesa", 46.48, 30.73), tested=True),
            says("b", place("Mykolaiv", 46.97, 32.0)),
            says("c", place("Vladivostok", 43.1, 131.9)),
        )
    )
    assert drawn is not None
    main, detail = drawn.wide.panels
    assert {badge.number for badge in main.badges} == {1, 2, 3}
    assert len(detail.badges) == 2 and detail.view.width_km < 1000 < main.view.width_km
    assert_nothing_covered(drawn)


def test_nothing_is_placed_nowhere(of) -> None:  # type: ignore[no-untyped-def]
    report = of(says("a", place("Somewhere", None, None), tested=True))
    assert draw_map(report) is None
    assert "mapped" not in re.sub(r"<style>.*?</style>", "", html.render(report, {}), flags=re.DOTALL)
    assert draw_map(of()) is None


def test_what_is_no_position_is_said_and_not_drawn(of) -> None:  # type: ignore[no-untyped-def]
    """A Place refuses them and evidence cannot be named with them; should one come in by another way, it is told."""
    places = [place("x", 1.0, 1.0) for _ in range(4)]
    report = of(says("good", place("Kursk", 51.7, 36.2)), *(says(f"s{n}", one) for n, one in enumerate(places)))
    wrong = [("lat_deg", float("nan")), ("lon_deg", float("inf")), ("lat_deg", 91.0), ("radius_km", -1.0)]
    for one, (field, value) in zip(places, wrong, strict=True):
        object.__setattr__(one, field, value)
    drawn = draw_map(report)
    assert drawn is not None
    assert [mark.name for mark in drawn.marks] == ["Kursk"]
    assert drawn.left_out == ("4 items have coordinates that are no position on Earth and are not drawn.",)


@pytest.mark.parametrize("radius_km", [0.0, 0.5, 170.0, 2_600.0, 12_000.0, 20_000.0])
@pytest.mark.parametrize(("lat", "lon"), [(0.0, 0.0), (90.0, 0.0), (-90.0, 180.0), (-17.0, 179.9), (51.7, 36.2)])
def test_any_radius_anywhere(of, lat: float, lon: float, radius_km: float) -> None:  # type: ignore[no-untyped-def]
    drawn = draw_map(of(says("a", place("Somewhere", lat, lon, radius_km), tested=True)))
    assert drawn is not None
    text = render_map(drawn)
    assert "nan" not in text and "inf" not in text.replace("info", "")
    if radius_km:
        said = f"{radius_km:,g} km" if radius_km >= 1 else "500 m"
        assert f"{said} around" in drawn.told


def test_a_circle_that_is_too_wide_to_draw_is_told(of) -> None:  # type: ignore[no-untyped-def]
    drawn = draw_map(of(says("a", place("World", 0.0, 0.0, 20_037), tested=True), says("b", place("Dot", 48.85, 2.35))))
    assert drawn is not None
    assert "20,037 km around, a circle too large to draw" in drawn.told
    assert "circle too large to draw" in {text.text for text in drawn.wide.panels[0].texts}
    assert_nothing_covered(drawn)


def test_two_points_without_circles_are_exactly_so_far_apart(of) -> None:  # type: ignore[no-untyped-def]
    lviv = says("b", place("Lviv", 49.84, 24.03, 0))
    exact, least = (draw_map(of(says("a", place("Kyiv", 50.45, 30.52, wide), tested=True), lviv)) for wide in (0, 9))
    assert exact is not None and least is not None
    for sheet in (least.wide, least.narrow):
        assert all(item.x + 18 + width_px(item.text, 11.5) < sheet.width_px + 20 for item in sheet.key)
    assert [line.label.startswith("at least ") for line in (*exact.lines, *least.lines)] == [False, True]
    assert "contradict each other: at least so far apart, between their circles" in {one.text for one in least.wide.key}


def test_what_counts_for_nothing_is_hollow_and_does_not_widen_the_map(of) -> None:  # type: ignore[no-untyped-def]
    set_aside = says("forum", place("Sydney", -33.9, 151.2), defeaters=("the author withdrew it",))
    near = says("blog", place("Brovary", 50.6, 30.9), defeaters=("the author withdrew it",))
    claim = says("claimant", place("Kyiv", 50.45, 30.52), tested=True)
    agency = says("agency", place("Kharkiv", 49.99, 36.23))
    drawn = draw_map(of(claim, agency, set_aside, near))
    assert drawn is not None
    marks = {mark.name: mark for mark in drawn.marks}
    assert marks["Sydney"].roles == marks["Brovary"].roles == (Role.NOTHING,)
    assert marks["Kharkiv"].roles == (Role.EVIDENCE,)
    for sheet in (drawn.wide, drawn.narrow):
        assert sheet.panels[0].view.width_km < 1_500
        assert marks["Sydney"].number not in {badge.number for badge in sheet.panels[0].badges}
    assert f"Number {marks['Sydney'].number} counts for nothing and lies outside this map." in drawn.left_out
    assert {badge.css for badge in drawn.wide.panels[0].badges} >= {"claimed", "evidence", "nothing"}
    assert "counts for nothing: forum" in drawn.told
    alone = draw_map(of(claim, agency, set_aside))
    assert alone is not None and "nothing" not in {item.css for item in alone.wide.key}


def test_lines_to_a_pole_end_at_its_mark(of) -> None:  # type: ignore[no-untyped-def]
    """On a map of the world a pole is a line as wide as half the map, and all meridians end somewhere on it."""
    drawn = draw_map(
        of(
            says("a", place("North Pole", 90.0, 0.0), tested=True),
            says("b", place("South Pole", -90.0, 180.0), tested=True),
            says("west", place("Date line", 0.0, -180.0)),
            says("east", place("Date line E", 0.0, 180.0)),
        )
    )
    assert drawn is not None
    assert {mark.name for mark in drawn.marks} == {"North Pole", "South Pole", "Date line"}  # one meridian, one mark
    for sheet in (drawn.wide, drawn.narrow):
        panel = sheet.panels[0]
        at = {badge.number: np.array([badge.x, badge.y]) for badge in panel.badges}
        for line, shape in zip(drawn.lines, panel.lines, strict=True):
            (points,) = (np.array(one) for one in _rings(shape.d))
            for number in (line.first, line.second):
                assert np.hypot(*(points - at[number]).T).min() < 15, (sheet.name, line.told)
    assert_nothing_covered(drawn)


def test_letters_of_the_credit_stay_readable_on_a_tablet(of) -> None:  # type: ignore[no-untyped-def]
    """Between a phone and a desk, the wide drawing is scaled to no less than 690 px: the page without its margins."""
    drawn = draw_map(of(says("a", place("Kyiv", 50.45, 30.52), tested=True)))
    assert drawn is not None
    written = render_map(drawn)
    sizes_px = [float(one) for one in re.findall(r"font-size: ([\d.]+)px", written)]
    assert min(sizes_px) * 690 / drawn.wide.width_px > 9.5


def test_a_country_is_shaded_whole_and_its_far_parts_do_not_widen_the_map(of) -> None:  # type: ignore[no-untyped-def]
    drawn = draw_map(of(says("a", country("France", "FR"), tested=True)))
    assert drawn is not None
    panel = drawn.wide.panels[0]
    assert drawn.marks[0].country == "FR" and not panel.circles
    assert [shape.css for shape in panel.shades] == ["claimed"]
    assert panel.view.width_km < 3_000  # French Guiana lies 7,000 km away


def test_disputed_areas_are_hatched_and_named(of) -> None:  # type: ignore[no-untyped-def]
    drawn = draw_map(
        of(says("a", place("Sevastopol", 44.6, 33.5), tested=True), says("b", place("Kherson", 46.6, 32.6)))
    )
    assert drawn is not None
    assert drawn.disputed == ("Crimea (RU, UA)",)
    assert drawn.wide.panels[0].under.disputed_areas and drawn.wide.panels[0].under.disputed_borders
    assert "Crimea (RU, UA)" in render_map(drawn)
    assert "Natural Earth draws who holds an area, not who claims it" in render_map(drawn)


def test_roles_have_shapes_and_words(of) -> None:  # type: ignore[no-untyped-def]
    lead = Lead(
        source=Source(kind=SourceKind.PERSON, name="engine", origin="engine"),
        statement="A look-alike.",
        method="recorded by the desk",
        lead=LeadKind.SIMILARITY,
        by="engine",
        place=place("Omsk", 55.0, 73.4),
    )
    drawn = draw_map(
        of(
            says("claimant", place("Kursk", 51.73, 36.19), tested=True),
            says("agency", place("Perm", 58.0, 56.3)),
            lead,
            says("denier", place("Ufa", 54.7, 56.0), denies=True),
        )
    )
    assert drawn is not None
    assert {badge.css for badge in drawn.wide.panels[0].badges} == {"claimed", "evidence", "lead", "denied"}
    assert {item.css for item in drawn.wide.key} >= {"claimed", "evidence", "lead", "denied", "apart"}
    for words in ("claimed, under test: claimant", "a lead, no limit: engine", "denied: denier"):
        assert words in drawn.told


@pytest.mark.parametrize(("shadow_px", "shown"), [(53.0, True), (400.0, False)])
def test_the_band_of_a_shadow_is_drawn_or_said_to_lie_elsewhere(of, shadow_px: float, shown: bool) -> None:  # type: ignore[no-untyped-def]
    """On 10 June at 09:00 UTC the sun stands 62 degrees over Bakhmut: a pole of 100 px throws 53."""
    measured = MeasuredShadow(object_px=100, object_error_px=2, shadow_px=shadow_px, shadow_error_px=2, slope_deg=1)
    sun = Bound(
        source=Source(kind=SourceKind.PERSON, name="desk", origin="desk"),
        statement="A shadow was measured.",
        method="recorded by the desk",
        bound=BoundKind.SUN,
        shadow=measured,
    )
    claim = says("a", place("Bakhmut", 48.6, 38.0), tested=True, time=parse_interval("2024-06-10T09:00Z"))
    drawn = draw_map(of(claim, sun))
    assert drawn is not None
    assert bool(drawn.wide.panels[0].bands) is shown
    assert any("outside this map" in text for text in drawn.left_out) is not shown
    if shown:
        (band,) = drawn.bands
        assert band.ids == (claim.id, sun.id)
        x, y = drawn.wide.panels[0].view.point(38.0, 48.6)
        rings = [np.array(one) for one in _rings(drawn.wide.panels[0].bands[0].d)]
        assert any((one.min(axis=0) <= [x, y]).all() and (one.max(axis=0) >= [x, y]).all() for one in rings)


def _rings(data: str) -> list[list[tuple[float, float]]]:
    """Points in px of closed path data as the map writes it: a start, then steps in tenths of a px."""
    found = []
    for part in filter(None, data.split("z")):
        numbers = [int(one) / 10 for one in re.findall(r"-?\d+", part)]
        steps = np.cumsum(np.array(numbers).reshape(-1, 2), axis=0)
        found.append([(float(x), float(y)) for x, y in steps])
    return found


def test_the_page_lists_every_mark_with_its_evidence(of) -> None:  # type: ignore[no-untyped-def]
    report = of(*read_claims(SAMPLE))
    drawn = draw_map(report)
    assert drawn is not None
    page = html.render(report, {}, None, chart=drawn)
    figure = page[
        page.index('<figure class="mapped" id="map">') : page.index(
            "</figure>", page.index('<figure class="mapped" id="map">')
        )
    ]
    assert figure.count("<svg ") == 2
    for mark in drawn.marks:
        assert f'<li value="{mark.number}">' in figure
        for entry in mark.entries:
            assert f'href="#{entry.id}"' in figure
    names = re.findall(r'id="([^"]+)"', figure)
    assert len(names) == len(set(names))
    assert " style=" not in figure and "<style" not in figure
    assert html.render(report, {}, None, chart=draw_map(report)) == page


def test_a_text_is_never_wider_than_its_room() -> None:
    for text in ("Krasnoyarsk", "WWWWWWWW", "北京市朝阳区" * 5, "é" * 100, "Спецпоезд на станции Красноярск"):
        assert width_px(cut(text, 13, 120), 13) <= 120
