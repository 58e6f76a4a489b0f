/* install() makes NumPy take the memory of arrays from malloc each time, without its cache of small buffers, so that
   AddressSanitizer sees every use after free. For tests/tools/sanitize.sh; uncached.py loads it. */
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#define NPY_TARGET_VERSION NPY_2_0_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <stdlib.h>

static void *take(void *context, size_t n) { return malloc(n); }
static void *take_zeroed(void *context, size_t n, size_t size) { return calloc(n, size); }
static void *resize(void *context, void *memory, size_t n) { return realloc(memory, n); }
static void give_back(void *context, void *memory, size_t n) { free(memory); }

static PyDataMem_Handler handler = {"uncached", 1, {NULL, take, take_zeroed, resize, give_back}};

PyObject *install(void)
{
    PyObject *capsule, *old;
    if (PyArray_ImportNumPyAPI() < 0 || !(capsule = PyCapsule_New(&handler, "mem_handler", NULL)))
        return NULL;
    old = PyDataMem_SetHandler(capsule);
    Py_DECREF(capsule);
    return old;
}
