"""Threads for long loops, over elements or over rows of them.

The pieces of a long loop are handed out one by one to a few threads, of which the caller is one; every element or row
is computed as a single thread would compute it, so results do not depend on how many there are. The threads start at
the first long loop, wait on a lock in between, and never touch a Python object. A second caller that finds them at work
runs its loop alone. Compiled because it drives inner loops without the interpreter's lock.

The pool is the one state that all of the process shares, as the processor is; after a fork the child starts afresh.
"""
from numpy cimport npy_intp
from mxlite._engine.loops cimport Loop
import os

from mxlite._errors import AllocationError, ArgumentError

cdef extern from "pythread.h" nogil:
    ctypedef void* PyThread_type_lock
    PyThread_type_lock PyThread_allocate_lock()
    int PyThread_acquire_lock(PyThread_type_lock lock, int wait)
    void PyThread_free_lock(PyThread_type_lock lock)
    void PyThread_release_lock(PyThread_type_lock lock)
    unsigned long PyThread_start_new_thread(void (*function)(void*) noexcept nogil, void* argument)
    unsigned long PYTHREAD_INVALID_THREAD_ID

cdef enum:
    PIECE = 1 << 15      # elements handed out at a time
    MOST = 256           # threads

cdef struct Worker:
    PyThread_type_lock go
    PyThread_type_lock done

cdef struct Pool:
    PyThread_type_lock busy        # held while a loop is shared out
    PyThread_type_lock counter     # guards next and failed
    Worker workers[MOST]
    int n_workers
    Task task
    void* context
    npy_intp n, next, piece
    bint failed

cdef Pool pool
cdef int wanted = 0                # threads, the caller's included; 0 until somebody asks


cdef void drain() noexcept nogil:
    """Takes pieces until none is left."""
    cdef npy_intp first, last
    while True:
        PyThread_acquire_lock(pool.counter, 1)
        first = pool.next
        pool.next += pool.piece
        PyThread_release_lock(pool.counter)
        if first >= pool.n:
            return
        last = first + pool.piece if first + pool.piece < pool.n else pool.n
        if pool.task(pool.context, first, last) < 0:
            PyThread_acquire_lock(pool.counter, 1)
            pool.failed = True
            PyThread_release_lock(pool.counter)


cdef void serve(void* argument) noexcept nogil:
    """The life of a worker."""
    cdef Worker* worker = <Worker*> argument
    while True:
        PyThread_acquire_lock(worker.go, 1)
        drain()
        PyThread_release_lock(worker.done)


cdef PyThread_type_lock closed() except NULL:
    """A lock that is held already: acquiring it waits until somebody releases it."""
    cdef PyThread_type_lock lock = PyThread_allocate_lock()
    if lock == NULL:
        raise AllocationError("no memory for a lock")
    PyThread_acquire_lock(lock, 1)
    return lock


cdef int hire(int n) except -1:
    """Starts workers until there are n; stays with fewer where the system gives no more."""
    cdef Worker* worker
    while pool.n_workers < n:
        worker = &pool.workers[pool.n_workers]
        worker.go, worker.done = closed(), closed()
        if PyThread_start_new_thread(serve, worker) == PYTHREAD_INVALID_THREAD_ID:
            PyThread_free_lock(worker.go)
            PyThread_free_lock(worker.done)
            return 0
        pool.n_workers += 1
    return 0


cdef int share_rows(Task task, void* context, npy_intp n, npy_intp width) except -1:
    """Runs a task over n rows of about `width` elements, on several threads if that pays. Releases the interpreter's
    lock for a long one.

    The caller keeps the memory alive that the task reads and writes. Raises MemoryError when a piece finds no memory.
    """
    cdef int k, helpers = 0, failed = 0
    if n * width < LONG:
        failed = task(context, 0, n)
    else:
        helpers = threads() - 1
        if helpers and PyThread_acquire_lock(pool.busy, 0):
            try:
                hire(helpers)
            except MemoryError:
                PyThread_release_lock(pool.busy)
                raise
            helpers = min(helpers, pool.n_workers)
            with nogil:
                pool.task, pool.context, pool.n, pool.next, pool.failed = task, context, n, 0, False
                pool.piece = PIECE // width if width < PIECE else 1
                for k in range(helpers):
                    PyThread_release_lock(pool.workers[k].go)
                drain()
                for k in range(helpers):
                    PyThread_acquire_lock(pool.workers[k].done, 1)
                failed = -1 if pool.failed else 0
                PyThread_release_lock(pool.busy)
        else:
            with nogil:
                failed = task(context, 0, n)
    if failed:
        raise AllocationError("no memory for the scratch of a long loop")
    return 0


cdef struct PlainLoop:
    Loop* loop
    int n_arrays
    char** args
    npy_intp* steps


cdef int plain(void* context, npy_intp first, npy_intp last) noexcept nogil:
    cdef PlainLoop* p = <PlainLoop*> context
    cdef char* args[4]
    cdef npy_intp n = last - first
    cdef int k
    for k in range(p.n_arrays):
        args[k] = p.args[k] + first * p.steps[k]
    p.loop.fn(args, &n, p.steps, p.loop.data)
    return 0


cdef int run_long_loop(Loop* loop, int n_arrays, char** args, npy_intp n, npy_intp* steps) except -1:
    cdef PlainLoop p
    p.loop, p.n_arrays, p.args, p.steps = loop, n_arrays, args, steps
    return share_out(plain, &p, n)


def physical_cores():
    """The cores that this process may use, hyperthreads of one core counted once where the system says."""
    usable = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    siblings = set()
    for cpu in usable:
        try:
            with open(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list", encoding="ascii") as file:
                siblings.add(file.read())
        except OSError:
            return len(usable)
    return len(siblings) or 1


cdef int threads() except -1:
    global wanted
    if wanted == 0:
        wanted = min(physical_cores(), MOST)
    return wanted


def get_num_threads():
    """Threads that a long loop may use: set_num_threads', MXLITE_NUM_THREADS', or the physical cores."""
    return threads()


def set_num_threads(n):
    """Sets how many threads a long loop may use, the calling one included; for the whole process.

    Results do not depend on it. Raises ArgumentError unless n is an int from 1 to 256.
    """
    global wanted
    if isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MOST:
        raise ArgumentError(f"set_num_threads: a number from 1 to {MOST} is needed, not {n!r}")
    wanted = n


def _start_afresh():
    """After a fork the child has none of the threads, and locks as they happened to be."""
    pool.n_workers = 0
    pool.busy = PyThread_allocate_lock()
    pool.counter = PyThread_allocate_lock()
    if pool.busy == NULL or pool.counter == NULL:
        raise AllocationError("no memory for a lock")


def _from_environment():
    text = os.environ.get("MXLITE_NUM_THREADS")
    if text:
        if not text.strip().isdecimal():
            raise ArgumentError(f"MXLITE_NUM_THREADS is {text!r}: a number from 1 to {MOST} is needed")
        set_num_threads(int(text))


_start_afresh()
_from_environment()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_afresh)
