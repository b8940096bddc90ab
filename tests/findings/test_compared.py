"""A comparison with a reference comes first in the answer, by name; where the picture is gone that is said."""

from __future__ import annotations

import dataclasses

import pytest

from provenance.findings.altered import finding
from provenance.findings.compared import told
from provenance.forensics.comparison import told as words
from provenance.forensics.comparison.compare import MOVED
from provenance.model.differences import Compared, Comparison, DifferingRegion
from provenance.model.finding import Verdict
from provenance.model.matches import Alignment, Answer, Match, Reference
from provenance.model.outcome import CheckRun, Ran, Skipped
from provenance.model.publication import CopyKind
from provenance.model.source import Source, SourceKind

REFERENCE = Reference(set_name="ours", image_id="ab" * 32, name="yard.jpg")
RUNS = (CheckRun(check="thumbnail", outcome=Skipped(reason="the file holds no thumbnail")),)

LAID = Alignment(
    points=90, points_in_view=100, query_share=0.858, reference_share=0.86, residual_share=0.0, log_odds=9.0,
    query_region=(), reference_region=(), turn_deg=0.0, scale=1.0, mirrored=False, parallax=0.0,
    overlapping_view=False,
    blocks=0, blocks_alike=0.0, matrix=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), pairs=(),
)  # fmt: skip
COPIED = Match(
    source=Source(kind=SourceKind.PROGRAM, name="this program", origin="this check"), statement="It is in it.",
    method="search", reference=REFERENCE, answer=Answer.COPY, copy=CopyKind.NEAR, fingerprint="sift300/1",
    distance_bits=0, radius_bits=0, transform="as it is", alignment=LAID,
)  # fmt: skip


REGIONS = (
    DifferingRegion(
        box_px=(1, 2, 30, 40), share=0.03, outlines=(), log10_nfa=-12.0, window_blocks=(0, 0, 4, 4),
        blocks=16, unusual=16, level=4.0, chance=0.004, tests=1000,
    ),
)  # fmt: skip


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
    item = comparison(Compared.DIFFERS, "Differs from the reference.", where="at the top")
    found = finding([item], RUNS)
    assert found is not None and found.verdict is Verdict.DIFFERS
    assert found.sentences[0].text == "Differs from yard.jpg in ours in one region: 3.0 % of the picture, at the top."
    assert "cannot say which" in found.sentences[2].text
    assert found.not_established[0] == "Whether one of the two was changed at all, and which."
    assert not any("beyond an edge" in sentence.text for sentence in found.sentences)


def test_what_was_not_judged_is_not_said_to_differ_though_its_regions_are_kept() -> None:
    """What moved: a report shows where it is, and claims nothing of it."""
    item = dataclasses.replace(
        comparison(Compared.NOT_JUDGED, f"Not judged: {MOVED}.", where="at the top"), regions=REGIONS
    )
    (said,) = told([item])
    assert said.text == f"yard.jpg in ours: not judged: {MOVED}."


def test_parts_that_stand_elsewhere_are_told_before_that_no_method_found_a_trace() -> None:
    item = dataclasses.replace(comparison(Compared.NOT_JUDGED, f"Not judged: {MOVED}."), regions=REGIONS)
    runs = (CheckRun(check="thumbnail", outcome=Ran(evidence=())),)
    found = finding([item], runs)
    assert found is not None and found.verdict is Verdict.NO_TRACE_FOUND
    assert found.sentences[0].text == f"yard.jpg in ours: not judged: {MOVED}."
    bare = finding([dataclasses.replace(item, regions=())], runs)
    assert bare is not None and bare.sentences[-1].text == f"yard.jpg in ours: not judged: {MOVED}."


def test_that_each_shows_what_the_other_does_not_is_said_where_a_region_differs() -> None:
    """As two frames of a moving camera do: who reads "differs" must learn it."""
    for reach, told_so in ((LAID, True), (dataclasses.replace(LAID, query_share=0.99), False)):
        match = dataclasses.replace(COPIED, alignment=reach)
        found = words._evidence(match, words.Difference(outcome=Compared.DIFFERS, regions=REGIONS), size_px=(90, 90))
        said = [sentence.text for sentence in finding([match, found], RUNS).sentences]  # type: ignore[union-attr]
        assert ("two frames of one video" in " ".join(said)) and any("beyond an edge" in one for one in said) is told_so
        captioned = words._evidence(match, words.Difference(outcome=Compared.DIFFERS, regions=REGIONS), beside=("a",))
        assert not any("beyond an edge" in one for one in captioned.limits)


def test_the_first_sentence_of_a_region_is_plain_and_the_next_says_exactly_where_and_how_rare() -> None:
    found = finding([comparison(Compared.OVERLAID, "x", what="caption or text", where="at the bottom")], RUNS)
    assert found is not None
    assert [one.text for one in found.sentences[:2]] == [
        "Differs from yard.jpg in ours in one region: 3.0 % of the picture, at the bottom. "
        "It looks like caption or text.",
        "It lies at x 1, y 2, 30 x 40 px; it is expected by chance less than once in 1,000,000,000 such comparisons "
        "(log10 NFA -12.0).",
    ]


@pytest.mark.parametrize("outcome", [Compared.DIFFERS, Compared.OVERLAID, Compared.NO_DIFFERENCE])
@pytest.mark.parametrize("beside", [(), ("a plain strip above",), ("one", "two", "three"), ("1", "2", "3", "4")])
def test_the_answer_rests_on_the_fields_and_on_no_word_of_the_statement(
    outcome: Compared, beside: tuple[str, ...]
) -> None:
    """And says the same as the statement, with the name of the reference."""
    (region,) = comparison(Compared.DIFFERS, "x").regions
    some = (region, dataclasses.replace(region, what="plain bar or frame", detail_lost=True))
    regions = () if outcome is Compared.NO_DIFFERENCE else some
    made = words._evidence(
        COPIED, words.Difference(outcome=outcome, regions=regions, blocks=9000), size_px=(1200, 800), beside=beside
    )
    whole = dataclasses.replace(COPIED, alignment=dataclasses.replace(LAID, query_share=1.0))
    made = dataclasses.replace(made, match_id=whole.id)
    answers = [
        finding([dataclasses.replace(made, statement=said, limits=()), whole], RUNS)
        for said in (made.statement, "Seen.")
    ]
    first, second = ([one.text for one in answer.sentences] for answer in answers if answer is not None)
    assert first == second
    said = " ".join(first[: 1 + bool(beside) + bool(regions)]).replace("yard.jpg in ours", "the reference")
    if regions:
        answer, exact, *rest = first
        plain, _, look = answer.partition(". ")
        exact = exact.removeprefix("It lies at ").replace(" px; it is", " px);").removesuffix(".")
        said = " ".join((f"{plain} ({exact}.", look, *rest[: bool(beside)])).replace(
            "yard.jpg in ours", "the reference"
        )
    assert said == made.statement


def test_a_caption_beside_what_is_the_same_comes_first() -> None:
    strip = "a strip with words below, 14 % of the height, added to it"
    item = comparison(Compared.NO_DIFFERENCE, "x", blocks=9000, beside=(strip,))
    found = finding([item], RUNS)
    assert found is not None and [one.text for one in found.sentences[:2]] == [
        f"Beside what was compared: {strip}.",
        "No difference from yard.jpg in ours beyond saving, scaling and tone: of 9,000 places compared none stands "
        "out.",
    ]


@pytest.mark.parametrize(
    ("share", "answered", "stated"),
    [
        (0.74, "Beside what was compared", "Beside what was compared"),
        (0.48, "In at most 48 % of", "No difference from the reference"),
    ],
)
def test_a_page_above_and_below_a_photograph_is_no_caption(share: float, answered: str, stated: str) -> None:
    """A post that fills the width of a screen has a page on two sides; its photograph is less than half of it."""
    laid = dataclasses.replace(COPIED, alignment=dataclasses.replace(LAID, query_share=share))
    sides = ("a strip with words below, 27 % of the height, added to it", "a strip with words above, 25 % of it")
    made = words._evidence(laid, words.Difference(outcome=Compared.NO_DIFFERENCE, blocks=9000), beside=sides)
    found = finding([made, laid], RUNS)
    assert found is not None and found.sentences[0].text.startswith(answered)
    assert made.statement.startswith(stated)
    assert f"Beside what was compared: {'; '.join(sides)}." in [one.text for one in found.sentences]


def test_no_difference_says_what_would_have_been_caught() -> None:
    item = comparison(Compared.NO_DIFFERENCE, "x", blocks=9000)
    found = finding([item], RUNS)
    assert found is not None and found.verdict is Verdict.NO_TRACE_FOUND
    assert found.sentences[0].text.startswith("No difference from yard.jpg in ours beyond saving")
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


def test_what_the_reference_does_not_reach_was_not_compared() -> None:
    """A caption laid along the edge lies outside of what both share: "no difference" must not be read of it."""
    beside = ("a page or a frame above it", "words below it", "a plain strip left of it")
    item = comparison(Compared.NO_DIFFERENCE, "x", match_id=COPIED.id, blocks=9000, beside=beside)
    found = finding([item, COPIED], RUNS)
    assert found is not None
    assert [one.text for one in found.sentences[:2]] == [
        "In at most 86 % of the picture, where both show the same, no difference from yard.jpg in ours beyond saving, "
        "scaling and tone: of 9,000 places compared none stands out.",
        "Beside what was compared: a page or a frame on three sides of it.",
    ]
    assert any("outside of the part" in text for text in found.not_established)
    whole = dataclasses.replace(COPIED, alignment=dataclasses.replace(LAID, query_share=1.0))
    item = dataclasses.replace(item, match_id=whole.id)
    found = finding([item, whole], RUNS)
    assert found is not None and "at most" not in found.sentences[0].text
    assert not any("outside" in text for text in found.not_established)


def test_a_mirrored_copy_in_which_a_region_differs_is_told_as_both() -> None:
    laid = dataclasses.replace(LAID, query_share=0.5, mirrored=True)
    match = dataclasses.replace(COPIED, copy=CopyKind.MIRRORED, transform="mirrored left-right", alignment=laid)
    differs = comparison(Compared.DIFFERS, "Differs from the reference in one region: 3.0 % of the picture.")
    same = comparison(Compared.NO_DIFFERENCE, "x", match_id=match.id, blocks=9000)
    found = finding([differs, same, match], RUNS)
    assert found is not None and found.verdict is Verdict.DIFFERS
    texts = [one.text for one in found.sentences]
    assert "Mirrored left-right against yard.jpg in ours." in texts
    assert any(text.startswith("In at most 50 % of the picture, where both show the same, no") for text in texts)
