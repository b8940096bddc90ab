"""Over the three channels of a picture: numpy's own, along a last axis of three, take twenty times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = TypeVar("Values", np.float32, np.float64, np.int16)
    Mask = NDArray[np.bool_]


def most(values: NDArray[Values]) -> NDArray[Values]:
    """The largest of the channels, from shape (..., 3) to (...)."""
    import numpy as np

    return np.maximum(np.maximum(values[..., 0], values[..., 1]), values[..., 2])


def average(values: NDArray[Values]) -> NDArray[Values]:
    """Their mean."""
    total: NDArray[Values] = values[..., 0] + values[..., 1] + values[..., 2]
    return (total / 3).astype(values.dtype)


def either(mask: Mask) -> Mask:
    """Whether it holds of any of them."""
    found: Mask = mask[..., 0] | mask[..., 1] | mask[..., 2]
    return found
