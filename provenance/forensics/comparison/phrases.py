"""How what a comparison found is put in words: for its own statement, and for the answer that names the reference."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.differences import Compared, DifferingRegion

REFERENCE = "the reference"
WHOLE = 0.97
"""Share of a picture from which nothing outside is worth a sentence: a matcher's outline is that rough."""
EACH_BEYOND = (
    "Each of the two also shows what lies beyond an edge of the other, as frames of a moving camera do, and two cuts "
    "of one photograph."
)
_WRITING = (
    "What differs there looks like writing on a ground that both have: some letters differ, or stand in one of the two "
    "only."
)
_WRITING_AMONG = (
    "Some of it looks like writing on a ground that both have: some letters differ, or stand in one of the two only."
)
_SIDES, _PAGE = 4, 3
"""Strips on so many sides are a page, such as a post around its picture: told as one."""
_CAPTIONED = 0.5
"""A picture with a caption is mostly picture; where it is less than half, what stands beside it is a page."""
_MOST_SAID = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Differs:
    """Where the picture under test differs, part by part."""

    answer: str
    """In how many regions, and how large and where the surest is; without a full stop."""
    box: str
    """Its exact place: "x 0, y 681, 1200 x 95 px"."""
    rare: str
    """How rare that is in unaltered copies."""
    look: str
    """What it looks like, as sentences; "" for nothing known."""
    writing: str
    """That letters differ, a sentence; "" where no region looks so."""


def differs(regions: tuple[DifferingRegion, ...], where: str, name: str = REFERENCE) -> Differs:
    """What is said of regions, the surest first; `where`: of the surest (`place`). `name`: of the reference."""
    first = regions[0]
    number = "one region" if len(regions) == 1 else f"{len(regions)} regions"
    most = "" if len(regions) == 1 else "the surest "
    x, y, width, height = first.box_px
    named = list(dict.fromkeys(one.what for one in regions if one.what))
    look = ["The picture has less fine detail there."] if first.detail_lost else []
    if named:
        look.append(
            f"It looks like {' and '.join(named)}."
            if len(regions) == 1
            else f"Among them, by its look: {', '.join(named)}."
        )
    letters = _WRITING if len(regions) == 1 else _WRITING_AMONG
    return Differs(
        answer=f"Differs from {name} in {number}: {most}{_per_cent(first.share)} of the picture, {where}",
        box=f"x {x}, y {y}, {width} x {height} px",
        rare=(
            f"expected by chance less than once in {_odds(first.log10_nfa)} such comparisons "
            f"(log10 NFA {first.log10_nfa:.1f})"
        ),
        look=" ".join(look),
        writing=letters if any(one.writing for one in regions) else "",
    )


def no_difference(blocks: int, name: str = REFERENCE, within: str = "") -> str:
    """That nothing stands out. `within`: where that was looked for, as words before it: a line that is cut has them."""
    where = f"of {blocks:,} places compared none stands out"
    return f"{within}{'no' if within else 'No'} difference from {name} beyond saving, scaling and tone: {where}."


def beside(strips: tuple[str, ...]) -> str:
    """What lies beside the part that was compared, a sentence; "" for nothing."""
    if not strips:
        return ""
    told = "; ".join(strips)
    if len(strips) >= _PAGE:
        told = f"a page or a frame on {'all' if len(strips) == _SIDES else 'three'} sides of it"
    return f"Beside what was compared: {told}."


def beside_first(outcome: Compared, strips: tuple[str, ...], share: float = 1.0) -> bool:
    """A caption is the first thing to know of a copy in which nothing else differs; a page around it is not.

    `share`: of the picture that was compared. A post that fills the width of a screen has a page above and below alone.
    """
    return outcome is Compared.NO_DIFFERENCE and 0 < len(strips) < _PAGE and share >= _CAPTIONED


def place(box: tuple[int, int, int, int], size_px: tuple[int, int]) -> str:
    """In which ninth of the picture the middle of a box lies."""
    x, y, width, height = box
    across, down = (
        min(2, int(3 * middle / max(side, 1)))
        for middle, side in zip((x + width / 2, y + height / 2), size_px, strict=True)
    )
    words = " ".join(filter(None, (("upper", "", "lower")[down], ("left", "", "right")[across])))
    return {"": "in the middle", "upper": "at the top", "lower": "at the bottom"}.get(words, f"at the {words}")


def _per_cent(share: float) -> str:
    return f"{100 * share:.1f} %" if share >= 0.0005 else "less than 0.1 %"


def _odds(log10_nfa: float) -> str:
    return f"{min(_MOST_SAID, 10 ** int(min(9, max(0, -log10_nfa)))):,}"
