"""What stands beside a next step: what it could move, what it takes, and the command where it names an option."""

from __future__ import annotations

import pytest

from provenance.model.finding import Effort, NextStep, Question
from provenance.report.languages.tongue import tongue
from provenance.report.outline import could

CHECK = "on the command line: provenance check IMAGE"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Record which time is claimed for the picture (--claimed-time), and check again.", "--claimed-time TIME"),
        (
            "Record which time and place are claimed (--claimed-time and --claimed-place), and check again.",
            "--claimed-time TIME --claimed-place PLACE",
        ),
        ("Name a set or a folder of pictures with --reference, or fill the desk's own set.", "--reference SET"),
        ("Ask the publisher of --claimed-timepiece for the original file.", ""),
        ("Look at the region by eye.", ""),
    ],
)
def test_a_step_that_names_an_option_has_the_whole_command(text: str, command: str) -> None:
    step = NextStep(text=text, could_settle=(Question.WHEN,), effort=Effort.MINUTES, cites=("check-exif",))
    told = could(step)
    assert told.startswith("Could settle When; minutes at the desk")
    assert told.partition(CHECK)[2].strip() == command
    assert ("provenance check IMAGE" in could(step, tongue("ru"))) is bool(command)
