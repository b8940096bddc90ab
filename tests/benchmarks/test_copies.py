"""The evaluation of copies: its figures by hand, its plan, and that a stopped run goes on."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.copies import lookalikes
from benchmarks.copies.figures import average_precision, ranked_first, recalled, threshold
from benchmarks.copies.limits import upper_limit
from benchmarks.copies.photos import gathered
from benchmarks.copies.queries import digest, indexed, queries
from benchmarks.copies.rows import COLUMNS, Row, read
from benchmarks.copies.suspects import suspects
from benchmarks.copies.trials import FAMILIES, MIXED, SINGLE, TWO

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def row(kind: str, *found: tuple[str, float, str], pairs: int = 0, shows: str = "a.jpg") -> Row:
    return Row(
        matcher="x",
        key=f"{kind}/{shows}/{len(found)}",
        kind=kind,
        trial="t",
        shows=(shows,),
        root=shows,
        pairs=pairs,
        found=tuple((name, score, "copy", label, 0) for name, score, label in found),
        inner="",
        decode_ms=1.0,
        query_ms=2.0,
    )


ROWS = [
    row("copy", ("a.jpg", 9.0, "right"), ("b.jpg", 8.0, "wrong"), pairs=1),
    row("copy", ("c.jpg", 5.0, "wrong"), ("a.jpg", 4.0, "right"), pairs=1),
    row("copy", pairs=1),
    row("stranger", ("d.jpg", 6.0, "wrong")),
    row("frame", ("e.jpg", 8.5, "wrong"), ("f.jpg", 9.5, "neutral")),
]


def test_the_threshold_is_the_highest_score_of_a_query_without_a_copy() -> None:
    assert threshold(ROWS, ("frame",)) == 6.0
    assert threshold(ROWS, ()) == 8.5
    assert recalled(ROWS, 6.0) == (1, 3)
    assert ranked_first(ROWS) == (1, 3)


def test_micro_average_precision_is_taken_over_all_pairs_of_all_queries() -> None:
    # in order of score: right, wrong (frame), wrong, wrong (stranger), wrong, right; three pairs are true
    assert average_precision(ROWS) == pytest.approx((1 / 1 + 2 / 6) / 3)


def test_pairs_of_equal_score_stand_or_fall_together() -> None:
    tied = [row("copy", ("a.jpg", 1.0, "right"), pairs=1), row("stranger", ("b.jpg", 1.0, "wrong"))]
    assert average_precision(tied) == average_precision(tied[::-1]) == pytest.approx(0.5)


def test_no_event_in_n_trials_leaves_three_in_n() -> None:
    assert upper_limit(0, 500) == pytest.approx(1 - 0.05 ** (1 / 500), abs=1e-9)
    assert upper_limit(5, 5) == 1.0


@given(st.integers(0, 40), st.integers(1, 400))
def test_a_limit_lies_above_the_share_and_falls_with_more_trials(events: int, more: int) -> None:
    trials = events + more
    assert events / trials < upper_limit(events, trials) < 1
    assert upper_limit(events, 2 * trials) < upper_limit(events, trials)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eleven sample pictures in the roles of a benchmark; the last stranger is a tile of an indexed picture."""
    names = sorted((SAMPLES / "reference").glob("*.jpg"))[:11]
    roles = ["originals"] * 2 + ["references"] * 4 + ["strangers"] * 5
    with (tmp_path / "manifest.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "role", "group", "origin_repository", "source"])
        for number, (name, role) in enumerate(zip(names, roles, strict=True)):
            (tmp_path / name.name).symlink_to(name)
            writer.writerow([name.name, role, "", "samples", "same" if number in (0, 10) else ""])
    return tmp_path


def test_no_stranger_is_asked_that_is_a_tile_of_an_indexed_picture(folder: Path) -> None:
    assert len(gathered([folder])["strangers"]) == 4


def test_a_plan_is_the_same_each_time_and_shows_no_indexed_picture_in_a_negative(folder: Path) -> None:
    roles = gathered([folder])
    asked = queries(roles, 1, 20)
    assert [one.key for one in asked] == [one.key for one in queries(gathered([folder, folder]), 1, 20)]
    assert len({one.key for one in asked}) == len(asked)
    held = {one.name for item in indexed(roles) for one in item.shows}
    assert not any(shown.name in held for one in asked if one.kind != "copy" for shown in one.shows)
    assert {one.trial for one in asked if one.kind == "copy"} == {*SINGLE, *MIXED, TWO}
    assert {name for names in FAMILIES.values() for name in names} == {*SINGLE, *MIXED, TWO}
    assert digest(roles, 1, 20) != digest(roles, 2, 20)


def test_screenshots_know_where_their_photograph_is(folder: Path) -> None:
    roles = gathered([folder])
    shot = next(one for one in queries(roles, 1, 20) if one.trial == "news page, light" and one.kind == "copy").draw()
    assert shot.box is not None
    assert shot.box[2] <= shot.picture.width and shot.box[3] <= shot.picture.height


def test_the_same_layout_with_other_words_keeps_the_theme(folder: Path) -> None:
    photos = [one.picture() for one in gathered([folder])["strangers"]]
    first, second = lookalikes.post(photos, 4), lookalikes.post(photos, 4, other_words=True)
    assert first.layout == second.layout
    assert first.words.split(", ")[:2] == second.words.split(", ")[:2]


def test_rows_come_back_as_they_were_written_and_wrong_ones_are_suspects(tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *(one.cells() for one in ROWS)])
    assert read(target) == {"x": ROWS}
    assert [one.score for one in suspects(ROWS)] == [8.5, 8.0, 6.0, 5.0]


def test_a_pair_with_a_wrong_label_counts_for_nobody(tmp_path: Path) -> None:
    target = tmp_path / "rows.csv"
    wrong = row("same scene", ("008999.jpg", 9.0, "wrong"), ("post 008999.jpg", 8.0, "wrong"), shows="009000.jpg")
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, wrong.cells()])
    assert threshold(read(target)["x"], ()) == -math.inf


def test_a_run_that_was_stopped_knows_what_was_answered_and_refuses_another_plan(tmp_path: Path) -> None:
    pytest.importorskip("pdqhash", reason="the peers of the benchmark are not installed")
    from benchmarks.copies.evaluate import done

    target = tmp_path / "rows.csv"
    assert done(target, "plan-1") == set()
    with target.open("a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(ROWS[0].cells())
    assert ("x", ROWS[0].key) in done(target, "plan-1")
    assert read(target) == {"x": [ROWS[0]]}
    with pytest.raises(SystemExit, match="another plan"):
        done(target, "plan-2")
