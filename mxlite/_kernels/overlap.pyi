"""The choice among boxes that overlap; arrays are C-contiguous and fit together."""

import numpy

def suppress(boxes: numpy.ndarray, kinds: numpy.ndarray, gone: numpy.ndarray, threshold: float, extent: float,
             equal: bool, most: int) -> None:
    """Marks in gone the boxes that overlap one of their kind before them that stays, until `most` stay."""
