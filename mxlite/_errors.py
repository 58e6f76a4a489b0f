"""The exceptions of mxlite and the text they carry.

Every error derives from ``MXNetError`` and from the built-in exception it is a case of, so that both
``except MXNetError`` (programs written for MXNet) and ``except ValueError`` work.
"""


class MXNetError(RuntimeError):
    """Base class of every error raised by mxlite."""


class ShapeError(MXNetError, ValueError):
    """Shapes do not fit the operator or each other."""


class ArgumentError(MXNetError, ValueError):
    """An argument has a value that the operator does not accept."""


class DtypeError(MXNetError, TypeError):
    """A data type, or the type of an argument, is not accepted."""


class IndexingError(MXNetError, IndexError):
    """An index lies outside an array, or an array cannot be indexed that way."""


class GraphError(MXNetError):
    """A gradient is asked of arrays that the tape cannot differentiate."""


class MutationError(GraphError):
    """An array that backward needs was overwritten after it was recorded."""


class InplaceError(GraphError):
    """An in-place write to an array that is part of a recorded graph."""


class OptionError(MXNetError, KeyError):
    """A name among a fixed set of names (such as a ``grad_req``) is not one of them."""

    __str__ = RuntimeError.__str__


class FormatError(MXNetError, ValueError):
    """A file of arrays is malformed. `offset` is where, `index` and `name` are those of the array, or None."""

    def __init__(self, message, offset=None, index=None, name=None):
        super().__init__(message)
        self.offset, self.index, self.name = offset, index, name


class FileError(OSError, MXNetError):
    """A file cannot be opened, read or written."""


class MissingFileError(FileError, FileNotFoundError):
    """There is no file of this name."""


class ExportError(GraphError, BufferError):
    """An array cannot be handed to another library in the form that is asked for."""


class MissingFeatureError(MXNetError, AttributeError, NotImplementedError):
    """A part of MXNet that mxlite does not have."""


NOT_IN_GRAPH = (
    "Cannot differentiate node because it is not in a computational graph. "
    "You need to set is_recording to true or use autograd.record() to save computational graphs for backward. "
    "If you want to differentiate the same graph twice, you need to pass retain_graph=True to backward."
)
NO_INPUTS = "There are no inputs in computation graph that require gradients."
TWO_SWEEPS = "This graph is already being differentiated, by another thread or further up the stack."
INPLACE = "Inplace operations (+=, -=, x[:]=, etc) are not supported when recording with autograd."
ASSIGN = (
    "Assigning to NDArrays that are already in a computational graph will cause undefined behavior when "
    "evaluating gradients. Please call backward first to clear the graph or do this out side of a record section. "
    "Also note that you cannot use inplace operations like +=, *=, relu(x, out=x), y[idx]=x, etc inside a record "
    "section."
)


def describe(value):
    """Text for one operand of an error message: shape and dtype of an array, otherwise its type."""
    shape, dtype = getattr(value, "shape", None), getattr(value, "dtype", None)
    if shape is None or dtype is None:
        return type(value).__name__
    return f"{getattr(dtype, '__name__', dtype)}{list(shape)}"


def operand_message(name, operands, problem):
    """Message naming operator, operands and problem, e.g. ``add(float32[2], float32[3]): ...``."""
    return f"{name}({', '.join(describe(o) for o in operands)}): {problem}"


_FIT = {TypeError: DtypeError, AttributeError: DtypeError, IndexError: IndexingError, ValueError: ArgumentError,
        OverflowError: ArgumentError}


def from_numpy(name, operands, exc):
    """The mxlite error for an exception that NumPy raised while operator ``name`` ran."""
    for builtin, cls in _FIT.items():
        if isinstance(exc, builtin):
            text = str(exc)
            if isinstance(exc, AttributeError):
                text = f"an argument that should be an array is none; make it one with array() ({text})"
            if isinstance(exc, ValueError) and cls is IndexingError:
                cls = ShapeError        # NumPy's AxisError is both; here an axis belongs to the shape
            if cls is ArgumentError and ("shape" in text or "dimension" in text or "broadcast" in text):
                cls = ShapeError
            return cls(operand_message(name, operands, text))
    return MXNetError(operand_message(name, operands, str(exc)))
