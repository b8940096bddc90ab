"""What a search catches and misses, in the words of the report; measured in docs/measured/hashes.md and copies.md."""

from __future__ import annotations

from dataclasses import dataclass

from ..fingerprint import gradients, perceptual
from ..model.matches import Answer
from ..model.outcome import Skipped
from .points.chance import SEARCHES

NO_SET = Skipped(
    reason="no reference set",
    remedy=(
        "name a set or a folder of pictures with --reference, or fill the desk's own set with: provenance add FOLDER"
    ),
)
"""How a search ends where there is none."""

WOULD_CATCH = (
    "the same file; copies saved again down to JPEG quality 10, scaled down to 200 pixels, stretched, mirrored, turned "
    "by quarter turns, without colour, lightly filtered, blurred or noisy; most copies with a caption or small sticker"
)
WOULD_MISS_IN_TWO = (
    "crops, pictures inside a screenshot or a collage, black bars, turns of over one degree, and strong filters"
)
WOULD_MISS = f"{WOULD_MISS_IN_TWO}, and whatever is not in the set"
CANNOT_TELL = (
    "A whole-frame hash cannot tell a copy from a neighbouring video frame, nor see a small change in the picture.",
)
EQUAL_BYTES_CATCH = "the same file, byte for byte"
EQUAL_BYTES_MISS = "every copy that was saved again"
NOT_ENOUGH_DETAIL = "not enough detail"
"""How the note of a search begins when the picture is too plain to be told from others by a whole-frame hash."""

RULE = (
    f"within {perceptual.ALONE_BITS} of {perceptual.BITS} bits, or within {perceptual.RADIUS_BITS} when at most "
    f"{gradients.DIFFERING_SHARE:.0%} of the rises in brightness differ"
).replace("%", " %")

PARTS_CATCH = (
    "crops, also small ones of detailed pictures; the photograph inside a screenshot of a post, a collage or another "
    "picture; mirrored, turned by any angle, captioned, photographed from a screen"
)
PARTS_MISS = (
    "parts smaller than about 150 pixels or with little detail; some embossed copies, photographic negatives and "
    "solarised copies; some reposts of reposts"
)
PARTS_LIMITS = {
    Answer.COPY: (
        "Whether the parts outside the shared region come from one source, and whether something small was changed "
        "inside it, is not shown.",
        "A neighbouring frame between which and the reference nothing moved, or things only came or only went, is not "
        "told from a copy.",
    ),
    Answer.SAME_SCENE: (
        "It is not shown to be the same photograph: what was printed, filmed or photographed twice looks like this.",
    ),
    Answer.SHARED_ELEMENT: ("An avatar, a logo or a sticker says nothing of the picture around it.",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a picture was sought besides by its bytes: by its whole frame, by its parts; both need detail."""

    by_frame: bool
    by_parts: bool

    @property
    def how(self) -> str:
        """The ways in words."""
        ways = [f"for whole-frame matches ({RULE})"] if self.by_frame else []
        ways += ["for shared parts (local features in one alignment)"] if self.by_parts else []
        return " and ".join(["for equal bytes", *ways]) if ways else "for equal bytes only"

    @property
    def would_catch(self) -> str:
        """What such a search would have found."""
        ways = [WOULD_CATCH] if self.by_frame else []
        ways += [PARTS_CATCH] if self.by_parts else []
        return "; ".join(ways) or EQUAL_BYTES_CATCH

    @property
    def would_miss(self) -> str:
        """What it would not have found."""
        if self.by_parts:
            return f"{PARTS_MISS}; whatever is not in the set"
        return WOULD_MISS if self.by_frame else EQUAL_BYTES_MISS


def chance(one_in: int) -> str:
    """How rarely a stranger looks so alike, as a sentence of its own; "" when that is not measured."""
    if one_in < 1:
        return ""
    return (
        f" An unrelated picture would agree as well in fewer than one of {one_in} such searches of a set of this size, "
        f"as far as {SEARCHES:,} searches tell."
    )
