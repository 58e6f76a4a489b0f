"""Loops and branches over arrays. Calls run at once, so Python's own statements do the work and gradients flow."""

from mxlite._engine.operators import TapeArray
from mxlite._errors import ArgumentError, DtypeError
from mxlite._op import composed
from mxlite._ops.join import concatenate, stack


def _checked(tree, what):
    """Raises DtypeError unless tree is an array or nested lists of arrays."""
    if isinstance(tree, list | tuple):
        for part in tree:
            _checked(part, what)
    elif not isinstance(tree, TapeArray):
        raise DtypeError(f"{what} must be an array or a (nested) list of arrays, but got {tree} of type {type(tree)}")


def _sliced(tree, t):
    return [_sliced(part, t) for part in tree] if isinstance(tree, list | tuple) else tree[t]


def _lengths(tree):
    """The lengths of the first axes."""
    return {n for part in tree for n in _lengths(part)} if isinstance(tree, list | tuple) else {tree.shape[0]}


def _stacked(steps):
    """Trees of one structure, as one tree of arrays with the steps as first axis."""
    if isinstance(steps[0], list | tuple):
        return [_stacked(parts) for parts in zip(*steps, strict=True)]
    return stack(list(steps), 0)


@composed(npx="foreach", nd="contrib.foreach")
def foreach(body, data, init_states):
    """(outputs, states) of calling body(slice of data, states) along the first axis of data.

    body returns (outputs, states); outputs of all calls are stacked, the last states are returned. data and states are
    arrays or nested lists of arrays. Raises DtypeError for anything else, ArgumentError for data of different lengths.

    >>> npx.foreach(lambda x, total: (x + total, x + total), np.arange(4), np.zeros(()))
    (array([0., 1., 3., 6.]), array(6.))
    """
    _checked(data, "foreach input")
    _checked(init_states, "foreach states")
    lengths = _lengths(data)
    if len(lengths) != 1 or not min(lengths):
        raise ArgumentError(f"foreach: the data have one length along axis 0, which is not 0; got {sorted(lengths)}")
    states, outputs = init_states, []
    for t in range(lengths.pop()):
        found, states = body(_sliced(data, t), states)
        _checked(found, "foreach output")
        outputs.append(found)
    return _stacked(outputs), states


def _truth(value, kind):
    """A condition as a Python value. Raises ArgumentError for arrays that are not of one element."""
    if not isinstance(value, TapeArray):
        return kind(value)
    if value.size != 1:
        raise ArgumentError("The current array is not a scalar")
    return kind(value.asnumpy().reshape(-1)[0])


def _listed(value):
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _padded(x, n):
    """x with zeros after its rows, n in all."""
    missing = n - x.shape[0]
    return x if missing == 0 else concatenate([x, stack([x[0].detach() * 0] * missing, 0)], 0)


@composed(npx="while_loop", nd="contrib.while_loop")
def while_loop(cond, func, loop_vars, max_iterations=None):
    """(outputs, loop variables) of calling func(*loop_vars) as long as cond(*loop_vars), at most max_iterations times.

    func returns (step outputs or None, new loop variables). Outputs of the calls are stacked and padded with zeros to
    length max_iterations; without a call there are none, and loop_vars comes back. Raises ArgumentError.
    """
    if max_iterations is None:
        raise ArgumentError("max_iterations should be specified")
    single = not isinstance(loop_vars, list | tuple)
    current, steps, one_output = _listed(loop_vars), [], False
    if not current:
        raise ArgumentError("loop_vars should contain at least one element")
    limit = _truth(max_iterations, int)
    while len(steps) < limit and _truth(cond(*current), bool):
        found, new = func(*current)
        one_output = found is not None and not isinstance(found, list | tuple)
        found, new = _listed(found), _listed(new)
        if len(new) != len(current):
            raise ArgumentError("The length of loop_vars should be consistent during the loop")
        if steps and len(found) != len(steps[0]):
            raise ArgumentError("Number of elements in step_output should be the same in each step")
        current = new
        steps.append(found)
    if not steps:
        return [], loop_vars
    outputs = [_padded(stack(list(parts), 0), limit) for parts in zip(*steps, strict=True)]
    return outputs[0] if one_output else outputs, current[0] if single else current


@composed(nd="contrib.cond")
def cond(pred, then_func, else_func):
    """then_func() if pred is not 0, else else_func(). Raises ArgumentError unless pred is one element."""
    return then_func() if _truth(pred, bool) else else_func()


@composed(npx="cond")
def cond_of(pred, then_func, else_func, inputs, name="cond"):
    """then_func(*inputs) if pred is not 0, else else_func(*inputs); pred may be a function of the inputs."""
    inputs = _listed(inputs)
    chosen = then_func if _truth(pred(*inputs) if callable(pred) else pred, bool) else else_func
    return chosen(*inputs)
