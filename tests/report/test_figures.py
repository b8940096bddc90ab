"""Figures of a match: drawn from the alignment alone, the same bytes each time, a likeness marked as one."""

from __future__ import annotations

import dataclasses
import io
import re

import numpy as np
import pytest
from PIL import Image as PillowImage

from provenance.model.evidence import Evidence
from provenance.model.image import WorkingCopy
from provenance.model.matches import Alignment, Match
from provenance.model.report import Report
from provenance.report import html, measures
from provenance.report.figures import match as figures
from provenance.report.figures import panels
from provenance.report.figures.match import AtHand


def photograph(width_px: int = 600, height_px: int = 400) -> np.ndarray:
    """Soft patches of colour and light: no part of it looks like another."""
    random = np.random.default_rng(7)
    small = random.integers(0, 255, (20, 30, 3), np.uint8)
    return np.asarray(PillowImage.fromarray(small).resize((width_px, height_px), PillowImage.Resampling.BICUBIC))


def aligned(**changes: object) -> Alignment:
    """The reference, 600 x 400, mirrored at half size with its corner at (100, 300) of a picture of 500 x 900."""
    base = Alignment(
        query_region=((100.0, 300.0), (400.0, 300.0), (400.0, 500.0), (100.0, 500.0)),
        reference_region=((0.0, 0.0), (599.0, 0.0), (599.0, 399.0), (0.0, 399.0)),
        query_share=0.13,
        reference_share=1.0,
        mirrored=True,
        turn_deg=0.0,
        scale=0.5,
        points=40,
        points_in_view=90,
        residual_share=0.0005,
        parallax=0.0,
        blocks=60,
        blocks_alike=0.9,
        matrix=(-2.0, 0.0, 799.0, 0.0, 2.0, -600.0, 0.0, 0.0, 1.0),
        pairs=tuple(
            (float(x), float(y), 799.0 - 2 * x, 2.0 * y - 600) for x in range(110, 400, 40) for y in range(310, 500, 40)
        )
        * 2,
        overlapping_view=False,
        log_odds=4.0,
    )
    return dataclasses.replace(base, **changes)


@pytest.fixture
def query() -> WorkingCopy:
    pixels = np.full((900, 500, 3), 30, np.uint8)
    inner = PillowImage.fromarray(photograph()).transpose(PillowImage.Transpose.FLIP_LEFT_RIGHT).resize((300, 200))
    pixels[300:500, 100:400] = np.asarray(inner)
    return WorkingCopy(pixels=pixels)


@pytest.fixture
def match(evidence: dict[str, Evidence]) -> Match:
    found = evidence["railcar"]
    assert isinstance(found, Match)
    reference = dataclasses.replace(found.reference, width_px=600, height_px=400)
    return dataclasses.replace(found, alignment=aligned(), reference=reference, radius_bits=0)


def drawn(query: WorkingCopy, match: Match, at_hand: AtHand) -> figures.Figures:
    return figures.draw(query, [match], {match.reference.image_id: at_hand})


def pixels(figure: figures.Figure) -> np.ndarray:
    with PillowImage.open(io.BytesIO(figure.jpeg)) as image:
        assert image.size == (figure.width_px, figure.height_px)
        return np.asarray(image.convert("L"), np.int16)


def test_the_reference_laid_over_the_picture_shows_the_same_pixels(query: WorkingCopy, match: Match) -> None:
    one = drawn(query, match, AtHand(copy=WorkingCopy(pixels=photograph()))).of[match.id]
    under, over = pixels(one.under_test), pixels(one.laid)
    assert under.shape == over.shape
    middle = np.s_[20:-60, 20:-20]  # the names of both pictures stand below
    assert np.abs(under[middle] - over[middle]).mean() < 4
    assert np.abs(under[middle] - over[middle][:, ::-1]).mean() > 20


def test_the_same_match_gives_the_same_bytes_and_small_ones(query: WorkingCopy, match: Match) -> None:
    reference = AtHand(copy=WorkingCopy(pixels=photograph(3000, 2000)))
    files = drawn(query, match, reference).files()
    assert files == drawn(query, match, reference).files()
    assert sorted(files) == [
        "match-1-joined.jpg",
        "match-1-laid-over.jpg",
        "match-1-under-test.jpg",
        "match-outline.jpg",
    ]
    for jpeg in files.values():
        with PillowImage.open(io.BytesIO(jpeg)) as image:
            assert max(image.size) <= 1010
        assert len(jpeg) < 300_000


def test_outside_of_the_outline_the_picture_is_dimmed(query: WorkingCopy, match: Match) -> None:
    outline = drawn(query, match, AtHand(copy=WorkingCopy(pixels=photograph()))).outline
    assert outline is not None
    picture = pixels(outline)
    factor = outline.width_px / 500
    assert picture[: round(280 * factor)].mean() < 20 < picture[round(320 * factor) : round(480 * factor)].mean()


def test_a_reference_that_fills_the_picture_needs_no_outline(query: WorkingCopy, match: Match) -> None:
    whole = dataclasses.replace(match, alignment=aligned(query_share=0.99))
    assert drawn(query, whole, AtHand(copy=WorkingCopy(pixels=photograph()))).outline is None


def test_points_of_one_place_are_dotted_once_and_few_lines_are_spread(match: Match) -> None:
    assert match.alignment is not None
    points = panels.places(match.alignment)
    assert len(points) == len(match.alignment.pairs) / 2
    chosen = panels._spread(points[:, :2], panels.MOST_LINES)
    assert len(chosen) == len(set(chosen)) == panels.MOST_LINES <= 30
    corners = points[chosen, 0]
    assert (corners.min(), corners.max()) == (points[:, 0].min(), points[:, 0].max())


@pytest.mark.parametrize(("turn_deg", "mirrored", "told"), [(0, False, "lines join 16"), (90, False, "12 of these are"),
                                                          (0, True, "12 of these are")])  # fmt: skip
def test_points_are_joined_by_lines_or_numbered_where_lines_would_cross(
    query: WorkingCopy, match: Match, turn_deg: float, mirrored: bool, told: str
) -> None:
    laid = dataclasses.replace(match, alignment=aligned(turn_deg=float(turn_deg), mirrored=mirrored))
    one = drawn(query, laid, AtHand(copy=WorkingCopy(pixels=photograph()))).of[laid.id]
    assert one.marked.startswith(told)
    assert ("numbered" in one.joined.alt) == ("numbered" in one.marked)


def test_hostile_words_in_a_match_stay_words(query: WorkingCopy, match: Match, founding: Report) -> None:
    hostile = dataclasses.replace(match, transform='"><script>alert(1)</script>\u202e')
    made = drawn(query, hostile, AtHand(copy=WorkingCopy(pixels=photograph()), reason="<b>"))
    text = html.render(_with(founding, hostile), {}, made)
    assert "<script" not in text and "\u202e" not in text
    assert "&lt;script&gt;" in text


def test_a_likeness_is_marked_in_the_picture_and_beside_it(
    query: WorkingCopy, match: Match, founding: Report, pictures: dict[str, bytes]
) -> None:
    small = WorkingCopy(pixels=photograph(120, 80))
    at_hand = AtHand(copy=small, likeness=True, reason="the file at its place is not the one that was added")
    made = drawn(query, match, at_hand)
    assert made.of[match.id].joined.jpeg != drawn(query, match, AtHand(copy=small)).of[match.id].joined.jpeg
    text = html.render(_with(founding, match), pictures, made)
    assert "The reference picture itself is not at hand: <bdi" in text
    assert "the file at its place is not the one that was added" in text


def test_a_reference_without_any_pixels_is_said_and_still_outlined(
    query: WorkingCopy, match: Match, founding: Report
) -> None:
    made = drawn(query, match, AtHand(copy=None, reason="no place of it was kept"))
    assert made.outline is not None and not made.of
    text = html.render(_with(founding, match), {}, made)
    assert "No place of it was kept" in text


@pytest.mark.parametrize(
    "changes",
    [
        {"matrix": (float("nan"),) * 9},
        {"matrix": (0.0,) * 9},
        {"query_region": ()},
        {"reference_region": ((0.0, 0.0), (float("inf"), 1.0), (1.0, 1.0))},
    ],
)
def test_numbers_that_cannot_be_drawn_draw_nothing(
    query: WorkingCopy, match: Match, changes: dict[str, object]
) -> None:
    broken = dataclasses.replace(match, alignment=aligned(**changes))
    assert drawn(query, broken, AtHand(copy=WorkingCopy(pixels=photograph()))).files() == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"query_region": ((-9e9, -9e9), (9e9, -9e9), (9e9, 9e9))},
        {"query_region": ((5000.0, 5000.0), (5001.0, 5000.0), (5001.0, 5001.0))},
        {"pairs": ((-7.0, 1.0, 2.0, 3.0), (1e12, -1e12, 1e12, 0.0))},
        {"pairs": ()},
        {"scale": 0.0},
        {"matrix": (1e6, 0.0, 0.0, 0.0, 1e6, 0.0, 3.0, -2.0, 1.0)},
    ],
)
def test_wild_numbers_draw_something_and_never_fail(
    query: WorkingCopy, match: Match, changes: dict[str, object]
) -> None:
    wild = dataclasses.replace(match, alignment=aligned(**changes))
    for reference in (photograph(), photograph(1, 1), photograph(1500, 3)):
        files = drawn(query, wild, AtHand(copy=WorkingCopy(pixels=reference))).files()
        assert "match-1-joined.jpg" in files


def test_several_references_are_numbered_and_the_rest_is_counted(query: WorkingCopy, match: Match) -> None:
    references = [dataclasses.replace(match.reference, image_id=f"{number:064x}") for number in range(5)]
    matches = [dataclasses.replace(match, reference=reference) for reference in references]
    shown = AtHand(copy=WorkingCopy(pixels=photograph()))
    made = figures.draw(query, matches, {reference.image_id: shown for reference in references})
    assert list(made.of) == [one.id for one in matches[: figures.MOST_MATCHES]]
    assert made.left_out == 2
    assert {"match-1-joined.jpg", "match-3-joined.jpg"} <= set(made.files())


def test_the_page_holds_the_bytes_of_the_files_and_their_words(
    query: WorkingCopy, match: Match, founding: Report
) -> None:
    made = drawn(query, match, AtHand(copy=WorkingCopy(pixels=photograph())))
    text = html.render(_with(founding, match), {}, made)
    for name in made.files():
        assert f">{name}</code>" in text
    for figure in (made.of[match.id].joined, made.of[match.id].laid):
        assert re.search(rf'<img src="data:image/jpeg;base64,[^"]+" width="{figure.width_px}"', text)
    assert "<script" not in text and not re.search(r"\sstyle\s*=", text)
    assert len(set(re.findall(r'\sid="([^"]+)"', text))) == len(re.findall(r'\sid="([^"]+)"', text))


def test_page_and_terminal_measure_in_the_same_words(match: Match, founding: Report) -> None:
    sure = dataclasses.replace(match, one_false_match_in=12_000)
    rows = dict(measures.measures(sure))
    assert list(rows) == ["transform", "points", "overlap", "blocks", "chance"]
    assert rows["chance"] == (
        "an unrelated picture would agree as well in fewer than one of 12,000 such searches of a set of this size, "
        "as far as was measured"
    )
    assert rows["overlap"] == "13 % of the picture under test, 100 % of the reference"
    assert "chance" not in dict(measures.measures(match))
    text = html.render(_with(founding, sure), {})
    assert all(words in text for words in rows.values())


def _with(report: Report, match: Match) -> Report:
    """The report with its first match in this form, and everything that cites it following."""
    old = next(item for item in report.evidence if isinstance(item, Match))

    def replaced(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(match.id if one == old.id else one for one in ids)

    found = tuple(
        dataclasses.replace(
            finding,
            sentences=tuple(dataclasses.replace(one, cites=replaced(one.cites)) for one in finding.sentences),
        )
        for finding in report.findings
    )
    evidence = tuple(match if item is old else item for item in report.evidence)
    return dataclasses.replace(report, evidence=evidence, findings=found)
