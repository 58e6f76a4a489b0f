"""Differentiation: recording scopes, backward, grad, custom functions; MXNet's names, and functional helpers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import numpy

from mxlite import _tree
from mxlite._engine import operators as _engine
from mxlite._engine.function import record_function
from mxlite._engine.guard import guarded
from mxlite._engine.inspect import is_deferred, node_of
from mxlite._engine.recorded_sweep import tracked_gradients as _tracked_gradients
from mxlite._engine.sweep import backward as _backward
from mxlite._engine.sweep import gradients as _gradients
from mxlite._engine.tape import (
    is_recording,
    is_training,
    pause,
    predict_mode,
    record,
    set_recording,
    set_training,
    train_mode,
)
from mxlite._engine.watch import seek_anomalies
from mxlite._errors import ArgumentError, DtypeError, GraphError, ShapeError, UnsupportedError
from mxlite._ops.gradient import constant_of
from mxlite._ops.join import stack
from mxlite._ops.shape import astype, copy, reshape, sum_to

__all__ = [
    "Function", "backward", "detect_anomaly", "grad", "hessian", "is_recording", "is_training", "jacobian", "jvp",
    "mark_variables", "pause", "predict_mode", "record", "retain_grad", "set_recording", "set_training", "train_mode",
    "value_and_grad", "vjp",
]


_P = ParamSpec("_P")
_A = TypeVar("_A", bound=_engine.TapeArray)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _arrays(name: str, values: list[Any]) -> list[Any]:
    """The values; raises DtypeError for one that is no array."""
    for value in values:
        if not isinstance(value, _engine.TapeArray):
            raise DtypeError(f"{name}: expected an array, not {type(value).__name__}")
    return values


def _head_grads(heads: list[Any], head_grads: Any) -> list[Any]:
    if head_grads is None:
        return [None] * len(heads)
    return _listed(head_grads)


@guarded
def mark_variables(variables: Any, gradients: Any, grad_reqs: str | Sequence[str] = "write") -> None:
    """Makes arrays variables with the given gradient buffers (arrays of equal shape and dtype).

    Of several variables that share a buffer it holds the sum ('add'), or the gradient of one of them ('write'), as in
    MXNet. Raises ArgumentError if a variable is to be its own buffer.

    >>> x, gradient = np.array([1.0, 2.0]), np.zeros(2)
    >>> autograd.mark_variables(x, gradient)
    >>> with autograd.record():
    ...     y = x * x
    >>> y.backward()
    >>> gradient
    array([2., 4.])
    """
    variables = _arrays("mark_variables", _listed(variables))
    gradients = _arrays("mark_variables", _listed(gradients))
    reqs = [grad_reqs] * len(variables) if isinstance(grad_reqs, str) else list(grad_reqs)
    if not len(variables) == len(gradients) == len(reqs):
        raise ArgumentError(f"mark_variables: {len(variables)} variables, {len(gradients)} gradients, "
                            f"{len(reqs)} grad_reqs")
    for variable, buffer in zip(variables, gradients, strict=True):
        if variable.shape != buffer.shape:
            raise ShapeError(f"mark_variables: a variable of shape {variable.shape} with a gradient buffer of shape "
                             f"{buffer.shape}")
        if numpy.dtype(variable.dtype) != numpy.dtype(buffer.dtype):
            raise DtypeError(f"mark_variables: a variable of {numpy.dtype(variable.dtype)} with a gradient buffer of "
                             f"{numpy.dtype(buffer.dtype)}")
    if any(variable is buffer for variable, buffer in zip(variables, gradients, strict=True)):
        raise ArgumentError("mark_variables: a variable cannot be its own gradient buffer; give it another array")
    for variable, buffer, req in zip(variables, gradients, reqs, strict=True):
        _engine.attach(variable, buffer, req)


@guarded
def retain_grad(array: Any, grad_req: str = "write") -> None:
    """Stores the gradient of a recorded intermediate in `array.grad` on every backward, without cutting the graph.

    >>> x = np.array(2.0)
    >>> x.attach_grad()
    >>> with autograd.record():
    ...     y = x * x
    ...     autograd.retain_grad(y)
    ...     z = 3 * y
    >>> z.backward()
    >>> y.grad, x.grad
    (array(3.), array(12.))
    """
    if not _engine.is_tracked(*_arrays("retain_grad", [array])):
        raise GraphError("retain_grad: the array is not in a computational graph")
    _engine.attach(array, numpy.zeros(array.shape, array.dtype), grad_req, keep_past=True)


@guarded
def backward(heads: Any, head_grads: Any = None, retain_graph: bool = False, train_mode: bool = True) -> None:
    """Differentiates the heads with respect to every variable below them; gradients land in `variable.grad`.

    `head_grads` holds one array per head, of the head's shape, or None for ones.
    """
    heads = _arrays("backward", _listed(heads))
    _backward(heads, _head_grads(heads, head_grads), retain_graph, train_mode)


def _apart_from(head_grads: list[Any], gradients: list[Any]) -> list[Any]:
    """Recorded gradients, copied if they are the memory of a head gradient, as those of x + 1 are."""
    given = [h for h in head_grads if isinstance(h, _engine.TapeArray)]
    if not given:
        return gradients
    with record(train_mode=is_training()):
        return [copy(g) if any(_share_memory(g, h) for h in given) else g for g in gradients]


def _share_memory(a: Any, b: Any) -> bool:
    # What waits to be computed has no memory yet.
    return not is_deferred(a) and numpy.may_share_memory(_engine.raw(a), _engine.raw(b))


def _differentiable(gradients: list[Any], arrays: list[Any]) -> list[Any]:
    """Recorded gradients; one that depends on nothing becomes a constant function of the variable that it is of."""
    with record(train_mode=is_training()):
        return [constant_of(g, [x]) if not _engine.is_tracked(g) and node_of(x).is_variable else g
                for g, x in zip(gradients, arrays, strict=True)]


@guarded
def grad(heads: Any, variables: _A | Sequence[_A], head_grads: Any = None, retain_graph: bool | None = None,
         create_graph: bool = False, train_mode: bool = True) -> list[_A]:
    """Gradients of the heads with respect to arrays of their graph, as a list of new arrays.

    Nothing is stored in `variable.grad`. With `create_graph` the results are recorded and can be differentiated
    again, to any order; one that depends on nothing has a derivative of zero by its variable. `retain_graph` defaults
    to `create_graph`.

    >>> x = np.array([1.0, 2.0])
    >>> x.attach_grad()
    >>> with autograd.record():
    ...     y = x ** 3
    >>> autograd.grad(y, [x])
    [array([ 3., 12.])]
    """
    heads, wanted = _arrays("grad", _listed(heads)), _arrays("grad", _listed(variables))
    if not wanted:
        raise ArgumentError("variables cannot be an empty list.")
    retain = bool(retain_graph)
    head_grads = _head_grads(heads, head_grads)
    if create_graph:
        found = _tracked_gradients(heads, head_grads, wanted, train_mode, sum_to, astype)
        return _differentiable(_apart_from(head_grads, found), wanted)
    return _gradients(heads, head_grads, wanted, retain, train_mode)


class detect_anomaly(contextlib.ContextDecorator):
    """Scope or decorator in which a nan or inf is an error where it arises, in this thread.

    AnomalyError (a FloatingPointError) is raised by an operator whose result is worse than its operands: nan where
    they have no nan, inf where they are finite. In a sweep it is raised at the operator that hands on a gradient worse
    than the one it got; nothing is stored then, and the graph stays. The message names the operator, the index of the
    first bad element and the line of the program that called the operator, provided that this was inside the scope.
    Every operator waits for its result to be looked at: for debugging, not for speed. Outside it costs nothing.

    >>> from mxlite import autograd, np
    >>> x = np.array([1.0, 0.0])
    >>> x.attach_grad()
    >>> try:
    ...     with autograd.detect_anomaly(), autograd.record():
    ...         y = np.sqrt(x).sum()
    ...         y.backward()
    ... except FloatingPointError as error:
    ...     print(error.operator, error.index)
    sqrt (1,)
    """

    def __enter__(self) -> Self:
        seek_anomalies(1)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None,
                 traceback: TracebackType | None) -> None:
        seek_anomalies(-1)


class Function:
    """A differentiable function whose forward and backward are given by the user.

    Subclass, define `forward(self, *inputs)` and `backward(self, *output_grads)` (one gradient per input), and call
    an instance, once. Neither is recorded. Save arrays with `save_for_backward` and read them in backward as
    `saved_tensors`; overwriting one in between raises MutationError. Where backward itself is recorded (create_graph),
    saved inputs and outputs are those of the graph, and whatever else it uses is a constant.

    >>> class Sign(autograd.Function):
    ...     def forward(self, x):
    ...         return np.sign(x)
    ...     def backward(self, dy):         # as if forward were the identity
    ...         return dy
    >>> x = np.array([-2.0, 3.0])
    >>> x.attach_grad()
    >>> with autograd.record():
    ...     y = Sign()(x)
    >>> y.backward()
    >>> y, x.grad
    (array([-1.,  1.]), array([1., 1.]))
    """

    _saved: tuple[Any, ...] = ()
    _used = False

    def save_for_backward(self, *args: Any) -> None:
        """Keeps arrays for backward."""
        self._saved = args

    @property
    def saved_tensors(self) -> tuple[Any, ...]:
        """The arrays given to `save_for_backward`."""
        return self._saved

    def __call__(self, *inputs: Any) -> Any:
        if self._used:
            raise GraphError("Each Function instance can only be called once. Please create another instance.")
        self._used = True
        recording = set_recording(False)
        try:
            outputs = self.forward(*inputs)
        finally:
            set_recording(recording)
        many = isinstance(outputs, list | tuple)
        if recording:
            _arrays(f"{type(self).__name__}.forward", _listed(outputs))
        results = record_function(self, inputs, list(outputs) if many else [outputs])
        return type(outputs)(results) if many else results[0]

    # To type checkers, *args and **kwargs of type Any are any parameters that a subclass may have.
    def forward(self, *inputs: Any, **options: Any) -> Any:
        """Computes the output array, or a tuple or list of them."""
        raise UnsupportedError(f"{type(self).__name__} must define forward")

    def backward(self, *output_grads: Any, **options: Any) -> Any:
        """Computes one gradient per input from one per output."""
        raise UnsupportedError(f"{type(self).__name__} must define backward")


def _fresh(tree: Any) -> tuple[list[Any], Callable[[Sequence[Any]], Any]]:
    """The list of copies of the arrays of a tree to differentiate in, and the function that rebuilds the tree.

    The helpers nest: under record a copy of an array on the tape stays on the tape, and what they return is recorded.
    """
    leaves, rebuild = _tree.flatten(tree)
    return [_variable(x) for x in leaves], rebuild


def _variable(x: Any) -> Any:
    if is_recording() and _engine.is_tracked(x):
        return copy(x)
    out = _engine.from_raw(x.asnumpy(), type(x))
    out.attach_grad()
    return out


def _result(value: Any) -> Any:
    return value if is_recording() else value.detach()


@guarded
def value_and_grad(function: Callable[_P, _A], argnums: int | Sequence[int] = 0) -> Callable[_P, tuple[_A, Any]]:
    """A function that returns `(function(*args), gradient)`.

    The gradient is that of a scalar result with respect to argument `argnums` (or a tuple of them), in the form of
    the argument: an array, or nested tuples, lists and dicts of arrays.

    >>> value, gradient = autograd.value_and_grad(lambda w: np.sum(w ** 2))(np.array([1.0, -2.0]))
    >>> value, gradient
    (array(5.), array([ 2., -4.]))
    """
    def evaluate(*args: _P.args, **kwargs: _P.kwargs) -> tuple[_A, Any]:
        value, variables, rebuild = _evaluate(function, argnums, args, kwargs)
        if value.size != 1:
            raise ShapeError(f"value_and_grad: the function must return one number, not shape {value.shape}")
        return _result(value), rebuild(_reached(value, variables, None))
    return guarded(evaluate, "value_and_grad")


def _evaluate(function: Callable[..., Any], argnums: int | Sequence[int], args: Any,
              kwargs: Mapping[str, Any]) -> tuple[Any, list[Any], Callable[[Sequence[Any]], Any]]:
    """Calls a function under record with fresh variables in place of the chosen arguments."""
    chosen = (argnums,) if isinstance(argnums, int) else tuple(argnums)
    if any(not -len(args) <= k < len(args) for k in chosen):
        raise ArgumentError(f"argnums {argnums} does not fit a call with {len(args)} positional arguments")
    variables, rebuild = _fresh(args[argnums] if isinstance(argnums, int) else tuple(args[k] for k in chosen))
    parts = rebuild(variables)
    parts = (parts,) if isinstance(argnums, int) else parts
    args = list(args)
    for k, part in zip(chosen, parts, strict=True):
        args[k] = part
    with record(train_mode=is_training()):
        value = function(*args, **kwargs)
    if not isinstance(value, _engine.TapeArray):
        raise DtypeError(f"the function to differentiate must return an array, not {type(value).__name__}")
    return value, variables, rebuild


def _reached(value: Any, variables: list[Any], head_grad: Any, create_graph: bool = False) -> list[Any]:
    """Gradients, zero for variables that the value does not depend on."""
    if not _engine.is_tracked(value):
        return [_engine.from_raw(numpy.zeros_like(_engine.raw(x)), type(x)) for x in variables]
    if create_graph or is_recording():
        return _tracked_gradients([value], [head_grad], variables, True, sum_to, astype, strict=False)
    return _gradients([value], [head_grad], variables, True, True, strict=False)


@guarded
def vjp(function: Callable[..., _A], *args: Any) -> tuple[_A, Callable[..., Any]]:
    """`(value, pull)`: the function's value, and the function from a head gradient to the arguments' gradients.

    >>> value, pull = autograd.vjp(lambda x: x ** 2, np.array([1.0, 3.0]))
    >>> pull(np.array([1.0, 10.0]))
    (array([ 2., 60.]),)
    """
    value, variables, rebuild = _evaluate(function, tuple(range(len(args))), args, {})
    return _result(value), lambda head_grad=None: rebuild(_reached(value, variables, head_grad))


@guarded
def jvp(function: Callable[..., _A], args: Sequence[Any], tangents: Sequence[Any]) -> tuple[_A, _A]:
    """`(value, tangent)`: the function's value and its directional derivative along `tangents`.

    Computed with two reverse sweeps: the gradient of the vjp is linear in the head gradient.

    >>> autograd.jvp(lambda x: x ** 2, (np.array([1.0, 3.0]),), (np.array([1.0, 0.0]),))
    (array([1., 9.]), array([2., 0.]))
    """
    value, variables, _ = _evaluate(function, tuple(range(len(args))), tuple(args), {})
    directions, _ = _tree.flatten(tuple(tangents))
    if [x.shape for x in directions] != [x.shape for x in variables]:
        raise ShapeError(f"jvp: tangents of shapes {[x.shape for x in directions]} for arguments of shapes "
                         f"{[x.shape for x in variables]}")
    seed = _engine.from_raw(value.asnumpy() * 0, type(value))
    seed.attach_grad()
    with record(train_mode=is_training()):
        total = None
        for x, v in zip(variables, directions, strict=True):
            g = _reached(value, [x], seed, create_graph=True)[0]
            term = (g.as_np_ndarray() * v.as_np_ndarray()).sum()
            total = term if total is None else total + term
    return _result(value), _reached(total, [seed], None)[0]


@guarded
def jacobian(function: Callable[_P, Any], argnums: int | Sequence[int] = 0) -> Callable[_P, Any]:
    """A function that returns the derivative array of shape `value.shape + argument.shape` (a tree of them).

    >>> autograd.jacobian(lambda x: np.stack([x[0] * x[1], x[1]]))(np.array([2.0, 3.0]))
    array([[3., 2.],
           [0., 1.]])
    """
    def evaluate(*args: _P.args, **kwargs: _P.kwargs) -> Any:
        value, variables, rebuild = _evaluate(function, argnums, args, kwargs)
        return rebuild(_rows(value, variables))
    return guarded(evaluate, "jacobian")


def _rows(value: Any, variables: list[Any]) -> list[Any]:
    """Per variable the stacked gradients of every element of `value`."""
    rows: list[list[Any]] = [[] for _ in variables]
    for k in range(value.size):
        seed = numpy.zeros(value.shape, value.dtype)
        seed.flat[k] = 1
        for row, g in zip(rows, _reached(value, variables, _engine.from_raw(seed, type(value))), strict=True):
            row.append(g)
    return [reshape(stack(row), value.shape + x.shape) if row else
            _engine.from_raw(numpy.zeros(value.shape + x.shape, x.dtype), type(x))
            for row, x in zip(rows, variables, strict=True)]


@guarded
def hessian(function: Callable[_P, _A], argnums: int | Sequence[int] = 0) -> Callable[_P, _A]:
    """A function that returns the second derivatives of a scalar function, of shape `argument.shape * 2`.

    For one array argument. Raises ShapeError when the result is not one number.

    >>> autograd.hessian(lambda x: x[0] ** 2 * x[1])(np.array([1.0, 3.0]))
    array([[6., 2.],
           [2., 0.]])
    """
    def evaluate(*args: _P.args, **kwargs: _P.kwargs) -> Any:
        value, variables, _ = _evaluate(function, argnums, args, kwargs)
        if value.size != 1 or len(variables) != 1:
            raise ShapeError("hessian: the function must return one number and be differentiated in one array")
        first = _reached(value, variables, None, create_graph=True)[0]
        return _rows(first, variables)[0]
    return guarded(evaluate, "hessian")
