"""The shapes of numbers that matching works on."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]
"""[rows, columns]"""
Vector: TypeAlias = NDArray[np.float32]


def as_stored(array: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rounded as it is stored, so that an index just built and one loaded give the same answers."""
    return array.astype(np.float16).astype(np.float32)
