"""The exceptions of mxlite, for programs that tell them apart.

>>> from mxlite import errors, np
>>> try:
...     np.ones(2) + np.ones(3)
... except errors.ShapeError as error:
...     print(isinstance(error, errors.MXNetError), isinstance(error, ValueError))
True True
"""

from mxlite._errors import (
    AllocationError,
    AnomalyError,
    ArgumentError,
    AxisError,
    DtypeError,
    ExportError,
    FileError,
    FormatError,
    GraphError,
    IndexingError,
    InplaceError,
    MismatchError,
    MissingFeatureError,
    MissingFileError,
    MutationError,
    MXNetError,
    OptionError,
    ShapeError,
    UnsupportedError,
)

__all__ = [
    "AllocationError", "AnomalyError", "ArgumentError", "AxisError", "DtypeError", "ExportError", "FileError",
    "FormatError", "GraphError", "IndexingError", "InplaceError", "MXNetError", "MismatchError",
    "MissingFeatureError", "MissingFileError", "MutationError", "OptionError", "ShapeError", "UnsupportedError",
]
