"""Memory of array results: NumPy's own for small buffers, a caching pool for large ones.

A tape keeps results alive, so NumPy would ask the system for fresh pages at every large result and pay a page fault
for each; the pool hands out pages that are already mapped. Of small arrays the objects themselves are kept (`shelve`):
NumPy takes four times as long to make one as to add up four floats. Compiled because every operator allocates here.

Layout of a pooled block: the address given out is the first multiple of 64 behind `malloc`'s, and the word before it
holds `malloc`'s own address. Size classes are the quarter steps between powers of two (waste below 25%).
"""
from cpython.object cimport PyObject
from cpython.ref cimport Py_DECREF, Py_INCREF
from libc.stdlib cimport malloc, free
from libc.string cimport memset
from numpy cimport (
    dtype, ndarray, npy_intp, import_array, PyArray_DescrFromType, PyArray_EMPTY, PyArray_SetBaseObject,
    PyArray_BASE, PyArray_CHKFLAGS, PyArray_DATA, PyArray_ISWRITEABLE, PyArray_NBYTES, PyArray_NDIM, PyArray_DIMS,
    PyArray_TYPE,
    NPY_ARRAY_CARRAY, NPY_ARRAY_OWNDATA, NPY_OBJECT,
)
cimport cython
import os

from mxlite._engine.reuse cimport REUSE
from mxlite._errors import AllocationError

import_array()

cdef extern from "numpy/arrayobject.h":
    ndarray PyArray_New(type subtype, int nd, npy_intp* dims, int typenum, npy_intp* strides, void* data,
                        int itemsize, int flags, void* obj)

cdef extern from "pythread.h" nogil:
    ctypedef void* PyThread_type_lock
    PyThread_type_lock PyThread_allocate_lock()
    int PyThread_acquire_lock(PyThread_type_lock lock, int wait)
    void PyThread_release_lock(PyThread_type_lock lock)

cdef extern from *:
    """
    /* Under AddressSanitizer, blocks in the pool and the rest of a block behind its array must not be touched. */
    #if defined(__SANITIZE_ADDRESS__)
    #include <sanitizer/asan_interface.h>
    #define mxlite_forbid(address, n) __asan_poison_memory_region(address, n)
    #define mxlite_allow(address, n) __asan_unpoison_memory_region(address, n)
    #else
    #define mxlite_forbid(address, n)
    #define mxlite_allow(address, n)
    #endif

    /* The size in bytes of an array that nobody but the caller refers to and that is as PyArray_EMPTY makes one of its
       shape; -1 if something may have been attached to it, or changed about it, since then. */
    static Py_ssize_t mxlite_as_new(PyObject* object, PyObject** descrs)
    {
        PyArrayObject_fields* x = (PyArrayObject_fields*) object;
        const int wanted = NPY_ARRAY_C_CONTIGUOUS | NPY_ARRAY_OWNDATA | NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE;
        npy_intp stride;
        int k;
        if (Py_REFCNT(object) != 1 || !PyArray_CheckExact(object)
                || (PyObject*) x->descr != descrs[x->descr->type_num & 31]
                || x->base != NULL || x->weakreflist != NULL || x->_buffer_info != NULL
                || (x->flags & (wanted | NPY_ARRAY_WRITEBACKIFCOPY)) != wanted)
            return -1;
        stride = PyDataType_ELSIZE(x->descr);
        for (k = x->nd; k-- > 0;) {
            if (x->strides[k] != stride)
                return -1;
            stride *= x->dimensions[k];
        }
        return stride;
    }
    """
    Py_ssize_t as_new "mxlite_as_new"(PyObject* x, PyObject** descrs) noexcept
    void forbid "mxlite_forbid"(void* address, size_t n) noexcept nogil
    void allow "mxlite_allow"(void* address, size_t n) noexcept nogil

cdef enum:
    SMALL = 32768        # bytes; below this malloc reuses memory well by itself
    CLASSES = 4 * 49
    DEPTH = 32           # blocks kept per size class
    TINY = 4096          # bytes up to which array objects are kept
    SHELF_NDIM = 3
    N_SHELVES = 128      # a power of two
    SHELF_DEPTH = 32
    SHELF_BYTES = 1 << 20

# Arrays of one shape and dtype that nobody refers to.
cdef struct Shelf:
    int typenum
    int ndim
    npy_intp dims[SHELF_NDIM]
    int n
    PyObject* arrays[SHELF_DEPTH]

cdef Shelf shelves[N_SHELVES]
cdef size_t shelved = 0              # bytes of their elements

cdef npy_intp NO_STRIDES[64]
cdef void* cached[CLASSES][DEPTH]
cdef int n_cached[CLASSES]
cdef size_t cached_bytes = 0
cdef size_t cache_limit = 512 * 1024 * 1024

# Guards the four above. A thread that waits for it keeps the interpreter's lock, or its turn, so that nobody goes on in
# the middle of what is being done; whoever holds it needs nothing but the processor to give it back.
cdef PyThread_type_lock lock = PyThread_allocate_lock()
cdef int itemsizes[32]
cdef PyObject* descrs[32]            # NumPy's own descriptors, which are never freed
cdef int _t
cdef dtype _descr
for _t in range(24):
    if _t != NPY_OBJECT:
        _descr = PyArray_DescrFromType(_t)
        itemsizes[_t] = _descr.itemsize
        descrs[_t] = <PyObject*> _descr


cdef int itemsize_of(int typenum) noexcept nogil:
    return itemsizes[typenum]


cdef str type_code(int typenum):
    """NumPy's one-letter code of a type number."""
    return "?bBhHiIlLqQfdgFDGOSUVMme"[typenum]


cdef int class_of(size_t n) noexcept nogil:
    cdef int power = 14
    while (n - 1) >> (power + 1):
        power += 1
    return 4 * (power - 14) + <int> (((n - 1) >> (power - 2)) & 3)


cdef size_t capacity(int size_class) noexcept nogil:
    cdef int power = 14 + size_class // 4
    return (<size_t> 1 << power) + (<size_t> (size_class % 4 + 1) << (power - 2))


cdef inline void* origin(void* block) noexcept nogil:
    """What malloc returned for the block."""
    return (<void**> (<char*> block - sizeof(void*)))[0]


cdef void* acquire(int size_class) noexcept nogil:
    """A block of the class, from the pool or fresh; NULL when there is no memory."""
    global cached_bytes
    cdef char* raw
    cdef char* block = NULL
    PyThread_acquire_lock(lock, 1)
    if n_cached[size_class]:
        n_cached[size_class] -= 1
        block = <char*> cached[size_class][n_cached[size_class]]
        cached_bytes -= capacity(size_class)
    PyThread_release_lock(lock)
    if block == NULL:
        raw = <char*> malloc(capacity(size_class) + 128)
        if raw == NULL:
            return NULL
        block = raw + 128 - (<size_t> raw & 63)
        (<void**> (block - sizeof(void*)))[0] = raw
    return block


cdef void release(void* block, int size_class) noexcept nogil:
    """Back to the pool, or to the system when the pool is full."""
    global cached_bytes
    PyThread_acquire_lock(lock, 1)
    if n_cached[size_class] < DEPTH and cached_bytes + capacity(size_class) <= cache_limit:
        cached[size_class][n_cached[size_class]] = block
        n_cached[size_class] += 1
        cached_bytes += capacity(size_class)
        forbid(block, capacity(size_class))
        block = NULL
    PyThread_release_lock(lock)
    if block != NULL:
        free(origin(block))


cdef void* borrow(size_t nbytes) noexcept nogil:
    """Memory for the time of a kernel; NULL when there is none. May be called by any thread."""
    cdef int size_class = class_of(nbytes + 1)
    cdef void* block = acquire(size_class)
    if block != NULL:
        allow(block, capacity(size_class))
    return block


cdef void give_back(void* block, size_t nbytes) noexcept nogil:
    """Ends a loan of so many bytes; NULL is no loan."""
    if block != NULL:
        release(block, class_of(nbytes + 1))


@cython.final
@cython.no_gc
cdef class Storage:
    """Owner of one pooled block: the base object of the NumPy array that lies in it."""

    def __dealloc__(self):
        if self.block != NULL:
            release(self.block, self.size_class)


cdef ndarray pooled(int ndim, npy_intp* dims, int typenum, size_t nbytes):
    cdef Storage owner = Storage.__new__(Storage)
    cdef ndarray out
    if nbytes >> 62:
        return PyArray_EMPTY(ndim, dims, typenum, 0)     # more than there can be: NumPy raises its own error
    owner.size_class = class_of(nbytes)
    owner.block = acquire(owner.size_class)
    if owner.block == NULL:
        raise AllocationError(f"no memory for an array of {nbytes} bytes")
    allow(owner.block, nbytes)
    forbid(<char*> owner.block + nbytes, capacity(owner.size_class) - nbytes)
    out = PyArray_New(ndarray, ndim, dims, typenum, NULL, owner.block, 0, NPY_ARRAY_CARRAY, NULL)
    Py_INCREF(owner)
    PyArray_SetBaseObject(out, owner)
    return out


cdef inline Shelf* shelf_for(int ndim, npy_intp* dims, int typenum) noexcept:
    """Where arrays of this kind would lie."""
    cdef size_t hash = typenum
    cdef int k
    for k in range(ndim):
        hash = 37 * hash + <size_t> dims[k]
    return &shelves[(hash ^ hash >> 7) & (N_SHELVES - 1)]


cdef inline bint holds(Shelf* shelf, int ndim, npy_intp* dims, int typenum) noexcept:
    """Whether a shelf is for arrays of this kind."""
    cdef int k
    if shelf.typenum != typenum or shelf.ndim != ndim:
        return False
    for k in range(ndim):
        if shelf.dims[k] != dims[k]:
            return False
    return True


cdef int clear_shelf(Shelf* shelf) except -1:
    global shelved
    while shelf.n:
        shelf.n -= 1
        x = <ndarray> shelf.arrays[shelf.n]
        shelved -= PyArray_NBYTES(x)
        Py_DECREF(x)
    return 0


cdef ndarray empty(int ndim, npy_intp* dims, int typenum):
    """An uninitialised C-contiguous array."""
    global shelved
    cdef size_t nbytes = itemsizes[typenum]
    cdef Shelf* shelf
    cdef ndarray out
    cdef int k
    for k in range(ndim):
        nbytes *= <size_t> dims[k]
    if nbytes >= SMALL:
        return pooled(ndim, dims, typenum, nbytes)
    if REUSE and nbytes <= TINY and ndim <= SHELF_NDIM:
        shelf = shelf_for(ndim, dims, typenum)
        if holds(shelf, ndim, dims, typenum):
            if shelf.n:
                shelf.n -= 1
                shelved -= nbytes
                out = <ndarray> shelf.arrays[shelf.n]
                Py_DECREF(out)               # the shelf's own reference
                return out
        else:                                # the shelf is for what was asked for last
            clear_shelf(shelf)
            shelf.typenum, shelf.ndim = typenum, ndim
            for k in range(ndim):
                shelf.dims[k] = dims[k]
    return PyArray_EMPTY(ndim, dims, typenum, 0)


cdef void shelve(PyObject* reference) noexcept:
    """To be called by whoever is about to drop a reference: a small array that has no other is kept for `empty`."""
    global shelved
    cdef Shelf* shelf
    cdef ndarray x
    cdef Py_ssize_t nbytes
    if not REUSE:
        return
    nbytes = as_new(reference, descrs)
    if not 0 <= nbytes <= TINY or PyArray_NDIM(<ndarray> reference) > SHELF_NDIM:
        return
    x = <ndarray> reference
    shelf = shelf_for(PyArray_NDIM(x), PyArray_DIMS(x), PyArray_TYPE(x))
    if (shelf.n < SHELF_DEPTH and holds(shelf, PyArray_NDIM(x), PyArray_DIMS(x), PyArray_TYPE(x))
            and shelved + nbytes <= min(<size_t> SHELF_BYTES, cache_limit)):
        Py_INCREF(x)
        shelf.arrays[shelf.n] = reference
        shelf.n += 1
        shelved += nbytes


cdef ndarray empty_like(ndarray x):
    return empty(PyArray_NDIM(x), PyArray_DIMS(x), PyArray_TYPE(x))


cdef ndarray repeated(int ndim, npy_intp* dims, int typenum, void* element):
    """A read-only array whose indices all read one element, which must stay where it is."""
    return PyArray_New(ndarray, ndim, dims, typenum, NO_STRIDES, element, 0, 0, NULL)


cdef ndarray zeros_like(ndarray x):
    cdef ndarray out = empty_like(x)
    memset(PyArray_DATA(out), 0, PyArray_NBYTES(out))
    return out


cdef bint owns_memory(ndarray x) noexcept:
    """Whether x alone lies in its memory: it is no view, and can be written."""
    cdef PyObject* base = PyArray_BASE(x)
    return PyArray_ISWRITEABLE(x) and (PyArray_CHKFLAGS(x, NPY_ARRAY_OWNDATA) if base == NULL
                                       else type(<object> base) is Storage)


def empty_cache():
    """Give every cached block back to the system."""
    global cached_bytes
    cdef int size_class, k
    PyThread_acquire_lock(lock, 1)
    for size_class in range(CLASSES):
        while n_cached[size_class]:
            n_cached[size_class] -= 1
            free(origin(cached[size_class][n_cached[size_class]]))
    cached_bytes = 0
    PyThread_release_lock(lock)
    for k in range(N_SHELVES):
        clear_shelf(&shelves[k])


def _start_afresh():
    """After a fork the child has a lock as it happened to be. A thread that was at work on the pool then had, at worst,
    counted a block that was its own, or not counted one."""
    global lock, cached_bytes
    cdef int size_class
    lock = PyThread_allocate_lock()
    if lock == NULL:
        raise AllocationError("no memory for a lock")
    cached_bytes = 0
    for size_class in range(CLASSES):
        cached_bytes += n_cached[size_class] * capacity(size_class)


if lock == NULL:
    raise AllocationError("no memory for a lock")
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_afresh)


def cache_size():
    """Bytes that are held for reuse."""
    return cached_bytes + shelved


def set_cache_limit(size_t nbytes):
    """Bound of the pool in bytes; 0 turns caching off. Returns the bound it replaces."""
    global cache_limit
    old, cache_limit = cache_limit, nbytes
    if cached_bytes + shelved > nbytes:
        empty_cache()
    return old
