"""The score by which the adapter ranks matches of all queries: answers a hundred apart, within them by log-odds."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.adapters import Matcher, sureness
from provenance.model.matches import Alignment, Answer, Match, Reference
from provenance.model.publication import CopyKind
from provenance.model.source import Source, SourceKind

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
LAID = Alignment(
    query_region=((0, 0), (9, 0), (9, 9)),
    reference_region=((0, 0), (9, 0), (9, 9)),
    query_share=1.0,
    reference_share=1.0,
    mirrored=False,
    turn_deg=0.0,
    scale=1.0,
    points=50,
    points_in_view=60,
    residual_share=0.001,
    parallax=0.0,
    blocks=100,
    blocks_alike=1.0,
    matrix=(1, 0, 0, 0, 1, 0, 0, 0, 1),
    pairs=(),
    overlapping_view=False,
    log_odds=1.0,
)
BY_FRAME = Match(
    source=Source(kind=SourceKind.PROGRAM, name="this program", origin="this check"),
    statement="",
    method="search",
    reference=Reference(set_name="set", image_id="0" * 64),
    answer=Answer.COPY,
    copy=CopyKind.NEAR,
    fingerprint="whole frame",
    distance_bits=10,
    radius_bits=40,
    transform="as it is",
)


def laid(answer: Answer, log_odds: float) -> Match:
    return replace(BY_FRAME, answer=answer, alignment=replace(LAID, log_odds=log_odds))


def test_every_copy_stands_above_every_scene_and_every_scene_above_every_element() -> None:
    ranked = [
        sureness(replace(BY_FRAME, fingerprint="sha256")),
        sureness(laid(Answer.COPY, 400.0)),
        sureness(laid(Answer.COPY, -400.0)),
        sureness(laid(Answer.SAME_SCENE, 400.0)),
        sureness(laid(Answer.SAME_SCENE, -400.0)),
        sureness(laid(Answer.SHARED_ELEMENT, 400.0)),
    ]
    assert ranked == sorted(ranked, reverse=True)
    assert len(set(ranked)) == len(ranked)


def test_a_whole_frame_without_points_stands_among_the_middling_copies_the_nearer_the_higher() -> None:
    scores = [sureness(replace(BY_FRAME, distance_bits=bits)) for bits in (0, 10, 40)]
    assert scores == sorted(scores, reverse=True)
    assert sureness(laid(Answer.COPY, 0.5)) < scores[-1] <= scores[0] < sureness(laid(Answer.COPY, 8.0))


def test_a_set_is_kept_between_runs_and_says_nothing_of_pictures_that_nobody_named(tmp_path: Path) -> None:
    reference = SAMPLES / "reference" / "railcar_yard.jpg"
    first = Matcher(tmp_path)
    first.index([("a", reference), ("also a", reference), ("b", SAMPLES / "reference" / "warehouse.jpg")])
    assert [score for _, score in first.query(reference)] == pytest.approx([1000.0, 1000.0])
    first.close()
    second = Matcher(tmp_path)
    second.index([("b", SAMPLES / "reference" / "warehouse.jpg")])
    assert second.query(reference) == []
    second.close()
