"""A comparison with a reference comes first in the answer, by name; where the picture is gone that is said."""

from __future__ import annotations

from provenance.findings.altered import finding
from provenance.model.evidence import Compared, Comparison, DifferingRegion, Reference
from provenance.model.finding import Verdict
from provenance.model.outcome import CheckRun, Skipped
from provenance.model.source import Source, SourceKind

REFERENCE = Reference(set_name="ours", image_id="ab" * 32, name="yard.jpg")
RUNS = (CheckRun(check="thumbnail", outcome=Skipped(reason="the file holds no thumbnail")),)


def comparison(outcome: Compared, statement: str, *, what: str = "", **fields: object) -> Comparison:
    region = DifferingRegion(
        box_px=(1, 2, 30, 40), share=0.03, outlines=(), what=what, log10_nfa=-12.0, window_blocks=(0, 0, 4, 4),
        blocks=16, unusual=16, level=4.0, chance=0.004, tests=1000,
    )  # fmt: skip
    return Comparison(
        source=Source(kind=SourceKind.PROGRAM, name="this program", origin="this check"),
        statement=statement,
        method="comparison",
        reference=REFERENCE,
        outcome=outcome,
        regions=(region,) if outcome in (Compared.DIFFERS, Compared.OVERLAID) else (),
        **fields,  # type: ignore[arg-type]
    )


def test_a_region_that_differs_is_the_answer() -> None:
    item = comparison(Compared.DIFFERS, "Differs from the reference in one region: 3.0 % of the picture.")
    found = finding([item], RUNS)
    assert found is not None and found.verdict is Verdict.DIFFERS
    assert found.sentences[0].text == "Differs from yard.jpg in ours in one region: 3.0 % of the picture."
    assert "cannot say which" in found.sentences[1].text
    assert found.not_established[0] == "Which of the two was changed."


def test_no_difference_says_what_would_have_been_caught() -> None:
    item = comparison(Compared.NO_DIFFERENCE, "No difference from the reference beyond saving.", blocks=9000)
    found = finding([item], RUNS)
    assert found is not None and found.verdict is Verdict.NO_TRACE_FOUND
    assert found.sentences[0].text == "No difference from yard.jpg in ours beyond saving."
    assert "would have caught" in found.sentences[1].text
    assert "reference itself" in found.not_established[0]


def test_a_picture_that_is_gone_was_not_checked() -> None:
    item = comparison(Compared.NOT_CHECKED, "Not checked: the reference picture is not at hand.", reason="gone")
    found = finding([item], RUNS)
    assert found is not None and found.verdict is Verdict.NOT_JUDGED
    assert found.sentences[-1].text == "yard.jpg in ours: not checked: the reference picture is not at hand."


def test_another_photograph_is_never_altered() -> None:
    item = comparison(Compared.OTHER_PHOTOGRAPH, "A different photograph of the same scene: compared as such.")
    found = finding([item], RUNS)
    assert found is not None and found.verdict is Verdict.NOT_JUDGED
