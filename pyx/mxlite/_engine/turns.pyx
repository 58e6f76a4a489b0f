"""Turns of sweeps, and the sweeps under way, where the interpreter has no lock of its own; elsewhere nobody calls this.

Whoever works on nodes, or looks at them, does it in turn, as with the interpreter's lock: a thread that waits for
something, or is in a long loop, lets the others go on meanwhile. Unlike with that lock a thread may have to wait, and
give up its turn, at any line, for a lock within CPython. So nodes are not taken over from a sweep under way: whoever
comes second raises. Compiled because sweeps call it.
"""
from libc.stdlib cimport free, malloc
from mxlite._engine.free_threading cimport FREE_THREADED, Turn, take_turn
from mxlite._engine.sweep cimport Run
from mxlite._engine.tape cimport thread_state
import os

from mxlite._errors import AllocationError

cdef object turns = object()
cdef UnderWay* under_way = NULL      # changes in its holder's turn


cdef void begin_turn(Turn* turn) noexcept:
    """Waits for this thread's turn; `end_turn` ends it."""
    take_turn(turn, turns)


cdef UnderWay* new_entry() except NULL:
    cdef UnderWay* entry = <UnderWay*> malloc(sizeof(UnderWay))
    if entry == NULL:
        raise AllocationError("no memory for a sweep")
    return entry


cdef void enlist(UnderWay* entry, unsigned long long mark) noexcept:
    """A sweep of this thread begins."""
    global under_way
    entry.mark, entry.thread, entry.next = mark, thread_state(), under_way
    under_way = entry


cdef void strike_off(UnderWay* entry) noexcept:
    """It ends."""
    global under_way
    cdef UnderWay** place = &under_way
    while place[0] != entry:
        place = &place[0].next
    place[0] = entry.next
    free(entry)


cdef bint taken(UnderWay* mine, unsigned long long mark) noexcept:
    """Whether a node with this mark belongs to a sweep of another thread."""
    cdef UnderWay* other = under_way
    while other != NULL:
        if other.mark == mark and other.thread != mine.thread:
            return True
        other = other.next
    return False


def _forget_other_threads():
    """After a fork the child has this thread's sweeps alone."""
    global under_way
    cdef Run* run = <Run*> thread_state().run
    under_way = NULL
    while run != NULL:
        run.entry.next = under_way
        under_way = run.entry
        run = run.outer


if FREE_THREADED and hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_other_threads)
