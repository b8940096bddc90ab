"""What a whole-frame search catches and misses, in the words of the report; measured in docs/measured/hashes.md."""

from __future__ import annotations

from ..fingerprint import gradients, perceptual

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
