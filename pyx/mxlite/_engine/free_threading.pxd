"""What only an interpreter without a lock of its own (a free-threaded CPython) needs; with the lock all of it is free.

There several threads may read what one of them is publishing, and nothing keeps the sweeps of two threads apart.
"""
cdef extern from *:
    """
    #ifndef MXLITE_FREE_THREADING
    #define MXLITE_FREE_THREADING
    #ifdef Py_GIL_DISABLED
    #define MXLITE_FREE_THREADED 1
    #define mxlite_publish() _Py_atomic_fence_release()
    #define mxlite_load(number) _Py_atomic_load_int_acquire(number)
    #define mxlite_store(number, value) _Py_atomic_store_int_release(number, value)
    #if defined(_MSC_VER)
    #define mxlite_increment(number) ((void) _InterlockedIncrement(number))
    #else
    #define mxlite_increment(number) ((void) __atomic_fetch_add(number, 1, __ATOMIC_RELAXED))
    #endif
    typedef PyCriticalSection mxlite_turn;
    #define mxlite_take_turn(turn, object) PyCriticalSection_Begin(turn, object)
    #define mxlite_end_turn(turn) PyCriticalSection_End(turn)
    #define mxlite_lock(object) PyMutex_Lock(&((PyObject*) (object))->ob_mutex)
    #define mxlite_unlock(object) PyMutex_Unlock(&((PyObject*) (object))->ob_mutex)
    #else
    #define MXLITE_FREE_THREADED 0
    #define mxlite_publish() ((void) 0)
    #define mxlite_load(number) (*(number))
    #define mxlite_store(number, value) ((void) (*(number) = (value)))
    #define mxlite_increment(number) ((void) ++*(number))
    typedef char mxlite_turn;
    #define mxlite_take_turn(turn, object) ((void) (object))
    #define mxlite_end_turn(turn) ((void) (turn))
    #define mxlite_lock(object) ((void) (object))
    #define mxlite_unlock(object) ((void) (object))
    #endif
    #endif
    """
    bint FREE_THREADED "MXLITE_FREE_THREADED"
    void publish "mxlite_publish"() noexcept nogil               # what was written before is seen before what follows
    int load "mxlite_load"(int* number) noexcept nogil           # acquires what `store` released
    void store "mxlite_store"(int* number, int value) noexcept nogil
    void increment "mxlite_increment"(long* number) noexcept nogil
    ctypedef struct Turn "mxlite_turn":
        pass
    void take_turn "mxlite_take_turn"(Turn* turn, object lock) noexcept
    void end_turn "mxlite_end_turn"(Turn* turn) noexcept
    void lock "mxlite_lock"(object o) noexcept          # the object's own; nothing in between may wait or be freed
    void unlock "mxlite_unlock"(object o) noexcept
