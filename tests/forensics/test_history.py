"""What the history of a file says, word by word, from grids and steps that are given."""

from types import SimpleNamespace

import numpy as np
import pytest

from provenance.forensics.blind import double_jpeg, history, jpeg_grid
from provenance.forensics.blind.chance import ALARM_LOG10_NFA
from provenance.forensics.blind.dct import ZIGZAG
from provenance.forensics.blind.grid import MainGrid
from provenance.forensics.blind.once import LEAST_FREQUENCIES
from provenance.forensics.blind.twice import First
from provenance.image.containers import sniff
from provenance.image.containers.jpeg_tables import libjpeg
from provenance.model.context import Context
from provenance.model.evidence import Trace
from provenance.model.image import Refusal
from provenance.model.outcome import Outcome, Ran, Skipped


def firsts(quality: int, wrong: int = 0, count: int = 15) -> tuple[First, ...]:
    """The first steps of libjpeg's table of a quality (T.81, annex K, scaled), the last so many of them far off."""
    table = libjpeg(quality)[0]
    return tuple(
        First(at=ZIGZAG[at], step=table[at] + 50 * (at > count - wrong), gain=1.0, ratios=np.zeros(3))
        for at in range(1, count + 1)
    )


def told(context: Context, monkeypatch: pytest.MonkeyPatch, **given: object) -> Outcome:
    """`given`: kind, grids, twice, no_grid, no_twice, steps."""
    monkeypatch.setattr(history, "grid_is_wiped_out", lambda _: given.get("no_grid"))
    monkeypatch.setattr(double_jpeg, "silent", lambda _: given.get("no_twice"))
    read = {jpeg_grid.grids: given.get("grids"), double_jpeg.twice: given.get("twice")}
    image = SimpleNamespace(
        original=SimpleNamespace(media_type=given.get("kind", sniff.JPEG)),
        working_copy=SimpleNamespace(steps=given.get("steps", ())),
        once=lambda reader, _: read[reader],
    )
    return history.check(image, context)  # type: ignore[arg-type]


def grids(
    origin: tuple[int, int], *, own: tuple[int, int] | None, spread: float, log10_nfa: float = -50.0
) -> jpeg_grid.Grids:
    main = MainGrid(origin=origin, log10_nfa=log10_nfa, trials=4000, hits=1234, spread=spread)
    return jpeg_grid.Grids(luma=np.zeros((1, 1), np.uint8), casts=(), own=own, main=main)


NONE = SimpleNamespace(firsts=())


def statements(outcome: Outcome) -> list[str]:
    if not isinstance(outcome, Ran):
        return []
    return [one.statement for one in outcome.evidence]


@pytest.mark.parametrize("quality", [50, 62, 75, 88, 97])
def test_a_table_of_libjpeg_is_named(quality: int) -> None:
    assert history.likeliest(firsts(quality)) == (quality, 15)


def test_four_in_five_steps_name_a_quality_and_fewer_do_not() -> None:
    quality, equal = history.likeliest(firsts(90, wrong=3))
    assert (quality, equal) == (90, 12)
    assert history.likeliest(firsts(90, wrong=4)) == (0, 0)


def test_of_a_file_without_loss_half_of_the_parts_must_show_the_grid() -> None:
    assert grids((0, 0), own=None, spread=0.5).through
    assert not grids((0, 0), own=None, spread=0.49).through
    assert grids((0, 0), own=(0, 0), spread=0.8).through
    assert not grids((0, 0), own=(0, 0), spread=0.79).through
    assert grids((0, 0), own=None, spread=1.0, log10_nfa=ALARM_LOG10_NFA).through
    assert not grids((0, 0), own=None, spread=1.0, log10_nfa=ALARM_LOG10_NFA + 0.01).through


def test_a_grid_through_the_picture_tells_a_former_jpeg(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    no = Skipped(reason="not a JPEG")
    was = "This PNG was a JPEG before it was saved as it is"
    for origin, cut in (
        ((0, 0), "."),
        ((3, 5), ", and cut after that: the first whole block begins at 3, 5."),
        ((0, 5), ", and cut after that: the first whole block begins at 0, 5."),
    ):
        seen = grids(origin, own=None, spread=0.9)
        (trace,) = told(context, monkeypatch, kind=sniff.PNG, grids=seen, no_twice=no).evidence  # type: ignore[union-attr]
        assert isinstance(trace, Trace)
        assert trace.statement == was + cut
        assert "-50: 1,234 of 4,000 trials, chance 1/64, 64 tests" in trace.value
    turned = ("turned upright (EXIF orientation 6)",)
    seen = grids((3, 5), own=None, spread=0.9)
    assert statements(told(context, monkeypatch, kind=sniff.PNG, grids=seen, no_twice=no, steps=turned)) == [was + "."]
    open_ended = grids((3, 5), own=None, spread=0.4)
    outcome = told(context, monkeypatch, kind=sniff.PNG, grids=open_ended, no_twice=no)
    assert isinstance(outcome, Ran) and outcome.note == "no trace of an earlier JPEG compression"


def test_steps_that_were_recovered_tell_a_first_compression(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    no = Skipped(reason="saved below quality 98")
    outcome = told(context, monkeypatch, no_grid=no, twice=SimpleNamespace(firsts=firsts(75)))
    assert statements(outcome) == ["The picture was compressed as a JPEG at least twice, the first time more strongly."]
    value = outcome.evidence[0].value  # type: ignore[union-attr]
    steps = " ".join(str(one) for one in libjpeg(75)[0][1:16])
    assert value == (
        "at 15 frequencies the first step could be recovered; 15 of them are those of libjpeg quality 75 "
        f"(steps in zigzag order: {steps})"
    )
    unlike = told(context, monkeypatch, no_grid=no, twice=SimpleNamespace(firsts=firsts(75, wrong=8)))
    assert "libjpeg" not in unlike.evidence[0].value  # type: ignore[union-attr]


def test_too_few_steps_tell_nothing(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    least = LEAST_FREQUENCIES
    no = Skipped(reason="saved below quality 98")
    for count in (least - 1, least):
        outcome = told(context, monkeypatch, no_grid=no, twice=SimpleNamespace(firsts=firsts(75, count=count)))
        assert len(statements(outcome)) == (count == least)


def test_where_neither_can_speak_the_reason_is_that_of_the_one_that_could(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_grid, no_twice = Skipped(reason="no grid"), Skipped(reason="not twice")
    assert told(context, monkeypatch, no_grid=no_grid, no_twice=no_twice) is no_grid
    refused = Refusal(reason="no library", remedy="install it")
    outcome = told(context, monkeypatch, no_grid=no_grid, twice=refused)
    assert isinstance(outcome, Skipped) and (outcome.reason, outcome.remedy) == ("no library", "install it")
    seen = grids((0, 0), own=(0, 0), spread=0.1)
    assert isinstance(told(context, monkeypatch, grids=seen, twice=refused), Ran)
    both = told(
        context, monkeypatch, grids=grids((1, 2), own=(0, 0), spread=0.9), twice=SimpleNamespace(firsts=firsts(75))
    )
    assert len(statements(both)) == 2
    assert isinstance(told(context, monkeypatch, grids=seen, twice=NONE), Ran)
