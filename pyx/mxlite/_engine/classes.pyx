"""The two array classes that programs see: which they are, how their instances are made, and how those end.

They are Python classes on a compiled base. What Python does for an instance of such a class (its collector's header,
its search for `__add__`, the walk up the bases at the end) costs more than the arithmetic on a small array, so
`register_classes` gives both the base's own slots and a short way from birth to death. Compiled because every operator
makes an Array.

Where REUSE is on, instances that have died wait in a Stock for the next of their class: with no reference count, no
reference to anything, not even their class, and their fields as `__new__` leaves them but for `form`.
"""
from cpython.object cimport PyObject
from cpython.ref cimport Py_DECREF
from numpy cimport import_array, ndarray

from mxlite._engine.free_threading cimport FREE_THREADED
from mxlite._engine.reuse cimport REUSE
from mxlite._engine.storage cimport shelve
from mxlite._engine.tape cimport Array, data_of, share

import_array()

cdef extern from *:
    """
    /* Python's slots for the operator signs, and the methods that may stand behind each. */
    static const struct { size_t place; const char* methods[2]; } mxlite_signs[] = {
        {offsetof(PyNumberMethods, nb_add), {"__add__", "__radd__"}},
        {offsetof(PyNumberMethods, nb_subtract), {"__sub__", "__rsub__"}},
        {offsetof(PyNumberMethods, nb_multiply), {"__mul__", "__rmul__"}},
        {offsetof(PyNumberMethods, nb_true_divide), {"__truediv__", "__rtruediv__"}},
        {offsetof(PyNumberMethods, nb_floor_divide), {"__floordiv__", "__rfloordiv__"}},
        {offsetof(PyNumberMethods, nb_remainder), {"__mod__", "__rmod__"}},
        {offsetof(PyNumberMethods, nb_power), {"__pow__", "__rpow__"}},
        {offsetof(PyNumberMethods, nb_negative), {"__neg__", "__neg__"}},
        {offsetof(PyNumberMethods, nb_bool), {"__bool__", "__bool__"}},
        {offsetof(PyNumberMethods, nb_inplace_add), {"__iadd__", "__iadd__"}},
        {offsetof(PyNumberMethods, nb_inplace_subtract), {"__isub__", "__isub__"}},
        {offsetof(PyNumberMethods, nb_inplace_multiply), {"__imul__", "__imul__"}},
        {offsetof(PyNumberMethods, nb_inplace_true_divide), {"__itruediv__", "__itruediv__"}},
    };

    /* The compiled base that a class gets its memory layout from. */
    static PyTypeObject* mxlite_base(PyTypeObject* cls)
    {
        while (cls->tp_flags & Py_TPFLAGS_HEAPTYPE)
            cls = cls->tp_base;
        return cls;
    }

    static int mxlite_inherits(PyTypeObject* cls, PyTypeObject* base, const char* name)
    {
        PyObject* own = PyObject_GetAttrString((PyObject*) cls, name);
        PyObject* first = own ? PyObject_GetAttrString((PyObject*) base, name) : NULL;
        int same = own == first;
        Py_XDECREF(own);
        Py_XDECREF(first);
        return first ? same : -1;
    }

    /* Gives a class the base's own functions for the signs whose methods it inherits. Python sets a slot anew when such
       a method is assigned to the class, and asks methods in any subclass, so that neither is lost. */
    static int mxlite_take_signs(PyTypeObject* cls)
    {
        static const char* const comparisons[] = {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"};
        PyTypeObject* base = mxlite_base(cls);
        size_t k;
        int all = 1;
        for (k = 0; k < 6 && all == 1; k++)
            all = mxlite_inherits(cls, base, comparisons[k]);
        if (all < 0)
            return -1;
        if (all)
            cls->tp_richcompare = base->tp_richcompare;
        all = mxlite_inherits(cls, base, "__getitem__");
        if (all == 1)
            all = mxlite_inherits(cls, base, "__setitem__");
        if (all < 0)
            return -1;
        if (all) {
            cls->tp_as_mapping->mp_subscript = base->tp_as_mapping->mp_subscript;
            cls->tp_as_mapping->mp_ass_subscript = base->tp_as_mapping->mp_ass_subscript;
        }
        for (k = 0; k < sizeof(mxlite_signs) / sizeof(mxlite_signs[0]); k++) {
            int first = mxlite_inherits(cls, base, mxlite_signs[k].methods[0]);
            int second = first < 0 ? -1 : mxlite_inherits(cls, base, mxlite_signs[k].methods[1]);
            if (second < 0)
                return -1;
            if (first && second)
                *(void**) ((char*) cls->tp_as_number + mxlite_signs[k].place) =
                    *(void**) ((char*) base->tp_as_number + mxlite_signs[k].place);
        }
        return 0;
    }

    /* Takes a class with no instances yet out of the collector, to which its instances show nothing: all that they hold
       is the base's, which does not take part. */
    static void mxlite_uncollect(PyTypeObject* cls, destructor end)
    {
        cls->tp_flags &= ~Py_TPFLAGS_HAVE_GC;
        cls->tp_traverse = NULL;
        cls->tp_clear = NULL;
        cls->tp_free = PyObject_Free;
        cls->tp_dealloc = end;
    }

    #define mxlite_weakly_referred(o) (*(PyObject**) ((char*) (o) + Py_TYPE(o)->tp_weaklistoffset) != NULL)
    """
    ctypedef void (*destructor)(PyObject*) noexcept
    ctypedef struct RawType "PyTypeObject":
        object (*tp_new)(RawType*, PyObject*, PyObject*)
        destructor tp_dealloc
        destructor tp_finalize
        Py_ssize_t tp_basicsize
    int take_signs "mxlite_take_signs"(RawType* cls) except -1
    void uncollect "mxlite_uncollect"(RawType* cls, destructor end) noexcept
    RawType* base_of "mxlite_base"(RawType* cls) noexcept
    bint weakly_referred "mxlite_weakly_referred"(PyObject* o) noexcept
    RawType* Py_TYPE(PyObject* o) noexcept
    void Py_SET_REFCNT(PyObject* o, Py_ssize_t n) noexcept
    object PyObject_Init(PyObject* memory, RawType* cls)
    int PyObject_CallFinalizerFromDealloc(PyObject* o) noexcept

cdef enum:
    STOCK = 128

cdef struct Stock:
    RawType* cls             # NULL where nothing is kept
    int n
    PyObject* dead[STOCK]

cdef Stock stocks[2]

cdef class _Classes:
    # The Python classes of results, registered once at import; an instance so that nothing global is rebound.
    cdef object np
    cdef object nd

cdef _Classes classes = _Classes.__new__(_Classes)
classes.np = classes.nd = Array

cdef tuple EMPTY = ()


def register_classes(np, nd):
    """Names the classes that operators return; called once, by mxlite._array, before either has an instance."""
    classes.np, classes.nd = np, nd
    for k, cls in enumerate((np, nd)):
        if not FREE_THREADED and (<RawType*> cls).tp_basicsize == base_of(<RawType*> cls).tp_basicsize:  # no own fields
            take_signs(<RawType*> cls)
            uncollect(<RawType*> cls, end)
            stocks[k].cls = <RawType*> cls


cdef object np_class():
    return classes.np


cdef object nd_class():
    return classes.nd


cdef Array make(object cls, ndarray data):
    """A new Array of a class around a NumPy array."""
    cdef Stock* stock = &stocks[cls is classes.nd]
    cdef Array out
    if stock.n and <RawType*> cls == stock.cls:
        stock.n -= 1
        out = <Array> PyObject_Init(stock.dead[stock.n], stock.cls)
    else:
        # A subclass may have a __new__ of its own.
        out = <Array?> (<RawType*> cls).tp_new(<RawType*> cls, <PyObject*> EMPTY, NULL)
    out.form = data
    return out


cdef void end(PyObject* o) noexcept:
    """The deallocation of an instance of either class, and the last step of that of a subclass's instance."""
    cdef RawType* cls = Py_TYPE(o)
    cdef bint kept = False
    if cls.tp_dealloc == end:
        if cls.tp_finalize != NULL and PyObject_CallFinalizerFromDealloc(o) < 0:
            return                           # it lives again
        if not weakly_referred(o):
            Py_SET_REFCNT(o, 1)              # while references come and go
            kept = retire(<Array> o, &stocks[cls == stocks[1].cls])
            Py_SET_REFCNT(o, 0)
    if not kept:
        base_of(cls).tp_dealloc(o)
    Py_DECREF(<object> cls)


cdef inline bint retire(Array a, Stock* stock) noexcept:
    """Takes everything from an instance and puts it with the dead of its class; False if there is no more room."""
    shelve(<PyObject*> a.form)
    a.form = None
    a.deferred = None
    a.node = None
    a.shared = None
    a.own_version = 0
    a.is_grad = False
    if not REUSE or stock.n == STOCK:        # asked last: what was dropped may have put others there
        return False
    stock.dead[stock.n] = <PyObject*> a
    stock.n += 1
    return True


cdef Array alias(Array a, object cls):
    """An Array of a class, outside the graph, on the memory of another."""
    cdef Array out = make(cls, data_of(a))
    out.shared = share(a)
    return out
