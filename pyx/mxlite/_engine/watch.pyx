"""Hooks around every operator and every step of a sweep, for the profiler and for `autograd.detect_anomaly`.

Operators and sweeps test `watching` and otherwise know nothing of this. A watched operator is called once more by
`watched`, which takes the time and looks at the result; operators that it calls in turn belong to it. Compiled because
the hooks are called from C.
"""
from cpython.pythread cimport PyThread_get_thread_ident
from numpy cimport import_array, ndarray, PyArray_CopyInto, PyArray_NBYTES
cimport cython
import os
import sys
import threading
import time

import numpy

from mxlite._engine.accumulate cimport Private, shape_of
from mxlite._engine.call_node cimport Call, Output
from mxlite._engine.function cimport Custom
from mxlite._engine.inspect cimport input_specs
from mxlite._engine.op cimport Op, Picked
from mxlite._engine.pointwise cimport Pointwise
from mxlite._engine.storage cimport itemsize_of
from mxlite._engine.sweep cimport Run
from mxlite._engine.tape cimport Array, Leaf, Node, ThreadState, data_of, node_at, thread_state
from mxlite._errors import AnomalyError, operand_message

import_array()

cdef extern from *:
    """
    #if defined(_MSC_VER)
    static __declspec(thread) int mxlite_inside, mxlite_seeking, mxlite_place;
    #else
    static __thread int mxlite_inside, mxlite_seeking, mxlite_place;
    #endif
    """
    bint mxlite_inside           # this thread is in an operator that is being watched
    int mxlite_seeking           # how many scopes of detect_anomaly this thread is in
    int mxlite_place             # while formulas are recorded: the place of the node whose they are


cdef class _Recorder:
    # What the profiler has asked for; an instance so that nothing global is rebound.
    cdef list events
    cdef dict threads
    cdef int scopes              # of detect_anomaly, in all threads
    cdef object lock

cdef _Recorder recorder = _Recorder.__new__(_Recorder)
watching = 0


def _renew_lock():
    """A child of a fork has no thread that would give the lock back."""
    recorder.lock = threading.Lock()


_renew_lock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


def profile(list events=None, dict threads=None):
    """Appends an event to `events` for every operator and step of a sweep from now on, in every thread.

    Without `events` that ends.

    An event is (name, in a sweep or not, thread, start, end, bytes): times in nanoseconds of `time.perf_counter_ns`,
    bytes those of the results. `threads` is filled with the names of the threads.
    """
    global watching
    with recorder.lock:
        with cython.critical_section(recorder):
            recorder.events, recorder.threads = events, threads
        watching = (events is not None) + recorder.scopes


def seek_anomalies(int change):
    """Opens (1) or closes (-1) a scope of `detect_anomaly` in this thread."""
    global watching, mxlite_seeking
    with recorder.lock:
        recorder.scopes += change
        mxlite_seeking += change
        watching = (recorder.events is not None) + recorder.scopes


cdef bint seeking_anomalies() noexcept:
    return mxlite_seeking > 0


cdef bint outermost() noexcept:
    """Whether an operator is called by a program, not by an operator that is watched already."""
    return not mxlite_inside


cdef object watched(Op op, Again again, object args):
    """Calls an operator, notes the time it took, and looks at the result."""
    global mxlite_inside
    cdef ThreadState* state = thread_state()
    cdef int eager = state.eager
    cdef long long began
    cdef tuple given = None
    cdef int before = FINE
    cdef object held = None
    if mxlite_seeking:
        given = tuple(args)
        before = worst(given)
        if type(args) is tuple and len(given) == 3 and type(given[0]) is int and isinstance(given[1], Array):
            held = data_of(<Array> given[1]).copy()      # in place: what is written to can be given its values back
    elif recorder.events is None:        # another thread is watched
        return skipped(op, again, args)
    mxlite_inside = state.eager = True
    try:
        began = clock()
        result = again(op, args)
        if recorder.events is not None:
            note(op.name, False, began, bytes_of(result))
    finally:
        mxlite_inside, state.eager = False, eager
    if held is not None and result is not given[1]:
        held = None
    if given is not None and op.differentiable:
        look(op.name, given[1:] if held is not None else given[:op.n_required], before, result, held)
    elif mxlite_place:
        put_place(result)
    return result


cdef object skipped(Op op, Again again, object args):
    """The call without anything being noted, but for the place of the node whose formula calls."""
    global mxlite_inside
    mxlite_inside = True
    try:
        result = again(op, args)
    finally:
        mxlite_inside = False
    if mxlite_place:
        put_place(result)
    return result


cdef int watched_pull(Run* run, Node n) except -1:
    """A step of a sweep, with its time; the cotangents that it hands on are looked at."""
    cdef object g = n.grad
    cdef long long began
    cdef int before = worst(g) if mxlite_seeking else FINE     # before: the step may write in this memory
    cdef Node p
    cdef int k
    began = clock()
    n.pull()
    if recorder.events is not None:
        note_sweep(n, g, began)
    if mxlite_seeking and not isinstance(n, Output):
        for k in range(n.n_parents()):
            p = n.parent(k)
            if p is not None:
                h = p.grad if p.mark == run.mark or run.private == NULL else (<Private> (<dict> run.private)[p]).grad
                blame(n, k, before, h)
    return 0


cdef object watched_formulas(Node n, object g, object astype):
    """A step of a recorded sweep. Its cotangents are looked at as a whole: what formulas have in between is theirs."""
    global mxlite_seeking, mxlite_place
    cdef int seeking = mxlite_seeking, place = mxlite_place, k
    if not seeking:
        return n.tracked(g, astype)
    try:
        if not isinstance(n, Custom):            # whose formulas are a user's code
            mxlite_seeking, mxlite_place = 0, n.place
        results = n.tracked(g, astype)
    finally:
        mxlite_seeking, mxlite_place = seeking, place
    if not isinstance(n, Output):
        for k in range(n.n_parents()):
            if results[k] is not None and type(results[k]) is tuple:
                blame(n, k, worst(g), raw_of(results[k][0]))
    return results


cdef int watched_function(str name, tuple inputs, list outputs) except -1:
    """What a Function's forward gave back."""
    return look(name, inputs, worst(inputs), outputs, None) if mxlite_seeking else 0


# -- anomalies ---------------------------------------------------------------------------------------------------------
cdef enum:
    FINE, INFINITE, NO_NUMBER     # what the worst element of some arrays is

cdef int worst(object value) except -1:
    """How bad the worst element of an array, a number, or a sequence of them is."""
    cdef int found = FINE
    if isinstance(value, Array):
        return worst(data_of(<Array> value))
    if isinstance(value, Picked):
        return worst((<Picked> value).values)
    if isinstance(value, (list, tuple)):
        for part in value:
            found = max(found, worst(part))
    elif isinstance(value, (ndarray, float, numpy.floating)):
        if isinstance(value, ndarray) and value.dtype.kind != "f" or numpy.isfinite(value).all():
            return FINE
        return NO_NUMBER if numpy.isnan(value).any() else INFINITE
    return found


cdef object raw_of(object value):
    return data_of(<Array> value) if isinstance(value, Array) else value


cdef int look(str name, tuple given, int before, object result, object held) except -1:
    """Remembers where a result was recorded, and raises AnomalyError if it is worse than the operands.

    `held` are the values from before of an array that was written to.
    """
    cdef Array a
    if any([isinstance(value, (Array, list)) for value in given]):
        for value in result if isinstance(result, (list, tuple)) else (result,):
            if isinstance(value, Array) and worst(value) > before:
                data = data_of(<Array> value)
                place = place_here()
                error = AnomalyError(
                    operand_message(name, given, f"the result is {described(data, before)}, though "
                                                 f"{OF_OPERANDS[before]}. It was called {where(place)}"),
                    name, index_of(data, before), places.line[place])
                if held is not None:
                    a = value
                    PyArray_CopyInto(data, held)
                    if a.shared is not None:
                        a.shared.count -= 1
                    else:
                        a.own_version -= 1
                raise error
    return put_place(result)


cdef int put_place(object result) except -1:
    """Remembers in the nodes of results which line of the program made them."""
    cdef Node node
    for value in result if isinstance(result, (list, tuple)) else (result,):
        if isinstance(value, Array):
            node = node_at(<Array> value)
            if node is not None and not isinstance(node, Leaf):
                node.place = place_here()
                if isinstance(node, Output):
                    (<Output> node).source.place = node.place
    return 0


cdef int blame(Node n, int k, int before, object g) except -1:
    """Raises AnomalyError if the cotangent of a node's parent k is worse than the node's own was."""
    if g is None or worst(g) <= before:
        return 0
    name = n.label()
    data = (<Picked> g).dense() if isinstance(g, Picked) else numpy.asarray(g)
    called = f"{name} was called {where(n.place)}" if n.place else (
        f"{name} was recorded outside detect_anomaly, so that its line is not known.")
    raise AnomalyError(f"{name}: the gradient of its input {input_name(n, k)} is {described(data, before)}, though "
                       f"{OF_RESULT[before]}. {called}", name, index_of(data, before), places.line.get(n.place))


cdef tuple OF_OPERANDS = ("its operands are finite", "its operands are inf at worst")
cdef tuple OF_RESULT = ("that of its result was finite", "that of its result was inf at worst")


cdef str input_name(Node n, int k):
    """What to call the input that parent k stands for."""
    cdef Call call
    if isinstance(n, Pointwise):
        return repr((<Pointwise> n).op.params[k])
    if isinstance(n, Call):
        call = n
        names = []
        for param, parent in zip(call.op.params, call.parents):
            if isinstance(parent, tuple):
                names += [f"{param}[{j}]" for j, p in enumerate(parent) if p is not None]
            elif parent is not None or call.flat is None:
                names.append(param)
        return repr(names[k])
    return str(k)


cdef tuple index_of(ndarray x, int before):
    """The index of the first element that is worse than `before`."""
    bad = numpy.isnan(x) if before else ~numpy.isfinite(x)
    return tuple([int(i) for i in numpy.unravel_index(numpy.argmax(bad), shape_of(x))])


cdef str described(ndarray x, int before):
    at = index_of(x, before)
    return f"{x[at]} at {at}"


cdef class _Places:
    # The lines of programs at which something was recorded under detect_anomaly: a number for each, since a node has
    # no room for more. There are only as many as a program has lines.
    cdef dict number             # {(file, line, function): number}
    cdef dict line               # {number: (file, line, function)}

cdef _Places places = _Places.__new__(_Places)
places.number, places.line = {}, {}


cdef int place_here() except -1:
    """The number of the line of the program that is being executed."""
    if mxlite_place:
        return mxlite_place
    frame = sys._getframe()
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in ("mxlite", "numpy"):
        frame = frame.f_back
    key = (frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)
    with recorder.lock:
        found = places.number.setdefault(key, len(places.number) + 1)
        places.line[found] = key
    return found


cdef str where(int place):
    """A line of the program, with its text where that can be had."""
    import linecache             # not at the top: it takes as long to import as much of mxlite
    file, line, function = places.line[place]
    text = linecache.getline(file, line).strip()
    return f"at {file}:{line}, in {function}" + (f": {text}" if text else "")


# -- the profiler ------------------------------------------------------------------------------------------------------
cdef int note_sweep(Node n, object g, long long began) except -1:
    """Notes a step of a sweep that has been done with the cotangent g; `began` is what `clock` said before."""
    if recorder.events is None:
        return 0
    cdef long long total = 0, size
    if isinstance(n, Output):
        return 0                # a matter of book-keeping: its call's node does the work
    for k, spec in enumerate(input_specs(n, shape_of(g) if isinstance(g, ndarray) else ())):
        if spec is not None and n.parent(k) is not None:
            size = itemsize_of(spec[1])
            for length in spec[0]:
                size *= length
            total += size
    return note(n.label(), True, began, total)


cdef long long clock() except -1:
    return time.perf_counter_ns()


cdef int note(str name, bint in_sweep, long long began, long long n_bytes) except -1:
    cdef list events
    cdef dict threads
    with cython.critical_section(recorder):
        events, threads = recorder.events, recorder.threads
    if events is not None:      # it may have ended meanwhile
        thread = PyThread_get_thread_ident()
        ended = time.perf_counter_ns()
        if thread not in threads:
            threads[thread] = threading.current_thread().name
        events.append((name, in_sweep, thread, began, ended, n_bytes))
    return 0


cdef long long bytes_of(object result) except -1:
    """The memory of a result."""
    cdef long long total = 0
    if isinstance(result, Array):
        return PyArray_NBYTES((<Array> result).form)
    if isinstance(result, (list, tuple)):
        for part in result:
            total += bytes_of(part)
    return total
