"""A check that breaks or overruns is shown as such, and takes no other with it."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from provenance.checks import Check, CheckFunction
from provenance.desk.running import failed_by, run_checks
from provenance.errors import ReferenceSetError
from provenance.findings.unrun import why_not
from provenance.model.context import Context
from provenance.model.finding import Question
from provenance.model.image import Image, Original, Refusal, Structure
from provenance.model.outcome import Failed, Outcome, Ran, Skipped

IMAGE = Image(
    original=Original(name="a.jpg", path="a.jpg", sha256="0" * 64, size_bytes=1, media_type="image/jpeg"),
    data=b"x",
    structure=Structure(media_type="image/jpeg"),
    refusal=Refusal(reason="the file is cut short", remedy="ask for it again"),
)
CONTEXT = Context(now=datetime(2024, 11, 15, tzinfo=UTC))


@dataclass(frozen=True)
class Given(Check):
    """A line of the list whose function is handed in."""

    given: CheckFunction | None = None

    def function(self) -> CheckFunction:
        assert self.given is not None
        return self.given


def listed(name: str, function: CheckFunction, *, needs_pixels: bool = False) -> Given:
    return Given(name, "", (Question.ORIGIN,), needs_pixels, function)


def fine(image: Image, context: Context) -> Outcome:
    return Ran(note="looked")


def broken(image: Image, context: Context) -> Outcome:
    raise RecursionError("too deep")


def mendable(image: Image, context: Context) -> Outcome:
    raise ReferenceSetError("the set is damaged", remedy="restore it")


def endless(image: Image, context: Context) -> Outcome:
    time.sleep(600)
    return Ran()


def test_a_broken_check_is_failed_and_the_next_one_runs() -> None:
    first, second = run_checks((listed("broken", broken), listed("fine", fine)), IMAGE, CONTEXT)
    assert first.outcome == Failed(error="RecursionError: too deep")
    assert second.outcome == Ran(note="looked")
    assert second.id == "check-fine"


def test_an_error_that_a_person_can_mend_keeps_its_remedy_and_exit_code() -> None:
    (run,) = run_checks((listed("search", mendable),), IMAGE, CONTEXT)
    assert run.outcome == Failed(error="the set is damaged", remedy="restore it", exit_code=5)
    assert why_not(run) == ("the set is damaged", "restore it")


def test_without_pixels_a_check_that_needs_them_says_why() -> None:
    (run,) = run_checks((listed("pixels", fine, needs_pixels=True),), IMAGE, CONTEXT)
    assert run.outcome == Skipped(reason="the file is cut short", remedy="ask for it again")


def test_what_overruns_and_what_comes_after_is_not_checked_for_time() -> None:
    checks = (listed("fine", fine), listed("endless", endless), listed("late", fine))
    started_s = time.monotonic()
    runs = run_checks(checks, IMAGE, CONTEXT, deadline_s=started_s + 2)
    assert time.monotonic() - started_s < 10
    assert isinstance(runs[0].outcome, Ran)
    assert [run.outcome.reason for run in runs[1:] if isinstance(run.outcome, Skipped)] == ["time", "time"]


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("OpenCV: error: (-4:Insufficient memory) in alloc")])
def test_a_check_that_lacks_memory_says_so_and_what_to_do(error: Exception) -> None:
    found = failed_by(error)
    assert found.error == "there is not enough memory" and found.remedy.startswith("close other programs")
    assert failed_by(ValueError("x")).error == "ValueError: x"
