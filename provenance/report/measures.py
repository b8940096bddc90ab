"""What a match was measured by, as labelled lines that the page and the terminal share."""

from __future__ import annotations

from ..model.matches import Alignment, Answer, Match


def measures(match: Match) -> tuple[tuple[str, str], ...]:
    """Label and words: transform, points, overlap, blocks, view, chance, distance in bits; only what was measured."""
    laid = match.alignment
    if match.answer in (Answer.NO_MATCH, Answer.NOT_ENOUGH_DETAIL):
        return ()
    rows = [("transform", match.transform)]
    if laid is not None:
        rows += [("points", _points(laid)), ("overlap", _overlap(laid))]
        rows += [("blocks", _blocks(laid))] if laid.blocks else []
        rows += [("view", "the two overlap as two views of one flat thing do")] if laid.overlapping_view else []
    if match.one_false_match_in > 0:
        searches = f"fewer than one of {match.one_false_match_in:,} such searches of a set of this size"
        rows.append(("chance", f"an unrelated picture would agree as well in {searches}, as far as was measured"))
    return (*rows, *([("distance", distance(match))] if laid is None or match.radius_bits else []))


def distance(match: Match) -> str:
    """How far apart two fingerprints are, in words, with what counts as a match."""
    if match.fingerprint == "sha256":
        return "none: the two files are equal byte for byte (sha256)"
    if not match.radius_bits:
        return f"not measured in bits; found by {match.fingerprint}"
    bits = "bit differs" if match.distance_bits == 1 else "bits differ"
    return f"{match.distance_bits} {bits} by {match.fingerprint}; up to {match.radius_bits} count as a match"


def share(value: float) -> str:
    """A share of an area in whole per cent, never rounded down to nothing."""
    return f"{max(1, round(100 * value))} %"


def _points(laid: Alignment) -> str:
    return (
        f"{laid.points} of the {laid.points_in_view} points of the reference that the picture under test shows meet "
        f"their like in one alignment, half of them within {100 * laid.residual_share:.2g} % of its longer side"
    )


def _overlap(laid: Alignment) -> str:
    return f"{share(laid.query_share)} of the picture under test, {share(laid.reference_share)} of the reference"


def _blocks(laid: Alignment) -> str:
    return f"{share(laid.blocks_alike)} of {laid.blocks} blocks with content look alike once aligned"
