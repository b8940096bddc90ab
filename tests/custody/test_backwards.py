"""A log whose times go back is whole, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.cli.main import main
from provenance.custody.events import STATED_CLOCK, SYSTEM_CLOCK
from provenance.custody.writing import writing
from provenance.model.case import State

from .conftest import AUTHOR, Desk


def _write(desk: Desk, *times: str, clock: str = SYSTEM_CLOCK) -> None:
    for at in times:
        with writing(desk.root, replace(AUTHOR, at=at, clock=clock), create=True) as writer:
            writer.enter(replace(AUTHOR, at=at, clock=clock), "noted", "said")


def test_verify_says_where_the_times_go_back(desk: Desk) -> None:
    _write(desk, "2026-03-02T12:00:00Z", "2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z", "2025-01-01T00:00:00.5Z")
    found = desk.verify()
    assert found.state is State.UNSEALED
    assert found.notes == (
        "the times in the log go back: entry 3 is dated 2026-03-01T12:00:00Z, before entry 2 (2026-03-02T12:00:00Z), "
        "and 1 more go back. A clock was wrong at one of them, or was set back",
    )
    desk.seal()  # by a clock of 2026 again
    sealed = desk.verify()
    assert sealed.state is State.INTACT
    assert sealed.notes == found.notes


def test_log_says_it_beside_the_entry(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    _write(desk, "2026-03-02T12:00:00Z", "2026-03-01T12:00:00Z")
    assert main(["log", str(desk.root)]) == 0
    told = [line.strip() for line in capsys.readouterr().out.splitlines() if "before entry" in line]
    assert told == [
        "entry 3 is dated 2026-03-01T12:00:00Z, before entry 2 (2026-03-02T12:00:00Z): a clock was wrong, or was set "
        "back"
    ]


@pytest.mark.parametrize(
    "times",
    [
        pytest.param(("2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z", "2026-03-03T00:00:00Z"), id="onwards"),
        pytest.param(("2026-03-02T12:00:00Z", "2026-03-02T11:46:00Z"), id="waited for its turn"),
        pytest.param(("2026-03-02T12:00:00Z", "yesterday", "0001-01-01T00:00:00+23:59", "2026-03-01"), id="no times"),
    ],
)
def test_nothing_is_said_of_what_is_no_step_back(desk: Desk, times: tuple[str, ...]) -> None:
    _write(desk, *times)
    assert desk.verify().notes == ()


def test_a_time_that_a_person_stated_is_held_against_nothing(desk: Desk) -> None:
    _write(desk, "2026-03-02T12:00:00Z")
    _write(desk, "2024-11-15T09:00:00Z", clock=STATED_CLOCK)
    _write(desk, "2026-03-02T12:05:00Z")
    assert desk.verify().notes == ()
