from mxlite._engine.free_threading cimport Turn

# An entry of the list of the sweeps under way. It outlives a thread that the interpreter ends in the middle.
cdef struct UnderWay:
    UnderWay* next
    unsigned long long mark
    void* thread

cdef void begin_turn(Turn* turn) noexcept
cdef UnderWay* new_entry() except NULL
cdef void enlist(UnderWay* entry, unsigned long long mark) noexcept
cdef void strike_off(UnderWay* entry) noexcept
cdef bint taken(UnderWay* mine, unsigned long long mark) noexcept
