"""What the grid check does with what votes and steps give it: which grids are known, what is told, when it abstains."""

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from provenance.forensics.blind import jpeg_grid
from provenance.forensics.blind.grid import MainGrid
from provenance.forensics.blind.regions import Suspect
from provenance.image.containers import sniff
from provenance.model.context import Context
from provenance.model.differences import Anomaly
from provenance.model.limits import Limits
from provenance.model.outcome import Outcome, Ran, Skipped

from .conftest import suspected

Asked = Callable[..., Outcome]
TABLE = (1, 2, 3)
CASTS = (np.zeros((1, 1), np.uint8), np.ones((1, 1), np.uint8))


def suspect(column: int, log10_nfa: float, grid: tuple[int, int] | None = None) -> Suspect:
    return suspected((20, 30), (4, column, 4), log10_nfa=log10_nfa, grid=grid)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, context: Context) -> Asked:
    """`asked(own, origin, spread, voted=, stepped=, drifts=, beside=, whole=, on=)`; `asked.seen` has the rest."""

    def made(
        own: tuple[int, int] | None,
        origin: tuple[int, int],
        spread: float,
        *,
        voted: tuple[Suspect, ...] = (),
        stepped: tuple[Suspect, ...] = (),
        drifts: int = 0,
        beside: int = 0,
        whole: bool = False,
        on: bool = False,
    ) -> Outcome:
        main = MainGrid(origin=origin, log10_nfa=-90.0, trials=900, hits=500, spread=spread)
        seen = jpeg_grid.Grids(luma=np.zeros((1, 1), np.uint8), casts=CASTS, own=own, main=main)
        notes: dict[str, object] = {}

        def steps(_: object, known: tuple[tuple[int, int], ...], last: tuple[int, ...]) -> tuple[Suspect, ...]:
            notes["known"], notes["last"] = known, last
            return stepped

        def votes(_: object, of: tuple[int, int]) -> tuple[Suspect, ...]:
            notes["origin"] = of
            return voted

        def runs(cast: np.ndarray, one: Suspect, _: object) -> bool:
            notes["asked of"] = one
            return bool(drifts) and cast is CASTS[drifts - 1]

        def lies(cast: np.ndarray, _: object, of: tuple[int, int]) -> bool:
            notes["beside"] = of
            return bool(beside) and cast is CASTS[beside - 1]

        def undone(luma: np.ndarray, one: Suspect, last: tuple[int, ...]) -> bool:
            notes["undone"] = (luma, one)
            return whole

        def goes_on(_: object, one: Suspect, of: tuple[int, int], *, a_jpeg: bool) -> bool:
            notes["on"] = (one, of, a_jpeg)
            return on

        monkeypatch.setattr(jpeg_grid, "grid_is_wiped_out", lambda _: None)
        monkeypatch.setattr(jpeg_grid, "luminance_table", lambda _: TABLE)
        monkeypatch.setattr(jpeg_grid, "lies_beside", lies)
        monkeypatch.setattr(jpeg_grid, "is_whole_when_undone", undone)
        monkeypatch.setattr(jpeg_grid, "runs_on", goes_on)
        monkeypatch.setattr(jpeg_grid, "foreign_grids", votes)
        monkeypatch.setattr(jpeg_grid, "foreign_steps", steps)
        monkeypatch.setattr(jpeg_grid, "runs_in_steps", runs)
        image = SimpleNamespace(
            original=SimpleNamespace(media_type=sniff.PNG if own is None else sniff.JPEG),
            working_copy=SimpleNamespace(width_px=240, height_px=160),
            once=lambda *_: seen,
        )
        made.seen = notes  # type: ignore[attr-defined]
        return jpeg_grid.check(image, context)  # type: ignore[arg-type]

    return made


def boxes(outcome: Outcome) -> list[tuple[str, list[int]]]:
    """Of each item: what was counted, and where its regions begin."""
    assert isinstance(outcome, Ran)
    found = [one for one in outcome.evidence if isinstance(one, Anomaly)]
    kind = ("votes for its grid", "a multiple")
    return [(next(one for one in kind if one in item.formula), [r.box_px[0] for r in item.regions]) for item in found]


def test_without_a_grid_a_file_without_loss_is_not_judged(asked: Asked) -> None:
    outcome = asked(None, (3, 2), 0.49, voted=(suspect(4, -9.0),))
    assert isinstance(outcome, Skipped)
    assert "no JPEG grid runs through the picture" in outcome.reason
    assert isinstance(asked(None, (3, 2), 0.5), Ran)


@pytest.mark.parametrize(("spread", "judged"), [(0.29, True), (0.3, False), (0.79, False), (0.8, True)])
def test_two_grids_are_not_judged_but_where_one_runs_through_all(asked: Asked, spread: float, judged: bool) -> None:
    outcome = asked((0, 0), (3, 2), spread)
    assert isinstance(outcome, Ran) is judged
    if isinstance(outcome, Skipped):
        assert "two JPEG grids run through the picture" in outcome.reason


@pytest.mark.parametrize(
    ("own", "origin", "spread", "of", "known"),
    [
        (None, (3, 2), 0.9, (3, 2), ((3, 2),)),
        ((0, 0), (3, 2), 0.9, (3, 2), ((3, 2), (0, 0))),
        ((0, 0), (3, 2), 0.1, (0, 0), ((0, 0),)),
    ],
)
def test_a_part_is_foreign_to_the_grid_of_the_picture_and_to_that_of_its_saving(
    asked: Asked, own: object, origin: tuple[int, int], spread: float, of: object, known: object
) -> None:
    asked(own, origin, spread)
    assert asked.seen["origin"] == of  # type: ignore[attr-defined]
    assert asked.seen["known"] == known  # type: ignore[attr-defined]


def test_where_votes_and_steps_name_one_part_it_is_told_once(asked: Asked) -> None:
    outcome = asked(
        None, (0, 0), 0.9, voted=(suspect(4, -9.0),), stepped=(suspect(7, -30.0), suspect(8, -5.0), suspect(20, -6.0))
    )
    assert boxes(outcome) == [("votes for its grid", [32]), ("a multiple", [64, 160])]
    assert asked.seen["asked of"].log10_nfa == -9.0  # type: ignore[attr-defined]


def test_steps_alone_tell_a_part_and_nothing_tells_none(asked: Asked) -> None:
    assert boxes(asked(None, (0, 0), 0.9, stepped=(suspect(20, -6.0),))) == [("a multiple", [160])]
    assert boxes(asked(None, (0, 0), 0.9, voted=(suspect(4, -9.0),))) == [("votes for its grid", [32])]
    outcome = asked(None, (0, 0), 0.9)
    assert isinstance(outcome, Ran)
    assert outcome.note == "no part of the picture carries a JPEG grid other than the rest"


@pytest.mark.parametrize("drifts", [1, 2])
def test_where_the_votes_of_either_size_of_zero_drift_nothing_is_told(asked: Asked, drifts: int) -> None:
    outcome = asked(None, (0, 0), 0.9, voted=(suspect(4, -9.0),), drifts=drifts)
    assert isinstance(outcome, Skipped)
    assert "in steps" in outcome.reason


@pytest.mark.parametrize("own", [None, (0, 0)])
def test_of_a_picture_that_is_whole_when_a_resizing_is_undone_nothing_is_told(asked: Asked, own: object) -> None:
    parts = {"voted": (suspect(4, -9.0),), "stepped": (suspect(20, -16.0),)}
    outcome = asked(own, (0, 0), 0.9, **parts, whole=True)
    assert isinstance(outcome, Skipped)
    assert "it was resized a little, or turned" in outcome.reason
    assert asked.seen["undone"][1].log10_nfa == -16.0  # type: ignore[attr-defined]
    assert isinstance(asked(own, (0, 0), 0.9, **parts), Ran)


def test_where_nothing_is_found_nothing_is_undone(asked: Asked) -> None:
    asked(None, (0, 0), 0.9, whole=True)
    assert "undone" not in asked.seen  # type: ignore[attr-defined]


@pytest.mark.parametrize("own", [None, (0, 0)])
def test_steps_are_asked_with_the_table_of_the_last_saving_where_there_was_one(asked: Asked, own: object) -> None:
    asked(own, (0, 0), 0.9)
    assert asked.seen["last"] == (() if own is None else TABLE)  # type: ignore[attr-defined]


@pytest.mark.parametrize("beside", [1, 2])
@pytest.mark.parametrize(
    ("own", "origin", "judged"), [((0, 0), (0, 0), False), ((0, 0), (3, 2), True), (None, (0, 0), True)]
)
def test_tiles_beside_the_grid_are_asked_of_a_jpeg_that_has_no_other(
    asked: Asked, beside: int, own: object, origin: tuple[int, int], judged: bool
) -> None:
    outcome = asked(own, origin, 0.9, stepped=(suspect(4, -9.0),), beside=beside)
    assert isinstance(outcome, Ran) is judged
    assert judged or "in steps" in outcome.reason  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("own", "origin", "judged"), [(None, (3, 2), False), ((0, 0), (0, 0), False), ((0, 0), (3, 2), True)]
)
def test_a_grid_that_runs_on_is_asked_where_one_is_known(
    asked: Asked, own: object, origin: tuple[int, int], judged: bool
) -> None:
    """Of the surest part; where two grids run through the picture a third is not asked for."""
    outcome = asked(own, origin, 0.9, voted=(suspect(4, -9.0),), stepped=(suspect(20, -12.0),), on=True)
    assert isinstance(outcome, Ran) is judged
    if not judged:
        assert "two JPEG grids" in outcome.reason  # type: ignore[union-attr]
        one, of, a_jpeg = asked.seen["on"]  # type: ignore[attr-defined]
        assert (one.log10_nfa, of, a_jpeg) == (-12.0, origin, own is not None)


def test_parts_of_votes_and_of_steps_together_are_steps_of_one_grid(asked: Asked) -> None:
    voted = suspect(4, -9.0, (3, 3)), suspect(12, -9.0, (3, 4))
    outcome = asked(None, (0, 0), 0.9, voted=voted, stepped=(suspect(20, -6.0, (2, 3)),))
    assert isinstance(outcome, Skipped)
    assert "in steps" in outcome.reason
    assert isinstance(asked(None, (0, 0), 0.9, voted=voted, stepped=(suspect(20, -6.0, (6, 6)),)), Ran)


def test_the_share_of_a_part_is_that_of_the_picture(asked: Asked) -> None:
    outcome = asked(None, (0, 0), 0.9, voted=(suspect(4, -9.0),))
    assert isinstance(outcome, Ran)
    (found,) = outcome.evidence
    share = f"{100 * 32 * 32 / (240 * 160):.1f} % of the picture"
    assert found.statement == f"A region (x 32, y 32, 32 x 32 px; {share}) carries a JPEG grid other than the rest."


@pytest.mark.parametrize(
    ("kind", "steps", "own", "but"),
    [
        (sniff.PNG, (), None, None),
        (sniff.JPEG, (), (0, 0), 0),
        (sniff.JPEG, ("turned upright (EXIF orientation 3)",), (5, 2), 8 * 2 + 5),
    ],
)
def test_of_a_jpeg_its_own_grid_has_no_vote_wherever_a_turn_brought_it(
    monkeypatch: pytest.MonkeyPatch, kind: str, steps: tuple[str, ...], own: object, but: int | None
) -> None:
    def votes(_: object, *, zero: float = 0.5, but: int | None = None) -> tuple[float, int | None]:
        return zero, but

    def main_grid(cast: object) -> MainGrid:
        origin = {(1.0, None): (5, 2), (1.0, but): (3, 1)}.get(cast, (0, 0))  # type: ignore[call-overload]
        return MainGrid(origin=origin, log10_nfa=0.0, trials=1, hits=0, spread=0.0)

    def votes_by(
        _: object, zeros: tuple[float, ...], *, but: int | None = None
    ) -> tuple[tuple[float, int | None], ...]:
        return tuple((zero, but) for zero in zeros)

    monkeypatch.setattr(jpeg_grid, "votes", votes)
    monkeypatch.setattr(jpeg_grid, "votes_by", votes_by)
    monkeypatch.setattr(jpeg_grid, "main_grid", main_grid)
    copy = SimpleNamespace(pixels=np.zeros((16, 16, 3), np.uint8), steps=steps)
    image = SimpleNamespace(original=SimpleNamespace(media_type=kind), working_copy=copy)
    seen = jpeg_grid.grids(image, Limits())  # type: ignore[arg-type]
    assert seen.own == own
    assert seen.casts == (((0.5, None),) if own is None else ((1.0, but), (0.5, but)))
    assert seen.main.origin == ((0, 0) if own is None else (3, 1))


def test_what_was_not_decoded_has_no_grids() -> None:
    with pytest.raises(ValueError, match="not decoded"):
        jpeg_grid.grids(SimpleNamespace(working_copy=None), Limits())  # type: ignore[arg-type]
