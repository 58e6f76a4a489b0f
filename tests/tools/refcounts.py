"""The interpreter's total of references over many steps: DEBUGPYTHON tests/tools/refcounts.py [STEPS]

Runs the steps of tests/test_leaks.py in turn, STEPS of them (10000 unless given) with the cyclic collector off, on a
CPython that counts references (configured --with-pydebug) and has mxlite and NumPy built for it, and prints after each
tenth the references and the allocated blocks that there are. Exit status 1 when either is more after the last tenth
than after the second. NumPy's wheels run in a debug build, but what they drop is not counted there: build it with
`pip install --no-binary numpy numpy`.
"""

import array
import gc
import pathlib
import sys
import time

import numpy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))


def unseen():
    """Whether the total misses references that NumPy drops."""
    a = numpy.ones(3)
    before = sys.gettotalrefcount()
    for _ in range(100):
        numpy.add(a, a)
    return sys.gettotalrefcount() - before > 50


def main(steps=10_000):
    if not hasattr(sys, "gettotalrefcount"):
        sys.exit("refcounts.py: this interpreter does not count references; it needs one built --with-pydebug")
    import test_leaks

    gc.disable()
    if unseen():
        sys.exit("refcounts.py: NumPy was built for an interpreter that does not count references; build it from its "
                 "sources (pip install --no-binary numpy numpy)")
    parameters = test_leaks.Parameters()
    turn = len(test_leaks.CASES)
    rounds = max(steps // 10 // turn, 1)
    references, blocks = (array.array("q", [0] * 10) for _ in range(2))     # an int that is kept is a block
    start = time.perf_counter()
    for tenth in range(10):
        for _ in range(rounds):
            for case in test_leaks.CASES:
                case(parameters)
        test_leaks.tidy()
        test_leaks.empty_cache()
        references[tenth], blocks[tenth] = sys.gettotalrefcount(), sys.getallocatedblocks()
        print(f"{(tenth + 1) * rounds * turn:8} steps {time.perf_counter() - start:7.1f} s: "
              f"references {references[tenth]}, blocks {blocks[tenth]}", flush=True)
    more, larger = references[-1] - references[1], blocks[-1] - blocks[1]
    print(f"{10 * rounds * turn} steps: {more} more references, {larger} more blocks (allowed 0)")
    return more > 0 or larger > 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
