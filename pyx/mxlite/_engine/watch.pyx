"""Hooks around every operator and every step of a sweep, for the profiler.

Operators and sweeps test `watching` and otherwise know nothing of this. A watched operator is called once more by
`watched`, which takes the time; operators that it calls in turn belong to it. Compiled because the hooks are called
from C.
"""
from cpython.pythread cimport PyThread_get_thread_ident
from numpy cimport import_array, ndarray, PyArray_NBYTES
import threading
import time

from mxlite._engine.accumulate cimport shape_of
from mxlite._engine.call_node cimport Output
from mxlite._engine.inspect cimport input_specs
from mxlite._engine.op cimport Op
from mxlite._engine.storage cimport itemsize_of
from mxlite._engine.tape cimport Array, Node, ThreadState, thread_state

import_array()

cdef extern from *:
    """
    #if defined(_MSC_VER)
    static __declspec(thread) int mxlite_inside;
    #else
    static __thread int mxlite_inside;
    #endif
    """
    bint mxlite_inside           # this thread is in an operator that is being watched


cdef class _Recorder:
    # What the profiler has asked for; an instance so that nothing global is rebound.
    cdef list events
    cdef dict threads

cdef _Recorder recorder = _Recorder.__new__(_Recorder)
watching = 0


def profile(list events=None, dict threads=None):
    """Appends an event to `events` for every operator and step of a sweep from now on, in every thread; without `events` that ends.

    An event is (name, in a sweep or not, thread, start, end, bytes): times in nanoseconds of `time.perf_counter_ns`,
    bytes those of the results. `threads` is filled with the names of the threads.
    """
    global watching
    recorder.events, recorder.threads = events, threads
    watching = events is not None


cdef bint outermost() noexcept:
    """Whether an operator is called by a program, not by an operator that is watched already."""
    return not mxlite_inside


cdef object watched(Op op, Again again, object args):
    """Calls an operator and notes the time it took."""
    global mxlite_inside
    cdef ThreadState* state = thread_state()
    cdef int eager = state.eager
    cdef long long began
    mxlite_inside = state.eager = True
    try:
        began = clock()
        result = again(op, args)
        note(op.name, False, began, bytes_of(result))
    finally:
        mxlite_inside, state.eager = False, eager
    return result


cdef int watched_pull(Node n) except -1:
    """A step of a sweep, with its time."""
    cdef object g = n.grad
    cdef long long began = clock()
    n.pull()
    return note_sweep(n, g, began)


cdef int note_sweep(Node n, object g, long long began) except -1:
    """Notes a step of a sweep that has been done with the cotangent g; `began` is what `clock` said before."""
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
    cdef list events = recorder.events
    if events is not None:      # it may have ended meanwhile
        thread = PyThread_get_thread_ident()
        ended = time.perf_counter_ns()
        if thread not in recorder.threads:
            recorder.threads[thread] = threading.current_thread().name
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
