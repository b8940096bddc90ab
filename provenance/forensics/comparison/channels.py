"""Over the three channels of a picture: numpy's own, along a last axis of three, take twenty times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = TypeVar("Values", np.float32, np.float64, np.int16)
    Floats = NDArray[np.float32]

_END, _NEAR = 253, 16


def most(values: NDArray[Values]) -> NDArray[Values]:
    """The largest of the channels, from shape (..., 3) to (...)."""
    import numpy as np

    return np.maximum(np.maximum(values[..., 0], values[..., 1]), values[..., 2])


def apart(one: Floats, other: Floats) -> Floats:
    """The largest distance in any of the channels between two pictures of one shape (height, width, 3)."""
    import cv2
    import numpy as np

    return most(np.asarray(cv2.absdiff(one, other), np.float32))


def average(values: NDArray[Values]) -> NDArray[Values]:
    """Their mean."""
    total: NDArray[Values] = values[..., 0] + values[..., 1] + values[..., 2]
    return (total / 3).astype(values.dtype)


def ends(query: Floats, laid: Floats, fitted: Floats) -> NDArray[np.int64]:
    """Where a filter drove a channel to its end, as it foretells too: of what was there nothing is known.

    Indices into the flat arrays of shape (height, width, 3). `laid`: the reference before it was fitted.
    """
    import numpy as np

    high = query >= _END
    high |= query <= 255 - _END
    at = np.flatnonzero(high)
    ours, before, after = (one.reshape(-1)[at] for one in (query, laid, fitted))
    near = _NEAR + np.minimum(np.abs(after - before), _NEAR)
    found: NDArray[np.int64] = at[np.where(ours >= _END, after >= _END - near, after <= 255 - _END + near)]
    return found
