"""Timeline and map in another language: their words, the same in page and file, with room for each."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

import pytest

from provenance.api import read_claims
from provenance.findings.timed import timed
from provenance.model.languages import LANGUAGES
from provenance.model.place import Place
from provenance.model.report import Report
from provenance.model.time import parse_interval
from provenance.output.rendering import draw_map
from provenance.output.report_folder import files_of
from provenance.placetime.sun.answer import ask
from provenance.placetime.sun.shadow import LIMITS, Measured, Shadow
from provenance.report.chain import panels
from provenance.report.figures.chain import chain_drawings
from provenance.report.figures.files import drawn_files
from provenance.report.figures.structure import strips
from provenance.report.languages.tongue import ENGLISH, Tongue, tongue
from provenance.report.sky.sheet import figure
from provenance.report.sky.tested import Tested
from provenance.report.timeline.layout import drawing
from provenance.report.timeline.parts import BROAD, NARROW, WIDE, Frame
from provenance.report.timeline.rows import Timeline, timeline
from provenance.report.timeline.ticks import ticks, width_px
from provenance.report.timeline.timescale import DAY_S, scale
from tests.report.test_map import SAMPLE, assert_nothing_covered

in_each = pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
_TEXT = re.compile(r"<text[^>]*>([^<]+)")


def line_of(report: Report) -> Timeline:
    found = timeline(report, timed(report.evidence))
    assert found
    return found


@in_each
def test_page_and_files_show_the_same_words(founding: Report, code: str) -> None:
    files = {name: data.decode() for name, data in files_of(founding, {}, language=code).items()}
    page, there = files["report.html"], tongue(code)
    for name in ("timeline.svg", "map.svg"):
        assert f'lang="{code}"' in files[name]
        assert set(_TEXT.findall(files[name])) - set(_TEXT.findall(page)) <= {
            text for text in _TEXT.findall(files[name]) if "sha256" in text
        }
    assert there.word("All times UTC", "axis") in _TEXT.findall(files["timeline.svg"])
    assert there.word("the whole country", "map") in _TEXT.findall(files["map.svg"])
    assert "All times UTC" not in page and "Natural Earth draws" not in page
    assert '<svg lang="en" class="tl' not in page and '<svg lang="en" class="map' not in page


@in_each
def test_what_is_said_of_the_time_is_translated_and_names_are_not(founding: Report, code: str) -> None:
    lines = drawing(line_of(founding), WIDE, tongue(code)).lines
    assert [one.says.whole for one in lines if one.says.lang] == []
    assert {one.who.whole for one in lines} >= {"RFA [e3]", "Rail News (Telegram)"}


def test_where_room_lacks_the_year_of_both_days_stands_once(founding: Report) -> None:
    line = line_of(founding)
    row = dataclasses.replace(line.rows[0], says="taken 1 Oct – 15 Nov 2024")
    other = dataclasses.replace(line.rows[0], says="taken 1 Oct 2023 – 15 Nov 2024")
    lines = drawing(dataclasses.replace(line, rows=(row, other)), WIDE, tongue("ru")).lines
    assert lines[0].says.text == "снято: 1 октября – 15 ноября 2024 г."
    assert lines[1].says.whole == "снято: 1 октября 2023 г. – 15 ноября 2024 г."


def test_what_is_not_translated_is_english_and_marked(founding: Report) -> None:
    line = line_of(founding)
    row = dataclasses.replace(line.rows[0], says="an owl says so")
    shown = drawing(dataclasses.replace(line, rows=(row,)), WIDE, tongue("uk")).lines[0].says
    assert (shown.text, shown.lang) == ("an owl says so", "en")
    assert drawing(dataclasses.replace(line, rows=(row,)), WIDE).lines[0].says.lang == ""


@in_each
def test_nothing_on_the_map_is_covered(founding: Report, code: str) -> None:
    drawn = draw_map(dataclasses.replace(founding, evidence=tuple(read_claims(SAMPLE))), language=code)
    assert drawn
    assert_nothing_covered(drawn)


@pytest.mark.parametrize("frame", [BROAD, WIDE, NARROW])
@pytest.mark.parametrize("there", [ENGLISH, *(tongue(code) for code in LANGUAGES if code != "en")])
def test_labels_of_the_axis_stand_apart(founding: Report, frame: object, there: Tongue) -> None:
    found = drawing(line_of(founding), frame, there)  # type: ignore[arg-type]
    labelled = [one for one in found.ticks if one.label]
    assert labelled
    for one, other in pairwise(labelled):
        assert one.label_px + width_px(one.label) / 2 <= other.label_px - width_px(other.label) / 2


@in_each
def test_days_months_and_cuts_are_written_as_the_language_does(code: str) -> None:
    days = {"ru": "14 нояб.", "uk": "14 лист.", "ko": "11월 14일"}
    start = 738_837 * DAY_S  # 14 Nov 2023
    axis = scale([], [start], width_px=400, most_cuts=0, cut_px=60, least_px=50)
    assert days[code] in {label for one in ticks(axis, tongue(code).style) for label in (one.label, one.context)}
    spans = {
        "ru": ("1 день", "2 года", "14 мес."),
        "uk": ("1 день", "2 роки", "14 міс."),
        "ko": ("1일", "2년", "14개월"),
    }
    assert tuple(tongue(code).told(text, "lasts") for text in ("1 day", "2 years", "14 months")) == spans[code]


def test_an_axis_with_more_stretches_than_room_still_runs_forward() -> None:
    points = [0.0, 4000 * DAY_S, 8000 * DAY_S, 12_000 * DAY_S, 12_060 * DAY_S]
    found = scale([points[3:5]], points, width_px=358, most_cuts=3, cut_px=60, least_px=70)  # type: ignore[list-item]
    assert found.px_per_s > 0 and len(found.stretches) == 4


def sun_of(when: str, bearing: Measured | None = None) -> Tested:
    place = Place(name="Pyongyang", cc="KP", lat_deg=39.02, lon_deg=125.75, radius_km=20)
    shadow = Shadow(
        object_px=Measured(value=100, error=3), shadow_px=Measured(value=190, error=6), slope_deg=2, bearing_deg=bearing
    )
    found = ask(place=place, time=parse_interval(when), shadow=shadow)
    return Tested(found=found, shadow=shadow, claim=", by @who [c1]", measured=" measured by the desk [e1]", ids=("a",))


SUNS = [
    sun_of("2024-11-14"),
    sun_of("2024-11-14T04:30Z", Measured(value=40, error=8)),
    sun_of("2024-11-14T15:30Z"),
    sun_of("2024-11-01/2024-11-15"),
]


@in_each
def test_every_sentence_on_a_shadow_is_translated(code: str) -> None:
    there = tongue(code)
    told = [text for one in SUNS for text in (*figure(one).told, *LIMITS)]
    assert len(told) > 20 and [text for text in told if there.told(text) is None] == []
    assert all(there.style.point + "8" in (there.told(text) or "") for text in told if " 26.8" in text)


@in_each
def test_sun_chain_and_structure_have_no_english_word_of_ours(founding: Report, code: str) -> None:
    files = drawn_files(founding, SUNS, tongue=tongue(code))
    english = drawn_files(founding, SUNS)
    assert set(files) == set(english) == {"sun-1.svg", "sun-2.svg", "sun-3.svg", "credentials-1.svg", "structure.svg"}
    page = files_of(founding, {}, language=code)["report.html"].decode()
    for name, data in files.items():
        ours = {text for text in _TEXT.findall(english[name].decode()) if " " in text.strip()}
        left = {text for text in ours & set(_TEXT.findall(data.decode())) if re.search(r"[a-z]{3} [a-z]{3}", text)}
        assert f'lang="{code}"' in data.decode() and left == set(), name
        if not name.startswith("sun"):
            assert set(_TEXT.findall(data.decode())) <= set(_TEXT.findall(page))


@in_each
def test_dates_of_the_sun_have_room_and_keys_stay_inside(code: str) -> None:
    for one in SUNS:
        drawn = figure(one, tongue=tongue(code))
        for sheet in (drawn.wide, drawn.narrow):
            assert all(width_px(row.label, 12) < sheet.hours.left for row in sheet.hours.rows)
            assert sheet.hours.left + sheet.hours.width <= sheet.width_px - sheet.hours_at[0]
            assert all(key.x + 30 + width_px(key.text, 11) <= sheet.width_px for key in sheet.keys)


@in_each
def test_the_chain_and_the_strip_say_no_more_than_in_english(founding: Report, code: str) -> None:
    (panel,) = panels(founding.evidence)
    for one, other in zip(chain_drawings(panel), chain_drawings(panel, tongue(code)), strict=True):
        assert [box.sign for box in one.boxes] == [box.sign for box in other.boxes]
        assert all(box.y + line.y <= box.y + box.height for box in other.boxes for line in box.lines if line.text)
    for one, other in zip(
        strips(founding.structure, founding.original), strips(founding.structure, founding.original, tongue(code)),
        strict=True,
    ):  # fmt: skip
        assert [(part.top, part.height) for part in one.stretches] == [
            (part.top, part.height) for part in other.stretches
        ]


@in_each
@pytest.mark.parametrize("frame", [NARROW, WIDE, BROAD])
def test_a_time_is_not_cut(founding: Report, code: str, frame: Frame) -> None:
    lines = drawing(line_of(founding), frame, tongue(code)).lines
    assert all(f"{one.says.text} {one.more.text}".split() == one.says.whole.split() for one in lines)
    assert {one.height_px for one in lines} == {frame.row_px + (16 if frame.line_px else 0)}, "no stranger moves a row"
