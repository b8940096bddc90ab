"""A picture laid over another, as the comparison of copies has it."""

import numpy as np

from benchmarks.forensics.benign import Pixels, Sent
from provenance.forensics.comparison.compare import Difference, difference
from provenance.model.image import WorkingCopy


def laid(query: Pixels, reference: Pixels, matrix: np.ndarray | None = None) -> Difference:
    """By a transform from query to reference; without one as both are."""
    ours, theirs = WorkingCopy(pixels=query), WorkingCopy(pixels=reference)
    return difference(ours, theirs, np.eye(3) if matrix is None else matrix)


def laid_as_sent(sent: Sent, reference: Pixels) -> Difference:
    """A copy as it was sent, over the picture that it was made from."""
    return difference(WorkingCopy(pixels=sent.pixels), WorkingCopy(pixels=reference), sent.matrix, sent.outline)
